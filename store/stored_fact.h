// A fact as the store keeps it: words at a place, and what they are read as.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kaoju {

struct StoredFact {
  std::string kind;  // entity, time, figure, claim, relation
  int64_t n = 0;     // its place among the article's facts of this kind
  int64_t start = 0;
  int64_t end = 0;
  std::string surface;
  std::string reading;  // all that the fact says, in the notation and with its inner spans
  std::string rule;
};

// REQUIRES `db` outlives it. Throws SQLite::Exception.
class FactReader {
 public:
  explicit FactReader(SQLite::Database& db);
  // Those of the article with the number `seq`, by kind and place.
  std::vector<StoredFact> Read(int64_t seq);

 private:
  SQLite::Statement facts_;
};

}  // namespace kaoju
