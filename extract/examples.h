// The examples of rules: each `yes` must give a fact by its rule, each `no` none.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "extract/notation.h"
#include "rules/diagnostic.h"
#include "rules/rule_set.h"

namespace kaoju {

// What came of one example.
struct ExampleOutcome {
  const Rule* rule = nullptr;
  const RuleExample* example = nullptr;
  std::string failure;         // what was found instead; empty iff it holds
  std::vector<Written> found;  // the facts by its rule
};

// Runs the examples of the rules that `wanted` takes, in the order of the packs. Examples are
// articles of one line, published on 2024-06-15.
std::vector<ExampleOutcome> RunExamples(const RuleSet& rules,
                                        const std::function<bool(const Rule&)>& wanted);

// The failed ones as diagnostics.
std::vector<Diagnostic> Failures(const std::vector<ExampleOutcome>& outcomes);

// All examples, the failed ones.
std::vector<Diagnostic> CheckExamples(const RuleSet& rules);

// The expectation with the values that `fact` has, no more detailed than it was: a role stays where
// the fact has it, the parts without a role are all taken from the fact when one of them is wrong.
std::string UpdatedExpectation(const std::string& expected, const Written& fact);

// Loads DIR as RuleSet::Load and checks the examples. Throws RulesError with all diagnostics when
// there is an error.
RuleSet LoadCheckedRules(const std::string& dir);

// The same without the examples, for rules that are being worked on.
RuleSet LoadParsedRules(const std::string& dir);

}  // namespace kaoju
