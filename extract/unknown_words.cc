#include "extract/unknown_words.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <utility>

#include "extract/cue_types.h"
#include "rules/error.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMostTokens = 4;
constexpr size_t kLeastLetters = 2;
constexpr size_t kMostLetters = 8;
constexpr size_t kPersonLetters = 3;  // of a Chinese name
constexpr size_t kForeignLetters = 3;

// Classes of words that names hold, so that they do not end what is unknown.
constexpr std::array<std::string_view, 4> kInside = {"ORG_SUFFIX", "ORG_SUFFIX_WEAK",
                                                     "ORG_SUFFIX_TRADE", "ORG_WORD"};

struct Word {
  Span span;
  size_t letters = 0;
  bool wall = false;  // no unknown word holds it
  std::string label;  // of a wall
};

// The surfaces of a class; `weak`: with those that have that flag, too.
std::set<std::string_view> SurfacesOf(const RuleSet& rules, std::string_view type, bool weak) {
  std::set<std::string_view> out;
  const auto symbol = rules.symbols().Find(type);
  if (!symbol) return out;
  for (const LexiconEntry* e : rules.lexicon().OfType(*symbol)) {
    if (weak || !e->Has("weak") || e->Has("shape")) out.insert(e->surface);
  }
  return out;
}

}  // namespace

struct UnknownWordReader::State {
  explicit State(const RuleSet& r) : rules(r), cues(CueTypes(r)) {
    UErrorCode code = U_ZERO_ERROR;
    // A fixed locale: what is found must not depend on the machine's.
    words.reset(icu::BreakIterator::createWordInstance(icu::Locale("zh"), code));
    if (U_FAILURE(code) != 0) throw RulesError("ICU has no dictionary of Chinese words");
    for (const std::string_view name : kInside) {
      if (const auto type = rules.symbols().Find(name)) inside.set(*type);
    }
  }

  void Mark(const Article& article, const Extraction& x);
  void Split(const Article& article, Span sentence);
  Word Judge(std::string_view text, Span span, Span sentence) const;
  void Join(std::string_view text, std::vector<UnknownWord>& out) const;
  Beside At(size_t word, std::string_view text) const;

  const RuleSet& rules;
  TypeSet cues;
  TypeSet inside;
  std::unique_ptr<icu::BreakIterator> words;
  std::vector<std::string_view> facts;  // by byte of the folded text: the kind of the fact there
  std::vector<std::string_view> known;  // the same: the class of the lexicon's word
  std::vector<LexiconHit> hits;
  std::vector<LiteralHit> literals;
  std::vector<Word> split;  // of one sentence
};

void UnknownWordReader::State::Mark(const Article& article, const Extraction& x) {
  facts.assign(article.folded.size(), {});
  const auto mark = [&](Span source, std::string_view kind) {
    const Span s = article.alignment.ToTarget(source);
    std::fill(facts.begin() + s.begin, facts.begin() + s.end, kind);
  };
  for (const Span s : x.nothings) mark(s, "nothing");
  for (const Figure& f : x.figures) mark(f.span, "figure");
  for (const TimeExpr& t : x.times) mark(t.span, "time");
  for (const Mention& m : x.mentions) mark(m.span, m.type);
}

Word UnknownWordReader::State::Judge(std::string_view text, Span span, Span sentence) const {
  Word w{span, CodePointCount(Slice(text, span)), false, {}};
  for (uint32_t i = span.begin; i < span.end && !w.wall; ++i) {
    if (!facts[i].empty()) {
      w.wall = true;
      w.label = '<' + std::string(facts[i]) + '>';
    } else if (!known[i - sentence.begin].empty()) {
      w.wall = true;
      w.label = known[i - sentence.begin];
    }
  }
  for (uint32_t i = span.begin; i < span.end && !w.wall; i += Utf8Width(text[i])) {
    const char32_t c = Utf8At(text, i);
    if (IsHan(c) && !(w.letters == 1 && rules.words().of(CommonWords::Edge::kCut).contains(c)))
      continue;
    w.wall = true;
    w.label = std::string(Slice(text, span));
  }
  return w;
}

