// The rows of verdicts, written and read.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <string>
#include <vector>

#include "store/row.h"
#include "store/verdict.h"

namespace kaoju {

// The columns of `v`, the alias of the table, and how a row that begins with them reads.
std::string VerdictColumns();
Verdict ReadVerdict(Row& row);

// REQUIRES `db` outlives it. Throws SQLite::Exception.
class VerdictRows {
 public:
  explicit VerdictRows(SQLite::Database& db);

  // Adds it unless it is there.
  void Add(const Verdict& verdict);
  // Those on the document with this id, and all: in their order, by place and hash.
  std::vector<Verdict> Of(const std::string& article);
  std::vector<Verdict> All();

 private:
  SQLite::Statement insert_;
  SQLite::Statement of_article_;
  SQLite::Statement all_;
};

}  // namespace kaoju
