// Provenance: which bytes an article was read from, and where they stood. The bytes themselves are
// kept where the user wants it, once for all articles that have the same.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kaoju {

struct ProvenancePage {
  std::string url;  // of a page behind the first; else empty
  int64_t size = 0;
  std::string sha256;  // of the bytes
  std::string packed;  // the bytes as PackRaw makes them (raw_bytes.h); empty: not to be kept
};

struct Provenance {
  std::string key;   // by which the document is known again (Store::HasInput); empty: it is not
  std::string path;  // of its file, as found
  int64_t line = 1;  // from 1
  std::vector<ProvenancePage> pages;  // none: unknown
};

// REQUIRES `db` outlives it. Its functions throw SQLite::Exception, and belong in a transaction.
class ProvenanceWriter {
 public:
  explicit ProvenanceWriter(SQLite::Database& db);

  // In place of what was known of this text of the article; nothing is written without pages, and
  // bytes that are kept stay.
  void Write(int64_t seq, const std::string& text_sha256, const Provenance& provenance);

 private:
  SQLite::Statement remove_;
  SQLite::Statement insert_;
  SQLite::Statement keep_;
};

}  // namespace kaoju
