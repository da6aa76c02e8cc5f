// kaoju merge: several fact stores become one.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace kaoju {

struct MergeCommand {
  std::vector<std::string> from;
  std::string into;
  std::string rules;
  bool quiet = false;
};

void AddMergeOptions(CLI::App& sub, MergeCommand& o);
int RunMerge(const MergeCommand& o, std::ostream& out);

}  // namespace kaoju
