// kaoju duplicates: which articles of a store say the same.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

namespace kaoju {

struct DuplicatesCommand {
  std::string db;
  std::string rules;
  bool quiet = false;
};

void AddDuplicatesOptions(CLI::App& sub, DuplicatesCommand& o);
int RunDuplicates(const DuplicatesCommand& o, std::ostream& out);

}  // namespace kaoju
