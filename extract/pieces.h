// Pieces: a rule's pattern cut into the parts that may fail one by one, for saying how far it got.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace kaoju {

struct Piece {
  std::string regex;      // RE2, over the view's text
  bool optional = false;  // may match nothing
  bool trigger = false;
};

// One pattern of a rule, from left to right.
struct PiecedPattern {
  std::vector<Piece> pieces;
  size_t trigger = 0;  // index of the trigger
  // Pieces [span_begin, span_end) are the fact, the others its context.
  size_t span_begin = 0;
  size_t span_end = 0;

  // The regex of pieces [from, to) one after another.
  std::string Regex(size_t from, size_t to) const;
  // How many of them must match something.
  size_t Required(size_t from, size_t to) const;
};

PiecedPattern CutPattern(const Rule& rule, size_t pattern);

// A view's text or regex as a rule's author writes it: symbols as {TYPE}, lexicon classes as
// [:TYPE:]; long ones shortened.
class Readable {
 public:
  explicit Readable(const RuleSet& rules) : rules_(rules) {}
  std::string Text(std::string_view view) const;
  std::string Regex(std::string_view regex);

 private:
  const RuleSet& rules_;
  std::vector<std::pair<std::string, std::string>> classes_;  // regex and name, of large classes
};

}  // namespace kaoju
