// kaoju extract: the filter. Documents in, JSON Lines out; no database, no network.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace kaoju {

struct ExtractCommand {
  std::vector<std::string> files;
  std::string rules;
  size_t threads = 1;
  size_t max_failed = SIZE_MAX;
  size_t max_bytes = 32UL << 20;
  bool slow = false;
  bool quiet = false;
};

void AddExtractOptions(CLI::App& sub, ExtractCommand& o);
// Writes to standard output. Returns an exit code; throws Error.
int RunExtract(const ExtractCommand& o);

}  // namespace kaoju
