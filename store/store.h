// The fact store: one SQLite file that keeps articles and what was found in them. One Store writes;
// see query.h to read. After an IoError what was committed before is intact, and the failed article
// has left nothing behind.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "extract/article.h"
#include "extract/facts.h"
#include "store/provenance.h"

namespace kaoju {

struct RunInfo {
  std::string rules_id;  // of the rule set as a whole
  std::string version;   // of the program
  std::vector<std::string> inputs;
};

struct RunCounts {
  int64_t docs = 0;
  int64_t added = 0;
  int64_t replaced = 0;
  int64_t same = 0;
  int64_t failed = 0;
  int64_t facts = 0;
};

// One input file that a run has read to its end.
struct ManifestRow {
  std::string path;
  int64_t docs = 0;
  int64_t failed = 0;
  int64_t bytes = 0;   // of its documents, decompressed
  std::string sha256;  // of the SHA-256 of its documents, a line each
};

// Where a document stands.
struct Place {
  std::string path;
  int64_t line = 1;  // from 1
};

struct RuleRow {
  std::string id;
  std::string version;  // hash of the rule's meaning
  std::string layer;
  std::string text;
};

// One thread at a time may use a Store.
class Store {
 public:
  // Opens the store at `path` for writing; creates and migrates it. Throws IoError that names the
  // path and the reason.
  static Store Open(const std::string& path);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();  // rolls back what was not committed

  // Begins a run and returns its number, from 1 upwards.
  int64_t BeginRun(const RunInfo& info);
  // Writes the counts and marks the run as complete. REQUIRES `run` came from BeginRun.
  void EndRun(int64_t run, const RunCounts& counts);

  // Keeps the text of the rules of a rule set, so that a fact's rule can be read later. Versions
  // already known stay.
  void SaveRules(const std::string& rules_id, const std::vector<RuleRow>& rules);

  // True iff the article is stored with the same text and metadata, extracted with the rule set
  // `rules_id` by a program of this run's version. REQUIRES BeginRun.
  bool Has(const Article& article, const std::string& rules_id);
  // True iff an article is stored that came of an input with this key, extracted so; with
  // `with_bytes`, its bytes as well. REQUIRES BeginRun.
  bool HasInput(const std::string& key, const std::string& rules_id, bool with_bytes = false);

  enum class Saved { kNew, kReplaced, kSame };

  // Saves the article with its facts, all or nothing. kSame iff Has(article, rules_id), then
  // nothing is written but new provenance; else the facts replace those that the article had.
  // Throws Error where a span is not within article.text or the parent of a claim not within
  // x.claims. In a transaction of its own unless between Begin and Commit.
  Saved Save(int64_t run, const Article& article, const Extraction& x, const std::string& rules_id,
             const Provenance& provenance = {});

  // Notes that the document there could not be read, or no longer that it could not.
  void SaveFailure(int64_t run, const Place& place, const std::string& reason);
  void ForgetFailure(const Place& place);
  // By path and line.
  std::vector<Place> Failures();

  // Writes what was read of a file; of a path that comes twice in a run the last reading stays.
  void SaveManifest(int64_t run, const ManifestRow& row);

  // Groups several calls in one transaction, which is faster. REQUIRES no open group for Begin, one
  // for Commit. If a call in between throws IoError, the group may be lost as a whole; then Save
  // and Commit throw.
  void Begin();
  void Commit();

  // Makes the file refuse to grow beyond so many pages of 4 KiB; holds while this Store is open.
  void LimitPages(int64_t pages);

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
