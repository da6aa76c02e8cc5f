#include "extract/person_shape.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kLetters = 3;  // of a name; one more with two surnames
constexpr size_t kShortLetters = 2;
constexpr size_t kLongest = 4;  // of a common word
// How often a word must have been counted to be preferred to a name.
constexpr uint32_t kCrossing = 50;     // it begins or ends outside, and has two characters
constexpr uint32_t kLongCrossing = 3;  // or more
constexpr uint32_t kSurnameWord = 5;   // it is the surname and the next character
constexpr uint32_t kGivenWord = 100;   // it is the given name

// Of a transliterated name.
constexpr size_t kForeignLeast = 3;  // letters
constexpr size_t kForeignMost = 9;
constexpr uint32_t kInside = 300;     // a word of two characters in it
constexpr uint32_t kLongInside = 10;  // of more

bool Crosses(size_t begin, size_t end, size_t at, size_t stop) {
  return (begin < at || end > stop) && end > at && begin < stop;
}

}  // namespace

PersonShapes::PersonShapes(const RuleSet& rules) : words_(rules.words()), flags_(0x10000) {
  if (words_.empty()) return;
  Mark(rules, "SURNAME", kSurname);
  Mark(rules, "GIVEN", kGiven);
  Mark(rules, "GIVEN_SELDOM", kSeldom);
  Mark(rules, "TRANSLIT", kForeign);
  using Edge = CommonWords::Edge;
  for (const auto& [edge, flag] :
       std::initializer_list<std::pair<Edge, Flag>>{{Edge::kEnd, kEnd},
                                                    {Edge::kBehind, kBehind},
                                                    {Edge::kBefore, kBefore},
                                                    {Edge::kStop, kStop},
                                                    {Edge::kForeign, kStrong},
                                                    {Edge::kForeignFirst, kNotFirst},
                                                    {Edge::kForeignLast, kNotLast},
                                                    {Edge::kForeignBehind, kForeignBehind},
                                                    {Edge::kForeignBefore, kForeignBefore}}) {
    for (const char32_t c : words_.of(edge)) flags_[c] |= flag;
  }
}

// Entries of one character that are not weak, or borne often all the same.
void PersonShapes::Mark(const RuleSet& rules, std::string_view type, Flag flag) {
  const auto symbol = rules.symbols().Find(type);
  if (!symbol) return;
  for (const LexiconEntry* entry : rules.lexicon().OfType(*symbol)) {
    const bool one = Utf8Width(entry->surface[0]) == entry->surface.size();
    const char32_t c = Utf8At(entry->surface, 0);
    if (!one || c >= flags_.size() || (entry->Has("weak") && !entry->Has("shape"))) continue;
    flags_[c] |= entry->Has("weak") ? flag | kWord : flag;
  }
}

bool PersonShapes::IsName(uint16_t surname, uint16_t first, uint16_t second) {
  if ((surname & kSurname) == 0) return false;
  if ((first & second & kGiven) != 0) return true;
  const bool one_seldom = ((first & kGiven) != 0 && (second & kSeldom) != 0) ||
                          ((first & kSeldom) != 0 && (second & kGiven) != 0);
  return one_seldom && (surname & kWord) == 0;
}

// Whether a foreign name may go on from one character to the next.
bool PersonShapes::InForeign(uint16_t first, uint16_t second) {
  return (first & second & kForeign) != 0 && ((first | second) & kStrong) != 0;
}

char32_t PersonShapes::CharacterAt(const Window& w, size_t place) const {
  return Utf8At(w.text, w.bytes[place]);
}

bool PersonShapes::ShortAt(const Window& w, size_t at) const {
  const size_t end = at + kShortLetters;
  if (end > w.end) return false;
  const uint16_t surname = FlagsAt(w, at);
  const uint16_t given = FlagsAt(w, at + 1);
  if ((surname & kSurname) == 0 || (surname & kWord) != 0) return false;
  if ((given & kGiven) == 0 || (given & kEnd) != 0) return false;
  if (at > w.begin && (FlagsAt(w, at - 1) & kStop) == 0) return false;
  const uint16_t behind = FlagsAt(w, end);
  if ((behind & kBehind) != 0 || InForeign(given, behind)) return false;
  return end == w.end || (behind & (kStop | kForeignBehind)) != 0;
}

size_t PersonShapes::ShapeAt(const Window& w, size_t at) const {
  const auto flags = [&](size_t i) { return FlagsAt(w, i); };
  if (!IsName(flags(at), flags(at + 1), flags(at + 2))) return 0;
  const auto may_end = [&](uint16_t f) { return (f & kGiven) != 0 && (f & kEnd) == 0; };
  const bool two_surnames = (flags(at + 1) & kSurname) != 0 && may_end(flags(at + kLetters));
  const size_t size = kLetters + (two_surnames ? 1 : 0);
  const uint16_t last = flags(at + size - 1);
  const uint16_t before = at > w.begin ? flags(at - 1) : uint16_t{0};
  const uint16_t behind = flags(at + size);
  if ((last & kEnd) != 0 || (behind & kBehind) != 0 || (before & kBefore) != 0) return 0;
  // A piece of a foreign name.
  const bool all = (flags(at) & flags(at + 1) & flags(at + 2) & kForeign) != 0;
  const bool piece = all && (InForeign(flags(at), flags(at + 1)) || InForeign(flags(at + 1), last));
  return piece || InForeign(before, flags(at)) || InForeign(last, behind) ? 0 : size;
}

