// ChangeLog: what reading an article again has changed, fact by fact.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "store/stored_fact.h"

namespace kaoju {

// An article read before, and read again.
struct Reading {
  std::string rules;  // id of the rule set
  std::vector<StoredFact> facts;
};

// REQUIRES `db` outlives it. Throws SQLite::Exception; belongs in a transaction.
class ChangeLog {
 public:
  explicit ChangeLog(SQLite::Database& db);

  // Writes which facts are gone and which are new. A fact stays iff its kind, words, reading and
  // rule do, and its place too where the text is the same; where that has changed places mean
  // nothing.
  // Returns how many names, times and figures are gone.
  size_t Write(int64_t run, int64_t article, Reading before, Reading after, bool same_text);

 private:
  int64_t Next();
  void Write(const std::vector<StoredFact>& facts, int64_t added, const std::string& rules);

  SQLite::Statement insert_;
  SQLite::Statement last_;
  int64_t run_ = 0;
  int64_t article_ = 0;
  int64_t n_ = 0;
};

}  // namespace kaoju
