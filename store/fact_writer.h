// FactWriter: the rows of one article's facts, by statements that are prepared once.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <vector>

#include "extract/article.h"
#include "extract/facts.h"

namespace kaoju {

// Throws Error, with the article's id, where a fact's span is not within its text or a claim's
// parent not among its claims.
void RequireWritable(const Article& article, const Extraction& x);

// REQUIRES `db` outlives it. Its functions throw SQLite::Exception, and belong in a transaction.
class FactWriter {
 public:
  explicit FactWriter(SQLite::Database& db);

  // Removes all facts and repairs of the article with the number `seq`.
  void Remove(int64_t seq);
  // Writes them. REQUIRES that there are none, and RequireWritable(article, x).
  void Write(int64_t seq, const Article& article, const Extraction& x);

 private:
  void Write(int64_t seq, int64_t n, const std::string& text, const Mention& mention);
  void Write(int64_t seq, int64_t n, const std::string& text, const TimeExpr& time);
  void Write(int64_t seq, int64_t n, const std::string& text, const Figure& figure);
  void Write(int64_t seq, int64_t n, const std::string& text, const Claim& claim);
  void Write(int64_t seq, int64_t n, const std::string& text, const Relation& relation);
  void Write(int64_t seq, int64_t n, const std::string& text, const Repair& repair);
  const std::string& Surface(const std::string& text, Span span);

  std::vector<SQLite::Statement> removals_;
  SQLite::Statement mention_;
  SQLite::Statement time_;
  SQLite::Statement figure_;
  SQLite::Statement claim_;
  SQLite::Statement relation_;
  SQLite::Statement role_;
  SQLite::Statement repair_;
  std::string surface_;  // of the row being written
};

}  // namespace kaoju
