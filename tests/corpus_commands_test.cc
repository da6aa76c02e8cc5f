// The commands that look at rules through a corpus: diff, profile, coverage; and rules test.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "cli/frequent.h"
#include "extract/coverage.h"
#include "extract/examples.h"
#include "extract/fact_diff.h"
#include "extract/rule_cost.h"
#include "tests/cli_fixture.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_cli::CliTest;
using testing_cli::Has;
using testing_cli::Lines;
using testing_cli::Outcome;
using testing_cli::ReadAll;
using testing_cli::ThreeArticles;
using testing_rules::CorpusTexts;
using testing_rules::MakeArticle;
using testing_rules::NamedText;
using testing_rules::Rules;
namespace fs = std::filesystem;

// ---- What two extractions say differently.

Mention Person(uint32_t begin, uint32_t end, std::string_view canonical,
               std::string_view rule = "a/a") {
  return {{begin, end}, "person", canonical, rule};
}

std::string Said(const std::vector<FactChange>& changes) {
  std::string out;
  for (const FactChange& c : changes) {
    out += std::string(NameOf(c.kind));
    if (c.before) out += " " + c.before->ToString();
    if (c.after) out += " -> " + c.after->ToString();
    out += "; ";
  }
  return out;
}

TEST(FactDiffTest, KindsOfChange) {
  constexpr std::string_view kText = "甲乙丙丁戊己";  // three bytes each
  struct Row {
    std::vector<Mention> before, after;
    const char* said;
  };
  for (const Row& r : {
           Row{{Person(0, 3, "甲")}, {Person(0, 3, "甲")}, ""},
           Row{{Person(0, 3, "甲")}, {}, "removed person(甲, canonical=甲); "},
           Row{{}, {Person(3, 6, "乙")}, "added -> person(乙, canonical=乙); "},
           Row{{Person(0, 3, "甲")},
               {Person(0, 3, "王甲")},
               "value person(甲, canonical=甲) -> person(甲, canonical=王甲); "},
           Row{{Person(0, 3, "甲")},
               {Person(0, 3, "甲", "b/b")},
               "rule person(甲, canonical=甲) -> person(甲, canonical=甲); "},
           Row{{Person(0, 6, "甲乙"), Person(9, 12, "丁")},
               {Person(3, 6, "乙"), Person(9, 12, "丁")},
               "span person(甲乙, canonical=甲乙) -> person(乙, canonical=乙); "},
           // Two facts of one span: one stays, one goes.
           Row{{Person(0, 3, "甲"), Person(0, 3, "戊")},
               {Person(0, 3, "戊")},
               "removed person(甲, canonical=甲); "},
       }) {
    Extraction before;
    Extraction after;
    before.mentions = r.before;
    after.mentions = r.after;
    EXPECT_EQ(Said(CompareFacts(before, after, kText)), r.said);
  }
}

// Whatever the sides, what is removed and added makes one of the other.
TEST(FactDiffTest, ChangesLeadFromOneToTheOther) {
  std::mt19937 random(5);
  const std::string text(300, 'x');
  const auto some = [&] {
    Extraction x;
    for (uint32_t at = 0; at < 290; at += 1 + random() % 9) {
      static constexpr std::string_view kNames[] = {"p", "q"};
      x.mentions.push_back(Person(at, at + 1 + random() % 6, kNames[random() % 2]));
    }
    return x;
  };
  for (int round = 0; round < 200; ++round) {
    const Extraction before = some();
    const Extraction after = some();
    std::multiset<std::string> facts;
    for (const Written& w : WriteAll(before, text))
      facts.insert(std::to_string(w.span.begin) + w.ToString());
    for (const FactChange& c : CompareFacts(before, after, text)) {
      if (c.before) {
        const auto it = facts.find(std::to_string(c.before->span.begin) + c.before->ToString());
        ASSERT_NE(it, facts.end());
        facts.erase(it);
      }
      if (c.after) facts.insert(std::to_string(c.after->span.begin) + c.after->ToString());
    }
    std::multiset<std::string> wanted;
    for (const Written& w : WriteAll(after, text))
      wanted.insert(std::to_string(w.span.begin) + w.ToString());
    ASSERT_EQ(facts, wanted) << round;
  }
}

// ---- What rules cost.

