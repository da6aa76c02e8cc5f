// Pipeline: documents in, results out, in input order, on one or more threads. Memory is bounded:
// at most a few batches of documents are on their way at a time.
#pragma once

#include <any>
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "extract/article.h"
#include "extract/extract.h"
#include "extract/facts.h"
#include "ingest/ingest.h"
#include "ingest/reader.h"
#include "rules/rule_set.h"
#include "store/provenance.h"

namespace kaoju {

// One document on its way. Exactly one of extraction (it was read) and error (it was not) is set,
// or neither where it was known.
struct Result {
  RawDocument::Format format = RawDocument::Format::kJsonLine;
  std::string path;  // as RawDocument's
  size_t line = 0;
  size_t bytes = 0;                   // of the raw document
  std::string sha256;                 // of its bytes; only with PipelineOptions::known
  std::vector<ProvenancePage> pages;  // as PipelineOptions::raw says
  bool known = false;
  Article article;  // when it was not read: the id only
  std::optional<Extraction> extraction;
  std::string error;
  std::string rows;  // made by PipelineOptions::make_renderer, on the worker's thread
  std::any found;    // the same
};

using Renderer = std::function<void(const RawDocument&, Result&)>;

// What is to be known of the bytes that a document was read from.
enum class Raw { kNothing, kHashes, kBytes };

struct PipelineOptions {
  std::vector<std::string> paths;  // "-": standard input
  size_t threads = 1;
  ExtractOptions extract;
  std::function<bool(RawDocument&)> source;  // in place of paths: the next document, false: no more
  Limits limits;
  // Whether the document, whose bytes have this SHA-256, need not be read again. Called in input
  // order on the caller's thread, some documents ahead of the sink. May be empty.
  std::function<bool(const RawDocument&, const std::string& sha256)> known;
  Raw raw = Raw::kNothing;
  // Called once on each worker's thread, and gives what this thread then calls for each result
  // before it goes to the sink: to write rows, or to look for something. May be empty.
  std::function<Renderer()> make_renderer;
  const std::atomic<bool>* stop = nullptr;  // when it becomes true, no further documents are read
};

// Calls sink(result) for every document, in input order, on the caller's thread. An exception from
// the sink, or an IoError of an input, ends the run and is thrown on.
void RunPipeline(const PipelineOptions& options, const RuleSet& rules, const Ingest& ingest,
                 const std::function<void(Result&&)>& sink);

}  // namespace kaoju
