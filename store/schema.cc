#include "store/schema.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <utility>

#include "rules/error.h"
#include "store/migrations.h"

namespace kaoju {
namespace {

// What questions need; built after the first load, which is faster than keeping them up during it,
// then kept up.
constexpr const char* kIndexes = R"sql(
CREATE INDEX IF NOT EXISTS article_by_day ON article (day);
CREATE INDEX IF NOT EXISTS mention_by_name ON mention (canonical, type);
CREATE INDEX IF NOT EXISTS figure_by_subject ON figure (subject, metric, period);
CREATE INDEX IF NOT EXISTS figure_by_metric ON figure (metric, period);
CREATE INDEX IF NOT EXISTS claim_by_source ON claim (source);
CREATE INDEX IF NOT EXISTS role_by_value ON role (value);
)sql";

int64_t Pragma(SQLite::Database& db, const char* name) {
  return db.execAndGet(std::string("PRAGMA ") + name).getInt64();
}

// What stands behind -- in the line of `sql` that holds `at`.
std::string CommentIn(const std::string& sql, size_t at) {
  const std::string line = sql.substr(at, sql.find('\n', at) - at);
  const size_t begin = line.find("-- ");
  return begin == line.npos ? std::string() : line.substr(begin + 3);
}

int64_t UserVersion(SQLite::Database& db) { return Pragma(db, "user_version"); }

bool IsEmpty(SQLite::Database& db) {
  return db.execAndGet("SELECT count(*) FROM sqlite_schema").getInt64() == 0;
}

// Columns of a view are described where the table says it that shares most of their names.
void DescribeView(SchemaTable& view, const std::vector<SchemaTable>& tables) {
  const auto find = [](const SchemaTable& table, const std::string& name) {
    return std::find_if(table.columns.begin(), table.columns.end(),
                        [&](const SchemaColumn& c) { return c.name == name; });
  };
  const SchemaTable* best = nullptr;
  ptrdiff_t most = 0;
  for (const SchemaTable& table : tables) {
    if (table.view) continue;
    const auto shared = std::count_if(
        view.columns.begin(), view.columns.end(),
        [&](const SchemaColumn& c) { return find(table, c.name) != table.columns.end(); });
    if (shared > most) best = &table;
    most = std::max(most, shared);
  }
  for (SchemaColumn& column : view.columns) {
    if (column.name == "article") column.about = "id of the document";
    if (best == nullptr || !column.about.empty()) continue;
    const auto at = find(*best, column.name);
    if (at != best->columns.end()) column.about = at->about;
  }
}

}  // namespace

int64_t SchemaVersion() { return static_cast<int64_t>(Migrations().size()); }

void RequireOwn(SQLite::Database& db, const std::string& path) {
  const int64_t application = Pragma(db, "application_id");
  const int64_t version = UserVersion(db);
  const bool empty = application == 0 && version == 0 && IsEmpty(db);
  if (!empty && application != kApplicationId) {
    throw IoError(path + ": it is an SQLite database, but not a fact store of kaoju");
  }
  if (version > SchemaVersion()) {
    throw IoError(path + ": it was written by a newer kaoju (its schema is " +
                  std::to_string(version) + ", this program knows " +
                  std::to_string(SchemaVersion()) + "); upgrade kaoju to use it");
  }
}

void RequireNewestSchema(SQLite::Database& db, const std::string& path) {
  RequireOwn(db, path);
  const int64_t version = UserVersion(db);
  if (version == SchemaVersion()) return;
  if (version == 0) throw IoError(path + ": it is empty; fill it with kaoju run");
  throw IoError(path + ": it has the older schema " + std::to_string(version) +
                "; the next kaoju run on it brings it to " + std::to_string(SchemaVersion()));
}

std::vector<SchemaTable> DescribeSchema() {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  Migrate(db, ":memory:");
  SQLite::Statement tables(db,
                           "SELECT s.name, s.type, s.sql FROM sqlite_schema s WHERE s.type IN "
                           "('table', 'view') AND s.name NOT LIKE 'search%' AND s.name NOT LIKE "
                           "'sqlite%' ORDER BY s.rowid");
  std::vector<SchemaTable> out;
  while (tables.executeStep()) {
    SchemaTable table;
    table.name = tables.getColumn(0).getString();
    table.view = tables.getColumn(1).getString() == "view";
    const std::string sql = tables.getColumn(2).getString();
    if (table.view) table.about = CommentIn(sql, 0);
    SQLite::Statement columns(db, "SELECT name FROM pragma_table_info(?)");
    columns.bind(1, table.name);
    while (columns.executeStep()) {
      const std::string name = columns.getColumn(0).getString();
      const size_t at = sql.find("\n  " + name + ' ');
      table.columns.push_back(
          {name, table.view || at == sql.npos ? std::string() : CommentIn(sql, at + 1)});
    }
    out.push_back(std::move(table));
  }
  for (SchemaTable& table : out) {
    if (table.view) DescribeView(table, out);
  }
  return out;
}

void BuildIndexes(SQLite::Database& db) { db.exec(kIndexes); }

void Migrate(SQLite::Database& db, const std::string& path) {
  while (UserVersion(db) < SchemaVersion()) {
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    RequireOwn(db, path);  // another program may have come first
    const int64_t version = UserVersion(db);
    if (version == SchemaVersion()) return;
    db.exec(Migrations()[static_cast<size_t>(version)]);
    db.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    db.exec("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.commit();
  }
}

}  // namespace kaoju
