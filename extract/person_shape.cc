#include "extract/person_shape.h"

#include <algorithm>
#include <array>
#include <span>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kLetters = 3;  // of a name; one more with two surnames
constexpr size_t kLongest = 4;  // of a common word
// How often a word must have been counted to be preferred to a name.
constexpr uint32_t kCrossing = 50;     // it begins or ends outside, and has two characters
constexpr uint32_t kLongCrossing = 3;  // or more
constexpr uint32_t kSurnameWord = 5;   // it is the surname and the next character
constexpr uint32_t kGivenWord = 100;   // it is the given name

// Whether a word of this count at letters [begin, end) speaks against a name at [at, stop).
bool Claims(size_t begin, size_t end, uint32_t count, size_t at, size_t stop) {
  if (begin == at && end == stop) return true;
  if (begin == at && end < stop) return count >= kSurnameWord;
  if (begin > at && end == stop) return count >= kGivenWord;
  const uint32_t crossing = end - begin > 2 ? kLongCrossing : kCrossing;
  return (begin < at || end > stop) && end > at && begin < stop && count >= crossing;
}

}  // namespace

PersonShapes::PersonShapes(const RuleSet& rules) : words_(rules.words()), flags_(0x10000) {
  if (words_.empty()) return;
  Mark(rules, "SURNAME", kSurname);
  Mark(rules, "GIVEN", kGiven);
  Mark(rules, "TRANSLIT", kForeign);
  for (const char32_t c : words_.ends()) flags_[c] |= kEnd;
  for (const char32_t c : words_.behind()) flags_[c] |= kBehind;
  for (const char32_t c : words_.before()) flags_[c] |= kBefore;
}

// Entries of one character that are not weak.
void PersonShapes::Mark(const RuleSet& rules, std::string_view type, Flag flag) {
  const auto symbol = rules.symbols().Find(type);
  if (!symbol) return;
  for (const LexiconEntry* entry : rules.lexicon().OfType(*symbol)) {
    const bool one = Utf8Width(entry->surface[0]) == entry->surface.size();
    const char32_t c = Utf8At(entry->surface, 0);
    if (one && c < flags_.size() && !entry->Has("weak")) flags_[c] |= flag;
  }
}

char32_t PersonShapes::CharacterAt(const Window& w, size_t place) const {
  return Utf8At(w.text, w.bytes[place]);
}

size_t PersonShapes::ShapeAt(const Window& w, size_t at) const {
  const auto flags = [&](size_t i) { return i < w.end ? FlagsOf(CharacterAt(w, i)) : uint8_t{0}; };
  if ((flags(at) & kSurname) == 0 || (flags(at + 1) & kGiven) == 0 || (flags(at + 2) & kGiven) == 0)
    return 0;
  const auto may_end = [&](uint8_t f) { return (f & kGiven) != 0 && (f & kEnd) == 0; };
  const bool two_surnames = (flags(at + 1) & kSurname) != 0 && may_end(flags(at + kLetters));
  const size_t size = kLetters + (two_surnames ? 1 : 0);
  const uint8_t last = flags(at + size - 1);
  const uint8_t before = at > w.begin ? flags(at - 1) : uint8_t{0};
  const uint8_t behind = flags(at + size);
  if ((last & kEnd) != 0 || (behind & kBehind) != 0 || (before & kBefore) != 0) return 0;
  // A piece of a foreign name.
  if ((flags(at) & flags(at + 1) & flags(at + 2) & kForeign) != 0) return 0;
  return ((before & flags(at)) | (last & behind)) & kForeign ? 0 : size;
}

bool PersonShapes::InWords(const Window& w, size_t at, size_t stop) const {
  // As far around the name as a word can reach.
  const size_t first = at - std::min(at - w.begin, kLongest - 1);
  const size_t last = std::min(w.end, stop + kLongest - 1);
  std::array<uint16_t, 4 * kLongest> codes{};
  for (size_t i = first; i < last; ++i) codes[i - first] = words_.trie().CodeOf(CharacterAt(w, i));
  const std::span<const uint16_t> around(codes.data(), last - first);
  bool claimed = false;
  for (size_t begin = first; begin < stop && !claimed; ++begin) {
    words_.trie().Prefixes(around, begin - first, [&](size_t end, uint32_t value) {
      claimed |= Claims(begin, first + end, words_.CountOf(value), at, stop);
    });
  }
  return claimed;
}

void PersonShapes::Find(Document& doc, const KnownTypes& types, const Law& law) const {
  if (words_.empty()) return;
  const std::string_view text = doc.article.folded;
  const TypeId person = types.OfKind("person");
  for (Sentence& s : doc.sentences) {
    const Window w{text, doc.letters.bytes(), doc.letters.PlaceOf(s.span.begin),
                   doc.letters.PlaceOf(s.span.end)};
    for (size_t at = w.begin; at + kLetters <= w.end; ++at) {
      const size_t size = ShapeAt(w, at);
      if (size == 0 || InWords(w, at, at + size)) continue;
      const Span span{w.bytes[at], w.bytes[at + size]};
      const auto next = std::find_if(s.facts.begin(), s.facts.end(),
                                     [&](const Token& t) { return t.span.end > span.begin; });
      if (next != s.facts.end() && next->span.Overlaps(span)) continue;
      const auto hits = s.hits.Of(doc.hits);
      const bool word = std::any_of(hits.begin(), hits.end(), [&](const LexiconHit& h) {
        return Span{h.begin, h.end}.Overlaps(span) &&
               CodePointCount(Slice(text, {h.begin, h.end})) > 1;
      });
      const std::string_view surface = Slice(text, span);
      if (word || law.Ban(surface, "person") != nullptr) continue;
      s.types.set(person);
      s.facts.insert(next, Token{person, span, static_cast<uint32_t>(doc.mentions.size())});
      doc.mentions.push_back({span, "person", doc.texts->Keep(surface), kShapeRule});
      doc.mention_covered.push_back(0);
      at += size - 1;
    }
  }
}

}  // namespace kaoju
