// Explanation: one article layer by layer, for `explain` and `rules try`: what each layer saw, what
// its rules proposed, who won, who lost against whom and why.
#pragma once

#include <string>
#include <string_view>

#include "extract/article.h"
#include "extract/facts.h"
#include "rules/rule_set.h"

namespace kaoju {

struct ExplanationOptions {
  bool json = false;
  bool colour = false;
  bool symbols = true;        // what each layer saw
  std::string only;           // facts and candidates of this kind
  std::string grep = {};      // facts whose notation holds this
  std::string_view raw = {};  // the document as fetched: its bytes behind each fact are shown, too
};

// True iff standard output is a terminal that wants colour (NO_COLOR is not set).
bool WantsColour();

// Layers, then facts. REQUIRES `x` was extracted from `article` with a trace. As JSON Lines: rows
// of kind "view" and "candidate", then exactly the rows that `extract` writes.
std::string Explain(const Article& article, const Extraction& x, const RuleSet& rules,
                    const ExplanationOptions& options);

}  // namespace kaoju
