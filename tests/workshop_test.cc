// The workshop: samples and their rates, why-not, and that explain says what extract says.
#include <gtest/gtest.h>

#include "cli/explanation.h"
#include "cli/reservoir.h"
#include "cli/rows.h"
#include "extract/why_not.h"
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

std::vector<int> SampleOf(int items, size_t size, uint64_t seed) {
  Reservoir<int> reservoir(size, seed);
  for (int i = 0; i < items; ++i) reservoir.Offer([i] { return i; });
  return reservoir.Take();
}

TEST(ReservoirTest, TakesAllOfAShortStream) {
  EXPECT_EQ(SampleOf(3, 5, 1), (std::vector<int>{0, 1, 2}));
}

TEST(ReservoirTest, TheSeedDecides) {
  EXPECT_EQ(SampleOf(1000, 20, 7), SampleOf(1000, 20, 7));
  EXPECT_NE(SampleOf(1000, 20, 7), SampleOf(1000, 20, 8));
}

TEST(ReservoirTest, EachItemHasTheSameChance) {
  std::vector<int> taken(10, 0);
  for (uint64_t seed = 0; seed < 10000; ++seed) {
    for (int i : SampleOf(10, 3, seed)) ++taken[static_cast<size_t>(i)];
  }
  for (int n : taken) EXPECT_NEAR(n, 3000, 250);  // more than five standard deviations
}

// Values of Wilson's formula with z = 1.96, to three digits.
TEST(WilsonTest, KnownIntervals) {
  struct Row {
    size_t good, all;
    double low, high;
  };
  for (const Row& r : {Row{8, 10, 0.490, 0.943}, Row{50, 50, 0.929, 1.0}, Row{0, 10, 0.0, 0.278},
                       Row{291, 300, 0.944, 0.984}}) {
    const auto [low, high] = WilsonInterval(r.good, r.all);
    EXPECT_NEAR(low, r.low, 0.0006) << r.good << "/" << r.all;
    EXPECT_NEAR(high, r.high, 0.0006) << r.good << "/" << r.all;
  }
}

// The likeliest cause begins so.
TEST(WhyNotTest, Causes) {
  struct Row {
    const char* text;
    const char* span;
    const char* kind;
    const char* cause;
  };
  Extractor extractor(Rules(), {.trace = true});
  for (const Row& r :
       {Row{"局长林家诚介绍", "林家诚", "person", "it is found, person("},
        Row{"局长林家诚介绍", "林家诚", "org", "taken for something else: person("},
        Row{"局长林家诚介绍", "家诚", "person", "found with other bounds: person("},
        Row{"全球经济放缓", "全球", "place", "a word that no such rule reads: '全球'"},
        Row{"涌翠阁的夜市", "涌翠阁", "place", "no word and no rule: '涌翠阁'"},
        Row{"林家诚说好，情况良好", "说", "claim", "a longer word hides it: '说好' is {NOT_CUE}"},
        Row{"木星强调石头", "强调", "claim", "nearest rule claim/"},
        Row{"拉长至全年行情看", "全年", "time",
            "a word that no such rule reads: '全年' NOT_NAME"}}) {
    const Article a = MakeArticle(r.text);
    const size_t at = a.text.find(r.span);
    const Span span{static_cast<uint32_t>(at),
                    static_cast<uint32_t>(at + std::string_view(r.span).size())};
    const WhyNot w = ExplainMiss(a, extractor.Extract(a), Rules(), span, r.kind);
    EXPECT_TRUE(w.cause.starts_with(r.cause)) << r.text << " " << r.span << ": " << w.cause;
  }
}

// The rows at the end of an explanation are those of extract, which traces nothing.
TEST(ExplanationTest, SaysWhatExtractSays) {
  Extractor plain(Rules());
  Extractor traced(Rules(), {.trace = true});
  for (const NamedText& t : CorpusTexts()) {
    const Article a = MakeArticle(t.text);
    std::string rows;
    AppendRows(a, plain.Extract(a), false, rows);
    const std::string all =
        Explain(a, traced.Extract(a), Rules(), {.json = true, .only = {}, .grep = {}, .raw = {}});
    EXPECT_TRUE(all.ends_with(rows)) << t.name;
    EXPECT_TRUE(Has(all, R"({"kind":"candidate")")) << t.name;
  }
}

class WorkshopTest : public CliTest {};

TEST_F(WorkshopTest, SamplesOfFilesAndStoresAreTheSame) {
  const std::string file = File("three.jsonl", ThreeArticles());
  const Outcome one =
      Run({"rules", "sample", "money", "--corpus", file, "-n", "2", "--seed", "3", "-j", "1"});
  const Outcome two =
      Run({"rules", "sample", "money", "--corpus", file, "-n", "2", "--seed", "3", "-j", "2"});
  ASSERT_EQ(Run({"run", file, "--db", Path("f.db")}).code, 0);
  const Outcome stored =
      Run({"rules", "sample", "money", "--db", Path("f.db"), "-n", "2", "--seed", "3"});
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_EQ(Lines(one.out).size(), 2U) << one.out;
  EXPECT_EQ(two.out, one.out);
  EXPECT_EQ(stored.code, 0) << stored.err;
  EXPECT_EQ(stored.out, one.out);
}

TEST_F(WorkshopTest, JudgedSamplesHaveAPrecision) {
  const std::string file = File("three.jsonl", ThreeArticles());
  const Outcome judged = Run(
      {"rules", "sample", "money", "--corpus", file, "--judge", Path("j.tsv")}, "y\nmaybe\nn\n");
  EXPECT_EQ(judged.code, 0) << judged.err;
  const std::vector<std::string> lines = Lines(ReadAll(Path("j.tsv")));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].starts_with("y\tmoney/amount\tcompany\t")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("n\tmoney/amount\tcompany\t")) << lines[1];
  const Outcome rate = Run({"rules", "precision", Path("j.tsv")});
  EXPECT_EQ(rate.code, 0) << rate.err;
  EXPECT_TRUE(Has(rate.out, "50.0 % (9.5-90.5)")) << rate.out;
  const Outcome broken = Run({"rules", "precision", File("bad.tsv", "y\ta/b\nperhaps\n")});
  EXPECT_EQ(broken.code, 4);
  EXPECT_TRUE(Has(broken.err, "bad.tsv:2: y, n or e")) << broken.err;
}

// What is not UTF-8 is read, and the row says how: the offsets are of the text that it carries.
TEST_F(WorkshopTest, RowsSayWhatTheyWereDecodedFrom) {
  const Outcome gbk =
      Run({"extract", File("a.txt", "\xD6\xD0\xB9\xFA\xBE\xAD\xBC\xC3\xD4\xF6\xB3\xA4\xA1\xA3")});
  EXPECT_TRUE(Has(gbk.out, R"("encoding":"gb18030","text":"中国经济增长。")")) << gbk.out;
  EXPECT_TRUE(Has(gbk.out, R"("encoding_detected":"gb18030")")) << gbk.out;
  EXPECT_TRUE(Has(gbk.out, R"("region_evidence":[{"by":"script","cue":"Hans")")) << gbk.out;
  const Outcome damaged = Run({"extract", File("b.txt", "中国经济\xFF增长5%，出口增长。")});
  EXPECT_TRUE(Has(damaged.out, R"("undecoded":1,"text":"中国经济)")) << damaged.out;
  const Outcome clean = Run({"extract", File("c.txt", "中国经济增长。")});
  EXPECT_FALSE(Has(clean.out, "encoding")) << clean.out;
}

}  // namespace
}  // namespace kaoju
