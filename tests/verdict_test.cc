#include <SQLiteCpp/Database.h>

#include "rules/error.h"
#include "store/query.h"
#include "store/verdict_book.h"
#include "store/verify.h"
#include "tests/cli_fixture.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

class VerdictTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    Save("r1", MakeArticle("a"), MakeExtraction());
  }

  void Save(const std::string& rules, const Article& article, const Extraction& x) {
    Store store = Store::Open(Path());
    std::vector<RuleRow> texts;
    for (const char* id : {"person/name", "product/lexicon", "time/none", "money/amount",
                           "claim/said", "relation/product"})
      texts.push_back({id, rules, "a", "match x\n"});
    store.SaveRules(rules, texts);
    const int64_t run = store.BeginRun({rules, "0.1.0", {"x"}});
    const auto saved = store.Save(run, article, x, rules);
    store.EndRun(run, {1, saved == Store::Saved::kNew, saved == Store::Saved::kReplaced,
                       saved == Store::Saved::kSame, 0, 7});
  }

  Judgement Amount(const std::string& decision) const {
    Judgement j;
    j.article = "a";
    j.start = 42;
    j.end = 50;
    j.decision = decision;
    j.who = "ann";
    j.at = "2024-12-30T08:00:00Z";
    return j;
  }
  std::string Standing() const {
    std::string all;
    for (const VerdictRow& row : Query::Open(Path()).Verdicts({})) all += row.standing + " ";
    return all;
  }
  std::string VerdictOnAmount() const {
    for (const FactRow& f : Query::Open(Path()).Facts({"figure", "", "", 0, false}))
      return f.verdict;
    return "hidden";
  }
  std::vector<std::string> Problems() const {
    std::vector<std::string> out;
    Verify(Path(), [&](const Problem& p) { out.push_back(p.what); });
    return out;
  }
};

TEST_F(VerdictTest, IsKeptWithWhatTheEditorSaw) {
  const Verdict v = VerdictBook::Open(Path()).Add(Amount("accept"));
  EXPECT_EQ(v.hash, HashOf(v));
  EXPECT_EQ(v.previous, "");
  EXPECT_EQ(v.judged.passage, "李开复表示，豆包投流费用不下10亿元。");
  EXPECT_EQ(v.judged.rule_version, "r1");
  EXPECT_EQ(v.judged.reading,
            "money(at_least 1000000000 CNY, metric=投流费用, subject=豆包, comparison=yoy up)");
  EXPECT_EQ(Standing(), "same ");
  EXPECT_EQ(VerdictOnAmount(), "accept");
  const Verdict second = VerdictBook::Open(Path()).Add(Amount("unsure"));
  EXPECT_EQ(second.previous, v.hash);
  EXPECT_EQ(VerdictOnAmount(), "unsure");
  EXPECT_EQ(Problems(), std::vector<std::string>());
}

// Which verdict counts is told by their chain, not by what the clock said.
TEST_F(VerdictTest, AClockThatGoesBackwardsChangesNothing) {
  VerdictBook::Open(Path()).Add(Amount("accept"));
  Judgement earlier = Amount("reject");
  earlier.at = "1970-01-01T00:00:00Z";
  VerdictBook::Open(Path()).Add(earlier);
  EXPECT_EQ(VerdictOnAmount(), "reject");
  EXPECT_EQ(Problems(), std::vector<std::string>());
  const std::vector<VerdictRow> rows = Query::Open(Path()).Verdicts({});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].verdict.decision, "reject") << "the latest first";
  EXPECT_EQ(rows[0].verdict.previous, rows[1].verdict.hash);
}

TEST_F(VerdictTest, NeedsOneFactAtThePlace) {
  VerdictBook book = VerdictBook::Open(Path());
  Judgement j = Amount("accept");
  j.end = 51;
  EXPECT_THROW(book.Add(j), Error);
  j = Amount("accept");
  j.article = "b";
  EXPECT_THROW(book.Add(j), Error);
  j.article = "a";
  j.start = 0;  // two claims
  EXPECT_THROW(book.Add(j), Error);
  EXPECT_EQ(Query::Open(Path()).Verdicts({}).size(), 0U);
  EXPECT_THROW(VerdictBook::Open(Path("none.db")), IoError);
}

TEST_F(VerdictTest, IsCarriedOverByWhatStandsThere) {
  VerdictBook::Open(Path()).Add(Amount("accept"));
  Article moved = MakeArticle("a");
  moved.text = "新闻。" + moved.text;
  moved.repairs.clear();
  Extraction x;
  x.figures.push_back(MakeExtraction().figures[0]);
  x.figures[0].span = {51, 59};
  Save("r1", moved, x);
  EXPECT_EQ(Standing(), "moved ");
  EXPECT_EQ(VerdictOnAmount(), "accept");
  x.figures[0].low = Of("1");
  Save("r2", moved, x);
  EXPECT_EQ(Standing(), "revalued ");
  EXPECT_EQ(VerdictOnAmount(), "");
  Save("r3", moved, Extraction());
  EXPECT_EQ(Standing(), "vanished ");
  Save("r1", MakeArticle("a"), MakeExtraction());
  EXPECT_EQ(Standing(), "same ");
  EXPECT_EQ(Problems(), std::vector<std::string>());
}

