// The door to the fact store's file: opening it, and turning what SQLite says into a plain reason.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <string>

namespace kaoju {

enum class Access { kRead, kWrite };

// Opens the store at `path`; with kWrite creates it if it is missing and brings it to the newest
// schema (see schema.h), with kRead it must exist and be of the newest schema. Foreign keys are on,
// and a locked file is waited for 5 seconds. Throws IoError that names the path and says why: no
// folder, read-only, not a store of kaoju, made by a newer kaoju, damaged, locked, disk full.
SQLite::Database OpenDatabase(const std::string& path, Access access);

// Throws the IoError that says what `e` means for the store at `path`.
[[noreturn]] void ThrowIoError(const std::string& path, const SQLite::Exception& e);

// Calls `work` and turns what SQLite throws into IoError.
template <typename Work>
auto WithIoErrors(const std::string& path, Work work) {
  try {
    return work();
  } catch (const SQLite::Exception& e) {
    ThrowIoError(path, e);
  }
}

}  // namespace kaoju
