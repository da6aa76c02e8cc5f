// What the lexicon says of a string: the entries that bear on it, and who reads their classes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace kaoju {

// An entry and how its surface lies to the string.
struct Bearing {
  enum class How {
    kEqual,
    kInside,    // the surface is a part of the string
    kHolds,     // the string is a part of the surface
    kOverlaps,  // an end of one is a beginning of the other, two characters or more
  };
  How how = How::kEqual;
  const LexiconEntry* entry = nullptr;
  const LexiconEntry* ban = nullptr;  // that takes the entry out, or nullptr
};

// "equal", "inside", "holds", "overlaps".
const char* NameOf(Bearing::How how);

// In this order: equal; inside, by their first place in the string, longer ones first; those that
// hold it, shorter ones first; those that overlap it, in the order of the lexicon.
// `folded` is in folded form, not empty.
std::vector<Bearing> FindBearings(const Lexicon& lexicon, std::string_view folded);

// Who reads the words of a class.
struct ClassReaders {
  std::vector<std::string> layers;   // that see them as symbols
  std::vector<std::string> rules;    // that name the symbol in a pattern
  std::vector<std::string> as_text;  // that match them as text, [:CLASS:]
  bool numerals = false;             // the reader of numerals does
  bool any() const { return !layers.empty() || !as_text.empty() || numerals; }
};
ClassReaders ReadersOf(const RuleSet& rules, TypeId type);

}  // namespace kaoju
