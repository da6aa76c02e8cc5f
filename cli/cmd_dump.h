// kaoju dump: all that a store holds, as JSON Lines in an order of its own, to compare stores by.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

namespace kaoju {

struct DumpCommand {
  std::string db;
};

void AddDumpOptions(CLI::App& sub, DumpCommand& o);

// Returns the exit code. Throws IoError if the store cannot be read or `out` not be written.
int RunDump(const DumpCommand& o, std::ostream& out);

}  // namespace kaoju
