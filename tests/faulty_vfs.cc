#include "tests/faulty_vfs.h"

#include <cstring>

namespace kaoju {
namespace {

struct State {
  sqlite3_vfs* system = nullptr;
  int64_t changes = 0;
  int64_t nth = 0;  // 0: never
  int code = SQLITE_OK;
  bool for_good = false;
  bool broke = false;
};
State state;  // the callbacks of SQLite get no other

// Counts a change; what it is to fail with, or SQLITE_OK.
int Fault() {
  ++state.changes;
  const bool now =
      state.nth != 0 && (state.for_good ? state.changes >= state.nth : state.changes == state.nth);
  state.broke = state.broke || now;
  return now ? state.code : SQLITE_OK;
}

// A file of ours, with that of the system behind it.
struct File {
  sqlite3_file base;
  sqlite3_file* own() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
sqlite3_file* Own(sqlite3_file* file) { return reinterpret_cast<File*>(file)->own(); }

int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  const int fault = Fault();
  if (fault == SQLITE_OK) return Own(file)->pMethods->xWrite(Own(file), bytes, size, at);
  if (size > 1) Own(file)->pMethods->xWrite(Own(file), bytes, size / 2, at);
  return fault == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (Fault() != SQLITE_OK) return SQLITE_IOERR_TRUNCATE;
  return Own(file)->pMethods->xTruncate(Own(file), size);
}
int Sync(sqlite3_file* file, int flags) {
  if (Fault() != SQLITE_OK) return SQLITE_IOERR_FSYNC;
  return Own(file)->pMethods->xSync(Own(file), flags);
}
int Remove(sqlite3_vfs*, const char* name, int sync) {
  if (Fault() != SQLITE_OK) return SQLITE_IOERR_DELETE;
  return state.system->xDelete(state.system, name, sync);
}

const sqlite3_io_methods kMethods = {
    .iVersion = 2,  // with shared memory, which WAL needs
    .xClose = [](sqlite3_file* f) { return Own(f)->pMethods->xClose(Own(f)); },
    .xRead = [](sqlite3_file* f, void* to, int size,
                sqlite3_int64 at) { return Own(f)->pMethods->xRead(Own(f), to, size, at); },
    .xWrite = Write,
    .xTruncate = Truncate,
    .xSync = Sync,
    .xFileSize = [](sqlite3_file* f,
                    sqlite3_int64* size) { return Own(f)->pMethods->xFileSize(Own(f), size); },
    .xLock = [](sqlite3_file* f, int lock) { return Own(f)->pMethods->xLock(Own(f), lock); },
    .xUnlock = [](sqlite3_file* f, int lock) { return Own(f)->pMethods->xUnlock(Own(f), lock); },
    .xCheckReservedLock =
        [](sqlite3_file* f, int* out) { return Own(f)->pMethods->xCheckReservedLock(Own(f), out); },
    .xFileControl = [](sqlite3_file* f, int op,
                       void* arg) { return Own(f)->pMethods->xFileControl(Own(f), op, arg); },
    .xSectorSize = [](sqlite3_file* f) { return Own(f)->pMethods->xSectorSize(Own(f)); },
    .xDeviceCharacteristics =
        [](sqlite3_file* f) { return Own(f)->pMethods->xDeviceCharacteristics(Own(f)); },
    .xShmMap =
        [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
          return Own(f)->pMethods->xShmMap(Own(f), page, size, extend, out);
        },
    .xShmLock = [](sqlite3_file* f, int offset, int n,
                   int flags) { return Own(f)->pMethods->xShmLock(Own(f), offset, n, flags); },
    .xShmBarrier = [](sqlite3_file* f) { Own(f)->pMethods->xShmBarrier(Own(f)); },
    .xShmUnmap = [](sqlite3_file* f,
                    int remove) { return Own(f)->pMethods->xShmUnmap(Own(f), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int Open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
  const int code = state.system->xOpen(state.system, name, Own(file), flags, out);
  file->pMethods = Own(file)->pMethods == nullptr ? nullptr : &kMethods;
  return code;
}

sqlite3_vfs vfs = [] {
  sqlite3_vfs v = {};
  v.iVersion = 2;
  v.zName = "kaoju-faulty";
  v.xOpen = Open;
  v.xDelete = Remove;
  v.xAccess = [](sqlite3_vfs*, const char* name, int flags, int* out) {
    return state.system->xAccess(state.system, name, flags, out);
  };
  v.xFullPathname = [](sqlite3_vfs*, const char* name, int size, char* out) {
    return state.system->xFullPathname(state.system, name, size, out);
  };
  v.xRandomness = [](sqlite3_vfs*, int size, char* out) {
    return state.system->xRandomness(state.system, size, out);
  };
  v.xSleep = [](sqlite3_vfs*, int micros) { return state.system->xSleep(state.system, micros); };
  v.xCurrentTime = [](sqlite3_vfs*, double* out) {
    return state.system->xCurrentTime(state.system, out);
  };
  v.xGetLastError = [](sqlite3_vfs*, int size, char* out) {
    return state.system->xGetLastError(state.system, size, out);
  };
  v.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* out) {
    return state.system->xCurrentTimeInt64(state.system, out);
  };
  return v;
}();

}  // namespace

FaultyVfs::FaultyVfs() {
  state = {};
  state.system = sqlite3_vfs_find(nullptr);
  vfs.szOsFile = static_cast<int>(sizeof(File)) + state.system->szOsFile;
  vfs.mxPathname = state.system->mxPathname;
  sqlite3_vfs_register(&vfs, 1);
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&vfs);
  sqlite3_vfs_register(state.system, 1);
}

void FaultyVfs::BreakAt(int64_t nth, int code, Lasts lasts) {
  state.changes = 0;
  state.nth = nth;
  state.code = code;
  state.for_good = lasts == Lasts::kForGood;
  state.broke = false;
}

void FaultyVfs::Mend() { BreakAt(0, SQLITE_OK, Lasts::kOnce); }

int64_t FaultyVfs::changes() const { return state.changes; }
bool FaultyVfs::broke() const { return state.broke; }

}  // namespace kaoju
