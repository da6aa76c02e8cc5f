#include "extract/names.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMostNames =
    400;  // an article that names more is a list: what the rules find there must do

constexpr size_t kLongestChineseName = 4;

struct Known {
  std::string_view type;
  std::string_view canonical;
  bool is_short = false;  // of an organisation: behind a digit it is a unit
  bool is_word = false;   // of the lexicon, which says beside what it does not stand
};

bool Latin(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// A name in Latin letters must not begin or end inside a word.
bool OnWordEdges(std::string_view text, size_t begin, size_t end) {
  if (begin > 0 && Latin(text[begin - 1]) && Latin(text[begin])) return false;
  return end >= text.size() || !Latin(text[end - 1]) || !Latin(text[end]);
}

// Index of the sentence that holds `at`; their number: it is between two.
size_t SentenceAt(const Document& doc, uint32_t at) {
  const auto& all = doc.sentences;
  auto it = std::upper_bound(all.begin(), all.end(), at,
                             [](uint32_t a, const Sentence& s) { return a < s.span.begin; });
  if (it == all.begin()) return all.size();
  --it;
  return at < it->span.end ? static_cast<size_t>(it - all.begin()) : all.size();
}

// Whether the lexicon has the word and lets it stand there.
bool IsWord(Span span, const Sentence& s, const Document& doc) {
  const auto hits = s.hits.Of(doc.hits);
  return std::any_of(hits.begin(), hits.end(), [&](const LexiconHit& h) {
    return h.begin == span.begin && h.end == span.end;
  });
}

bool InLexicon(Span span, const Document& doc) {
  const size_t s = SentenceAt(doc, span.begin);
  return s < doc.sentences.size() && IsWord(span, doc.sentences[s], doc);
}

std::map<std::string_view, Known> Collect(const Document& doc, const Law& law,
                                          const ShortForms& shorts) {
  std::map<std::string_view, Known> out;
  for (size_t i = 0; i < doc.mentions.size() && out.size() < kMostNames; ++i) {
    const Mention& m = doc.mentions[i];
    if (doc.mention_covered[i] || m.type == "place" || m.type == "work") continue;
    // 俄军: its rule says beside what it stands.
    if (std::binary_search(doc.countries.begin(), doc.countries.end(), i)) continue;
    const std::string_view surface = Slice(doc.article.folded, m.span);
    if (CodePointCount(surface) < 2) continue;
    out.emplace(surface, Known{m.type, m.canonical, false, InLexicon(m.span, doc)});
    if (m.type == "org") {
      for (const std::string_view form : shorts.Of(m.canonical)) {
        if (law.Ban(form, m.type) == nullptr) out.emplace(form, Known{m.type, m.canonical, true});
      }
    }
    const size_t dot = surface.rfind("·");
    if (dot != std::string_view::npos && CodePointCount(surface.substr(dot + 2)) >= 2 &&
        law.Ban(surface.substr(dot + 2), m.type) == nullptr) {
      out.emplace(surface.substr(dot + 2), Known{m.type, m.canonical});
    }
  }
  return out;
}

// text.find(word, from), but not by its first byte, which in Chinese nearly every character shares.
size_t Find(std::string_view text, std::string_view word, size_t from) {
  const void* at = memmem(text.data() + from, text.size() - from, word.data(), word.size());
  return at == nullptr ? std::string_view::npos
                       : static_cast<size_t>(static_cast<const char*>(at) - text.data());
}

void Repeat(std::string_view surface, const Known& known, Document& doc, const KnownTypes& types) {
  const std::string_view text = doc.article.folded;
  for (size_t at = Find(text, surface, 0); at != std::string_view::npos;
       at = Find(text, surface, at + surface.size())) {
    const Span span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + surface.size())};
    const size_t holder = SentenceAt(doc, span.begin);
    if (holder == doc.sentences.size()) continue;
    Sentence* sentence = &doc.sentences[holder];
    if (span.end > sentence->span.end || !OnWordEdges(text, span.begin, span.end)) continue;
    auto& facts = sentence->facts;
    const auto next = std::find_if(facts.begin(), facts.end(),
                                   [&](const Token& t) { return t.span.end > span.begin; });
    if (next != facts.end() && next->span.Overlaps(span)) continue;
    if (known.is_word && !IsWord(span, *sentence, doc)) continue;
    const bool counted = at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
    if (known.is_short && counted) continue;
    sentence->types.set(types.OfKind(known.type));
    facts.insert(next,
                 Token{types.OfKind(known.type), span, static_cast<uint32_t>(doc.mentions.size())});
    doc.mentions.push_back({span, known.type, known.canonical, kRepeatRule});
    doc.mention_covered.push_back(false);
  }
}

std::string_view FirstCharacter(std::string_view text) {
  return text.substr(0, Utf8Width(text[0]));
}

bool IsChineseName(const Mention& m) {
  const size_t letters = CodePointCount(m.canonical);
  return m.type == "person" && letters >= 2 && letters <= kLongestChineseName;
}

}  // namespace

ShortForms::ShortForms(const RuleSet& rules) {
  const auto symbol = rules.symbols().Find("ORG_SHORT");
  if (!symbol) return;
  for (const LexiconEntry* e : rules.lexicon().OfType(*symbol))
    forms_[e->canonical].push_back(e->surface);
}

const std::vector<std::string_view>& ShortForms::Of(std::string_view canonical) const {
  static const std::vector<std::string_view> none;
  const auto at = forms_.find(canonical);
  return at == forms_.end() ? none : at->second;
}

void RepeatNames(Document& doc, const KnownTypes& types, const Law& law, const ShortForms& shorts) {
  const std::map<std::string_view, Known> known = Collect(doc, law, shorts);
  std::vector<const std::pair<const std::string_view, Known>*> longest_first;
  for (const auto& entry : known) longest_first.push_back(&entry);
  std::stable_sort(longest_first.begin(), longest_first.end(),
                   [](const auto* a, const auto* b) { return a->first.size() > b->first.size(); });
  for (const auto* entry : longest_first) Repeat(entry->first, entry->second, doc, types);
}

void NameSurnames(Document& doc) {
  if (doc.surnames.empty()) return;
  std::vector<uint32_t> in_order(doc.mentions.size());
  std::iota(in_order.begin(), in_order.end(), 0);
  std::sort(in_order.begin(), in_order.end(), [&](uint32_t a, uint32_t b) {
    return std::pair(doc.mentions[a].span.begin, a) < std::pair(doc.mentions[b].span.begin, b);
  });
  std::vector<char> waits(doc.mentions.size());
  for (const uint32_t index : doc.surnames) waits[index] = 1;
  std::map<std::string_view, std::string_view> named;  // by surname; empty: several are
  for (const uint32_t index : in_order) {
    Mention& m = doc.mentions[index];
    if (doc.mention_covered[index]) continue;
    if (waits[index]) {
      const auto full = named.find(Slice(doc.article.folded, m.span));
      if (full != named.end() && !full->second.empty()) m.canonical = full->second;
    } else if (IsChineseName(m)) {
      const auto [full, fresh] = named.emplace(FirstCharacter(m.canonical), m.canonical);
      if (!fresh && full->second != m.canonical) full->second = {};
    }
  }
}

}  // namespace kaoju
