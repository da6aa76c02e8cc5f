#include "extract/noun_phrase.h"

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kLongest = 14;   // code points of a phrase
constexpr size_t kShortHead = 2;  // 人数 alone says little: 参与人数
constexpr size_t kMostChunks = 8;

bool IsNoun(const Chunk& p) {
  return p.part == Part::kText || p.part == Part::kMetric || p.part == Part::kEvent ||
         (p.near && p.part != Part::kManner && !p.entry->Has("prep")) ||
         p.part == Part::kDirectionNoun || p.part == Part::kDirectionAction;
}

// 9间设有托儿所的医院, 1幅为学校配套的场地, but 5人是在医院.
bool OpensRelative(const Chunk& c) {
  return c.part == Part::kLink && c.entry != nullptr &&
         (c.entry->Has("opens") || c.entry->Has("prep"));
}

bool IsVerb(Part p) { return p == Part::kAction || p == Part::kLight; }

// 7天期存款: where what has a term of so long begins, if chunks[at] begins the term; else `at`.
size_t BehindTerm(const std::vector<Chunk>& chunks, size_t at) {
  const bool term = at + 2 < chunks.size() && chunks[at].part == Part::kTime &&
                    chunks[at + 1].part == Part::kTimeTail && IsNoun(chunks[at + 2]);
  return term ? at + 2 : at;
}

// 被扣押人员, 受访企业: where the noun begins, if chunks[at] begins what is done to it; else `at`.
size_t BehindPassive(const std::vector<Chunk>& chunks, size_t at) {
  if (at >= chunks.size() || chunks[at].entry == nullptr || !chunks[at].entry->Has("passive"))
    return at;
  const bool verb = chunks[at].part == Part::kPrep;
  if (verb && (at + 1 >= chunks.size() || !IsVerb(chunks[at + 1].part))) return at;
  const size_t noun = verb ? at + 2 : at + 1;
  return noun < chunks.size() && IsNoun(chunks[noun]) ? noun : at;
}

size_t Length(std::string_view text, Span s) { return CodePointCount(Slice(text, s)); }

bool IsQuote(char32_t c) {
  return c == U'"' || c == U'“' || c == U'”' || c == U'「' || c == U'」' || c == U'『' ||
         c == U'』' || c == U'\'' || c == U'‘' || c == U'’' || c == U'《' || c == U'》';
}

void Describe(const std::vector<Chunk>& chunks, NounPhrase& out) {
  if (out.empty()) return;
  out.span = {chunks[out.begin].span.begin, chunks[out.end - 1].span.end};
  const Part last = chunks[out.end - 1].part;
  out.event = last == Part::kEvent;
  out.headed = last == Part::kMetric || last == Part::kOwnMetric || out.event;
}

// 4艘船队租用的货轮, 3名来自棠洛的学生: where the head begins, if chunks[at] begins what stands
// before 的; else `at`.
size_t BehindRelative(const std::vector<Chunk>& chunks, size_t at) {
  for (size_t k = at; k < chunks.size() && k - at < kMostChunks; ++k) {
    const Part part = chunks[k].part;
    if (part == Part::kOf) return k + 1;
    if (EndsClause(part) || part == Part::kFigure) break;
  }
  return at;
}

}  // namespace

NounPhrase NounBefore(const std::vector<Chunk>& chunks, size_t end, std::string_view text) {
  NounPhrase out{end, end, {}, false, false};
  size_t known = end;  // begin of the known words at its end
  if (end > 0 && chunks[end - 1].part == Part::kOwnMetric) {
    --out.begin;
    Describe(chunks, out);
    return out;
  }
  const auto fits = [&](const Chunk& c) {
    return IsNoun(c) || (out.begin < end && c.span.end == chunks[out.begin].span.begin &&
                         (c.part == Part::kMannerNoun || c.part == Part::kRate));
  };
  while (out.begin > 0 && end - out.begin < kMostChunks && fits(chunks[out.begin - 1])) {
    --out.begin;
    if (known == out.begin + 1 &&
        (chunks[out.begin].part == Part::kMetric || chunks[out.begin].part == Part::kEvent))
      known = out.begin;
  }
  Describe(chunks, out);
  if (out.empty()) return out;
  // In 4个站点水位超过20米 the first words are what is counted before.
  const bool counted = out.begin > 0 && chunks[out.begin - 1].part == Part::kFigure && known < end;
  if (counted || Length(text, out.span) > kLongest) {
    out.begin = known;
    Describe(chunks, out);
  } else if (Length(text, out.span) <= kShortHead && out.headed && !out.event && out.begin > 0 &&
             chunks[out.begin - 1].part == Part::kAction &&
             chunks[out.begin - 1].span.end == out.span.begin) {
    --out.begin;
    Describe(chunks, out);
  }
  return out;
}

NounPhrase NounAfter(const std::vector<Chunk>& chunks, size_t begin, std::string_view text) {
  begin = BehindTerm(chunks, begin);
  NounPhrase out{begin, begin, {}, false, false};
  if (const size_t noun = BehindPassive(chunks, begin); noun > begin) {
    out = NounAfter(chunks, noun, text);
    if (!out.empty() && out.begin == noun) out.begin = begin;
    Describe(chunks, out);
    return out;
  }
  size_t head = begin;  // behind the last name
  bool plain = false;   // other words than names
  while (out.end < chunks.size() && out.end - begin < kMostChunks) {
    const Chunk& c = chunks[out.end];
    if (c.part == Part::kMention || c.part == Part::kNameTail) {
      head = out.end + 1;
    } else if (IsNoun(c) || (out.end == begin && c.part == Part::kCue)) {
      plain = true;
    } else {
      break;
    }
    ++out.end;
  }
  if (!plain && out.end < chunks.size()) {
    const Chunk& next = chunks[out.end];
    const bool opens = IsVerb(next.part) || next.part == Part::kPrep || next.part == Part::kOf ||
                       OpensRelative(next);
    const size_t behind = opens ? BehindRelative(chunks, out.end) : out.end;
    if (behind > out.end && behind < chunks.size() && IsNoun(chunks[behind]))
      return NounAfter(chunks, behind, text);
    if (behind > out.end && behind < chunks.size() && chunks[behind].part == Part::kMention) {
      const NounPhrase named = NounAfter(chunks, behind, text);
      if (!named.empty() && chunks[named.end - 1].part != Part::kMention) return named;
    }
  }
  out.begin = head < out.end ? head : head > begin ? head - 1 : begin;
  Describe(chunks, out);
  if (!out.empty() && Length(text, out.span) > kLongest - 2) out.end = out.begin;
  return out;
}

Span Head(std::string_view text, Span phrase) {
  while (!phrase.empty()) {
    const auto first = Utf8At(text, phrase.begin);
    if (!IsQuote(first) && first != U' ') break;
    phrase.begin += static_cast<uint32_t>(Utf8Width(text[phrase.begin]));
  }
  while (!phrase.empty()) {
    const auto last = static_cast<uint32_t>(Utf8Back(text, phrase.end));
    if (!IsQuote(Utf8At(text, last)) && text[last] != ' ') break;
    phrase.end = last;
  }
  for (uint32_t at = phrase.begin; at < phrase.end;) {
    const auto next = at + static_cast<uint32_t>(Utf8Width(text[at]));
    if (IsQuote(Utf8At(text, at))) phrase.begin = next;
    at = next;
  }
  return phrase;
}

}  // namespace kaoju