PersonShapes::Run PersonShapes::ForeignIn(const Window& w, Run run) const {
  while (run.begin < run.end && (FlagsAt(w, run.begin) & kNotFirst) != 0) ++run.begin;
  while (run.end > run.begin && (FlagsAt(w, run.end - 1) & kNotLast) != 0) --run.end;
  const size_t size = run.end - run.begin;
  if (size < kForeignLeast || size > kForeignMost) return {};
  size_t strong = 0;
  for (size_t i = run.begin; i < run.end; ++i) strong += (FlagsAt(w, i) & kStrong) != 0 ? 1 : 0;
  const bool before = run.begin > w.begin && (FlagsAt(w, run.begin - 1) & kForeignBefore) != 0;
  const bool behind = (FlagsAt(w, run.end) & kForeignBehind) != 0;
  return strong * 3 >= size * 2 && (before || behind) ? run : Run{};
}

bool PersonShapes::InWords(const Window& w, Run name, Claims claims) const {
  // As far around the name as a word can reach.
  const size_t first = name.begin - std::min(name.begin - w.begin, kLongest - 1);
  const size_t last = std::min(w.end, name.end + kLongest - 1);
  std::array<uint16_t, kForeignMost + 2 * kLongest> codes{};
  for (size_t i = first; i < last; ++i) codes[i - first] = words_.trie().CodeOf(CharacterAt(w, i));
  const std::span<const uint16_t> around(codes.data(), last - first);
  bool claimed = false;
  for (size_t begin = first; begin < name.end && !claimed; ++begin) {
    words_.trie().Prefixes(around, begin - first, [&](size_t end, uint32_t value) {
      claimed |= claims(begin, first + end, words_.CountOf(value), name);
    });
  }
  return claimed;
}

namespace {

// Adds the mention where no fact and no longer word of the lexicon stands; `apart`: nor a fact
// directly beside it. False: it is not added.
bool AddPerson(Span span, std::string_view rule, bool apart, Sentence& s, Document& doc,
               TypeId person, const Law& law) {
  const std::string_view text = doc.article.folded;
  const auto next = std::find_if(s.facts.begin(), s.facts.end(),
                                 [&](const Token& t) { return t.span.end > span.begin; });
  if (next != s.facts.end() && next->span.Overlaps(span)) return false;
  const bool beside = (next != s.facts.end() && next->span.begin == span.end) ||
                      (next != s.facts.begin() && (next - 1)->span.end == span.begin);
  if (apart && beside) return false;
  const auto hits = s.hits.Of(doc.hits);
  const bool word = std::any_of(hits.begin(), hits.end(), [&](const LexiconHit& h) {
    return Span{h.begin, h.end}.Overlaps(span) && CodePointCount(Slice(text, {h.begin, h.end})) > 1;
  });
  const std::string_view surface = Slice(text, span);
  if (word || law.Ban(surface, "person") != nullptr) return false;
  s.types.set(person);
  s.facts.insert(next, Token{person, span, static_cast<uint32_t>(doc.mentions.size())});
  doc.mentions.push_back({span, "person", doc.texts->Keep(surface), rule});
  doc.mention_covered.push_back(0);
  return true;
}

}  // namespace

void PersonShapes::FindChinese(const Window& w, Sentence& s, Document& doc, TypeId person,
                               const Law& law) const {
  const Claims claims = [](size_t begin, size_t end, uint32_t count, Run name) {
    if (begin == name.begin && end == name.end) return true;
    if (begin == name.begin && end < name.end) return count >= kSurnameWord;
    if (begin > name.begin && end == name.end) return count >= kGivenWord;
    const uint32_t crossing = end - begin > 2 ? kLongCrossing : kCrossing;
    return Crosses(begin, end, name.begin, name.end) && count >= crossing;
  };
  for (size_t at = w.begin; at + kShortLetters <= w.end; ++at) {
    size_t size = ShapeAt(w, at);
    if (size == 0 && ShortAt(w, at)) size = kShortLetters;
    if (size == 0 || InWords(w, {at, at + size}, claims)) continue;
    if (AddPerson({w.bytes[at], w.bytes[at + size]}, kShapeRule, false, s, doc, person, law))
      at += size - 1;
  }
}

void PersonShapes::FindForeign(const Window& w, Sentence& s, Document& doc, TypeId person,
                               const Law& law) const {
  const Claims claims = [](size_t begin, size_t end, uint32_t count, Run name) {
    const bool two = end - begin == 2;
    if (Crosses(begin, end, name.begin, name.end))
      return count >= (two ? kCrossing : kLongCrossing);
    const bool inside = begin >= name.begin && end <= name.end;
    const bool whole = begin == name.begin && end == name.end;
    return inside && (whole || count >= (two ? kInside : kLongInside));
  };
  for (size_t at = w.begin; at < w.end;) {
    Run run{at, at};
    while ((FlagsAt(w, run.end) & kForeign) != 0) ++run.end;
    at = std::max(run.end, at + 1);
    const Run name = ForeignIn(w, run);
    if (name.begin == name.end || InWords(w, name, claims)) continue;
    AddPerson({w.bytes[name.begin], w.bytes[name.end]}, kForeignShapeRule, true, s, doc, person,
              law);
  }
}

void PersonShapes::Find(Document& doc, const KnownTypes& types, const Law& law) const {
  if (words_.empty()) return;
  const TypeId person = types.OfKind("person");
  Window w{doc.article.folded, doc.letters.bytes()};
  for (Sentence& s : doc.sentences) {
    w.begin = doc.letters.PlaceOf(s.span.begin);
    w.end = doc.letters.PlaceOf(s.span.end);
    w.flags.clear();
    for (size_t i = w.begin; i < w.end; ++i) w.flags.push_back(FlagsOf(CharacterAt(w, i)));
    FindChinese(w, s, doc, person, law);
    FindForeign(w, s, doc, person, law);
  }
}

}  // namespace kaoju
