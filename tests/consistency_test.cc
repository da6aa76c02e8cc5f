// Consistency checks: what an article says in several places, and whether it fits.
#include "extract/consistency.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/extract_fixture.h"

namespace kaoju {
namespace {

// "day yes", "change no 10", … of all checks, separated by semicolons.
std::string Checks(const std::string& text, const std::string& published = "2024-06-15") {
  const testing_extract::Read read = testing_extract::ReadText(text, published);
  std::string out;
  for (const Relation& r : read.found.relations) {
    if (!r.name.starts_with("check:")) continue;
    out += (out.empty() ? "" : "; ") + std::string(r.name.substr(6));
    for (const Role& role : r.roles) {
      if (role.name == "holds" || role.name == "expected") out += ' ' + std::string(role.value);
    }
  }
  return out;
}

struct Case {
  const char* name;
  std::string text;
  std::string checks;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class ConsistencyTest : public testing::TestWithParam<Case> {};

TEST_P(ConsistencyTest, Judges) { EXPECT_EQ(Checks(GetParam().text), GetParam().checks); }

INSTANTIATE_TEST_SUITE_P(
    Table, ConsistencyTest,
    testing::Values(Case{"Weekday", "会议于2024年5月6日（星期一）举行。", "day yes"},
                    Case{"WrongWeekday", "会议于2024年5月6日（周三）举行。", "day no 1"},
                    Case{"Traditional", "會議於2024年5月6日（星期三）舉行。", "day no 1"},
                    Case{"Percent", "股价从80元涨到90元，上涨12.5%。", "change yes"},
                    Case{"PercentRounded", "股价从80元涨到90元，上涨13%。", "change yes"},
                    Case{"PercentWrong", "股价从80元涨到90元，上涨15%。", "change no 12.5"},
                    Case{"Fall", "收入由100亿元降至80亿元，下降20%。", "change yes"},
                    Case{"WrongWay", "收入由80亿元降至100亿元，下降20%。", "change no -25"},
                    Case{"Absolute", "收入由100亿元增至120亿元，增加25亿元。",
                         "change no 2000000000"},
                    Case{"FromZero", "产量由0吨增至120吨，增长20%。", ""},
                    Case{"OtherUnit", "价格从80元涨到90元，上涨3天。", ""},
                    Case{"Conversion", "交易额为10亿美元（约合人民币72亿元）。", "conversion yes"},
                    Case{"ConversionByTen", "交易额为10亿美元（约合人民币720亿元）。",
                         "conversion no 6000000000/8500000000"},
                    Case{"ConversionUnknown", "交易额为10亿披索（约合人民币72亿元）。", ""},
                    Case{"Shares", "三类产品分别占50%、30%和20%。", "shares yes"},
                    Case{"SharesOver", "三类产品分别占60%、30%、20%。", "shares no 100"},
                    Case{"SharesOfManyWholes", "三类产品分别占60%、80%、70%。", ""},
                    Case{"SharesOfTwo", "两类产品分别占60%和50%。", ""},
                    Case{"Part", "事故造成60人受伤，其中30人重伤。", "part yes"},
                    Case{"PartOver", "事故造成60人受伤，其中70人重伤。", "part no 60"},
                    Case{"PartOfMore", "事故造成60多人受伤，其中70人重伤。", ""},
                    Case{"PartOfOther", "事故造成60人受伤，其中3辆车起火。", ""},
                    Case{"None", "没有数字。", ""}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(ConsistencyTest, ADayWithoutAYearIsNotJudged) {
  EXPECT_EQ(Checks("会议于5月6日（星期三）举行。", ""), "");
  EXPECT_EQ(Checks("会议于5月6日（星期三）举行。"), "day no 1");
}

}  // namespace
}  // namespace kaoju
