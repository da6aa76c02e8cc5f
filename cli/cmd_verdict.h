// kaoju verdict: an editor's word on a fact.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "store/verdict_book.h"

namespace kaoju {

struct VerdictCommand {
  std::string db;
  Judgement judgement;
};

void AddVerdictOptions(CLI::App& sub, VerdictCommand& o);

// Returns the exit code. Throws Error if there is no such fact, IoError if the store cannot be
// written.
int RunVerdict(VerdictCommand o, std::ostream& out);

}  // namespace kaoju
