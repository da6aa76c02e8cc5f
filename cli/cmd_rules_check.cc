// kaoju rules check: what is wrong with the rules.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "cli/exit_codes.h"
#include "cli/rules_dir.h"
#include "cli/workshop.h"
#include "extract/examples.h"
#include "ingest/ingest.h"
#include "rules/codes.h"
#include "rules/lexicon_lint.h"
#include "rules/lint.h"

namespace kaoju {
namespace {

struct CheckCommand {
  std::string dir;
  bool list = false;
  bool codes = false;
  bool strict = false;
};

void ListCodes() {
  for (const DiagnosticCode& c : DiagnosticCodes()) {
    const bool error = c.silence == DiagnosticCode::Silence::kNever;
    std::fputs(
        fmt::format("{:<18} {}\n{}", c.code, c.meaning,
                    error ? "" : fmt::format("{:<18}   {}\n", "", HowToSilence(c.code, "SURFACE")))
            .c_str(),
        stdout);
  }
}

void ListRules(const RuleSet& rules) {
  for (const Rule& r : rules.rules())
    std::fputs(fmt::format("{:<12} {:<28} {}\n", rules.layer_of(r.order), r.id, r.version).c_str(),
               stdout);
}

int RunCheck(const CheckCommand& o) {
  if (o.codes) {
    ListCodes();
    return kGood;
  }
  const std::string dir = FindRulesDir(o.dir);
  std::vector<Diagnostic> problems;
  const RuleSet rules = RuleSet::Load(dir, problems);
  const auto add = [&](std::vector<Diagnostic> more) {
    std::move(more.begin(), more.end(), std::back_inserter(problems));
  };
  add(Lint(rules));
  const Ingest ingest(dir);
  add(LintLexicon(rules.lexicon(), rules.symbols(),
                  [&](std::string_view text) { return ingest.fold().Fold(text).text; }));
  if (!HasErrors(problems)) add(CheckExamples(rules));
  std::fputs(Render(problems).c_str(), stderr);
  if (o.list) ListRules(rules);
  size_t examples = 0;
  for (const Rule& r : rules.rules()) examples += r.examples.size();
  const auto warnings =
      static_cast<size_t>(std::count_if(problems.begin(), problems.end(), [](const Diagnostic& d) {
        return d.level == Diagnostic::Level::kWarning;
      }));
  const bool good = !HasErrors(problems) && (!o.strict || warnings == 0);
  std::fputs(
      fmt::format(
          "{} rules in {} layers, {} lexicon entries, {} examples, {} warnings: {}\nrule set {}\n",
          rules.rules().size(), rules.layers().size(), rules.lexicon().entries().size(), examples,
          warnings, good ? "good" : "NOT good", rules.id())
          .c_str(),
      stdout);
  return good ? kGood : kRulesBroke;
}

}  // namespace

void AddRulesCheck(CLI::App& above, int& code) {
  const auto o = std::make_shared<CheckCommand>();
  CLI::App& sub = *above.add_subcommand("check", "check packs, lexicons and examples");
  sub.add_option("DIR", o->dir, "the folder of the rules, with packs/ and lexicon/");
  sub.add_flag("--list", o->list, "print every rule with its layer and version");
  sub.add_flag("--codes", o->codes, "print every code, what it means and how to silence it");
  sub.add_flag("--strict", o->strict, "exit code 5 for warnings, too");
  sub.footer(
      "Examples:\n"
      "  kaoju rules check\n"
      "  kaoju rules check my-rules/ --list\n"
      "Checks the syntax of packs and lexicons, every example, and the lint. Exit code 5 when "
      "there is an error.");
  sub.callback([o, &code] { code = RunCheck(*o); });
}

}  // namespace kaoju
