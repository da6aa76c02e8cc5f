// kaoju rules test: the examples of rules, and their expectations brought up to date.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include "cli/exit_codes.h"
#include "cli/rules_dir.h"
#include "cli/text_file.h"
#include "cli/workshop.h"
#include "extract/examples.h"
#include "rules/error.h"

namespace kaoju {
namespace {

struct TestCommand {
  std::vector<std::string> names;
  std::string rules;
  bool update = false;
};

// money/amount names one rule, money/ all whose names begin so.
bool Names(const std::string& name, const Rule& rule) {
  return name == rule.id || (name.ends_with('/') && rule.id.starts_with(name));
}

bool Wanted(const std::vector<std::string>& names, const Rule& rule) {
  return names.empty() || std::any_of(names.begin(), names.end(),
                                      [&](const std::string& n) { return Names(n, rule); });
}

void RefuseUnknown(const std::vector<std::string>& names, const RuleSet& rules) {
  for (const std::string& n : names) {
    if (std::none_of(rules.rules().begin(), rules.rules().end(),
                     [&](const Rule& r) { return Names(n, r); }))
      throw RulesError("no rule '" + n + "'; kaoju rules check --list names them");
  }
}

// Puts `now` in the place of the expectation on line `number` of `path`.
void Rewrite(const std::string& path, size_t number, const std::string& before,
             const std::string& now) {
  std::string text = ReadTextFile(path);
  size_t at = 0;
  for (size_t line = 1; line < number && at != std::string::npos; ++line) {
    at = text.find('\n', at);
    if (at != std::string::npos) ++at;
  }
  const size_t end = at == std::string::npos ? at : std::min(text.find('\n', at), text.size());
  const std::string arrow = " => ";
  const size_t place = at == std::string::npos ? at : text.find(arrow + before, at);
  if (place == std::string::npos || place >= end)
    throw IoError(fmt::format("{}:{}: has changed meanwhile", path, number));
  text.replace(place + arrow.size(), before.size(), now);
  WriteTextFile(path, text);
}

// Only what a person has seen and wants: anything but y leaves the expectation as it is.
bool Agreed(const ExampleOutcome& o, const std::string& now) {
  std::fprintf(stderr, "\n%s:%zu  %s\n  %s\n- %s\n+ %s\nTake the new one? [y/N] ",
               o.rule->file.c_str(), o.example->line, o.rule->id.c_str(), o.example->text.c_str(),
               o.example->expected.c_str(), now.c_str());
  std::string answer;
  return std::getline(std::cin, answer) && (answer == "y" || answer == "yes");
}

size_t Update(const std::vector<ExampleOutcome>& outcomes) {
  size_t updated = 0;
  for (const ExampleOutcome& o : outcomes) {
    if (o.failure.empty() || o.example->expected.empty() || o.found.empty()) continue;
    const std::string now = UpdatedExpectation(o.example->expected, o.found.front());
    if (!Agreed(o, now)) continue;
    Rewrite(o.rule->file, o.example->line, o.example->expected, now);
    ++updated;
  }
  return updated;
}

int RunTest(const TestCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadParsedRules(dir);
  RefuseUnknown(o.names, rules);
  const std::vector<ExampleOutcome> outcomes =
      RunExamples(rules, [&](const Rule& r) { return Wanted(o.names, r); });
  const std::vector<Diagnostic> failures = Failures(outcomes);
  std::fputs(Render(failures).c_str(), stderr);
  const size_t updated = o.update ? Update(outcomes) : 0;
  const auto tested =
      static_cast<size_t>(std::count_if(rules.rules().begin(), rules.rules().end(),
                                        [&](const Rule& r) { return Wanted(o.names, r); }));
  std::fputs(fmt::format("{} rules, {} examples: {} good, {} failed", tested, outcomes.size(),
                         outcomes.size() - failures.size(), failures.size())
                 .c_str(),
             stdout);
  if (o.update) std::fputs(fmt::format(", {} expectations rewritten", updated).c_str(), stdout);
  std::fputs("\n", stdout);
  return failures.size() == updated ? kGood : kRulesBroke;
}

}  // namespace

void AddRulesTest(CLI::App& above, int& code) {
  const auto o = std::make_shared<TestCommand>();
  CLI::App& sub = *above.add_subcommand("test", "run the examples of rules");
  sub.add_option("RULE", o->names, "rules (money/amount), or all of a group (money/); none: all");
  sub.add_flag("--update", o->update,
               "show each expectation that fails beside what is found, and ask whether to take it");
  sub.add_option("--rules", o->rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju rules test\n"
      "  kaoju rules test money/ time/year --update\n"
      "Each `yes` must give a fact by its rule, each `no` none. --update changes nothing without a "
      "y; an example that finds nothing, or a `no` that finds something, is for you to mend. Exit "
      "code 5 when an example fails.");
  sub.callback([o, &code] { code = RunTest(*o); });
}

}  // namespace kaoju
