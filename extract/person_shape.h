// Persons whom nothing around them gives away: a surname, or two, and two characters of given
// names, none of which belongs to a word. What stands in a word is asked of the common words that
// cross the edges of the three, as a segmenter would prefer them; a name that is transliterated is
// left alone.
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
    "a surname and two characters of given names, where no common word claims any of them\n";

class PersonShapes {
 public:
  // `rules` must outlive it.
  explicit PersonShapes(const RuleSet& rules);

  // Adds mentions and facts to sentences, where no other fact and no longer word of the lexicon
  // stands. Linear in the text.
  void Find(Document& doc, const KnownTypes& types, const Law& law) const;

 private:
  enum Flag : uint8_t {
    kSurname = 1,
    kGiven = 2,
    kForeign = 4,
    kEnd = 8,
    kBehind = 16,
    kBefore = 32
  };

  void Mark(const RuleSet& rules, std::string_view type, Flag flag);
  uint8_t FlagsOf(char32_t c) const { return c < flags_.size() ? flags_[c] : uint8_t{0}; }
  // A sentence, by places of the document's letters.
  struct Window {
    std::string_view text;
    const std::vector<uint32_t>& bytes;
    size_t begin = 0;
    size_t end = 0;
  };
  char32_t CharacterAt(const Window& w, size_t place) const;
  // How many letters the shape has that begins at a place; 0: there is none.
  size_t ShapeAt(const Window& w, size_t at) const;
  bool InWords(const Window& w, size_t at, size_t stop) const;

  const CommonWords& words_;
  std::vector<uint8_t> flags_;  // by code point of the basic plane
};

}  // namespace kaoju