TEST(RuleCostTest, CountsWhatIsFound) {
  CostSheet costs(Rules().rules().size());
  size_t facts = 0;
  {
    Extractor counting(Rules(), {.costs = &costs});
    Extractor plain(Rules());
    for (const NamedText& t : CorpusTexts()) {
      const Article a = MakeArticle(t.text);
      const Extraction x = counting.Extract(a);
      const Extraction same = plain.Extract(a);
      EXPECT_TRUE(CompareFacts(x, same, a.text).empty()) << t.name;
      for (const Written& w : WriteAll(x, a.text)) facts += w.rule.starts_with("names/") ? 0 : 1;
    }
  }
  size_t counted = 0;
  uint64_t nanoseconds = 0;
  for (const RuleCost& c : costs.rules()) {
    EXPECT_LE(c.tries, c.places);
    EXPECT_LE(c.hits, c.tries);
    EXPECT_LE(c.won, c.hits);
    EXPECT_LE(c.facts, c.won);
    counted += c.facts;
    nanoseconds += c.nanoseconds;
  }
  EXPECT_EQ(counted, facts);
  EXPECT_GT(nanoseconds, 0U);
  EXPECT_LT(nanoseconds, costs.nanoseconds());
}

// ---- What no rule touches.

std::string Gaps(const std::string& text, size_t around) {
  const Article a = MakeArticle(text);
  Extractor extractor(Rules(), {.nothings = true});
  const Coverage c = CoverageReader(Rules(), around).Read(a, extractor.Extract(a));
  std::string out;
  for (const Gap& g : c.gaps)
    out += std::string(NameOf(g.kind)) + " " + g.shape + " " + std::string(Slice(a.text, g.span)) +
           "; ";
  return out;
}

TEST(CoverageTest, ShapesOfGaps) {
  struct Row {
    const char* text;
    size_t around;
    const char* gaps;
  };
  for (const Row& r : {
           Row{"营收10亿元", 1, ""},  // a fact touches it
           Row{"他站在１８的旁边", 1, "number 在N的 １８; "},
           Row{"他站在1:3,5的旁边", 1, "number 在N的 1:3,5; "},
           Row{"号18的", 2, "number ^号N的$ 18; "},
           Row{"陳文明18。", 1, "number 明N。 18; "},
           Row{"局长林家诚介绍，林家诚18。", 1, "number <person>N。 18; "},
           Row{"局长林家诚介绍，林家诚18。", 2, "number ，<person>N。$ 18; "},
           Row{"這叫“好事”，對吧", 1, "quotation 叫“…”， “好事”; "},
           Row{"這叫“局長”", 0, "quotation “…” “局長”; "},
           Row{"周启明表示：“现在是机会”。", 1, ""},  // the content of a claim
           Row{"石头表示很好", 1, "verb 头表示很 表示; "},
           Row{"买了Zqxv和zqxv", 1, "name Zqxv Zqxv; "},
       }) {
    EXPECT_EQ(Gaps(r.text, r.around), r.gaps) << r.text;
  }
}

TEST(FrequentShapesTest, CountsAreLowByTheBoundAtMost) {
  std::mt19937 random(3);
  FrequentShapes shapes(500);
  std::map<std::string, size_t> exact;
  for (int i = 0; i < 50000; ++i) {
    // Zipf-like: shape n about as often as 1/n.
    const auto n =
        static_cast<size_t>(2000.0 / (1.0 + static_cast<double>(random() % 100000) / 100.0));
    const std::string shape = std::to_string(n);
    ++exact[shape];
    shapes.Add(shape, [&] { return "e" + shape; });
  }
  EXPECT_EQ(shapes.seen(), 50000U);
  const auto top = shapes.Top(20);
  ASSERT_EQ(top.size(), 20U);
  for (size_t i = 0; i < top.size(); ++i) {
    EXPECT_LE(top[i].count, exact[top[i].shape]);
    EXPECT_GE(top[i].count + shapes.ErrorBound(), exact[top[i].shape]);
    EXPECT_EQ(top[i].example, "e" + top[i].shape);
    if (i > 0) {
      EXPECT_GE(top[i - 1].count, top[i].count);
    }
  }
}

// ---- Expectations.

TEST(ExamplesTest, UpdatedExpectations) {
  const Written fact{"money",
                     {"超3亿元", "more_than 300000000 CNY", "metric=成本", "modality=forecast"},
                     {},
                     "money/amount"};
  struct Row {
    const char* expected;
    const char* updated;
  };
  for (const Row& r : {
           Row{"money(metric=收入)", "money(metric=成本)"},
           Row{"money(more_than 300000000 CNY, metric=收入)",
               "money(more_than 300000000 CNY, metric=成本)"},
           Row{"money(300000000 CNY)", "money(超3亿元, more_than 300000000 CNY)"},
           Row{"money(超3亿元, subject=某厂)", "money(超3亿元)"},
           Row{"count(超3亿元)", "money(超3亿元)"},
       }) {
    EXPECT_EQ(UpdatedExpectation(r.expected, fact), r.updated) << r.expected;
  }
}

// ---- The commands.

