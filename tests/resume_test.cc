// A run that is cut short, and what the next one makes of it. KAOJU_KILLS sets how many runs are
// killed (12).
#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "store/query.h"
#include "tests/cli_fixture.h"

namespace kaoju::testing_cli {
namespace {

using Words = std::vector<std::string>;

class ResumeTest : public CliTest {
 protected:
  std::string DumpOf(const std::string& db) const { return Run({"dump", "--db", db}).out; }

  // Starts a run and kills it after `delay`; true iff it came to its end first.
  bool KilledRun(const Words& args, std::chrono::microseconds delay) const {
    const Child child({.args = args, .input = {}}, open("/dev/null", O_RDONLY | O_CLOEXEC),
                      OpenToWrite(Path("out")), OpenToWrite(Path("err")));
    std::this_thread::sleep_for(delay);
    child.Kill();
    Outcome o;
    child.Wait(o);
    return o.signal == 0;
  }
};

TEST_F(ResumeTest, AKilledRunGoesOnToTheSameContent) {
  const std::string first = File("first.jsonl", ManyArticles(1500));
  const std::string second = Gzip("second.jsonl.gz", Line("b1", kMatch) + "broken\n" +
                                                         Line("b2", kCompany) + ManyArticles(2200));
  const auto started = std::chrono::steady_clock::now();
  const Outcome whole = Run({"run", first, second, "--db", Path("whole.db"), "--keep-raw"});
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - started;
  ASSERT_EQ(whole.code, 2) << whole.err;  // the broken line
  const std::string due = DumpOf(Path("whole.db"));
  ASSERT_TRUE(Has(due, "沈映秋"));

  const char* asked = std::getenv("KAOJU_KILLS");
  const int kills = asked != nullptr ? std::atoi(asked) : 12;
  std::mt19937_64 random(20241028);
  std::uniform_real_distribution<double> moment(0.0, 1.1 * took.count());
  int killed = 0;
  for (int store = 0; killed < kills && store < 10 * kills; ++store) {
    const std::string db = Path("cut" + std::to_string(store) + ".db");
    for (bool ended = false; !ended && killed < kills;) {
      const char* threads = random() % 2 == 0 ? "-j1" : "-j3";
      const auto delay = std::chrono::microseconds(static_cast<int64_t>(moment(random)));
      ended = KilledRun(
          {"run", first, second, "--db", db, threads, "--commit-bytes", "100000", "--keep-raw"},
          delay);
      killed += ended ? 0 : 1;
    }
    const Outcome last = Run({"run", first, second, "--db", db, "--keep-raw"});
    ASSERT_EQ(last.code, 2) << last.err;
    ASSERT_TRUE(DumpOf(db) == due) << db << " after " << killed << " kills";
    const Outcome verified = Run({"verify", "--db", db});
    ASSERT_EQ(verified.code, 0) << verified.out << verified.err;
  }
  EXPECT_EQ(killed, kills);
}

TEST_F(ResumeTest, TwoRunsAtOnceAndAnEditorShareAStore) {
  const std::string first = File("first.jsonl", ManyArticles(2500));
  const std::string second = File("second.jsonl", ManyArticles(4000));
  const std::string judged = File("judged.jsonl", ThreeArticles());
  ASSERT_EQ(Run({"run", judged, first, second, "--db", Path("due.db")}).code, 0);
  const std::string db = Path("both.db");
  ASSERT_EQ(Run({"run", judged, "--db", db}).code, 0);
  const Child beside({.args = {"run", first, "--db", db, "--commit-bytes", "200000"}, .input = {}},
                     open("/dev/null", O_RDONLY | O_CLOEXEC), OpenToWrite(Path("out")),
                     OpenToWrite(Path("err")));
  Query query = Query::Open(db);
  const FactRow fact = query.Facts({"", "flood", "", 1, false}).at(0);
  for (int i = 0; i < 5; ++i) {
    const Outcome o =
        Run({"verdict", "accept", "--db", db, "--article", "flood", "--kind", fact.kind, "--start",
             std::to_string(fact.start), "--end", std::to_string(fact.end), "--who", "desk"});
    EXPECT_EQ(o.code, 0) << o.err;
  }
  const Outcome other = Run({"run", second, "--db", db, "--commit-bytes", "200000"});
  EXPECT_EQ(other.code, 0) << other.err;
  Outcome one;
  beside.Wait(one);
  EXPECT_EQ(one.code, 0) << ReadAll(Path("err"));
  const Outcome verified = Run({"verify", "--db", db});
  EXPECT_EQ(verified.code, 0) << verified.out;
  std::string held;
  for (const std::string& line : Lines(DumpOf(db))) {
    if (!line.starts_with(R"({"table":"verdict")")) held += line + '\n';
  }
  EXPECT_TRUE(held == DumpOf(Path("due.db")));
  EXPECT_EQ(query.Verdicts({"", false, 0}).size(), 5U);
}

TEST_F(ResumeTest, AnUnfinishedRunIsAProblemUntilItIsDoneAgain) {
  const std::string file = File("many.jsonl", ManyArticles(300));
  ASSERT_EQ(Run({"run", file, "--db", Path("facts.db")}).code, 0);
  SQLite::Database(Path("facts.db"), SQLite::OPEN_READWRITE).exec("UPDATE run SET complete = 0");
  const Outcome cut = Run({"verify", "--db", Path("facts.db")});
  EXPECT_EQ(cut.code, 2);
  EXPECT_TRUE(Has(cut.out, "run 1: it did not come to its end; start it again to go on\n"));
  ASSERT_EQ(Run({"run", File("other.jsonl", ThreeArticles()), "--db", Path("facts.db")}).code, 0);
  EXPECT_EQ(Run({"verify", "--db", Path("facts.db")}).code, 2) << "other inputs";
  ASSERT_EQ(Run({"run", file, "--db", Path("facts.db")}).code, 0);
  const Outcome whole = Run({"verify", "--db", Path("facts.db")});
  EXPECT_EQ(whole.code, 0) << whole.out;
  EXPECT_TRUE(Has(whole.out, "303 articles, ")) << whole.out;
}

// What is known by its bytes is not read: an article that was altered in the store stays so.
TEST_F(ResumeTest, WhatIsKnownIsNotReadAgain) {
  const std::string file = File("good.jsonl", ThreeArticles());
  const Words run = {"run", file, "--db", Path("facts.db")};
  ASSERT_EQ(Run(run).code, 0);
  SQLite::Database(Path("facts.db"), SQLite::OPEN_READWRITE)
      .exec("UPDATE article SET title = 'altered' WHERE id = 'flood'");
  const Outcome again = Run(run);
  EXPECT_TRUE(Has(again.out, "0 new, 0 changed, 3 as before, 0 failed; 0 facts")) << again.out;
  const std::string moved = File("moved.jsonl", Line("x", kMatch) + ThreeArticles());
  const Outcome elsewhere = Run({"run", moved, "--db", Path("facts.db")});
  EXPECT_TRUE(Has(elsewhere.out, "1 new, 0 changed, 3 as before")) << elsewhere.out;
}

TEST_F(ResumeTest, DocumentsWithoutAnIdAreKnownByTheirPlace) {
  const std::string line = R"({"text":"海岳队周六以2比1击败南麓队。"})"
                           "\n";
  const std::string file = File("twins.jsonl", line + line);
  const Words run = {"run", file, "--db", Path("facts.db")};
  EXPECT_TRUE(Has(Run(run).out, "2 new, 0 changed, 0 as before"));
  EXPECT_TRUE(Has(Run(run).out, "0 new, 0 changed, 2 as before"));
  const std::string copy = File("copy.jsonl", line);
  EXPECT_TRUE(Has(Run({"run", copy, "--db", Path("facts.db")}).out, "1 new"));
}

TEST_F(ResumeTest, WhatFailedIsTriedAgain) {
  const std::string file =
      File("some.jsonl", Line("a", kMatch) + "{\"id\":\n" + Line("b", kFlood) + "[1]\n");
  const Outcome first = Run({"run", file, "--db", Path("facts.db")});
  EXPECT_EQ(first.code, 2);
  const std::string shown = Run({"show", "failures", "--db", Path("facts.db")}).out;
  EXPECT_EQ(Lines(shown).size(), 4U) << shown;  // a head, a rule, two failures
  EXPECT_TRUE(Has(shown, "2  ") && Has(shown, "4  ")) << shown;
  File("some.jsonl", Line("a", kMatch) + Line("c", kCompany) + Line("b", kFlood) + "[1]\n");
  const Outcome retry = Run({"run", "--retry-failed", "--db", Path("facts.db")});
  EXPECT_EQ(retry.code, 2) << retry.err;
  EXPECT_TRUE(Has(retry.out, "2 documents: 1 new, 0 changed, 0 as before, 1 failed")) << retry.out;
  fs::remove(file);
  const Outcome gone = Run({"run", "--retry-failed", "--db", Path("facts.db")});
  EXPECT_EQ(gone.code, 2);
  EXPECT_EQ(gone.err, "kaoju: " + file + ":4: the file is not there any more\n");
  File("some.jsonl", "\n\n\n" + Line("d", kFlood));
  EXPECT_EQ(Run({"run", "--retry-failed", "--db", Path("facts.db")}).code, 0);
  const Outcome none = Run({"run", "--retry-failed", "--db", Path("facts.db")});
  EXPECT_EQ(none.code, 0);
  EXPECT_TRUE(Has(none.out, "0 documents: ")) << none.out;
}

TEST_F(ResumeTest, ABrokenInputKeepsWhatWasRead) {
  const std::string file = Gzip("cut.jsonl.gz", ManyArticles(3000));
  fs::resize_file(file, fs::file_size(file) - 200);
  const Outcome o = Run({"run", file, "--db", Path("facts.db")});
  EXPECT_EQ(o.code, 4);
  SQLite::Database db(Path("facts.db"));
  EXPECT_GT(db.execAndGet("SELECT count(*) % 500 FROM article").getInt(), 0);
  EXPECT_EQ(db.execAndGet("SELECT count(*) FROM manifest").getInt(), 0);
}

TEST_F(ResumeTest, TheManifestNamesEachFile) {
  const std::string a = File("a.jsonl", ThreeArticles());
  const std::string b = Gzip("b.jsonl.gz", "nothing\n" + Line("x", kMatch));
  const std::string c = File("c.jsonl", "nothing\n" + Line("x", kMatch));
  ASSERT_EQ(Run({"run", a, b, c, "--db", Path("facts.db")}).code, 2);
  SQLite::Database db(Path("facts.db"));
  const auto value = [&](const std::string& sql) { return db.execAndGet(sql).getString(); };
  EXPECT_EQ(value("SELECT group_concat(docs || '/' || failed) FROM manifest"), "3/0,2/1,2/1");
  EXPECT_EQ(value("SELECT bytes FROM manifest WHERE docs = 3"),
            std::to_string(ThreeArticles().size() - 3));
  EXPECT_EQ(value("SELECT count(DISTINCT sha256) FROM manifest"), "2");
}

TEST_F(ResumeTest, PathsOrTheFailedOnes) {
  EXPECT_EQ(Run({"run", "--db", Path("facts.db")}).code, 1);
  EXPECT_EQ(Run({"run", "x", "--retry-failed", "--db", Path("facts.db")}).code, 1);
}

TEST_F(ResumeTest, TheDumpDoesNotDependOnTheWay) {
  const std::string one = File("one.jsonl", Line("company", kCompany));
  const std::string two = File("two.jsonl", Line("match", kMatch) + Line("flood", kFlood));
  ASSERT_EQ(Run({"run", one, "--db", Path("a.db")}).code, 0);
  ASSERT_EQ(Run({"run", two, "--db", Path("a.db")}).code, 0);
  const std::string all = File("all.jsonl", ThreeArticles());
  ASSERT_EQ(Run({"run", all, "--db", Path("b.db")}).code, 0);
  EXPECT_EQ(DumpOf(Path("a.db")), DumpOf(Path("b.db")));
  EXPECT_TRUE(DumpOf(Path("a.db")).starts_with(R"({"table":"article","article":"company",)"));
}

}  // namespace
}  // namespace kaoju::testing_cli
