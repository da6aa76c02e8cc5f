#include "store/across.h"

#include <SQLiteCpp/Statement.h>

#include "store/query.h"
#include "store/schema.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

Reported Value(const std::string& low, const std::string& high = "",
               const std::string& qualifier = "exact") {
  Reported r;
  r.low = low;
  r.high = high.empty() ? low : high;
  r.qualifier = qualifier;
  r.outlets = 1;
  r.outlet = low + high;  // another for each
  return r;
}

TEST(Compare, Table) {
  struct Row {
    Reported a;
    Reported b;
    std::string is;
  };
  const std::vector<Row> rows = {
      {Value("1200000000000"), Value("1234500000000"), "rounding"},  // 1.2万亿, 12,345亿
      {Value("1200000000000"), Value("1264500000000"), "conflict"},
      {Value("1000000000"), Value("1400000000"), "conflict"},  // 10亿, 14亿
      {Value("1000000000"), Value("1040000000"), "rounding"},
      {Value("3.1"), Value("3.14"), "rounding"},
      {Value("3.1"), Value("3.16"), "conflict"},
      {Value("-3.5"), Value("-3.46"), "rounding"},
      {Value("0"), Value("0.01"), "conflict"},
      {Value("0.05"), Value("0.051"), "rounding"},
      {Value("10"), Value("10"), "none"},
      {Value("10", "", "at_least"), Value("12"), "none"},
      {Value("10", "", "at_least"), Value("9"), "conflict"},
      {Value("10", "", "less_than"), Value("9"), "none"},
      {Value("2", "3", "range"), Value("3"), "none"},
      {Value("2", "3", "range"), Value("4"), "conflict"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(NameOf(Compare(row.a, row.b)), row.is) << row.a.low << " " << row.b.low;
    EXPECT_EQ(NameOf(Compare(row.b, row.a)), row.is) << row.a.low << " " << row.b.low;
  }
}

TEST(Compare, ALaterWordOfTheSameOutletIsACorrection) {
  Reported a = Value("10");
  Reported b = Value("20");
  a.outlet = b.outlet = "某报";
  a.first_day = a.last_day = "2024-01-01";
  b.first_day = b.last_day = "2024-01-02";
  EXPECT_EQ(NameOf(Compare(a, b)), "correction");
  b.first_day = b.last_day = "2024-01-01";
  EXPECT_EQ(NameOf(Compare(a, b)), "conflict");
  b.baseline = "2023";
  EXPECT_EQ(NameOf(Compare(a, b)), "basis");
}

class AcrossTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    Store store = Store::Open(Path());
    const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
    const auto save = [&](const std::string& id, const std::string& outlet, const char* value,
                          const char* period) {
      Article article = MakeArticle(id);
      article.source = outlet;
      Extraction x;
      x.figures.push_back(MakeExtraction().figures[0]);
      x.figures[0].low = x.figures[0].high = Of(value);
      x.figures[0].qualifier = "exact";
      x.figures[0].period = period;
      store.Save(run, article, x, "r1");
    };
    save("a", "甲报", "10", "2023");
    save("b", "甲报", "20", "2024");
    save("c", "乙报", "20", "2024");
    save("d", "丙报", "30", "2024");
    save("e", "丙报", "30", "");
    store.EndRun(run, {5, 5, 0, 0, 0, 5});
  }
};

TEST_F(AcrossTest, TimelineIsByPeriodWithWhoAgrees) {
  std::string all;
  for (const Reported& r : Across::Open(Path()).Timeline("豆包", "投流费用", 0)) {
    all += r.period + " " + r.low + " " + std::to_string(r.articles) + "/" +
           std::to_string(r.outlets) + " " + r.article + r.outlet + r.first_day + "\n";
  }
  EXPECT_EQ(all,
            "2023 10 1/1 a甲报2024-12-27\n"
            "2024 20 2/2 b甲报2024-12-27\n"
            "2024 30 1/1 d丙报2024-12-27\n"
            " 30 1/1 e丙报2024-12-27\n");
  EXPECT_EQ(Across::Open(Path()).Timeline("豆包", "", 2).size(), 2U);
  EXPECT_EQ(Across::Open(Path()).Timeline("别的", "", 0).size(), 0U);
}

