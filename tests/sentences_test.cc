// Sentences: where text is split, and that nothing is lost or cut.
#include "extract/sentences.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {
namespace {

struct Row {
  const char* name;
  const char* text;
  const char* expected;  // the sentences, apart by |
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.text; }

class SentencesTest : public testing::TestWithParam<Row> {};

TEST_P(SentencesTest, Split) {
  const std::string_view text = GetParam().text;
  std::string found;
  for (Span s : SplitSentences(text)) {
    found += (found.empty() ? "" : "|") + std::string(Slice(text, s));
  }
  EXPECT_EQ(found, GetParam().expected);
}

constexpr Row kRows[] = {
    {"Empty", "", ""},
    {"OnlySpace", " \n\t \n", ""},
    {"One", "公司表示增长", "公司表示增长"},
    {"Stops", "甲。乙！丙？丁", "甲。|乙！|丙？|丁"},
    {"StopsTogether", "甲！？乙", "甲！？|乙"},
    {"HalfWidth", "甲!乙?丙", "甲!|乙?|丙"},
    {"ADecimalPointIsNone", "增长3.5%,降2.1%", "增长3.5%,降2.1%"},
    {"SemicolonIsNone", "甲；乙，丙", "甲；乙，丙"},
    {"Lines", "甲\n乙\n\n丙", "甲|乙|丙"},
    {"SpaceAround", "  甲。 乙\t\n", "甲。|乙"},
    {"QuoteHoldsTogether", "他说：“甲。乙。”丙", "他说：“甲。乙。”|丙"},
    {"QuoteInsideASentence", "他说“甲”后走了。乙", "他说“甲”后走了。|乙"},
    {"CornerQuote", "他說：「甲。乙！」丙", "他說：「甲。乙！」|丙"},
    {"StopBehindTheQuote", "他说“甲。乙”。丙", "他说“甲。乙”。|丙"},
    {"BracketGoesWithIt", "（甲。）乙", "（甲。）|乙"},
    {"OpenQuoteHoldsNothing", "“甲。乙", "“甲。|乙"},
    {"QuoteOverLines", "“甲。\n乙”", "“甲。|乙”"},
    {"CloseWithoutOpen", "甲”乙。丙", "甲”乙。|丙"},
};

INSTANTIATE_TEST_SUITE_P(Rows, SentencesTest, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(LastQuotation, IsWhatEndsTheText) {
  const auto inside = [](std::string_view text) { return Slice(text, LastQuotation(text)); };
  EXPECT_EQ(inside("他写道：“甲。乙。”"), "甲。乙。");
  EXPECT_EQ(inside("“甲”和「乙！」"), "乙！");
  EXPECT_EQ(inside("『甲』"), "甲");
  EXPECT_EQ(inside("“甲”。"), "");
  EXPECT_EQ(inside("甲。”"), "");
  EXPECT_EQ(inside("“”"), "");
  EXPECT_EQ(inside(""), "");
}

// In order, apart, on code points, not too long, and only white space between them.
void ExpectWhole(const std::string& text) {
  uint32_t last = 0;
  std::string between;
  for (Span s : SplitSentences(text)) {
    ASSERT_LE(last, s.begin);
    ASSERT_LT(s.begin, s.end);
    ASSERT_LE(s.end, text.size());
    ASSERT_LE(s.size(), kMaxSentence);
    ASSERT_TRUE(OnCodePoint(text, s.begin) && OnCodePoint(text, s.end));
    between += text.substr(last, s.begin - last);
    last = s.end;
  }
  between += text.substr(last);
  ASSERT_EQ(between.find_first_not_of(" \t\n"), std::string::npos) << "lost: " << between;
}

TEST(SentencesHostileTest, NothingIsLost) {
  static constexpr std::string_view kPieces[] = {"。", "！", "?",  "“",  "”", "「", "」",
                                                 "『", "』", "\"", "\n", " ", "\t", "，",
                                                 "中", "国", "a",  "𠮷", "é", "）"};
  std::mt19937 random(3);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (size_t n = random() % 60; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    ASSERT_NO_FATAL_FAILURE(ExpectWhole(text)) << text;
  }
}

TEST(SentencesHostileTest, LongTextsAreCut) {
  for (const char* piece : {"中", "中国，", "𠮷", "a", "é", "，", "“", "“中", "”", "中。", "“中。",
                            "「「", " ", " 中"}) {
    std::string text = "共";
    while (text.size() < 5 * kMaxSentence) text += piece;
    ASSERT_NO_FATAL_FAILURE(ExpectWhole(text)) << piece;
    ASSERT_NO_FATAL_FAILURE(ExpectWhole(text + "”」。\n尾")) << piece;
  }
}

TEST(SentencesHostileTest, ALongQuotationIsSplit) {
  std::string text = "“";
  for (int i = 0; i < 3000; ++i) text += "中国。";
  ASSERT_NO_FATAL_FAILURE(ExpectWhole(text + "”"));
  EXPECT_GT(SplitSentences(text + "”").size(), 1000U);
}

}  // namespace
}  // namespace kaoju
