// Times: the calendar against std::chrono, and what expressions mean on a given day.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include "extract/feast.h"
#include "extract/time_resolve.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_rules::MakeArticle;
using testing_rules::Rules;

constexpr int64_t kFirstDay = -30000;  // 1887-11-12
constexpr int64_t kDays = 100000;

std::chrono::year_month_day ChronoDay(int64_t number) {
  return std::chrono::sys_days(std::chrono::days(number));
}

TEST(CalendarTest, DaysAgreeWithChrono) {
  for (int64_t n = kFirstDay; n < kFirstDay + kDays; ++n) {
    const auto c = ChronoDay(n);
    const CivilDate expected{static_cast<int>(c.year()), static_cast<int>(unsigned{c.month()}),
                             static_cast<int>(unsigned{c.day()})};
    ASSERT_EQ(DateOfDay(n), expected) << n;
    ASSERT_EQ(DayNumber(expected), n);
  }
}

TEST(CalendarTest, WeekdaysAgreeWithChrono) {
  for (int64_t n = kFirstDay; n < kFirstDay + kDays; ++n) {
    const std::chrono::weekday day{std::chrono::sys_days(std::chrono::days(n))};
    ASSERT_EQ(Weekday(DateOfDay(n)), static_cast<int>(day.iso_encoding())) << n;
  }
}

TEST(CalendarTest, WeeksAgreeWithChrono) {
  using std::chrono::days;
  using std::chrono::sys_days;
  for (int64_t n = kFirstDay; n < kFirstDay + kDays; ++n) {
    const sys_days day{days(n)};
    const auto ahead = 4 - static_cast<int>(std::chrono::weekday(day).iso_encoding());
    const sys_days thursday = day + days(ahead);
    const auto year = std::chrono::year_month_day(thursday).year();
    const auto week = (thursday - sys_days(year / std::chrono::January / 1)).count() / 7 + 1;
    char expected[24];
    std::snprintf(expected, sizeof expected, "%04d-W%02d", static_cast<int>(year),
                  static_cast<int>(week));
    ASSERT_EQ(IsoWeek(DateOfDay(n)), expected) << n;
  }
}

TEST(CalendarTest, MonthsAgreeWithChrono) {
  for (int year = 1583; year < 2400; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const std::chrono::year_month_day_last last{
          std::chrono::year(year),
          std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month)))};
      ASSERT_EQ(DaysInMonth(year, month), static_cast<int>(unsigned{last.day()})) << year << month;
    }
  }
}

// The examples of ISO 8601's week rule: the week of the year's first Thursday is week 1.
TEST(CalendarTest, WeeksAtTheEndOfTheYear) {
  EXPECT_EQ(IsoWeek({2020, 12, 31}), "2020-W53");
  EXPECT_EQ(IsoWeek({2021, 1, 3}), "2020-W53");
  EXPECT_EQ(IsoWeek({2021, 1, 4}), "2021-W01");
  EXPECT_EQ(IsoWeek({2024, 12, 29}), "2024-W52");
  EXPECT_EQ(IsoWeek({2024, 12, 30}), "2025-W01");
  EXPECT_EQ(IsoWeek({2016, 1, 3}), "2015-W53");
}

struct FeastRow {
  const char* feast;
  int year;
  CivilDate day;
};

// From printed calendars.
constexpr FeastRow kFeasts[] = {
    {"--12-25", 2024, {2024, 12, 25}},    {"zh-01-01", 2000, {2000, 2, 5}},
    {"zh-01-01", 2023, {2023, 1, 22}},    {"zh-01-01", 2024, {2024, 2, 10}},
    {"zh-01-01", 2025, {2025, 1, 29}},    {"zh-01-01", 2033, {2033, 1, 31}},
    {"zh-01-01-1", 2024, {2024, 2, 9}},   {"zh-05-05", 2024, {2024, 6, 10}},
    {"zh-08-15", 2020, {2020, 10, 1}},    {"zh-08-15", 2024, {2024, 9, 17}},
    {"zh-09-09", 2024, {2024, 10, 11}},   {"zh-12-08", 2024, {2024, 1, 18}},
    {"nth-05-2-7", 2024, {2024, 5, 12}},  {"nth-11-4-4", 2024, {2024, 11, 28}},
    {"nth-08--1-1", 2024, {2024, 8, 26}}, {"easter+0", 2024, {2024, 3, 31}},
    {"easter+0", 2025, {2025, 4, 20}},    {"easter-2", 2024, {2024, 3, 29}},
    {"oeaster+0", 2024, {2024, 5, 5}},    {"oeaster+0", 2025, {2025, 4, 20}},
    {"is-10-01", 2013, {2013, 8, 8}},     {"is-10-01", 2024, {2024, 4, 10}},
    {"is-12-10", 2024, {2024, 6, 16}},    {"he-01-10", 2013, {2013, 9, 14}},
    {"sun-15", 2024, {2024, 4, 4}},       {"sun-15", 2023, {2023, 4, 5}},
    {"sun-270", 2021, {2021, 12, 21}},    {"sun-270", 2024, {2024, 12, 21}},
    {"sun-270", 2023, {2023, 12, 22}},    {"sun-315", 2025, {2025, 2, 3}},
    {"sun-315", 2024, {2024, 2, 4}},      {"sun-90", 2024, {2024, 6, 21}},
    {"sun-285", 2021, {2021, 1, 5}},      {"sun-0", 2024, {2024, 3, 20}}};

