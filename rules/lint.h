// Lint: what loads but should not stand.
#pragma once

#include <vector>

#include "rules/diagnostic.h"
#include "rules/rule_set.h"

namespace kaoju {

// What is wrong with the rules (rules/codes.h lists the codes). A rule silences a code with
// `allow CODE: reason`; an `allow` that silences nothing is reported, too. Reads the packs again
// to show their lines; where they are gone, diagnostics have no source line.
std::vector<Diagnostic> Lint(const RuleSet& rules);

}  // namespace kaoju
