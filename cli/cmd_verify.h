// kaoju verify: whether all that a store says of itself holds.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

namespace kaoju {

struct VerifyCommand {
  std::string db;
};

void AddVerifyOptions(CLI::App& sub, VerifyCommand& o);

// Returns the exit code. Throws IoError if the store cannot be read or `out` not be written.
int RunVerify(const VerifyCommand& o, std::ostream& out);

}  // namespace kaoju
