// ConflictTable: keeps up the table of conflicts, which says where articles give values that do not
// agree, so that nobody who asks has to wait for all figures to be compared. What a run changes is
// due in the same transaction, and compared again when the run ends; so a run that was cut short
// leaves rows due, and the table is not to be trusted then.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <functional>
#include <string>

#include "store/reported.h"

namespace kaoju {

// A question on which articles disagree, and how.
struct ConflictRow {
  std::string subject;
  std::string metric;
  std::string period;
  std::string kind;  // a NameOf(Disagreement)
  friend bool operator==(const ConflictRow&, const ConflictRow&) = default;
};

// Whether the table of conflicts lags behind the figures. Throws SQLite::Exception.
bool HasConflictsDue(SQLite::Database& db);

// Compares all figures, and calls found(row) for each conflict that there is, by subject, metric,
// period and kind. Throws SQLite::Exception.
void CompareAll(SQLite::Database& db, const std::function<void(const ConflictRow&)>& found);

// REQUIRES `db` outlives it. Its functions throw SQLite::Exception, and belong in a transaction.
class ConflictTable {
 public:
  explicit ConflictTable(SQLite::Database& db);

  // The figures of the article with the number `seq`, as they are stored, are new or will be gone.
  void Note(int64_t seq);

  // Compares again what is due.
  void Update();
  // Compares all anew.
  void Rebuild();

 private:
  void Write(const ConflictRow& row);

  SQLite::Database& db_;
  SQLite::Statement note_;
  SQLite::Statement stored_;
  SQLite::Statement insert_;
};

}  // namespace kaoju