TEST(FeastTest, AgreesWithCalendars) {
  for (const FeastRow& row : kFeasts) {
    EXPECT_EQ(FeastDay(row.feast, row.year), row.day) << row.feast << " " << row.year;
  }
}

TEST(FeastTest, TheMemorySaysTheSame) {
  FeastMemory memory;
  for (int round = 0; round < 2; ++round) {
    for (const FeastRow& row : kFeasts) {
      const auto days = memory.Days(row.feast, row.year);
      EXPECT_EQ(days ? std::optional(days->first) : std::nullopt, row.day) << row.feast;
      EXPECT_TRUE(!days || days->first == days->last) << row.feast;
    }
    for (int month = 0; month <= 13; ++month) {
      const auto wanted = ChineseMonth(2023, month, true);
      const auto found = memory.Month(2023, month, true);
      ASSERT_EQ(found.has_value(), wanted.has_value()) << month;
      if (found) {
        EXPECT_EQ(found->first, wanted->first) << month;
      }
    }
  }
  EXPECT_FALSE(memory.Days("zh-01-01", 100000).has_value());
  for (const char* feast : {"zh-01-01~", "zh-01-01~+", "zh-01-01~+x", "~+7", "zh-01-01~he-99-01"})
    EXPECT_FALSE(memory.Days(feast, 2023).has_value()) << feast;
}

TEST(FeastTest, EveryFeastOfTheLexiconFallsInEveryYearOrNearly) {
  const auto type = Rules().symbols().Find("FEAST");
  ASSERT_TRUE(type.has_value());
  for (const LexiconEntry* e : Rules().lexicon().OfType(*type)) {
    int years = 0;
    const std::string_view first = std::string_view(e->canonical).substr(0, e->canonical.find('~'));
    for (int year = 2001; year <= 2030; ++year) {
      const auto day = FeastDay(first, year);
      years += day && day->year == year ? 1 : 0;
    }
    EXPECT_GE(years, 28) << e->surface << " " << e->canonical;
  }
}

TEST(FeastTest, NonsenseIsNoDay) {
  for (const char* feast :
       {"", "-", "--", "--13-01", "--02-30", "zh", "zh-0-0", "zh-14-01", "xx-1-1", "easter",
        "easter+x", "nth-5", "nth-05-6-1", "sun-400", "sun-"}) {
    const auto day = FeastDay(feast, 2023);
    EXPECT_TRUE(!day || std::string(feast) == "easter") << feast;
  }
  EXPECT_FALSE(FeastDay("zh-01-01", 100000).has_value());
}

struct Row {
  const char* name;
  CivilDate day;
  const char* text;
  const char* expected;  // all times, in the notation of facts
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.text; }

std::string Times(const std::string& text, std::optional<CivilDate> day) {
  static Extractor extractor(Rules());
  const Article article = MakeArticle(text, day);
  std::string out;
  for (const TimeExpr& t : extractor.Extract(article).times) {
    out += (out.empty() ? "" : "; ") + Write(t, article.text).ToString();
  }
  return out;
}

class TimeTest : public testing::TestWithParam<Row> {};

TEST_P(TimeTest, Resolves) {
  EXPECT_EQ(Times(GetParam().text, GetParam().day), GetParam().expected);
}

constexpr CivilDate kJune{2024, 6, 15};  // a Saturday
constexpr CivilDate kNewYear{2024, 1, 1};
constexpr CivilDate kLastDay{2024, 12, 31};
constexpr CivilDate kLeapDay{2024, 2, 29};

