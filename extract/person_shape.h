// Persons whom nothing around them gives away: a surname, or two, and two characters of given
// names, or between stops one, none of which belongs to a word. What stands in a word is asked of
// the common words that cross the edges of the three, as a segmenter would prefer them. And persons
// with transliterated names: all of a run of the characters of such names, most of which seldom
// stand in words, where no word claims any of them and a character beside it is one of those that
// stand beside persons.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/law.h"
#include "rules/rule_set.h"

namespace kaoju {

// The rule that mentions found so are said to come from, and what it does.
inline constexpr std::string_view kShapeRule = "names/shape";
inline constexpr std::string_view kShapeText =
    "a surname and two characters of given names, or one between stops, where no common word "
    "claims any of them\n";

inline constexpr std::string_view kForeignShapeRule = "names/foreign-shape";
inline constexpr std::string_view kForeignShapeText =
    "a run of characters of transliterated names beside what stands beside persons, where no "
    "common "
    "word claims any of them\n";

class PersonShapes {
 public:
  // `rules` must outlive it.
  explicit PersonShapes(const RuleSet& rules);

  // Adds mentions and facts to sentences, where no other fact and no longer word of the lexicon
  // stands. Linear in the text.
  void Find(Document& doc, const KnownTypes& types, const Law& law) const;

 private:
  enum Flag : uint16_t {
    kSurname = 1,
    kGiven = 2,
    kForeign = 4,
    kEnd = 8,
    kBehind = 16,
    kBefore = 32,
    kStrong = 64,  // kForeign, and seldom in words
    kNotFirst = 128,
    kNotLast = 256,
    kForeignBehind = 512,
    kForeignBefore = 1024,
    kSeldom = 2048,  // of given names, beside a kGiven
    kWord = 4096,    // kSurname, and a word
    kStop = 8192,
  };
  // A sentence, by places of the document's letters.
  struct Window {
    std::string_view text;
    const std::vector<uint32_t>& bytes;
    size_t begin = 0;
    size_t end = 0;
    std::vector<uint16_t> flags = {};  // of its letters
  };
  // Letters of a sentence.
  struct Run {
    size_t begin = 0;
    size_t end = 0;
  };
  // Whether a word of this count at letters [begin, end) speaks against a name at a run.
  using Claims = bool (*)(size_t begin, size_t end, uint32_t count, Run name);

  void Mark(const RuleSet& rules, std::string_view type, Flag flag);
  uint16_t FlagsOf(char32_t c) const { return c < flags_.size() ? flags_[c] : uint16_t{0}; }
  // 0 behind the sentence.
  static uint16_t FlagsAt(const Window& w, size_t place) {
    return place < w.end ? w.flags[place - w.begin] : uint16_t{0};
  }
  static bool IsName(uint16_t surname, uint16_t first, uint16_t second);
  char32_t CharacterAt(const Window& w, size_t place) const;
  static bool InForeign(uint16_t first, uint16_t second);
  // Whether there is the shape of a surname and one character, between stops.
  bool ShortAt(const Window& w, size_t at) const;
  // How many letters the shape has that begins at a place; 0: there is none.
  size_t ShapeAt(const Window& w, size_t at) const;
  // What of a run of kForeign may be a name; empty: nothing.
  Run ForeignIn(const Window& w, Run run) const;
  bool InWords(const Window& w, Run name, Claims claims) const;
  void FindChinese(const Window& w, Sentence& s, Document& doc, TypeId person,
                   const Law& law) const;
  void FindForeign(const Window& w, Sentence& s, Document& doc, TypeId person,
                   const Law& law) const;

  const CommonWords& words_;
  std::vector<uint16_t> flags_;  // by code point of the basic plane
};

}  // namespace kaoju
