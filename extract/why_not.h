// Why not: what kept the rules from finding a fact at a span.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "extract/attempt.h"
#include "extract/facts.h"
#include "rules/rule_set.h"

namespace kaoju {

struct WhyNot {
  std::string cause;               // the likeliest, in one line
  std::vector<std::string> found;  // facts that overlap the span
  std::vector<std::string> lost;   // candidates that did not become facts, and why
  std::vector<std::string> cut;    // symbols that an edge of the span cuts
  std::vector<std::string> words;  // lexicon entries of the span, seen or not, and why
  std::vector<Attempt> attempts;   // the nearest rules, best first
};

// True iff a rule that emits `emitted` can make a fact of `kind`: a kind of the notation (person,
// money, time, claim …), "figure" or "entity" for all of theirs, or empty for any.
bool KindFits(std::string_view emitted, std::string_view kind);

// `x` was extracted from the article with a trace. REQUIRES `span` on code points of article.text,
// not empty.
WhyNot ExplainMiss(const Article& article, const Extraction& x, const RuleSet& rules, Span span,
                   std::string_view kind);

}  // namespace kaoju