TEST_F(VerdictTest, ARejectionHidesTheSameMistakeUntilItIsTakenBack) {
  Article other = MakeArticle("b");
  other.source = "他报";
  Save("r1", other, MakeExtraction());
  const auto shown = [&] {
    std::string ids;
    for (const FactRow& f : Query::Open(Path()).Facts({"figure", "", "", 0, false}))
      ids += f.article;
    return ids;
  };
  VerdictBook book = VerdictBook::Open(Path());
  Judgement j = Amount("reject");
  EXPECT_EQ(shown(), "ab");
  book.Add(j);
  EXPECT_EQ(shown(), "ab");
  j.scope = "article";
  book.Add(j);
  EXPECT_EQ(shown(), "b");
  j.scope = "source";
  EXPECT_EQ(book.Add(j).within, "某报");
  EXPECT_EQ(shown(), "b");
  j.scope = "everywhere";
  book.Add(j);
  EXPECT_EQ(shown(), "");
  EXPECT_EQ(Query::Open(Path()).Facts({"figure", "", "", 0, true}).size(), 2U);
  book.Add(Amount("accept"));
  EXPECT_EQ(shown(), "ab");
  EXPECT_EQ(Problems(), std::vector<std::string>());
}

TEST_F(VerdictTest, NoneCanBeChangedOrRemovedUnnoticed) {
  {
    VerdictBook book = VerdictBook::Open(Path());
    for (const char* decision : {"accept", "reject", "unsure"}) book.Add(Amount(decision));
  }
  SQLite::Database db(Path(), SQLite::OPEN_READWRITE);
  EXPECT_THROW(db.exec("UPDATE verdict SET who = 'bob'"), SQLite::Exception);
  EXPECT_THROW(db.exec("DELETE FROM verdict"), SQLite::Exception);
  db.exec("DROP TRIGGER verdict_stays; DROP TRIGGER verdict_remains");
  db.exec("UPDATE verdict SET who = 'bob' WHERE place = 1");
  EXPECT_EQ(Problems(), std::vector<std::string>{"it differs from its hash"});
  db.exec("UPDATE verdict SET who = 'ann' WHERE place = 1");
  EXPECT_EQ(Problems(), std::vector<std::string>());
  db.exec("DELETE FROM standing; DELETE FROM verdict WHERE place = 2");
  ASSERT_FALSE(Problems().empty());
  EXPECT_NE(Problems()[0].find("is missing"), std::string::npos);
}

TEST_F(VerdictTest, RunsSayWhatTheyChanged) {
  VerdictBook::Open(Path()).Add(Amount("accept"));
  Extraction x = MakeExtraction();
  x.figures[0].low = Of("1");
  Save("r2", MakeArticle("a"), x);
  const std::vector<ChangeRow> changes = Query::Open(Path()).Changes(1, 2);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_FALSE(changes[0].added);
  EXPECT_EQ(changes[0].rule, "money/amount");
  EXPECT_EQ(changes[0].rule_version, "r1");
  EXPECT_EQ(changes[0].decision, "accept");
  EXPECT_TRUE(changes[1].added);
  EXPECT_EQ(changes[1].rule_version, "r2");
  EXPECT_EQ(changes[1].decision, "");
  Save("r1", MakeArticle("a"), MakeExtraction());
  EXPECT_EQ(Query::Open(Path()).Changes(2, 3).size(), 2U);
  EXPECT_EQ(Query::Open(Path()).Changes(1, 3).size(), 0U);  // there and back again
  EXPECT_THROW(Query::Open(Path()).Changes(3, 1), Error);
  EXPECT_THROW(Query::Open(Path()).Changes(1, 9), Error);
}

using VerdictCommandTest = testing_cli::CliTest;

TEST_F(VerdictCommandTest, FromFactToQueueAndExamples) {
  const std::string db = Path("f.db");
  EXPECT_EQ(Run({"run", File("a.txt", "甲公司去年盈利10亿元。"), "--db", db}).code, 0);
  const auto out = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--db", db});
    const auto o = Run(words);
    EXPECT_EQ(o.code, 0) << o.err;
    return o.out;
  };
  const std::string id = Path("a.txt");
  EXPECT_EQ(out({"verdict", "reject", "--article", id, "--start", "21", "--end", "29", "--who",
                 "ann", "--hide", "everywhere"})
                .size(),
            65U);
  EXPECT_EQ(out({"show", "facts", "--kind", "figure"}).find("10亿元"), std::string::npos);
  EXPECT_NE(out({"show", "facts", "--kind", "figure", "--hidden"}).find("reject"),
            std::string::npos);
  EXPECT_NE(out({"show", "examples"}).find("  no      甲公司去年盈利10亿元。\n"),
            std::string::npos);
  EXPECT_NE(out({"show", "verdicts"}).find("same"), std::string::npos);
  EXPECT_EQ(out({"show", "queue"}).find("ann"), std::string::npos);
  const auto refused = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {"verdict", "--db", db, "--article", id, "--who", "ann"};
    words.insert(words.end(), {"--start", "21", "--end", "29"});
    words.insert(words.end(), more.begin(), more.end());
    return Run(words).code;
  };
  EXPECT_EQ(refused({"edit"}), 1);
  EXPECT_EQ(refused({"edit", "--to", "ten"}), 1);
  EXPECT_EQ(refused({"accept", "--hide", "article"}), 1);
  EXPECT_EQ(refused({"maybe"}), 1);
  EXPECT_EQ(refused({"edit", "--to", "money(1 CNY)"}), 0);
  EXPECT_EQ(Run({"diff", "1", "1", "--db", db}).code, 0);
}

}  // namespace
}  // namespace kaoju
