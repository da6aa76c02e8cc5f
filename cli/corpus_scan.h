// CorpusScan: what the commands share that go over a corpus: its options, and the way from files or
// a store through the pipeline. Memory stays flat, results come in the order of the input.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "cli/pipeline.h"
#include "ingest/ingest.h"
#include "rules/rule_set.h"

namespace kaoju {

struct CorpusOptions {
  std::vector<std::string> paths;  // files or folders
  std::string db;                  // a store, in place of paths
  std::string rules;
  size_t threads = 2;
  bool quiet = false;
};

// --corpus, --db, --threads, --quiet; and --rules when `with_rules`.
void AddCorpusOptions(CLI::App& sub, CorpusOptions& o, bool with_rules);

// True iff a corpus was named.
bool HasCorpus(const CorpusOptions& o);

// Calls sink(result) for every document that could be read; says on stderr how many could not, and
// returns the exit code. Throws Error when no corpus is named. `options` may hold
// extract and make_renderer.
int ScanCorpus(const CorpusOptions& o, PipelineOptions options, const RuleSet& rules,
               const Ingest& ingest, const std::function<void(Result&&)>& sink);

// `span` with what stands around it on one line, marked: before【span】after; each side of at most
// `around` characters.
std::string InContext(std::string_view text, Span span, size_t around);

}  // namespace kaoju
