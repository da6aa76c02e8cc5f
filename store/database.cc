#include "store/database.h"

#include <sqlite3.h>

#include <filesystem>
#include <system_error>

#include "rules/error.h"
#include "store/schema.h"

namespace kaoju {
namespace {

constexpr int kBusyTimeoutMs = 10000;
constexpr int kPollMs = 5;

// Why SQLite could not open the file: it does not say, so look.
std::string WhyNotOpened(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path parent = fs::absolute(path, ignored).parent_path();
  if (fs::is_directory(path, ignored)) return "it is a folder, not a file";
  if (!fs::exists(parent, ignored)) return "the folder " + parent.string() + " does not exist";
  if (!fs::exists(path, ignored)) return "the file does not exist and cannot be created";
  return "it cannot be opened; check the permissions of the file and its folder";
}

std::string Reason(const std::string& path, const SQLite::Exception& e) {
  switch (e.getErrorCode() & 0xff) {
    case SQLITE_CANTOPEN:
      return WhyNotOpened(path);
    case SQLITE_NOTADB:
      return "it is not an SQLite database";
    case SQLITE_CORRUPT:
      return "the database is damaged (" + std::string(e.what()) + ")";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "the file or its folder is read-only";
    case SQLITE_FULL:
      return "there is no room left on the disk, or the size limit of the database is reached";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program is writing to it (waited " + std::to_string(kBusyTimeoutMs / 1000) +
             " seconds)";
    case SQLITE_IOERR:
      return "reading or writing the file failed (" + std::string(e.what()) + ")";
    default:
      return e.what();
  }
}

// Waits for another writer by asking often: a run leaves little time between its transactions, and
// SQLite's own waiting, which asks every 100 ms, would miss it.
int Wait(void*, int asked) {
  if (asked * kPollMs >= kBusyTimeoutMs) return 0;
  sqlite3_sleep(kPollMs);
  return 1;
}

void Configure(SQLite::Database& db) {
  sqlite3_busy_handler(db.getHandle(), Wait, nullptr);
  db.exec("PRAGMA trusted_schema = OFF");
  db.exec("PRAGMA foreign_keys = ON");
  db.exec("PRAGMA cache_size = -65536");  // KiB
}

SQLite::Database OpenForReading(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) throw IoError(path + ": the file does not exist");
  SQLite::Database db(path, SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX);
  Configure(db);
  RequireNewestSchema(db, path);
  return db;
}

SQLite::Database OpenForWriting(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX);
  // SQLite opens a file that it may not write for reading, without a word.
  if (sqlite3_db_readonly(db.getHandle(), "main") == 1)
    throw IoError(path + ": the file is read-only");
  Configure(db);
  RequireOwn(db, path);  // before the journal mode, which stays in the file
  db.execAndGet("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = NORMAL");
  Migrate(db, path);
  return db;
}

}  // namespace

void ThrowIoError(const std::string& path, const SQLite::Exception& e) {
  throw IoError(path + ": " + Reason(path, e));
}

SQLite::Database OpenDatabase(const std::string& path, Access access) {
  if (path.empty()) throw IoError("the path of the fact store is empty");
  return WithIoErrors(
      path, [&] { return access == Access::kRead ? OpenForReading(path) : OpenForWriting(path); });
}

}  // namespace kaoju
