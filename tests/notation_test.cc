// The one notation: what is written reads back, and matches itself.
#include "extract/notation.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_rules::CorpusTexts;
using testing_rules::MakeArticle;
using testing_rules::NamedText;
using testing_rules::Rules;
using testing_rules::TextMaker;

// "kind[part][part]", or "none".
std::string Parsed(std::string_view notation) {
  Expected e;
  if (!ParseExpected(notation, e)) return "none";
  for (const std::string& part : e.parts) e.kind += "[" + part + "]";
  return e.kind;
}

struct ParseRow {
  const char* name;
  const char* notation;
  const char* expected;
};

void PrintTo(const ParseRow& row, std::ostream* out) { *out << row.notation; }

class ParseExpectedTest : public testing::TestWithParam<ParseRow> {};
TEST_P(ParseExpectedTest, Parts) { EXPECT_EQ(Parsed(GetParam().notation), GetParam().expected); }

constexpr ParseRow kParseRows[] = {
    {"NoParts", "money()", "money"},
    {"Parts", "money(10亿元, at_least 1000000000 CNY)", "money[10亿元][at_least 1000000000 CNY]"},
    {"Blanks", "money(  a ,b  ,  c d )", "money[a][b][c d]"},
    {"EmptyParts", "money(a,,b,)", "money[a][b]"},
    {"EscapedComma", "money(1\\,200元, 1200 CNY)", "money[1\\,200元][1200 CNY]"},
    {"EscapedBackslash", "x(a\\\\, b)", "x[a\\\\][b]"},
    {"Brackets", "x(f(a), b)", "x[f(a)][b]"},
    {"Empty", "", "none"},
    {"NoBracket", "money", "none"},
    {"Open", "money(a", "none"},
    {"OnlyOpen", "money(", "none"},
    {"BehindTheEnd", "money(a) x", "none"},
};
INSTANTIATE_TEST_SUITE_P(Rows, ParseExpectedTest, testing::ValuesIn(kParseRows),
                         [](const auto& row) { return std::string(row.param.name); });

struct MatchRow {
  const char* name;
  const char* expected;
  bool matches;
};

void PrintTo(const MatchRow& row, std::ostream* out) { *out << row.expected; }

class MatchesTest : public testing::TestWithParam<MatchRow> {};

// Against claim(cue=表示, direct, content=如果技术不行\,就停).
TEST_P(MatchesTest, Fact) {
  const Written fact{"claim", {"cue=表示", "direct", "content=如果技术不行\\,就停"}, {}, "r"};
  Expected e;
  ASSERT_TRUE(ParseExpected(GetParam().expected, e));
  EXPECT_EQ(Matches(e, fact), GetParam().matches);
}

constexpr MatchRow kMatchRows[] = {
    {"Whole", "claim(cue=表示, direct, content=如果技术不行\\,就停)", true},
    {"Nothing", "claim()", true},
    {"OtherOrder", "claim(direct, cue=表示)", true},
    {"OtherKind", "money(direct)", false},
    {"OtherValue", "claim(cue=称)", false},
    {"OnePartMissing", "claim(cue=表示, negated)", false},
    {"APrefixIsNotEnough", "claim(content=如果)", false},
    {"AnOpenPrefixIs", "claim(content=如果…)", true},
    {"AnOtherOpenPrefix", "claim(content=如何…)", false},
    {"OpenBeyondTheEnd", "claim(direct…)", true},
    {"OpenLongerThanThePart", "claim(directly…)", false},
    {"UnescapedComma", "claim(content=如果技术不行,就停)", false},
    {"OnlyAnEllipsisIsAPart", "claim(…)", false},
};
INSTANTIATE_TEST_SUITE_P(Rows, MatchesTest, testing::ValuesIn(kMatchRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(WriteTest, Figure) {
  const std::string text = "共1,200元";
  Figure f;
  f.span = {3, 11};
  f.kind = "money";
  f.low = f.high = Decimal::FromInt(1200);
  f.unit = "CNY";
  f.qualifier = "exact";
  f.modality = "fact";
  EXPECT_EQ(Write(f, text).ToString(), "money(1\\,200元, 1200 CNY)");
  f.high = Decimal::FromInt(1500);
  f.qualifier = "range";
  f.metric = "收入";
  f.modality = "forecast";
  EXPECT_EQ(Write(f, text).ToString(),
            "money(1\\,200元, 1200..1500 CNY, metric=收入, modality=forecast)");
  f.qualifier = "approx";
  f.comparison = Comparison{"yoy", "up", ""};
  EXPECT_EQ(Write(f, text).ToString(),
            "money(1\\,200元, approx 1200..1500 CNY, metric=收入, comparison=yoy, direction=up, "
            "modality=forecast)");
}

TEST(WriteTest, MentionWithCommaAndBackslash) {
  const Mention m{{0, 3}, "org", "a,b\\c", "r"};
  EXPECT_EQ(Write(m, "a,b").ToString(), "org(a\\,b, canonical=a\\,b\\\\c)");
}

TEST(WriteTest, ClaimOverLines) {
  Claim c;
  c.content = {0, 7};
  c.cue_kind = "said";
  c.direct_quote = true;
  c.modality = "fact";
  EXPECT_EQ(Write(c, "一\n二").ToString(), "claim(said, direct, content=一 二)");
}

// A part's outer blanks are the only thing that reading drops.
std::string Trimmed(const std::string& part) {
  const size_t a = part.find_first_not_of(' ');
  return a == std::string::npos ? "" : part.substr(a, part.find_last_not_of(' ') - a + 1);
}

void ExpectRoundTrip(const std::string& text) {
  static Extractor extractor(Rules());
  const Article article = MakeArticle(text);
  for (const Written& w : WriteAll(extractor.Extract(article), article.text)) {
    Expected e;
    ASSERT_TRUE(ParseExpected(w.ToString(), e)) << w.ToString();
    std::vector<std::string> parts;
    for (const std::string& p : w.parts) {
      if (!Trimmed(p).empty()) parts.push_back(Trimmed(p));
    }
    ASSERT_EQ(e.kind, w.kind);
    ASSERT_EQ(e.parts, parts) << w.ToString();
    ASSERT_TRUE(parts != w.parts || Matches(e, w)) << w.ToString();
  }
}

TEST(NotationRoundTripTest, Corpus) {
  for (const NamedText& t : CorpusTexts())
    ASSERT_NO_FATAL_FAILURE(ExpectRoundTrip(t.text)) << t.name;
}

TEST(NotationRoundTripTest, GeneratedTexts) {
  TextMaker maker(9);
  for (int i = 0; i < 2000; ++i) {
    std::string text = maker.Make(1 + maker.Below(10));
    if (i % 3 == 0) text += ",\\" + maker.Make(3);
    ASSERT_NO_FATAL_FAILURE(ExpectRoundTrip(text)) << text;
  }
}

}  // namespace
}  // namespace kaoju
