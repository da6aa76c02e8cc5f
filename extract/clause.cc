#include "extract/clause.h"

#include <algorithm>
#include <optional>

#include "rules/utf8.h"

namespace kaoju {
namespace {

struct Class {
  std::string_view name;
  Part part;
  bool near = false;
  std::string_view direction = {};  // of all words of the class
};

// Of a word of several classes the first here counts.
constexpr Class kClasses[] = {
    {"TIME_TAIL", Part::kTimeTail},
    {"NAME_TAIL", Part::kNameTail},
    {"COMPARE", Part::kCompare},
    {"COMPARE_UP", Part::kCompare, false, "up"},
    {"COMPARE_DOWN", Part::kCompare, false, "down"},
    {"SHARE", Part::kShare},
    {"DIRECTION", Part::kDirection},
    {"DIRECTION_NEAR", Part::kDirection, true},
    {"DIRECTION_NOUN", Part::kDirectionNoun},
    {"DIRECTION_ACTION", Part::kDirectionAction},
    {"METRIC_VERB", Part::kOwnMetric},
    {"METRIC", Part::kMetric},
    {"METRIC_EVENT", Part::kEvent},
    {"LINK", Part::kLink},
    {"LINK_NEAR", Part::kLink, true},
    {"EACH", Part::kEach},
    {"MANNER", Part::kManner},
    {"MANNER_NEAR", Part::kManner, true},
    {"MANNER_NOUN", Part::kMannerNoun},
    {"THAN", Part::kThan},
    {"PART_OF", Part::kPartOf},
    {"REACH", Part::kReach},
    {"PREP", Part::kPrep},
    {"AND", Part::kAnd},
    {"GENITIVE", Part::kOf},
    {"SCOPE", Part::kScope},
    {"ACTION", Part::kAction},
    {"LIGHT_VERB", Part::kLight},
    {"MODAL", Part::kModal},
    {"BREAK", Part::kBreak},
    {"NEGATION", Part::kBreak},
    {"FORECAST_CUE", Part::kManner},
    {"CUE", Part::kCue},
    {"CUE_EVENT", Part::kCue},
    {"CUE_NOUN", Part::kCue},
    {"HEDGE", Part::kManner},
    {"CUE1", Part::kBreak},
    {"SHOW_CUE", Part::kBreak},
    {"HEARSAY", Part::kBreak},
    {"ACCORDING", Part::kBreak},
    {"PRONOUN", Part::kBreak},
    {"NOT_CUE", Part::kText},
    {"PLAIN", Part::kText},
};

std::optional<Part> Punctuation(char32_t c) {
  switch (c) {
    case U';':
    case U'；':
    case U'。':
    case U'!':
    case U'！':
    case U'?':
    case U'？':
    case U'\n':
      return Part::kStop;
    case U',':
    case U'，':
    case U':':
    case U'：':
      return Part::kComma;
    case U'、':
      return Part::kEnum;
    case U'(':
    case U'（':
    case U'[':
    case U'【':
      return Part::kOpen;
    case U')':
    case U'）':
    case U']':
    case U'】':
      return Part::kClose;
    default:
      return std::nullopt;
  }
}

// 要求， is a word for the rules of claims only: here the mark stands for itself.
bool EndsWithMark(std::string_view surface) {
  return Punctuation(Utf8At(surface, Utf8Back(surface, surface.size()))).has_value();
}

}  // namespace

ClauseWords::ClauseWords(const RuleSet& rules) {
  std::vector<std::pair<std::string_view, Word>> all;
  for (const Class& c : kClasses) {
    const auto type = rules.symbols().Find(c.name);
    if (!type) continue;
    for (const LexiconEntry* e : rules.lexicon().OfType(*type)) {
      if (EndsWithMark(e->surface)) continue;
      const bool directed = c.part == Part::kDirection || c.part == Part::kDirectionNoun ||
                            c.part == Part::kDirectionAction;
      all.push_back({e->surface,
                     {c.part, c.near, directed ? std::string_view(e->canonical) : c.direction, e}});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string_view> keys;
  for (const auto& [surface, word] : all) {
    if (keys.empty() || keys.back() != surface) {
      keys.push_back(surface);
      words_.emplace_back();
    }
    words_.back().push_back(word);
  }
  trie_.Build(keys);
  if (const auto type = rules.symbols().Find("METRIC_TAIL"))
    metric_tails_ = rules.lexicon().OfType(*type);
  hedge_ = rules.symbols().Find("HEDGE");
}

std::string_view ClauseWords::QualifierOf(const Chunk& c) const {
  if (c.entry == nullptr || c.entry->type != hedge_ || !c.entry->Has("far")) return {};
  return c.entry->canonical;
}

// The longest word at `place` that may stand there, or nullptr.
const ClauseWords::Word* ClauseWords::Longest(std::string_view text, size_t place,
                                              std::optional<Part> after, size_t& stop) const {
  const Word* best = nullptr;
  trie_.Prefixes(codes_, place, [&](size_t end, uint32_t value) {
    for (const Word& w : words_[value]) {
      if (w.part == Part::kTimeTail && after != Part::kTime && after != Part::kRate) continue;
      if (w.part == Part::kNameTail && after != Part::kMention) continue;
      if (w.entry->guarded && !w.entry->MayStand(text, bytes_[place], bytes_[end])) continue;
      best = &w;
      stop = end;
      break;
    }
  });
  return best;
}

// 收集量, 开工率: where what makes a metric of a verb ends, if it begins at `place`; else `place`.
size_t ClauseWords::MetricTail(std::string_view text, size_t place) const {
  if (place >= codes_.size()) return place;
  const Span one{bytes_[place], bytes_[place + 1]};
  const auto tail = std::find_if(metric_tails_.begin(), metric_tails_.end(), [&](const auto* e) {
    return e->surface == Slice(text, one) && (!e->guarded || e->MayStand(text, one.begin, one.end));
  });
  return tail != metric_tails_.end() ? place + 1 : place;
}

void ClauseWords::CutGap(std::string_view text, Span gap, std::vector<Chunk>& out) {
  codes_.clear();
  bytes_.clear();
  for (size_t at = gap.begin; at < gap.end; at += Utf8Width(text[at])) {
    codes_.push_back(trie_.CodeOf(Utf8At(text, at)));
    bytes_.push_back(static_cast<uint32_t>(at));
  }
  bytes_.push_back(gap.end);
  bool grows = false;  // the last piece is text that ends here
  for (size_t place = 0; place < codes_.size();) {
    size_t stop = place + 1;
    const auto after =
        place == 0 && !out.empty() ? std::optional(out.back().part) : std::nullopt;  // which fact
    const Word* word = Longest(text, place, after, stop);
    const bool verb =
        word != nullptr && (word->part == Part::kAction || word->part == Part::kLight);
    const size_t tail = verb ? MetricTail(text, stop) : stop;
    const Span span{bytes_[place], bytes_[tail]};
    place = tail;
    const auto mark = word == nullptr ? Punctuation(Utf8At(text, span.begin)) : std::nullopt;
    if (!mark && (word == nullptr || word->part == Part::kText)) {
      if (text[span.begin] == ' ' && !grows) continue;
      if (grows) {
        out.back().span.end = span.end;
      } else {
        out.push_back({Part::kText, false, span, 0, nullptr, {}});
        grows = true;
      }
      continue;
    }
    grows = false;
    if (mark) {
      out.push_back({*mark, false, span, 0, nullptr, {}});
    } else if (tail > stop) {
      out.push_back({Part::kMetric, false, span, 0, nullptr, {}});
    } else {
      out.push_back({word->part, word->near, span, 0, word->entry, word->direction});
    }
  }
}

void ClauseWords::Cut(const Document& doc, const Sentence& s, const KnownTypes& types,
                      std::vector<Chunk>& out) {
  out.clear();
  uint32_t at = s.span.begin;
  for (const Token& t : s.facts) {
    CutGap(doc.article.folded, {at, t.span.begin}, out);
    Part part = Part::kText;
    if (t.type == types.figure) part = Part::kFigure;
    if (t.type == types.date || t.type == types.duration) part = Part::kTime;
    if (t.type == types.set) part = Part::kRate;
    if (types.IsMention(t.type)) part = Part::kMention;
    out.push_back({part, false, t.span, t.value, nullptr, {}});
    at = t.span.end;
  }
  CutGap(doc.article.folded, {at, s.span.end}, out);
}

}  // namespace kaoju