class CorpusCommandsTest : public CliTest {
 protected:
  // A copy of the project's rules, in which `before` stands as `after` in the pack.
  std::string ChangedRules(const std::string& pack, const std::string& before,
                           const std::string& after) const {
    const fs::path dir = Path("rules");
    fs::copy(KAOJU_SOURCE_DIR "/rules", dir, fs::copy_options::recursive);
    Change(dir / "packs" / pack, before, after);
    return dir.string();
  }
  static void Change(const fs::path& file, const std::string& before, const std::string& after) {
    std::string text = ReadAll(file);
    const size_t at = text.find(before);
    ASSERT_NE(at, std::string::npos) << before;
    text.replace(at, before.size(), after);
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    std::ofstream(file, std::ios::binary) << text;
  }
};

constexpr const char* kFigures = "50-figure.rules";

TEST_F(CorpusCommandsTest, DiffOfAChangedRule) {
  const std::string file = File("three.jsonl", ThreeArticles());
  const std::string changed =
      ChangedRules(kFigures, "rule money/amount\n", "rule money/amount\n  status retired\n");
  const Outcome same = Run({"rules", "diff", KAOJU_SOURCE_DIR "/rules", "--corpus", file});
  EXPECT_EQ(same.code, 0) << same.err;
  EXPECT_TRUE(Has(same.out, "0 of them changed")) << same.out;
  const std::vector<std::string> call = {"rules", "diff",     KAOJU_SOURCE_DIR "/rules",
                                         changed, "--corpus", file};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = call;
    all.insert(all.end(), more.begin(), more.end());
    return Run(all);
  };
  const Outcome gone = with({"-j", "1"});
  EXPECT_EQ(gone.code, 0) << gone.err;
  EXPECT_TRUE(Has(gone.out, "money/amount")) << gone.out;
  EXPECT_TRUE(Has(gone.out, "  - money(超过6亿元, more_than 600000000 CNY")) << gone.out;
  EXPECT_EQ(with({"-j", "2"}).out, gone.out);
  EXPECT_FALSE(Has(with({"--sample", "0"}).out, "  - ")) << gone.out;
  const Outcome json = with({"--json"});
  const std::vector<std::string> rows = Lines(json.out);
  ASSERT_GE(rows.size(), 2U) << json.out;
  EXPECT_TRUE(Has(rows[0], R"({"kind":"change","change":")")) << rows[0];
  EXPECT_TRUE(Has(rows.back(), R"({"kind":"end","docs":3,)")) << rows.back();
}

TEST_F(CorpusCommandsTest, DiffShowsTheVerdictsThatItTouches) {
  const std::string file = File("three.jsonl", ThreeArticles());
  ASSERT_EQ(Run({"run", file, "--db", Path("f.db")}).code, 0);
  const Outcome judged =
      Run({"rules", "sample", "money", "--db", Path("f.db"), "--judge", Path("j.tsv")}, "y\nn\n");
  ASSERT_EQ(judged.code, 0) << judged.err;
  const std::string changed =
      ChangedRules(kFigures, "rule money/amount\n", "rule money/amount\n  status retired\n");
  const std::string now = KAOJU_SOURCE_DIR "/rules";
  const Outcome gone =
      Run({"rules", "diff", now, changed, "--db", Path("f.db"), "--verdicts", Path("j.tsv")});
  EXPECT_EQ(gone.code, 0) << gone.err;
  EXPECT_TRUE(Has(gone.out, "2 of 2 verdicts touched")) << gone.out;
  EXPECT_TRUE(Has(gone.out, "judged right, ")) << gone.out;
  EXPECT_TRUE(Has(gone.out, "judged wrong, ")) << gone.out;
  const Outcome back =
      Run({"rules", "diff", changed, now, "--db", Path("f.db"), "--verdicts", Path("j.tsv")});
  EXPECT_TRUE(Has(back.out, "judged right, comes: ")) << back.out;
  const Outcome broken = Run({"rules", "diff", now, "--db", Path("f.db"), "--verdicts",
                              File("bad.tsv", "y\tmoney/amount\n")});
  EXPECT_EQ(broken.code, 4);
  EXPECT_TRUE(Has(broken.err, "bad.tsv:1: y, n or e, then rule")) << broken.err;
}

