// A load into a store whose disk breaks, at every single write of it: what was reported as stored
// is there, nothing is there by halves, and starting again ends where an unbroken load ends.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "rules/error.h"
#include "rules/hash.h"
#include "store/query.h"
#include "store/raw_bytes.h"
#include "store/store.h"
#include "store/verify.h"
#include "tests/faulty_vfs.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

constexpr int kArticles = 6;
constexpr int kAtOnce = 2;  // in a group

class StoreFaultTest : public StoreTest {
 protected:
  void Remove() const {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) fs::remove(Path() + ending);
  }
  // What is held, less the numbers of runs, which tell how often it was tried.
  std::string Held() const {
    std::string out;
    SQLite::Database db(Path(), SQLite::OPEN_READONLY);
    for (const char* sql : {
             "SELECT id || text || text_sha256 || rules FROM article ORDER BY seq",
             "SELECT article || surface || canonical || rule FROM mention ORDER BY article, n",
             "SELECT article || surface || value_min || rule FROM figure ORDER BY article, n",
             "SELECT article || surface || cue || rule FROM claim ORDER BY article, n",
             "SELECT article || relation || name || value FROM role ORDER BY article, relation, n",
             "SELECT article || path || sha256 FROM provenance ORDER BY article",
             "SELECT sha256 || hex(bytes) FROM raw ORDER BY 1",
             "SELECT key || article FROM input ORDER BY 1",
             "SELECT id || version FROM rule ORDER BY 1",
             "SELECT path || line || reason FROM failure ORDER BY 1",
             "SELECT kind || subject FROM conflict ORDER BY 1",
             "SELECT rowid FROM search WHERE search MATCH '\"开 复\"' ORDER BY 1",
             "SELECT name FROM sqlite_schema ORDER BY 1",
         }) {
      SQLite::Statement rows(db, sql);
      while (rows.executeStep()) out += rows.getColumn(0).getString() + '\n';
    }
    return out;
  }
  std::string Problems() const {
    std::string out;
    Verify(Path(), [&](const Problem& p) { out += p.where + ": " + p.what + '\n'; });
    return out;
  }
};

// As kaoju run does: articles in groups, what is known is left out. Returns how many are reported
// as stored; throws what the store throws.
int Load(const std::string& path, int& reported) {
  Store store = Store::Open(path);
  store.SaveRules("r1", {{"money/amount", "v1", "figure", "rule money/amount"}});
  for (const char* rule :
       {"person/name", "product/lexicon", "time/none", "claim/said", "relation/product"})
    store.SaveRules("r1", {{rule, "v1", "name", "rule"}});
  const int64_t run = store.BeginRun({"r1", "0.1.0", {"in"}});
  RunCounts counts;
  for (int i = 0; i < kArticles; ++i) {
    if (i % kAtOnce == 0) store.Begin();
    const std::string key = "k" + std::to_string(i);
    ++counts.docs;
    if (store.HasInput(key, "r1")) {
      ++counts.same;
    } else {
      Article article = MakeArticle("a" + std::to_string(i));
      article.text += std::string(6000, static_cast<char>('a' + i));
      Extraction x = MakeExtraction();
      x.figures[0].period = "2024";
      x.figures[0].qualifier = "exact";
      x.figures[0].low = x.figures[0].high = Of(i == 3 ? "5" : "7");
      const std::string bytes = "raw" + std::to_string(i);
      const Provenance provenance{key, "in", i, {{"", 4, Sha256(bytes), PackRaw(bytes)}}};
      ++(store.Save(run, article, x, "r1", provenance) == Store::Saved::kSame ? counts.same
                                                                              : counts.added);
    }
    if (i == 4) {
      ++counts.docs;
      ++counts.failed;
      store.SaveFailure(run, {"in", 9}, "why");
    }
    if (i % kAtOnce == kAtOnce - 1) {
      store.Commit();
      reported = i + 1;
    }
  }
  store.EndRun(run, counts);
  return reported;
}

TEST_F(StoreFaultTest, AtEveryWriteOfALoad) {
  FaultyVfs vfs;
  int reported = 0;
  Load(Path(), reported);
  const int64_t all = vfs.changes();
  ASSERT_GT(all, 100);
  const std::string due = Held();
  ASSERT_NE(due.find("conflict豆包"), std::string::npos);
  int broken = 0;
  for (const int code : {SQLITE_IOERR, SQLITE_FULL}) {
    for (const FaultyVfs::Lasts lasts : {FaultyVfs::Lasts::kOnce, FaultyVfs::Lasts::kForGood}) {
      for (int64_t nth = 1; nth <= all; ++nth) {
        SCOPED_TRACE("write " + std::to_string(nth) + ", code " + std::to_string(code) +
                     (lasts == FaultyVfs::Lasts::kOnce ? ", once" : ", for good"));
        Remove();
        reported = 0;
        std::string error;
        vfs.BreakAt(nth, code, lasts);
        try {
          Load(Path(), reported);
        } catch (const IoError& e) {
          error = e.what();
        }
        // An error that the store could do without (such as a checkpoint's) may be passed over.
        if (!error.empty()) {
          ++broken;
          EXPECT_EQ(error.find(Path()), 0U) << error;
        }
        vfs.Mend();
        if (reported > 0) {
          EXPECT_GE(CountOf(Path(), "SELECT count(*) FROM article"), reported) << error;
        }
        ASSERT_NO_THROW(Load(Path(), reported)) << error;
        ASSERT_TRUE(Held() == due) << error << "\n" << Held();
        ASSERT_EQ(Problems(), "");
      }
    }
  }
  EXPECT_GT(broken, all);
}

// A page that the disk has spoilt is an error or a problem, and never more than that.
TEST_F(StoreFaultTest, SpoiltPagesAreToldAndEndNothing) {
  int reported = 0;
  Load(Path(), reported);
  std::ifstream in(Path(), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  constexpr size_t kPage = 4096;
  ASSERT_EQ(whole.size() % kPage, 0U);
  std::mt19937 random(20241206);
  size_t told = 0;
  size_t tries = 0;
  for (size_t page = 0; page < whole.size() / kPage; ++page) {
    for (const int damage : {0, 1, 2}) {
      std::string bytes = whole;
      char* at = bytes.data() + page * kPage;
      if (damage == 0) {
        std::fill_n(at, kPage, '\0');
      } else if (damage == 1) {
        for (size_t i = 0; i < kPage; ++i) at[i] = static_cast<char>(random());
      } else {
        for (int i = 0; i < 20; ++i) at[random() % kPage] = static_cast<char>(random());
      }
      std::ofstream(Path("spoilt.db"), std::ios::binary) << bytes;
      ++tries;
      try {
        size_t problems = 0;
        Verify(Path("spoilt.db"), [&](const Problem&) { ++problems; });
        told += problems > 0 ? 1 : 0;
        Query query = Query::Open(Path("spoilt.db"));
        query.Summarize();
        query.Facts({"", "a1", "", 0, false});
        query.Facts({"", "", "", 0, false});
        query.TopSources(10);
      } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find("spoilt.db"), std::string::npos) << e.what();
        ++told;
      }
    }
  }
  // A changed letter of a name, or a page of an index for search, is seen by nobody.
  EXPECT_GT(told, tries * 8 / 10) << tries;
}

}  // namespace
}  // namespace kaoju
