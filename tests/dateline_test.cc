// Datelines: what the first and the last line of a report say of its origin.
#include "ingest/dateline.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ingest/page_tables.h"
#include "rules/error.h"

namespace kaoju {
namespace {

const std::string kRules = std::string(KAOJU_SOURCE_DIR) + "/rules";

const Datelines& TheDatelines() {
  static const PageTables tables(kRules);
  static const Datelines datelines(kRules, tables);
  return datelines;
}

std::string Join(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ",") + text;
  return out;
}

// agency|place|day|reporters|chain, of a report that was published then; "": it has no origin.
std::string OriginOf(const std::string& text, const std::string& published = "2024-05-06") {
  Article article;
  article.text = text;
  article.Publish(published);
  TheDatelines().Find(article);
  const Origin& o = article.origin;
  if (o.empty()) return "";
  return o.agency + "|" + o.place + "|" + o.day + "|" + Join(o.reporters) + "|" + Join(o.chain);
}

struct DatelineCase {
  const char* name;
  std::string text;
  std::string origin;
};
void PrintTo(const DatelineCase& c, std::ostream* out) { *out << c.name; }

class DatelineTest : public testing::TestWithParam<DatelineCase> {};

TEST_P(DatelineTest, IsRead) { EXPECT_EQ(OriginOf(GetParam().text), GetParam().origin); }

INSTANTIATE_TEST_SUITE_P(
    Table, DatelineTest,
    testing::Values(
        DatelineCase{"Wire", "新华社北京5月6日电（记者甲乙、丙丁）港口开通。",
                     "新华社|北京|2024-05-06|甲乙,丙丁|"},
        DatelineCase{"WireWithoutReporters", "新华社北京5月6日电 港口开通。",
                     "新华社|北京|2024-05-06||"},
        DatelineCase{"Indented", "\u3000\u3000中新社上海5月5日电 港口开通。",
                     "中新社|上海|2024-05-05||"},
        DatelineCase{"InBrackets", "【法新社巴黎六日電】港口啟用。", "法新社|巴黎|2024-05-06||"},
        DatelineCase{"WrittenOut", "〔中央社東京四月二十六日專電〕港口啟用。",
                     "中央社|東京|2024-04-26||"},
        DatelineCase{"DigitsInBrackets", "【法新社巴黎6日電】港口啟用。",
                     "法新社|巴黎|2024-05-06||"},
        DatelineCase{"Foreign", "路透社伦敦5月4日电 港口开通。", "路透社|伦敦|2024-05-04||"},
        DatelineCase{"Taiwan", "（中央社記者甲乙丙台北6日電）港口啟用。",
                     "中央社|台北|2024-05-06|甲乙丙|"},
        DatelineCase{"TaiwanPaper", "記者甲乙丙／台北報導 港口啟用。", "|台北||甲乙丙|"},
        DatelineCase{"OwnPaper", "本报讯（记者 甲乙）港口开通。", "|||甲乙|"},
        DatelineCase{"NamedPaper", "虚构日报讯（记者 甲乙 通讯员 丙丁）港口开通。",
                     "虚构日报|||甲乙,丙丁|"},
        DatelineCase{"Drawn", "据新华社、路透社北京5月6日电，港口开通。",
                     "|北京|2024-05-06||新华社,路透社"},
        DatelineCase{"LastLine", "港口开通。\n（综合新华社、路透社报道）", "||||新华社,路透社"},
        DatelineCase{"LastMonthsDay", "新华社北京29日电 港口开通。", "新华社|北京|2024-04-29||"},
        DatelineCase{"NoSuchDay", "新华社北京5月32日电 港口开通。", "新华社|北京|||"},
        DatelineCase{"Nothing", "港口今天开通。", ""},
        DatelineCase{"VerbOfASentence", "新华社报道，港口开通。", ""},
        DatelineCase{"HeadOfABroadcaster", "香港电台台长辞职。", ""},
        DatelineCase{"ReportersInASentence", "记者在现场看到，港口已经开通。", ""},
        DatelineCase{"PowerIsNoWire", "北京5月6日电力供应紧张。", ""},
        DatelineCase{"NotTheFirstLine", "港口开通。\n新华社北京5月6日电 又一座。", ""}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(DatelineDayTest, IsTheNearestToThePublication) {
  EXPECT_EQ(OriginOf("新华社北京12月31日电 港口开通。", "2024-01-01"), "新华社|北京|2023-12-31||");
  EXPECT_EQ(OriginOf("新华社北京1月1日电 港口开通。", "2023-12-31"), "新华社|北京|2024-01-01||");
  EXPECT_EQ(OriginOf("新华社北京31日电 港口开通。", "2024-01-01"), "新华社|北京|2023-12-31||");
  EXPECT_EQ(OriginOf("新华社北京2月29日电 港口开通。", "2023-03-01"), "新华社|北京|2024-02-29||");
  EXPECT_EQ(OriginOf("新华社北京2021年5月6日电 港口开通。"), "新华社|北京|2021-05-06||");
}

TEST(DatelineDayTest, IsPartialWhereNothingSaysTheRest) {
  EXPECT_EQ(OriginOf("新华社北京5月6日电 港口开通。", ""), "新华社|北京|XXXX-05-06||");
  EXPECT_EQ(OriginOf("新华社北京6日电 港口开通。", ""), "新华社|北京|XXXX-XX-06||");
  EXPECT_EQ(OriginOf("新华社北京2024年5月6日电 港口开通。", ""), "新华社|北京|2024-05-06||");
}

TEST(DatelineSpanTest, IsThatOfTheDatelineInBytes) {
  Article article;
  article.text = "\n\u3000新华社北京5月6日电 港口开通。";
  TheDatelines().Find(article);
  EXPECT_EQ(article.text.substr(article.origin.span.begin, article.origin.span.size()),
            "新华社北京5月6日电 ");
}

// A line that is longer than what is looked at, cut inside a character, and lines of blanks.
TEST(DatelineTest, LongAndEmptyTexts) {
  for (size_t before = 0; before < 6; ++before) {
    std::string text(before, ' ');
    for (int i = 0; i < 200; ++i) text += "长";
    EXPECT_EQ(OriginOf(text), "");
  }
  for (const char* blank : {"", " ", "\n\n", "\u3000", "\u3000\n \n"})
    EXPECT_EQ(OriginOf(blank), "");
}

}  // namespace
}  // namespace kaoju
