// Coverage: what no rule has touched, for `kaoju rules coverage`: numbers, quotations, reporting
// verbs and Latin names that stand outside of all facts, each with its shape.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "extract/facts.h"
#include "rules/rule_set.h"

namespace kaoju {

struct Gap {
  enum class Kind { kNumber, kQuotation, kVerb, kName };
  Kind kind = Kind::kNumber;
  Span span;          // of Article::text
  std::string shape;  // CoverageReader::Read
};

inline constexpr size_t kGapKinds = 4;
// number, quotation, verb, name.
std::string_view NameOf(Gap::Kind kind);

struct Coverage {
  std::array<size_t, kGapKinds> seen{};  // all of the kind, touched or not
  std::vector<Gap> gaps;                 // by kind, in each in the order of the text
};

class CoverageReader {
 public:
  // `around`: how many characters of each side belong to a shape. The rule set must outlive it.
  CoverageReader(const RuleSet& rules, size_t around);

  // REQUIRES that `x` was extracted from the article with ExtractOptions::nothings. What counts:
  //   number     a run of digits, with the points, commas and colons inside it; touched by a fact,
  //              or by a rule that says that it is none
  //   quotation  what stands between quotation marks in a sentence; touched by the content of a
  //              claim, or by a fact over all of it
  //   verb       a word of the classes that trigger the rules of claims, but not within a longer
  //              word; touched by the cue of a claim or another fact
  //   name       two or more Latin letters or digits, the first a capital letter; touched by a fact
  // The shape of a number is N, of a quotation “…”, of the others the word itself; around it stand
  // the characters beside it, <person> for a fact, ^ and $ for the ends of the sentence. All in the
  // folded form. A name stands alone: what is missing is mostly a word of the lexicon.
  Coverage Read(const Article& article, const Extraction& x) const;

 private:
  const RuleSet& rules_;
  size_t around_;
  TypeSet verbs_;
};

}  // namespace kaoju
