// kaoju show: what stands in a fact store, as plain tables.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <ostream>
#include <string>

namespace kaoju {

struct ShowOptions {
  std::string what = "summary";  // or facts, entities, sources, articles, failures, verdicts,
                                 // queue, examples, timeline, conflicts, duplicates, revisions,
                                 // provenance, raw
  std::string db;
  std::string kind;      // of facts
  std::string type;      // of entities
  std::string article;   // id
  std::string by;        // of sources: outlet or day; empty: each source
  std::string name;      // whom or what the facts are about
  std::string metric;    // of what is across articles
  int64_t limit = 20;    // 0: all
  int64_t revision = 0;  // of raw: of this older text; 0: of the text as it is
  bool hidden = false;   // facts: those, too, that a rejection hides
};

// Declares the options and the examples of the help. REQUIRES `o` outlives the parsing.
void AddShowOptions(CLI::App& sub, ShowOptions& o);

// Returns the exit code. Throws IoError if the store cannot be read or `out` not be written.
int RunShow(const ShowOptions& o, std::ostream& out);

}  // namespace kaoju
