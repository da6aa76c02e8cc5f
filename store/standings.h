// Standings: which verdicts hold, and for which fact of the store as it is now; and what rejections
// hide. Standings follow from the verdicts and the articles, and are written anew whenever those
// change; what is hidden follows from the verdicts alone.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>

#include "store/stored_fact.h"
#include "store/verdict_rows.h"

namespace kaoju {

struct StandingRow {
  std::optional<int64_t> article;  // number; empty: the document is not stored
  Carried carried;
};

// REQUIRES `db` outlives it. Throws SQLite::Exception; Update and Hide belong in a transaction.
class Standings {
 public:
  explicit Standings(SQLite::Database& db);

  // Of the verdicts on the document with this id, each with where it stands, in their order.
  std::vector<std::pair<Verdict, StandingRow>> Find(const std::string& article);
  // Writes what Find says. To be called when the text, the facts or the verdicts have changed.
  void Update(const std::string& article);
  // What is hidden from now on, given one more verdict: another verdict on a fact that an earlier
  // one has judged takes back what that one hid.
  void Hide(const Verdict& verdict);

 private:
  VerdictRows verdicts_;
  FactReader facts_;
  SQLite::Statement article_;
  SQLite::Statement write_;
  SQLite::Statement show_again_;
  SQLite::Statement hide_;
};

}  // namespace kaoju