TEST_F(AcrossTest, ConflictsAreWithWhatMostOutletsSay) {
  const std::vector<Conflict> conflicts = Across::Open(Path()).Conflicts("", "", 0);
  ASSERT_EQ(conflicts.size(), 1U);
  EXPECT_EQ(conflicts[0].most.low, "20");
  EXPECT_EQ(conflicts[0].other.low, "30");
  EXPECT_EQ(conflicts[0].other.article, "d");
  EXPECT_EQ(NameOf(conflicts[0].disagreement), "conflict");
  EXPECT_EQ(Across::Open(Path()).Conflicts("别的", "", 0).size(), 0U);
}

TEST_F(AcrossTest, TheTableOfConflictsFollowsWhatArticlesSay) {
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM conflict_due"), 0);
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM conflict WHERE kind = 'conflict'"), 1);
  const auto save = [&](const std::string& id, const char* value, bool end) {
    Store store = Store::Open(Path());
    const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
    Article article = MakeArticle(id);
    article.source = "丁报";
    article.title = value;
    Extraction x;
    x.figures.push_back(MakeExtraction().figures[0]);
    x.figures[0].low = x.figures[0].high = Of(value);
    x.figures[0].qualifier = "exact";
    x.figures[0].period = "2023";
    store.Save(run, article, x, "r1");
    if (end) store.EndRun(run, {1, 1, 0, 0, 0, 1});
  };
  const auto conflicts = [&] { return Across::Open(Path()).Conflicts("", "投流费用", 0); };
  save("f", "14", true);  // against the 10 of before
  ASSERT_EQ(conflicts().size(), 2U);
  EXPECT_EQ(conflicts()[0].most.period, "2023");
  EXPECT_EQ(Across::Open(Path()).Conflicts("", "", 1).size(), 1U);
  save("f", "10", false);  // a run that was cut short
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM conflict_due"), 1);
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM conflict"), 2);
  EXPECT_EQ(conflicts().size(), 1U) << "what is due is looked for at once";
  save("f", "14", true);
  EXPECT_EQ(conflicts().size(), 2U);
  save("f", "10.3", true);
  ASSERT_EQ(conflicts().size(), 2U);
  EXPECT_EQ(NameOf(conflicts()[1].disagreement), "rounding");
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM conflict WHERE period = '2023'"), 1);
  save("f", "10", true);
  EXPECT_EQ(conflicts().size(), 1U);
}

// What an editor waits for must not read whole tables.
TEST_F(AcrossTest, QuestionsOfEditorsScanNoTable) {
  SQLite::Database db(Path(), SQLite::OPEN_READONLY);
  for (const char* sql : {
           "SELECT n FROM mention f WHERE f.canonical = 'x'",
           "SELECT n FROM figure f WHERE f.subject = 'x' AND f.metric = 'y'",
           "SELECT n FROM figure f WHERE f.metric = 'y' ORDER BY period",
           "SELECT n FROM claim f WHERE f.source = 'x'",
           "SELECT n FROM role f WHERE f.value = 'x'",
           "SELECT n FROM figure f WHERE f.article = (SELECT seq FROM article WHERE id = 'x')",
           "SELECT id FROM article WHERE day = '2024-01-01'",
           "SELECT row FROM search s JOIN search_row r ON r.row = s.rowid WHERE search MATCH 'x'",
           "SELECT 1 FROM standing s JOIN verdict v ON v.hash = s.verdict WHERE s.article = 1",
           "SELECT 1 FROM suppression p WHERE p.surface = 'x' AND p.kind = 'y'",
           "SELECT subject FROM conflict WHERE kind = 'x' ORDER BY subject, metric, period",
           "SELECT n FROM figure f WHERE f.subject = 'x' AND f.metric = 'y' AND f.period = 'z'",
           "SELECT 1 FROM provenance p JOIN raw USING (sha256) WHERE p.article = 1",
       }) {
    SQLite::Statement plan(db, std::string("EXPLAIN QUERY PLAN ") + sql);
    while (plan.executeStep()) {
      const std::string step = plan.getColumn(3).getString();
      const bool virtual_table = step.find("VIRTUAL TABLE") != std::string::npos;
      EXPECT_FALSE(step.starts_with("SCAN") && !virtual_table) << sql << ": " << step;
    }
  }
}

}  // namespace
}  // namespace kaoju
