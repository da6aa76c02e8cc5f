// kaoju rules: looking after the rules.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace kaoju {

struct RulesCommand {
  std::string dir;
  bool list = false;
};

// `check` below the subcommand `rules`.
void AddRulesCheckOptions(CLI::App& sub, RulesCommand& o);
int RunRulesCheck(const RulesCommand& o);

}  // namespace kaoju