constexpr Row kRows[] = {
    {"Today", kJune, "今天举行", "time(今天, DATE, 2024-06-15)"},
    {"ThreeDaysAgo", kJune, "大前天举行", "time(大前天, DATE, 2024-06-12)"},
    {"BeforeMarchOfLeapYear", {2024, 3, 1}, "昨天举行", "time(昨天, DATE, 2024-02-29)"},
    {"BeforeMarch", {2023, 3, 1}, "昨天举行", "time(昨天, DATE, 2023-02-28)"},
    {"BeforeNewYear", kNewYear, "昨天举行", "time(昨天, DATE, 2023-12-31)"},
    {"AfterNewYearsEve", kLastDay, "明天举行", "time(明天, DATE, 2025-01-01)"},
    {"LastMonthInJanuary", kNewYear, "上月举行", "time(上月, DATE, 2023-12)"},
    {"NextMonthInDecember", kLastDay, "下月举行", "time(下月, DATE, 2025-01)"},
    {"LastYear", kNewYear, "去年举行", "time(去年, DATE, 2023)"},
    {"NextYearOnLeapDay", kLeapDay, "明年举行", "time(明年, DATE, 2025)"},
    {"ThisWeek", kJune, "本周举行", "time(本周, DATE, 2024-W24)"},
    {"WeekOfNextYear", {2024, 12, 30}, "本周举行", "time(本周, DATE, 2025-W01)"},
    {"WeekOfLastYear", {2021, 1, 3}, "本周举行", "time(本周, DATE, 2020-W53)"},
    {"WeekBefore", {2021, 1, 4}, "上周举行", "time(上周, DATE, 2020-W53)"},
    {"WeekAfter", {2020, 12, 28}, "下周举行", "time(下周, DATE, 2021-W01)"},
    {"FridayOfLastWeek", kJune, "上周五举行", "time(上周五, DATE, 2024-06-07)"},
    {"MondayOfNextWeek", kLastDay, "下周一举行", "time(下周一, DATE, 2025-01-06)"},
    {"FridaySaidOnSaturday", kJune, "周五举行", "time(周五, DATE, 2024-06-14)"},
    {"FridaySaidOnMonday", {2024, 6, 17}, "周五举行", "time(周五, DATE, 2024-06-14)"},
    {"Weekend", kJune, "本周末举行", "time(本周末, DATE, 2024-W24-WE)"},
    {"FullDate", kJune, "2024年2月29日举行", "time(2024年2月29日, DATE, 2024-02-29)"},
    {"HanDate", kJune, "二〇〇八年五月十二日", "time(二〇〇八年五月十二日, DATE, 2008-05-12)"},
    {"TraditionalScript", kJune, "二〇〇八年五月十二號",
     "time(二〇〇八年五月十二號, DATE, 2008-05-12)"},
    {"ShortYear", kJune, "98年5月举行", "time(98年5月, DATE, 1998-05)"},
    {"ShortYearOfNow", kJune, "24年3月举行", "time(24年3月, DATE, 2024-03)"},
    {"MinguoYear", kJune, "民国113年举行", "time(民国113年, DATE, 2024)"},
    {"Year", kJune, "到2035年建成", "time(2035年, DATE, 2035)"},
    {"DecemberInJanuary", {2024, 1, 5}, "12月25日举行", "time(12月25日, DATE, 2023-12-25)"},
    {"JanuaryInDecember", {2024, 12, 28}, "1月3日举行", "time(1月3日, DATE, 2025-01-03)"},
    {"BareDayBefore", kJune, "会议30日举行", "time(30日, DATE, 2024-05-30)"},
    {"BareDayAfter", {2024, 12, 30}, "会议1日举行", "time(1日, DATE, 2025-01-01)"},
    {"BareDayNotInFebruary", {2024, 3, 28}, "会议30日举行", "time(30日, DATE, 2024-03-30)"},
    {"LeapDay", kJune, "2月29日举行", "time(2月29日, DATE, 2024-02-29)"},
    {"NoLeapDay", {2023, 6, 15}, "2月29日举行", "time(2月29日, DATE)"},
    {"NoSuchDay", kJune, "2月30日举行", "time(2月30日, DATE)"},
    {"EndOfYear", kJune, "2022年底完成", "time(2022年底, DATE, 2022, mod=END)"},
    {"StartOfNextYear", kJune, "明年初完成", "time(明年初, DATE, 2025, mod=START)"},
    {"MidMonth", kJune, "3月中旬完成", "time(3月中旬, DATE, 2024-03, mod=MID)"},
    {"Quarter", kJune, "去年第四季度", "time(去年第四季度, DATE, 2023-Q4)"},
    {"HalfYear", kJune, "明年上半年", "time(明年上半年, DATE, 2025-H1)"},
    {"FirstMonths", kJune, "今年前11个月", "time(今年前11个月, DATE, 2024-01/2024-11)"},
    {"Summer", kJune, "去年夏季", "time(去年夏季, DATE, 2023-SU)"},
    {"YearOfTwoDigits", kJune, "19年底完成", "time(19年底, DATE, 2019, mod=END)"},
    {"YearSpelledShort", kJune, "九七年一季度", "time(九七年一季度, DATE, 1997-Q1)"},
    {"YearWithZero", kJune, "08年举行", "time(08年, DATE, 2008)"},
    {"YearsAreNoYear", kJune, "历时10年", "time(10年, DURATION, P10Y)"},
    {"ReiwaYear", kJune, "令和6年5月", "time(令和6年5月, DATE, 2024-05)"},
    {"QingYear", kJune, "康熙三年五月", "time(康熙三年五月, DATE, 1664-05)"},
    {"MonthsOfAYear", kJune, "2023年1-5月", "time(2023年1-5月, DATE, 2023-01/2023-05)"},
    {"MonthsWithoutYear", {2024, 1, 20}, "1—12月份", "time(1—12月份, DATE, 2023-01/2023-12)"},
    {"Years", kJune, "2023—2025年", "time(2023—2025年, DATE, 2023/2025)"},
    {"DaysOfAMonth", kJune, "6月12-19日", "time(6月12-19日, DATE, 2024-06-12/2024-06-19)"},
    {"HoursOfADay", kJune, "5月3日0—24时",
     "time(5月3日0—24时, TIME, 2024-05-03T00:00/2024-05-04T00:00)"},
    {"IsoDate", kJune, "2019-05-27发布", "time(2019-05-27, DATE, 2019-05-27)"},
    {"IsoTime", kJune, "2019-05-27 09:36:46发布",
     "time(2019-05-27 09:36:46, TIME, 2019-05-27T09:36:46)"},
    {"ThirdWeek", kJune, "3月第三周", "time(3月第三周, DATE, 2024-W12)"},
    {"FourthThursday", kJune, "11月的第四个星期四", "time(11月的第四个星期四, DATE, 2024-11-28)"},
    {"LastMonday", kJune, "8月最后一个星期一", "time(8月最后一个星期一, DATE, 2024-08-26)"},
    {"Decade", kJune, "上世纪80年代", "time(上世纪80年代, DATE, 198)"},
    {"DecadeAlone", kJune, "50年代出生", "time(50年代, DATE, 195)"},
    {"DecadeOfNow", kJune, "20年代", "time(20年代, DATE, 202)"},
    {"Century", kJune, "进入21世纪", "time(21世纪, DATE, 20)"},
    {"Plan", kJune, "“十四五”时期", "time(“十四五”时期, DATE, 2021/2025)"},
    {"PlanByName", kJune, "“十四五”规划纲要", ""},
    {"BeforeADate", kJune, "9月14日之前", "time(9月14日之前, DATE, 2024-09-14, mod=BEFORE)"},
    {"BeforeADay", kJune, "明年5月1日前", "time(明年5月1日前, DATE, 2025-05-01, mod=BEFORE)"},
    {"AfterAYear", kJune, "2015年以后", "time(2015年以后, DATE, 2015, mod=AFTER)"},
    {"GoingThere", kJune, "5月3日前往", "time(5月3日, DATE, 2024-05-03)"},
    {"SameYear", kJune, "2021年5月3日开工，当年完成",
     "time(2021年5月3日, DATE, 2021-05-03); time(当年, DATE, 2021)"},
    {"SameMonth", kJune, "2021年5月3日开工，当月完成",
     "time(2021年5月3日, DATE, 2021-05-03); time(当月, DATE, 2021-05)"},
    {"SpringFestival", kJune, "春节举行", "time(春节, DATE, 2024-02-10)"},
    {"SpringFestivalOfLastYear", kJune, "去年春节", "time(去年春节, DATE, 2023-01-22)"},
    {"SpringFestivalAhead", {2024, 12, 20}, "春节前夕", "time(春节, DATE, 2025-01-29)"},
    {"EveOfSpring", {2024, 2, 5}, "除夕晚上6点半", "time(除夕晚上6点半, TIME, 2024-02-09T18:30)"},
    {"Thanksgiving", kJune, "2019年感恩节", "time(2019年感恩节, DATE, 2019-11-28)"},
    {"WinterSolstice", kJune, "2024年冬至", "time(2024年冬至, DATE, 2024-12-21)"},
    {"LunarDay", kJune, "农历八月十五", "time(农历八月十五, DATE, 2024-09-17)"},
    {"LunarDayByName", kJune, "五月初五", "time(五月初五, DATE, 2024-06-10)"},
    {"LunarYear", kJune, "二零一二年农历正月十五",
     "time(二零一二年农历正月十五, DATE, 2012-02-06)"},
    {"LunarMonth", kJune, "农历十月", "time(农历十月, DATE, 2024-11-01/2024-11-30)"},
    {"LeapMonth", {2023, 4, 1}, "农历闰二月", "time(农历闰二月, DATE, 2023-03-22/2023-04-19)"},
    {"HalfPastEight", kJune, "昨天晚上8点半", "time(昨天晚上8点半, TIME, 2024-06-14T20:30)"},
    {"QuarterPast", kJune, "下午三点一刻", "time(下午三点一刻, TIME, 2024-06-15T15:15)"},
    {"ThisMorning", kJune, "今早8点十五分", "time(今早8点十五分, TIME, 2024-06-15T08:15)"},
    {"MidnightByName", kJune, "晚上12点", "time(晚上12点, TIME, 2024-06-16T00:00)"},
    {"Noon", kJune, "中午12时", "time(中午12时, TIME, 2024-06-15T12:00)"},
    {"BeforeNoon", kJune, "中午11时", "time(中午11时, TIME, 2024-06-15T11:00)"},
    {"ElevenAtNight", kJune, "晚上十一点", "time(晚上十一点, TIME, 2024-06-15T23:00)"},
    {"Colon", kJune, "昨天下午3:15", "time(昨天下午3:15, TIME, 2024-06-14T15:15)"},
    {"ColonPm", kJune, "3:15pm开始", "time(3:15pm, TIME, 2024-06-15T15:15)"},
    {"HoursFromTo", kJune, "昨天下午2点到4点",
     "time(昨天下午2点到4点, TIME, 2024-06-14T14:00/2024-06-14T16:00)"},
    {"HalfYearLater", kJune, "半年后", "time(半年后, DATE, 2024-12)"},
    {"YearsAndAHalf", kJune, "历时两年半", "time(两年半, DURATION, P2.5Y)"},
    {"MonthAndAHalf", kJune, "历时一个半月", "time(一个半月, DURATION, P1.5M)"},
    {"HoursAndMinutes", kJune, "历时2小时30分", "time(2小时30分, DURATION, PT2H30M)"},
    {"YearsAndMonths", kJune, "判囚6年9个月", "time(6年9个月, DURATION, P6Y9M)"},
    {"Quarters", kJune, "连续三个季度", "time(三个季度, DURATION, P3Q)"},
    {"ThirdDay", kJune, "战争第三天", ""},
    {"Yen", kJune, "汇率为153日元", ""},
    {"FirstThreeQuarters", kJune, "今年前三季度", "time(今年前三季度, DATE, 2024-01/2024-09)"},
    {"ThirdQuarterNow", kJune, "目前三季度",
     "time(目前, DATE, PRESENT_REF); time(三季度, DATE, 2024-Q3)"},
    {"AcrossTheEndOfFebruary",
     {2019, 9, 18},
     "2月28日至3月1日",
     "time(2月28日至3月1日, DATE, 2019-02-28/2019-03-01)"},
    {"ThirteenMonths", kJune, "2024年13月", "time(2024年, DATE, 2024)"},
    {"Afternoon", kJune, "昨天下午3点", "time(昨天下午3点, TIME, 2024-06-14T15:00)"},
    {"Evening", kJune, "14日晚上8点30分", "time(14日晚上8点30分, TIME, 2024-06-14T20:30)"},
    {"Midnight", kLastDay, "今天24时", "time(今天24时, TIME, 2025-01-01T00:00)"},
    {"Minutes", kJune, "30日16时30分", "time(30日16时30分, TIME, 2024-05-30T16:30)"},
    {"Tonight", kLeapDay, "今晚举行", "time(今晚, TIME, 2024-02-29TNI)"},
    {"MonthsAgo", {2024, 5, 31}, "3个月前宣布", "time(3个月前, DATE, 2024-02)"},
    {"MonthsAgoAcrossYears", {2024, 1, 31}, "两个月前宣布", "time(两个月前, DATE, 2023-11)"},
    {"DaysLater", kLeapDay, "两天后举行", "time(两天后, DATE, 2024-03-02)"},
    {"WindowOfMonths",
     {2024, 5, 31},
     "过去三个月",
     "time(过去三个月, DATE, 2024-02-29/2024-05-31)"},
    {"WindowFromLeapDay", kLeapDay, "过去一年", "time(过去一年, DATE, 2023-02-28/2024-02-29)"},
    {"WindowAhead", kLastDay, "未来2天", "time(未来2天, DATE, 2024-12-31/2025-01-02)"},
    {"Months", kJune, "持续3个月", "time(3个月, DURATION, P3M)"},
    {"HalfAYear", kJune, "持续半年", "time(半年, DURATION, P6M)"},
    {"HalfAnHour", kJune, "持续半小时", "time(半小时, DURATION, PT30M)"},
    {"Hours", kJune, "持续2.5小时", "time(2.5小时, DURATION, PT2.5H)"},
    {"Weeks", kJune, "持续两周", "time(两周, DURATION, P2W)"},
    {"MoreThanYears", kJune, "持续20多年", "time(20多年, DURATION, P20Y, mod=MORE_THAN)"},
    {"SomeMinutes", kJune, "持续几分钟", "time(几分钟, DURATION, PTXM, mod=APPROX)"},
    {"Every", kJune, "每3个月举行", "time(每3个月, SET, P3M)"},
    {"Interval", kJune, "5月5日至10日", "time(5月5日至10日, DATE, 2024-05-05/2024-05-10)"},
    {"IntervalAcrossYears",
     {2025, 1, 1},
     "12月30日至1月2日",
     "time(12月30日至1月2日, DATE, 2024-12-30/2025-01-02)"},
    {"SinceYear", kLeapDay, "2023年以来", "time(2023年以来, DATE, 2023-01-01/2024-02-29)"},
    {"SinceMonth", kJune, "2024年3月以来", "time(2024年3月以来, DATE, 2024-03-01/2024-06-15)"},
    {"Feast", {2024, 12, 28}, "元旦举行", "time(元旦, DATE, 2025-01-01)"},
    {"Now", kJune, "目前正在", "time(目前, DATE, PRESENT_REF)"},
    {"YearOfTheSentence", kJune, "2021年5月3日开工，10月完成",
     "time(2021年5月3日, DATE, 2021-05-03); time(10月, DATE, 2021-10)"},
    {"MonthOfTheSentence", kJune, "5月3日到京，21日离开",
     "time(5月3日, DATE, 2024-05-03); time(21日, DATE, 2024-05-21)"},
    {"SameDay", kJune, "5月3日到京。当天会见",
     "time(5月3日, DATE, 2024-05-03); time(当天, DATE, 2024-05-03)"},
    {"YearBeforeTheNamedOne", kJune, "2022年产量增长，比上年多一成",
     "time(2022年, DATE, 2022); time(上年, DATE, 2021)"},
    {"YearBeforeNow", kJune, "产量比上年多一成", "time(上年, DATE, 2023)"},
    {"MonthBeforeTheNamedOne", kJune, "2月旅客较上月增加",
     "time(2月, DATE, 2024-02); time(上月, DATE, 2024-01)"},
    {"LastMonthIsThatOfTheArticle", kJune, "2月动工，上月完成",
     "time(2月, DATE, 2024-02); time(上月, DATE, 2024-05)"},
    {"WindowUpToANamedDay", kJune, "截至3月31日，过去三个月的投诉",
     "time(截至3月31日, DATE, 2024-03-31); time(过去三个月, DATE, 2023-12-31/2024-03-31)"},
    {"WindowUpToTheEndOfAMonth", kJune, "到3月底，过去一个月的投诉",
     "time(3月底, DATE, 2024-03, mod=END); time(过去一个月, DATE, 2024-02-29/2024-03-31)"},
    {"WindowUpToNow", kJune, "过去三个月的投诉。3月31日结束",
     "time(过去三个月, DATE, 2024-03-15/2024-06-15); time(3月31日, DATE, 2024-03-31)"},
    {"GoesOnAboutNextYear",
     {2022, 12, 8},
     "明年股价先低后高。下半年可期",
     "time(明年, DATE, 2023); time(下半年, DATE, 2023-H2)"},
    {"NextHalfIsOfThisYear", kJune, "明年股价先低后高。下半年可期",
     "time(明年, DATE, 2025); time(下半年, DATE, 2024-H2)"},
    {"AnotherLineIsAboutThisYear",
     {2022, 12, 8},
     "明年股价可期。\n下半年获利",
     "time(明年, DATE, 2023); time(下半年, DATE, 2022-H2)"},
    {"DayAfterTheNamedOne", kJune, "5月31日到京，次日离开",
     "time(5月31日, DATE, 2024-05-31); time(次日, DATE, 2024-06-01)"},
    {"LastQuarter", kNewYear, "上季度收入", "time(上季度, DATE, 2023-Q4)"},
    {"NextQuarter", kLastDay, "下一季度收入", "time(下一季度, DATE, 2025-Q1)"},
    {"TwoQuarters", kJune, "一、二季度分别下降",
     "time(一, DATE, 2024-Q1); time(二季度, DATE, 2024-Q2)"},
    {"TwoYears", kJune, "今明两年完成", "time(今明两年, DATE, 2024/2025)"},
    {"TwoDays", kLastDay, "今明两天有雨", "time(今明两天, DATE, 2024-12-31/2025-01-01)"},
    {"ShortYearIsNoLength", kJune, "07年以后", "time(07年以后, DATE, 2007, mod=AFTER)"},
    {"MediumAndDay", kJune, "据当地媒体14日报道", "time(14日, DATE, 2024-06-14)"},
    {"SundayAfterSaturday",
     {2024, 6, 14},
     "星期六至星期一",
     "time(星期六至星期一, DATE, 2024-06-15/2024-06-17)"},
    {"EarlyClock", kJune, "列车早8点半发车", "time(早8点半, TIME, 2024-06-15T08:30)"},
    {"ALittleEarlierIsNoClock", kJune, "希望早一点开放，或晚一点再议", ""},
    {"ThreeQuarters", kJune, "一、二、三季度分别增长",
     "time(一, DATE, 2024-Q1); time(二, DATE, 2024-Q2); time(三季度, DATE, 2024-Q3)"},
    {"LateClock", kJune, "演出晚7点开始", "time(晚7点, TIME, 2024-06-15T19:00)"},
    {"ColonFromTo", kJune, "昨天下午2:00到4:30",
     "time(昨天下午2:00到4:30, TIME, 2024-06-14T14:00/2024-06-14T16:30)"},
    {"ColonToTheAfternoon", kJune, "昨天9:00至17:30",
     "time(昨天9:00至17:30, TIME, 2024-06-14T09:00/2024-06-14T17:30)"},
    {"ClockToTheSameHour", kJune, "今晚7点到7点30分",
     "time(今晚7点到7点30分, TIME, 2024-06-15T19:00/2024-06-15T19:30)"},
    {"SpokenMinutes", kJune, "昨天晚上九点十五，",
     "time(昨天晚上九点十五, TIME, 2024-06-14T21:15)"},
    {"SpokenHourBeforeACount", kJune, "下午3点15人到场", "time(下午3点, TIME, 2024-06-15T15:00)"},
    {"MonthsAndMore", kJune, "三个多月没有", "time(三个多月, DURATION, P3M, mod=MORE_THAN)"},
    {"MonthsAndMoreAgo", kJune, "两个多月前", "time(两个多月前, DATE, 2024-04)"},
    {"YearBeforeChina", kJune, "去年中国出口增长", "time(去年, DATE, 2023)"},
    {"MonthBeforeTheCentre", kJune, "3月中央财政下达资金", "time(3月, DATE, 2024-03)"},
    {"FirstOfTheLunarYear", kJune, "年初三重开", "time(年初三, DATE, 2024-02-12)"},
    {"StartOfAYearBeforeFirstCounts", kJune, "今年初步统计", "time(今年, DATE, 2024)"},
    {"MiddleOfAYear", kJune, "2023年中完成", "time(2023年中, DATE, 2023, mod=MID)"},
    {"FirstDays", kJune, "去年11月前10日", "time(去年11月前10日, DATE, 2023-11-01/2023-11-10)"},
    {"BeforeAMonthThenDays", kJune, "1月前，20天",
     "time(1月前, DATE, 2024-01, mod=BEFORE); "
     "time(20天, DURATION, P20D)"},
    {"HalfMonthOfTheSentence", kJune, "4月上半月多雨，下半月转晴",
     "time(4月上半月, DATE, 2024-04-01/2024-04-15); time(下半月, DATE, 2024-04-16/2024-04-30)"},
    {"Ramadan", kJune, "2034年斋月", "time(2034年斋月, DATE, 2034-11-12/2034-12-11)"},
    {"RamadanWithoutAYear", kJune, "斋月期间", "time(斋月, DATE, 2024-03-11/2024-04-09)"},
    {"EightDays", kJune, "2018年光明节", "time(2018年光明节, DATE, 2018-12-03/2018-12-10)"},
    {"WeekOfThatMonth", kJune, "今年3月开工，当月第三周停工",
     "time(今年3月, DATE, 2024-03); time(当月第三周, DATE, 2024-W12)"},
    {"YearsBetween", kJune, "2007年与2009年间建成", "time(2007年与2009年, DATE, 2007/2009)"},
    {"HoursAgoWithoutAClock", kJune, "3小时前", "time(3小时前, DATE, PAST_REF)"},
    {"EveningOfADay", kJune, "12日晚抵达，当晚9时举行",
     "time(12日晚, TIME, 2024-06-12TNI); time(当晚9时, TIME, 2024-06-12T21:00)"},
    {"BracketsBeforeThePart", kJune, "昨日（14日）下午约3时",
     "time(昨日（14日）下午约3时, TIME, 2024-06-14T15:00)"},
    {"WeekdaysFromThatWeek", CivilDate{2024, 6, 10}, "周三至五访问",
     "time(周三至五, DATE, 2024-06-12/2024-06-14)"},
    {"LastMonthsOfAYear", kJune, "去年最后三个月", "time(去年最后三个月, DATE, 2023-10/2023-12)"},
    {"LastDayOfAYear", kJune, "2023年最后一天", "time(2023年最后一天, DATE, 2023-12-31)"},
    {"LastWeeksOfAYear", kJune, "2020年最后两周", "time(2020年最后两周, DATE, 2020-W52/2020-W53)"},
    {"NoDay367", kJune, "2023年第366天", "time(2023年第366天, DATE)"},
    {"QuarterOfAnHour", kJune, "一刻钟就到", "time(一刻钟, DURATION, PT15M)"},
    {"TwoYearsSetNoYear", kJune, "今明两年增长，较6月上升",
     "time(今明两年, DATE, 2024/2025); time(6月, DATE, 2024-06)"},
    {"NextMarch", kJune, "去年11月至3月停航", "time(去年11月至3月, DATE, 2023-11/2024-03)"},
    {"UntilNow", kJune, "从去年到现在", "time(去年到现在, DATE, 2023-01-01/2024-06-15)"},
    {"FiveThousandYears", kJune, "近四千年来", "time(近四千年, DURATION, P4000Y)"},
    {"Hundredths", kJune, "以46秒40夺冠", "time(46秒40, DURATION, PT46.4S)"},
    {"Thousandths", kJune, "2分33秒148", "time(2分33秒148, DURATION, PT2M33.148S)"},
    {"SecondsAndAHalf", kJune, "落后一秒半", "time(一秒半, DURATION, PT1.5S)"},
    {"FourthQuarterInJanuary", CivilDate{2025, 1, 17}, "第四季增长5.4%",
     "time(第四季, DATE, 2024-Q4)"},
    {"FourthQuarterInAutumn", CivilDate{2024, 11, 8}, "第四季将反弹",
     "time(第四季, DATE, 2024-Q4)"},
    {"NoSeasonOfAShow", kJune, "《山河》第三季开播", ""},
    {"TodayThoughTomorrowWasNamed", kJune, "峰会明天闭幕。市长下午启程",
     "time(明天, DATE, 2024-06-16); time(下午, TIME, 2024-06-15TAF)"},
    {"TwoDaysCount", kJune, "代表团访问两日", "time(两日, DURATION, P2D)"},
    {"RowOfDays", kJune, "港股连跌4日", "time(4日, DURATION, P4D)"},
    {"StopsWhereItStood", kJune, "3日抵达，两天后离开",
     "time(3日, DATE, 2024-06-03); time(两天后, DATE, 2024-06-05)"},
    {"MinutesAfterAClock", kJune, "8时14分升空，约10分钟后分离",
     "time(8时14分, TIME, 2024-06-15T08:14); time(10分钟后, TIME, 2024-06-15T08:24)"},
    {"AfterWhatHappened", kJune, "事发两天后获救", "time(两天后, DATE)"},
    {"StillAhead", kJune, "将于两天后举行", "time(两天后, DATE, 2024-06-17)"},
    {"SinceASeason", kJune, "去年夏天以来", "time(去年夏天以来, DATE, 2023-SU/2024-06-15)"},
    {"EndOfThisMonth", kJune, "峰会月底举行", "time(月底, DATE, 2024-06, mod=END)"},
    {"PartOfTheDay", kJune, "市长下午启程", "time(下午, TIME, 2024-06-15TAF)"},
    {"AnchorsEndWithTheSentence", kJune, "2021年5月3日开工。10月完成",
     "time(2021年5月3日, DATE, 2021-05-03); time(10月, DATE, 2024-10)"},
};

