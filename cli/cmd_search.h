// kaoju search: where in a store some words stand, in either script.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace kaoju {

struct SearchCommand {
  std::vector<std::string> words;
  std::string db;
  std::string rules;
  int64_t limit = 20;
};

void AddSearchOptions(CLI::App& sub, SearchCommand& o);

// Returns the exit code. Throws IoError if the store cannot be read or `out` not be written.
int RunSearch(const SearchCommand& o, std::ostream& out);

}  // namespace kaoju
