// kaoju run: the main job. Ingest, extract, store; goes on where it stopped.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace kaoju {

struct RunCommand {
  std::vector<std::string> paths;
  std::string db = "facts.db";
  std::string rules;
  size_t threads = 1;
  size_t max_failed = SIZE_MAX;
  size_t max_bytes = 32UL << 20;
  size_t commit_bytes = 4UL << 20;  // of documents: about a second's work
  bool retry_failed = false;
  bool keep_raw = false;
  bool quiet = false;
};

void AddRunOptions(CLI::App& sub, RunCommand& o);
int RunRun(const RunCommand& o);

}  // namespace kaoju
