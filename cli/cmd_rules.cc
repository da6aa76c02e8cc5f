#include "cli/cmd_rules.h"

#include <fmt/format.h>

#include <cstdio>

#include "cli/exit_codes.h"
#include "cli/rules_dir.h"
#include "extract/examples.h"
#include "rules/lint.h"

namespace kaoju {

void AddRulesCheckOptions(CLI::App& sub, RulesCommand& o) {
  sub.add_option("DIR", o.dir, "the folder of the rules, with packs/ and lexicon/");
  sub.add_flag("--list", o.list, "print every rule with its layer and version");
  sub.footer(
      "Examples:\n"
      "  kaoju rules check\n"
      "  kaoju rules check my-rules/ --list\n"
      "Checks the syntax of packs and lexicons, every example, and the lint. Exit code 5 when "
      "there is an error.");
}

int RunRulesCheck(const RulesCommand& o) {
  const std::string dir = FindRulesDir(o.dir);
  std::vector<Diagnostic> problems;
  const RuleSet rules = RuleSet::Load(dir, problems);
  for (Diagnostic& d : Lint(rules)) problems.push_back(std::move(d));
  if (!HasErrors(problems)) {
    for (Diagnostic& d : CheckExamples(rules)) problems.push_back(std::move(d));
  }
  std::fputs(Render(problems).c_str(), stderr);
  size_t examples = 0;
  for (const Rule& r : rules.rules()) {
    examples += r.examples.size();
    if (o.list)
      std::fputs(
          fmt::format("{:<12} {:<28} {}\n", rules.layer_of(r.order), r.id, r.version).c_str(),
          stdout);
  }
  std::fputs(
      fmt::format("{} rules in {} layers, {} lexicon entries, {} examples: {}\nrule set {}\n",
                  rules.rules().size(), rules.layers().size(), rules.lexicon().entries().size(),
                  examples, HasErrors(problems) ? "NOT good" : "good", rules.id())
          .c_str(),
      stdout);
  return HasErrors(problems) ? kRulesBroke : kGood;
}

}  // namespace kaoju
