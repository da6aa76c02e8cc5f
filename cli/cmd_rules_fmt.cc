// kaoju rules fmt: packs in one normal form.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "cli/exit_codes.h"
#include "cli/rules_dir.h"
#include "cli/text_file.h"
#include "cli/workshop.h"
#include "rules/error.h"
#include "rules/format.h"
#include "rules/rule_set.h"

namespace kaoju {
namespace {

struct FmtCommand {
  std::string dir;
  bool check = false;
};

int RunFmt(const FmtCommand& o) {
  const std::string dir = FindRulesDir(o.dir);
  std::vector<Diagnostic> problems;
  RuleSet::Load(dir, problems);
  if (HasErrors(problems))
    throw RulesError(Render(problems) + dir + ": only good packs are formatted");
  size_t changed = 0;
  for (const std::string& path : ListFiles(dir + "/packs", ".rules")) {
    const std::string text = ReadTextFile(path);
    const std::string normal = FormatPack(text);
    if (normal == text) continue;
    ++changed;
    if (!o.check) WriteTextFile(path, normal);
    std::printf("%s: %s\n", path.c_str(), o.check ? "not in normal form" : "formatted");
  }
  return o.check && changed > 0 ? kRulesBroke : kGood;
}

}  // namespace

void AddRulesFmt(CLI::App& above, int& code) {
  const auto o = std::make_shared<FmtCommand>();
  CLI::App& sub = *above.add_subcommand("fmt", "write packs in one normal form");
  sub.add_option("DIR", o->dir, "the folder of the rules");
  sub.add_flag("--check", o->check, "change nothing; exit code 5 when a pack is not in the form");
  sub.footer(
      "Examples:\n"
      "  kaoju rules fmt\n"
      "  kaoju rules fmt rules --check\n"
      "Order, indentation and blank lines only: the rules mean the same, and no comment is lost.");
  sub.callback([o, &code] { code = RunFmt(*o); });
}

}  // namespace kaoju
