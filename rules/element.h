// Element: one part of a pattern's top-level sequence, between parsing it and splitting it at its
// trigger.
#pragma once

#include <string>
#include <vector>

#include "rules/pattern.h"
#include "rules/symbols.h"

namespace kaoju {

// One element of the top-level sequence.
struct Element {
  enum class Kind { kSymbol, kLiteral, kLiteralGroup, kOther, kOpen, kClose };
  Kind kind = Kind::kOther;
  std::string regex;
  std::vector<TypeId> types;
  std::vector<std::string> literals;
  std::string capture;
  bool quantified = false;
  bool optional = false;  // may match nothing
  bool marked = false;
  std::vector<char32_t> first_chars;  // of a lexicon class: what its entries begin with
  std::vector<char32_t> last_chars;
};

// Sets first_chars and last_chars of a lexicon class from its regex, as RuleSet::ClassRegex writes
// it.
void SetClassChars(Element& e);

// What can stand right before, or right behind, the element at `trigger`.
Neighbours NeighboursBefore(const std::vector<Element>& elements, size_t trigger);
Neighbours NeighboursAfter(const std::vector<Element>& elements, size_t trigger);

}  // namespace kaoju
