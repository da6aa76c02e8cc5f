#include "store/conflict_table.h"

#include <set>
#include <tuple>

#include "store/row.h"

namespace kaoju {
namespace {

auto Question(const Reported& r) { return std::tie(r.subject, r.metric, r.period); }

// Memory is that of one question.
void Compare(SQLite::Database& db, const std::string& from,
             const std::function<void(const ConflictRow&)>& found) {
  SQLite::Statement rows(db, SelectReported(from, kComparable) + " ORDER BY " + kConflictOrder);
  std::vector<Reported> same;  // of one question
  const auto compare = [&] {
    std::set<std::string_view> kinds;
    for (const Conflict& c : FindConflicts(same)) kinds.insert(NameOf(c.disagreement));
    for (const std::string_view kind : kinds)
      found({same[0].subject, same[0].metric, same[0].period, std::string(kind)});
    same.clear();
  };
  while (rows.executeStep()) {
    Reported next = ReadReported(rows);
    if (!same.empty() && Question(same[0]) != Question(next)) compare();
    same.push_back(std::move(next));
  }
  compare();
}

}  // namespace

bool HasConflictsDue(SQLite::Database& db) {
  return db.execAndGet("SELECT EXISTS (SELECT 1 FROM conflict_due)").getInt64() != 0;
}

void CompareAll(SQLite::Database& db, const std::function<void(const ConflictRow&)>& found) {
  Compare(db, "figure f", found);
}

ConflictTable::ConflictTable(SQLite::Database& db)
    : db_(db),
      note_(db, "INSERT OR IGNORE INTO conflict_due VALUES (?, ?, ?)"),
      stored_(db, std::string("SELECT f.subject, f.metric, f.period FROM figure f WHERE "
                              "f.article = ? AND ") +
                      kComparable),
      insert_(db, "INSERT INTO conflict VALUES (?, ?, ?, ?)") {}

void ConflictTable::Note(int64_t seq) {
  Row rows(stored_);
  rows.Int(seq);
  while (rows.Next()) {
    const std::string subject = rows.GetText(0);
    const std::string metric = rows.GetText(1);
    const std::string period = rows.GetText(2);
    Row(note_).Text(subject).Text(metric).Text(period).Run();
  }
}

void ConflictTable::Write(const ConflictRow& row) {
  Row(insert_).Text(row.kind).Text(row.subject).Text(row.metric).Text(row.period).Run();
}

void ConflictTable::Update() {
  db_.exec(
      "DELETE FROM conflict WHERE EXISTS (SELECT 1 FROM conflict_due d WHERE d.subject = "
      "conflict.subject AND d.metric = conflict.metric AND d.period = conflict.period)");
  Compare(db_,
          "conflict_due d CROSS JOIN figure f ON f.subject = d.subject AND f.metric = d.metric AND "
          "f.period = d.period",
          [&](const ConflictRow& row) { Write(row); });
  db_.exec("DELETE FROM conflict_due");
}

void ConflictTable::Rebuild() {
  db_.exec("DELETE FROM conflict");
  CompareAll(db_, [&](const ConflictRow& row) { Write(row); });
  db_.exec("DELETE FROM conflict_due");
}

}  // namespace kaoju
