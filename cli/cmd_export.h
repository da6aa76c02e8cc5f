// kaoju export: facts in the formats of other programs.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "store/fact_stream.h"

namespace kaoju {

struct ExportCommand {
  std::string db;
  std::string format = "jsonl";
  std::string base = "urn:kaoju:";
  StreamFilter filter;
};

void AddExportOptions(CLI::App& sub, ExportCommand& o);
// Returns the exit code. Throws CLI::ValidationError where options do not go together, and IoError.
int RunExport(const ExportCommand& o, std::ostream& out);

}  // namespace kaoju
