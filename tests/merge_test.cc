// Merging stores: nothing is lost, and order, grouping and repetition make no difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "store/query.h"
#include "tests/cli_fixture.h"

namespace kaoju {
namespace {

using testing_cli::CliTest;
using testing_cli::Has;
using testing_cli::Outcome;

std::string Article(const std::string& id, const std::string& published, const std::string& text) {
  return R"({"id":")" + id + R"(","published":")" + published + R"(","text":")" + text + "\"}\n";
}

class MergeTest : public CliTest {
 protected:
  void Fill(const std::string& db, const std::string& lines, int code = 0) {
    EXPECT_EQ(Run({"run", "-q", File(db + ".jsonl", lines), "--db", Path(db)}).code, code);
  }
  void Judge(const std::string& db, const std::string& article, int start, int end,
             const std::string& decision) {
    const Outcome o =
        Run({"verdict", decision, "--db", Path(db), "--article", article, "--start",
             std::to_string(start), "--end", std::to_string(end), "--who", "desk", "--why", "x"});
    ASSERT_EQ(o.code, 0) << o.err;
  }
  // Merges under a name of its own.
  std::string Merged(const std::vector<std::string>& stores) {
    const std::string into = "m" + std::to_string(++merges_) + ".db";
    std::vector<std::string> args = {"merge", "-q", "--into", Path(into)};
    for (const std::string& store : stores) args.push_back(Path(store));
    const Outcome o = Run(args);
    EXPECT_EQ(o.code, 0) << o.err;
    return into;
  }
  std::string Dump(const std::string& db) {
    const Outcome o = Run({"dump", "--db", Path(db)});
    EXPECT_EQ(o.code, 0) << o.err;
    return o.out;
  }

  int merges_ = 0;
};

TEST_F(MergeTest, OrderGroupingAndRepetitionMakeNoDifference) {
  const std::string company = "澜桥控股今天发布年报，营业收入为3亿元，比去年多。";
  const std::string corrected = "澜桥控股今天发布年报，营业收入为5亿元，比去年多。";
  const std::string flood = "台风青鹭登陆，局长林家诚表示，已转移居民1.2万人。";
  Fill("a.db", Article("1", "2024-05-06", company) + Article("2", "2024-05-06", flood));
  Fill("b.db", Article("1", "2024-05-07", corrected) + Article("3", "2024-05-08", flood));
  Fill("c.db",
       Article("1", "2024-05-05", "澜桥控股明天发布年报。") + Article("2", "2024-05-06", flood) +
           "{\n",
       2);
  Judge("a.db", "1", 48, 55, "accept");
  Judge("b.db", "3", 27, 36, "reject");
  Judge("c.db", "2", 27, 36, "accept");
  const std::string all = Dump(Merged({"a.db", "b.db", "c.db"}));
  std::vector<std::string> stores = {"a.db", "b.db", "c.db"};
  while (std::next_permutation(stores.begin(), stores.end())) EXPECT_EQ(Dump(Merged(stores)), all);
  EXPECT_EQ(Dump(Merged({Merged({"a.db", "b.db"}), "c.db"})), all);
  EXPECT_EQ(Dump(Merged({"a.db", Merged({"c.db", "b.db"})})), all);
  EXPECT_EQ(Dump(Merged({"a.db", "a.db", "b.db", "c.db", "b.db"})), all);
  const std::string merged = Merged({"c.db", "a.db", "b.db"});
  EXPECT_EQ(Run({"verify", "--db", Path(merged)}).code, 0)
      << Run({"verify", "--db", Path(merged)}).out;
  Query query = Query::Open(Path(merged));
  EXPECT_EQ(query.Articles("", 0).size(), 3U);
  EXPECT_EQ(query.Revisions("1", 0).size(), 2U);
  EXPECT_EQ(query.Verdicts({"", false, 0}).size(), 3U);
  EXPECT_EQ(query.Failures(0).size(), 1U);
  EXPECT_TRUE(Has(Run({"search", "登陆", "--db", Path(merged)}).out, "3"));
  EXPECT_TRUE(Has(Run({"show", "facts", "--db", Path(merged), "--article", "1"}).out, "5亿元"));
}

TEST_F(MergeTest, OneStoreStaysAsItIs) {
  Fill("a.db", testing_cli::ThreeArticles());
  EXPECT_EQ(Dump(Merged({"a.db"})), Dump("a.db"));
  // What is merged can be run over again.
  const std::string merged = Merged({"a.db", "a.db"});
  const Outcome o = Run({"run", Path("a.db.jsonl"), "--db", Path(merged)});
  EXPECT_TRUE(Has(o.out, "3 as before")) << o.out;
}

TEST_F(MergeTest, Refused) {
  Fill("a.db", testing_cli::ThreeArticles());
  const Outcome exists = Run({"merge", Path("a.db"), "--into", Path("a.db")});
  EXPECT_EQ(exists.code, 4);
  EXPECT_TRUE(Has(exists.err, "exists already")) << exists.err;
  const Outcome absent = Run({"merge", Path("a.db"), Path("no.db"), "--into", Path("new.db")});
  EXPECT_EQ(absent.code, 4);
  EXPECT_FALSE(testing_cli::fs::exists(Path("new.db")));
}

}  // namespace
}  // namespace kaoju
