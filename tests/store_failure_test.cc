// What the store does when something breaks: nothing that was stored is lost, nothing is stored by
// halves, and the message says why.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

#include "rules/error.h"
#include "store/query.h"
#include "store/store.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

class StoreFailureTest : public StoreTest {
 protected:
  void TearDown() override {
    umount2(Path("disk").c_str(), MNT_DETACH);  // in case a test stopped early
    StoreTest::TearDown();
  }
};

// What opening `path` says; empty iff it works.
std::string OpenError(const std::string& path) {
  try {
    Store::Open(path);
  } catch (const IoError& e) {
    return e.what();
  }
  return {};
}

TEST_F(StoreFailureTest, AnArticleThatCannotBeSavedLeavesNothing) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  store.Save(run, MakeArticle("a"), MakeExtraction(), "r1");
  const std::string before = Dump(Path());
  Extraction broken = MakeExtraction();
  broken.relations[0].span.end = 10000;  // the last kind to be written
  EXPECT_THROW(store.Save(run, MakeArticle("b"), broken, "r1"), Error);
  broken = MakeExtraction();
  broken.claims[0].parent = 2;
  EXPECT_THROW(store.Save(run, MakeArticle("b"), broken, "r1"), Error);
  EXPECT_THROW(store.Save(99, MakeArticle("b"), MakeExtraction(), "r1"), IoError);  // no such run
  EXPECT_EQ(Dump(Path()), before);
}

TEST_F(StoreFailureTest, RefusesWhatIsNotItsOwn) {
  { Store::Open(Path("newer.db")); }
  SQLite::Database(Path("newer.db"), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  SQLite::Database(Path("other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE t (a)");
  std::ofstream(Path("text.db")) << std::string(5000, 'x');
  fs::create_directory(Path("folder.db"));
  struct Row {
    std::string file;
    std::string says;
  };
  const std::vector<Row> rows = {
      {"newer.db", "it was written by a newer kaoju (its schema is 99, this program knows 6)"},
      {"other.db", "it is an SQLite database, but not a fact store of kaoju"},
      {"text.db", "it is not an SQLite database"},
      {"folder.db", "it is a folder, not a file"},
      {"none/facts.db", "the folder " + Path("none") + " does not exist"},
  };
  for (const Row& row : rows) {
    const std::string error = OpenError(Path(row.file));
    EXPECT_NE(error.find(Path(row.file) + ": " + row.says), std::string::npos) << error;
    EXPECT_THROW(Query::Open(Path(row.file)), IoError) << row.file;
  }
  EXPECT_EQ(CountOf(Path("other.db"), "SELECT count(*) FROM sqlite_schema"), 1);
  EXPECT_THROW(Query::Open(Path("missing.db")), IoError);
  EXPECT_FALSE(fs::exists(Path("missing.db")));
  EXPECT_NE(OpenError(""), "");
}

TEST_F(StoreFailureTest, RefusesReadOnlyFilesAndFolders) {
  { Store::Open(Path("file.db")); }
  fs::create_directory(Path("sub"));
  { Store::Open(Path("sub/facts.db")); }
  fs::permissions(folder_, fs::perms::all);
  fs::permissions(Path("file.db"), static_cast<fs::perms>(0444));
  fs::permissions(Path("sub"), static_cast<fs::perms>(0555));
  // The superuser may write everywhere, so be someone else for a moment.
  constexpr uid_t kNobody = 65534;
  const uid_t self = geteuid();
  if (self == 0 && seteuid(kNobody) != 0) GTEST_SKIP() << "cannot give up the superuser's rights";
  const std::string file = OpenError(Path("file.db"));
  const std::string existing = OpenError(Path("sub/facts.db"));
  const std::string fresh = OpenError(Path("sub/new.db"));
  if (self == 0) {
    ASSERT_EQ(seteuid(0), 0);
  }
  fs::permissions(Path("sub"), fs::perms::owner_all);
  EXPECT_NE(file.find("read-only"), std::string::npos) << file;
  EXPECT_NE(existing.find("read-only"), std::string::npos) << existing;
  EXPECT_NE(fresh.find("cannot be created"), std::string::npos) << fresh;
}

TEST_F(StoreFailureTest, WaitsForAnotherWriterAndThenSaysSo) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  SQLite::Database other(Path(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  try {
    store.Save(run, MakeArticle("a"), MakeExtraction(), "r1");
    FAIL() << "the lock did not hold";
  } catch (const IoError& e) {
    EXPECT_NE(std::string(e.what()).find("another program is writing"), std::string::npos);
  }
  other.exec("ROLLBACK");
  EXPECT_EQ(store.Save(run, MakeArticle("a"), MakeExtraction(), "r1"), Store::Saved::kNew);
}

// Saves articles until the store is full; returns how many were saved, and expects a plain reason.
int FillUp(Store& store, int64_t run) {
  for (int i = 0; i < 10000; ++i) {
    Article article = MakeArticle("a" + std::to_string(i));
    article.text += std::string(3000, 'x');
    try {
      store.Save(run, article, MakeExtraction(), "r1");
    } catch (const IoError& e) {
      EXPECT_NE(std::string(e.what()).find("no room left"), std::string::npos) << e.what();
      return i;
    }
  }
  ADD_FAILURE() << "the store never filled up";
  return 0;
}

void ExpectIntact(const std::string& path, int articles) {
  EXPECT_EQ(CountOf(path, "SELECT count(*) FROM article"), articles);
  EXPECT_EQ(CountOf(path, "SELECT count(*) FROM mention"), 2 * articles);
  EXPECT_EQ(CountOf(path, "SELECT count(*) FROM role"), 2 * articles);
  EXPECT_EQ(CountOf(path,
                    "SELECT count(*) FROM pragma_integrity_check "
                    "WHERE integrity_check <> 'ok'"),
            0);
  EXPECT_EQ(CountOf(path, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST_F(StoreFailureTest, AFullDatabaseKeepsWhatWasStored) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  store.LimitPages(60);
  const int saved = FillUp(store, run);
  EXPECT_GT(saved, 5);
  ExpectIntact(Path(), saved);
  store.LimitPages(1000);
  EXPECT_EQ(store.Save(run, MakeArticle("later"), MakeExtraction(), "r1"), Store::Saved::kNew);
  ExpectIntact(Path(), saved + 1);
}

TEST_F(StoreFailureTest, AFullGroupThrowsOnCommitOrKeepsItsArticles) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  store.Save(run, MakeArticle("first"), MakeExtraction(), "r1");
  store.LimitPages(60);
  store.Begin();
  const int saved = FillUp(store, run);
  int expected = 1;
  try {
    store.Commit();
    expected += saved;
  } catch (const IoError&) {
  }
  ExpectIntact(Path(), expected);
}

TEST_F(StoreFailureTest, AFullDiskKeepsWhatWasStored) {
  const std::string disk = Path("disk");
  fs::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "cannot mount a small disk here (needs the superuser's rights)";
  }
  const std::string path = disk + "/facts.db";
  const std::string ballast = disk + "/ballast";
  std::ofstream(ballast) << std::string(200000, 'x');
  {
    Store store = Store::Open(path);
    const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
    const int saved = FillUp(store, run);
    EXPECT_GT(saved, 5);
    fs::remove(ballast);
    ExpectIntact(path, saved);
    EXPECT_EQ(store.Save(run, MakeArticle("later"), MakeExtraction(), "r1"), Store::Saved::kNew);
    ExpectIntact(path, saved + 1);
  }
  EXPECT_EQ(umount(disk.c_str()), 0);
}

}  // namespace
}  // namespace kaoju
