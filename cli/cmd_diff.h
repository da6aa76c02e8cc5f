// kaoju diff: which facts and verdicts differ after one run and after another.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <ostream>
#include <string>

namespace kaoju {

struct DiffCommand {
  std::string db;
  int64_t first = 0;
  int64_t last = 0;
  bool summary = false;
};

void AddDiffOptions(CLI::App& sub, DiffCommand& o);

// Returns the exit code. Throws Error if there are no such runs, IoError if the store cannot be
// read or `out` not be written.
int RunDiff(const DiffCommand& o, std::ostream& out);

}  // namespace kaoju
