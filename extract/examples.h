// The examples of rules: each `yes` must give a fact by its rule, each `no` none.
#pragma once

#include <vector>

#include "rules/diagnostic.h"
#include "rules/rule_set.h"

namespace kaoju {

// Runs all examples; a failed one becomes a diagnostic with what was found instead. Examples are
// articles of one line, published on 2024-06-15.
std::vector<Diagnostic> CheckExamples(const RuleSet& rules);

// Loads DIR as RuleSet::Load and checks the examples. Throws RulesError with all diagnostics when
// there is an error.
RuleSet LoadCheckedRules(const std::string& dir);

// The same without the examples, for rules that are being worked on.
RuleSet LoadParsedRules(const std::string& dir);

}  // namespace kaoju