INSTANTIATE_TEST_SUITE_P(Rows, TimeTest, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TimeWithoutADayTest, RelativeTimesStayUnresolved) {
  EXPECT_EQ(Times("昨天举行", std::nullopt), "time(昨天, DATE)");
  EXPECT_EQ(Times("本周举行", std::nullopt), "time(本周, DATE)");
  EXPECT_EQ(Times("5月3日举行", std::nullopt), "time(5月3日, DATE)");
  EXPECT_EQ(Times("2024年5月3日举行", std::nullopt), "time(2024年5月3日, DATE, 2024-05-03)");
}

TEST(TimeOfDayTest, HoursCountFromTheMinuteOfPublication) {
  struct {
    const char* published;
    const char* text;
    const char* expected;
  } const rows[] = {
      {"2024-06-15T01:30:00+08:00", "3小时前", "time(3小时前, TIME, 2024-06-14T22:30)"},
      {"2024-12-31 23:40", "半小时后", "time(半小时后, TIME, 2025-01-01T00:10)"},
      {"2024-06-15T10:00", "一个半小时前", "time(一个半小时前, TIME, 2024-06-15T08:30)"},
      {"2024-06-15T10:00", "48小时前", "time(48小时前, TIME, 2024-06-13T10:00)"},
      {"2024-06-15T10:00", "20分钟前", "time(20分钟前, TIME, 2024-06-15T09:40)"},
      {"2024-06-15T10:00", "几小时前", "time(几小时前, DATE, PAST_REF, mod=APPROX)"},
      {"2024-06-15", "3小时前", "time(3小时前, DATE, PAST_REF)"},
      {"2024-06-15T10:00", "99999999999999小时前", "time(99999999999999小时前, DATE, PAST_REF)"},
  };
  Extractor extractor(Rules());
  for (const auto& row : rows) {
    Article article = MakeArticle(row.text, std::nullopt);
    article.Publish(row.published);
    std::string out;
    for (const TimeExpr& t : extractor.Extract(article).times)
      out += Write(t, article.text).ToString();
    EXPECT_EQ(out, row.expected) << row.published;
  }
}

TEST(TimeHostileTest, HugeAmountsDoNotOverflow) {
  for (const char* text : {"999999999999999999年前", "999999999999999999天后", "过去99999999999年",
                           "100000年前", "99999个月前", "10000年前", "过去9999年", "未来9999年",
                           "未来9999个月", "民国9999年", "过去9999周", "9999年13月32日25时61分"}) {
    for (const CivilDate day : {kJune, kLeapDay, CivilDate{1, 1, 1}, CivilDate{9999, 12, 31}}) {
      EXPECT_LT(Times(text, day).size(), 200U) << text;
    }
  }
}

}  // namespace
}  // namespace kaoju
