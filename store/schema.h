// The schema of the fact store and its history: an ordered list of migrations. PRAGMA user_version
// holds the number of those that a file has had, PRAGMA application_id says that it is ours. A
// released migration never changes.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kaoju {

constexpr int64_t kApplicationId = 0x6B616F6A;  // "kaoj"

// The number of the newest schema that this program knows.
int64_t SchemaVersion();

// What stands in a store: its tables and views, in their order, with what each column is. Of the
// newest schema; tables that SQLite keeps for search are left out.
struct SchemaColumn {
  std::string name;
  std::string about;
};
struct SchemaTable {
  std::string name;
  bool view = false;
  std::string about;  // of a view
  std::vector<SchemaColumn> columns;
};
std::vector<SchemaTable> DescribeSchema();

// Throws IoError unless the file is empty or a store of kaoju whose schema this program knows.
void RequireOwn(SQLite::Database& db, const std::string& path);

// Throws IoError unless the file is a store of kaoju of the newest schema.
void RequireNewestSchema(SQLite::Database& db, const std::string& path);

// Builds the indexes that questions need, where they are not built yet. Throws SQLite::Exception.
void BuildIndexes(SQLite::Database& db);

// Brings an empty file or an older store to the newest schema, each migration in a transaction of
// its own. REQUIRES RequireOwn. Throws SQLite::Exception or IoError.
void Migrate(SQLite::Database& db, const std::string& path);

}  // namespace kaoju
