// Consistency checks: whether what an article says in several places fits together. Rules of kind
// check:NAME say where (rules/packs/80-check.rules); here is the arithmetic that says whether.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "extract/document.h"
#include "rules/lexicon.h"
#include "rules/symbols.h"

namespace kaoju {

// What checks need to know of the lexicon, which outlives it.
struct CheckWords {
  CheckWords(const Lexicon& lexicon, const SymbolTable& symbols);

  struct Worth {
    double low = 0;
    double high = 0;
  };
  std::set<std::string_view> weekdays;              // their words
  std::map<std::string, Worth, std::less<>> worth;  // of a currency's unit, in yuan
};

// Judges the relations of kind check:NAME, by the facts that their roles point at:
//   check:day         day, again: both are the same day, or the weekday is that of the day
//   check:change      from, to, and up or down: the change is that between the two, in percent or
//                     in their unit
//   check:conversion  amount, converted: the rate is within what the lexicon's WORTH allows
//   check:shares      a, b, c, …: percentages of one whole, at most 100 together
//   check:part        total, part: counts of the same unit, the part is not larger
// Each gets the role "holds", "yes" or "no", over the whole span, and where it fails "expected": a
// day, the number of a weekday (Monday is 1), a value, or the least and the most one, low/high.
// Rounding is allowed for: half of the last digit that is given, and more where a figure is said to
// be inexact. What cannot be judged, such as a day without a year, is taken out.
void JudgeChecks(Document& doc, const CheckWords& words);

}  // namespace kaoju
