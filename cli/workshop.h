// The workshop: commands for those who write rules and words. Each function adds one command below
// `above`; when it is called, it sets `code` to its exit code or throws Error.
#pragma once

#include <CLI/CLI.hpp>

namespace kaoju {

// kaoju rules …
void AddRulesCheck(CLI::App& above, int& code);
void AddRulesFmt(CLI::App& above, int& code);
void AddRulesTest(CLI::App& above, int& code);
void AddRulesTry(CLI::App& above, int& code);
void AddRulesWhyNot(CLI::App& above, int& code);
void AddRulesCoverage(CLI::App& above, int& code);
void AddRulesDiff(CLI::App& above, int& code);
void AddRulesProfile(CLI::App& above, int& code);
void AddRulesSample(CLI::App& above, int& code);
void AddRulesPrecision(CLI::App& above, int& code);

}  // namespace kaoju
