// Word verdicts: what becomes of the lexicon's entries at one place of a text. Which layers see
// them as symbols, and what hides them from the others that read their class.
#pragma once

#include <string>
#include <vector>

#include "extract/article.h"
#include "extract/facts.h"
#include "rules/lexicon_search.h"
#include "rules/rule_set.h"

namespace kaoju {

struct WordVerdict {
  Bearing bearing;
  Span at = {};                          // of Article::folded; empty: the word does not stand there
  std::string why_not = {};              // banned, refuted, read by nothing; or empty
  std::vector<std::string> seen = {};    // layers that see it
  bool text_only = false;                // rules read it as text, [:CLASS:], and no layer shows it
  std::vector<std::string> hidden = {};  // layers that read its class, and what they see instead
};

// A verdict for each entry that bears on Slice(article.folded, span), by occurrence that overlaps
// `span`; one without a place where there is none. `x` was extracted from the article with a trace.
std::vector<WordVerdict> JudgeWords(const Article& article, const Extraction& x,
                                    const RuleSet& rules, Span span);

}  // namespace kaoju