TEST_F(CorpusCommandsTest, DiffWithACommit) {
  if (std::system("git --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "git is not installed";
  const std::string rules =
      ChangedRules(kFigures, "rule money/amount\n", "rule money/amount\n  status retired\n");
  const std::string git = "git -C " + Path("") + " -c user.name=t -c user.email=t@example.org ";
  ASSERT_EQ(std::system((git + "init -q && " + git + "add rules && " + git +
                         "commit -q -m first && " + git + "tag first")
                            .c_str()),
            0);
  Change(fs::path(rules) / "packs" / kFigures, "  status retired\n", "");
  const std::string file = File("three.jsonl", ThreeArticles());
  const Outcome diff = Run({"rules", "diff", "first", "--rules", rules, "--corpus", file});
  EXPECT_EQ(diff.code, 0) << diff.err;
  EXPECT_TRUE(Has(diff.out, "  + money(超过6亿元, more_than 600000000 CNY")) << diff.out;
  const Outcome unknown = Run({"rules", "diff", "second", "--rules", rules, "--corpus", file});
  EXPECT_EQ(unknown.code, 5);
  EXPECT_TRUE(Has(unknown.err, "'second' is neither a folder of rules nor a commit"))
      << unknown.err;
  const Outcome folder = Run({"rules", "diff", Path("."), "--rules", rules, "--corpus", file});
  EXPECT_EQ(folder.code, 5);
  EXPECT_TRUE(Has(folder.err, "no rules (a folder with packs/ and lexicon/)")) << folder.err;
}

TEST_F(CorpusCommandsTest, Profile) {
  const std::string file = File("three.jsonl", ThreeArticles());
  const Outcome one = Run({"rules", "profile", "--corpus", file, "-n", "3"});
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_EQ(Lines(one.out).size(), 6U) << one.out;  // head, line, three rules, the whole
  EXPECT_TRUE(Has(one.out, " rules have no hit")) << one.out;
  const Outcome json = Run({"rules", "profile", "--corpus", file, "--json", "-j", "2"});
  const std::vector<std::string> rows = Lines(json.out);
  EXPECT_EQ(rows.size(), Rules().rules().size() + 1);
  EXPECT_TRUE(Has(json.out, R"("rule":"money/amount","layer":"figure")")) << json.out;
  EXPECT_TRUE(rows.back().starts_with(R"({"kind":"end","places":)")) << rows.back();
}

TEST_F(CorpusCommandsTest, Coverage) {
  const std::string file =
      File("two.jsonl", testing_cli::Line("a", "他站在18的旁边。他站在19的旁边。") +
                            testing_cli::Line("b", "这个“好”字。"));
  const Outcome all = Run({"rules", "coverage", "--corpus", file});
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_TRUE(Has(all.out, "number: 2 of 2 untouched (100.0 %)")) << all.out;
  EXPECT_TRUE(Has(all.out, "    2  在N的  a: 他站在【18】的旁边。")) << all.out;
  EXPECT_TRUE(Has(all.out, "quotation: 1 of 1 untouched")) << all.out;
  const Outcome json =
      Run({"rules", "coverage", "--corpus", file, "--kind", "number", "--around", "0", "--json"});
  EXPECT_EQ(json.out,
            "{\"kind\":\"number\",\"shape\":\"N\",\"example\":\"a: "
            "他站在【18】的旁边。他站在19的旁边\",\"count\":2}\n"
            "{\"kind\":\"end\",\"of\":\"number\",\"seen\":2,\"untouched\":2,\"low_by\":0}\n");
  EXPECT_EQ(Run({"rules", "coverage", "--corpus", file, "--kind", "colour"}).code, 1);
}

TEST_F(CorpusCommandsTest, TestAsksBeforeItRewrites) {
  const std::string rules =
      ChangedRules(kFigures, "money(at_least 1000000000 CNY)", "money(at_least 7 CNY)");
  const fs::path pack = fs::path(rules) / "packs" / kFigures;
  const std::string broken = ReadAll(pack);
  const Outcome failed = Run({"rules", "test", "--rules", rules});
  EXPECT_EQ(failed.code, 5);
  EXPECT_TRUE(Has(failed.out, " 1 failed")) << failed.out;
  for (const char* answer : {"n\n", "", "perhaps\n"}) {
    EXPECT_EQ(Run({"rules", "test", "--rules", rules, "--update"}, answer).code, 5) << answer;
    EXPECT_EQ(ReadAll(pack), broken) << answer;
  }
  const Outcome updated = Run({"rules", "test", "money/", "--rules", rules, "--update"}, "y\n");
  EXPECT_EQ(updated.code, 0) << updated.err;
  EXPECT_TRUE(Has(updated.err, "- money(at_least 7 CNY)\n+ money(")) << updated.err;
  EXPECT_TRUE(Has(updated.out, "1 expectations rewritten")) << updated.out;
  EXPECT_EQ(Run({"rules", "test", "--rules", rules}).code, 0);
  const Outcome unknown = Run({"rules", "test", "money/none"});
  EXPECT_EQ(unknown.code, 5);
  EXPECT_TRUE(Has(unknown.err, "no rule 'money/none'")) << unknown.err;
}

}  // namespace
}  // namespace kaoju
