// Lint: what loads but should not stand.
#pragma once

#include <vector>

#include "rules/diagnostic.h"
#include "rules/rule_set.h"

namespace kaoju {

// Codes: han-repeat (\p{Han}; a range is 9 times smaller), class-and (&& in a class), program-size
// (over 6,000 instructions a side), hidden-literal (the pattern spells a word that its layer shows
// as a symbol, so it cannot match), shadowed (an earlier rule matches and emits the same). A rule
// silences a code with `allow CODE: reason`. A rule without a trigger does not even load.
std::vector<Diagnostic> Lint(const RuleSet& rules);

}  // namespace kaoju
