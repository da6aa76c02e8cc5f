// FaultyVfs: SQLite's way to the disk, which breaks when a test wants it to. It stands before the
// system's own and counts what changes files: writes, truncations, syncs, removals.
#pragma once

#include <sqlite3.h>

#include <cstdint>

namespace kaoju {

// While it lives, all databases that are opened go through it. One at a time, on one thread.
class FaultyVfs {
 public:
  FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;
  // REQUIRES that no database is open.
  ~FaultyVfs();

  enum class Lasts { kOnce, kForGood };

  // The nth change from now on (from 1) fails with `code`, SQLITE_FULL or an SQLITE_IOERR; a write
  // then leaves the first half of its bytes behind. kForGood: all after it as well, until Mend.
  void BreakAt(int64_t nth, int code, Lasts lasts);
  void Mend();

  int64_t changes() const;  // since BreakAt or Mend
  bool broke() const;       // since BreakAt
};

}  // namespace kaoju