void UnknownWordReader::State::Split(const Article& article, Span sentence) {
  const std::string_view text = article.folded;
  hits.clear();
  literals.clear();
  rules.lexicon().Scan(text, sentence.begin, sentence.end, hits, literals);
  known.assign(sentence.size(), {});
  for (const LexiconHit& h : hits) {
    const bool one = Utf8Width(text[h.begin]) == h.end - h.begin;
    if (inside.test(h.type) || (one && !cues.test(h.type))) continue;
    std::fill(known.begin() + (h.begin - sentence.begin), known.begin() + (h.end - sentence.begin),
              rules.symbols().Name(h.type));
  }
  split.clear();
  UErrorCode code = U_ZERO_ERROR;
  UText opened = UTEXT_INITIALIZER;
  utext_openUTF8(&opened, text.data() + sentence.begin, sentence.size(), &code);
  words->setText(&opened, code);
  int32_t begin = words->first();
  for (int32_t end = words->next(); U_SUCCESS(code) && end != icu::BreakIterator::DONE;
       begin = end, end = words->next()) {
    Word w = Judge(text, {sentence.begin + begin, sentence.begin + end}, sentence);
    // A fact of several words is one.
    if (w.wall && !split.empty() && split.back().wall && w.label[0] == '<' &&
        w.label == split.back().label)
      split.back().span.end = w.span.end;
    else
      split.push_back(std::move(w));
  }
  utext_close(&opened);
}

Beside UnknownWordReader::State::At(size_t word, std::string_view text) const {
  const std::string own(Slice(text, split[word].span));
  return {own, split[word].wall ? split[word].label : own};
}

void UnknownWordReader::State::Join(std::string_view text, std::vector<UnknownWord>& out) const {
  for (size_t first = 0; first < split.size(); ++first) {
    size_t letters = 0;
    size_t known_letters = 0;
    bool single = false;
    for (size_t last = first; last < std::min(split.size(), first + kMostTokens); ++last) {
      if (split[last].wall) break;
      letters += split[last].letters;
      single |= split[last].letters == 1;
      if (split[last].letters > 1) known_letters += split[last].letters;
      if (letters > kMostLetters) break;
      const bool part = first == last;
      if (!part && (!single || letters < kLeastLetters)) continue;
      out.push_back({{split[first].span.begin, split[last].span.end},
                     part,
                     known_letters,
                     first == 0 ? Beside{"", "^"} : At(first - 1, text),
                     last + 1 == split.size() ? Beside{"", "$"} : At(last + 1, text)});
    }
  }
}

UnknownWordReader::UnknownWordReader(const RuleSet& rules)
    : state_(std::make_unique<State>(rules)) {}
UnknownWordReader::~UnknownWordReader() = default;

std::vector<UnknownWord> UnknownWordReader::Read(const Article& article, const Extraction& x) {
  std::vector<UnknownWord> out;
  state_->Mark(article, x);
  for (const Span sentence : x.sentences) {
    state_->Split(article, sentence);
    state_->Join(article.folded, out);
  }
  return out;
}

NameGuess::NameGuess(const RuleSet& rules)
    : behind_(rules.words().of(CommonWords::Edge::kBehind)),
      surnames_(SurfacesOf(rules, "SURNAME", false)),
      given_(SurfacesOf(rules, "GIVEN", true)),
      foreign_(SurfacesOf(rules, "TRANSLIT", true)),
      suffixes_(SurfacesOf(rules, "ORG_SUFFIX", true)),
      weak_suffixes_(SurfacesOf(rules, "ORG_SUFFIX_WEAK", true)) {}

std::string_view NameGuess::ClassOf(std::string_view word, size_t known) const {
  const size_t letters = CodePointCount(word);
  for (size_t i = Utf8Width(word[0]); i < word.size(); i += Utf8Width(word[i])) {
    const std::string_view end = word.substr(i);
    if (suffixes_.contains(end)) return "ORG_NAME";
    if (weak_suffixes_.contains(end)) return known <= CodePointCount(end) ? "ORG_NAME" : "";
  }
  if (known > 0) return "";
  if (letters > 2 && behind_.contains(Utf8At(word, Utf8Back(word, word.size()))))
    return "PLACE_NAME";
  bool given = letters <= kPersonLetters;
  bool foreign = letters >= kForeignLetters;
  for (size_t i = 0; i < word.size(); i += Utf8Width(word[i])) {
    const std::string_view c = word.substr(i, Utf8Width(word[i]));
    given &= (i == 0 ? surnames_ : given_).contains(c);
    foreign &= foreign_.contains(c);
  }
  return given || foreign ? "PERSON_NAME" : "";
}

}  // namespace kaoju
