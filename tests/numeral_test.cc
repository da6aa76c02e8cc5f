// Numerals: written forms and their values, and every integer that a writer can write read back.
#include "extract/numeral.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/numeral_writer.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_numerals::Hand;
using testing_numerals::kHands;
using testing_numerals::WriteHan;
using testing_rules::Rules;

const NumeralTable& Table() {
  static const NumeralTable table(Rules().lexicon(), Rules().symbols());
  return table;
}

std::vector<NumberToken> Find(std::string_view text, bool mega = false) {
  std::vector<NumberToken> found;
  Table().Find(text, 0, static_cast<uint32_t>(text.size()), mega, found);
  return found;
}

// "两三百万=2000000..3000000 range; 5=5 exact".
std::string Written(std::string_view text, bool mega = false) {
  std::string out;
  for (const NumberToken& n : Find(text, mega)) {
    if (!out.empty()) out += "; ";
    out += std::string(Slice(text, n.span)) + "=" + n.value.low.ToString();
    if (n.value.low != n.value.high) out += ".." + n.value.high.ToString();
    out += " " + std::string(n.value.qualifier);
  }
  return out;
}

struct Row {
  const char* name;
  const char* text;
  const char* expected;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.text; }

class NumeralTest : public testing::TestWithParam<Row> {};

TEST_P(NumeralTest, Reads) { EXPECT_EQ(Written(GetParam().text), GetParam().expected); }

constexpr Row kRows[] = {
    {"Nothing", "", ""},
    {"NoNumeral", "公司表示", ""},
    {"Digit", "5", "5=5 exact"},
    {"Commas", "共1,260,582人", "1,260,582=1260582 exact"},
    {"CommaList", "1,2,3", "1=1 exact; 2=2 exact; 3=3 exact"},
    {"DottedDate", "2019.9.6", "2019=2019 exact; 9=9 exact; 6=6 exact"},
    {"FractionNoDate", "2019.96", "2019.96=2019.96 exact"},
    {"DottedVersion", "2019.9.6.1", "2019.9=2019.9 exact; 6.1=6.1 exact"},
    {"CommasAndFraction", "1,234.5", "1,234.5=1234.5 exact"},
    {"Fraction", "5.86", "5.86=5.86 exact"},
    {"TenthsAreExact", "0.1", "0.1=0.1 exact"},
    {"FractionWithZeros", "2.50亿", "2.50亿=250000000 exact"},
    {"DotAtTheEnd", "增长5.", "5=5 exact"},
    {"LeadingZeros", "007", "007=7 exact"},
    {"Zero", "零", "零=0 exact"},
    {"OneChar", "三", "三=3 exact"},
    {"Two", "两", "两=2 exact"},
    {"Ten", "十", "十=10 exact"},
    {"Fifteen", "十五", "十五=15 exact"},
    {"TwentyThree", "二十三", "二十三=23 exact"},
    {"TwentyThreeShort", "廿三", "廿三=23 exact"},
    {"Thirty", "卅", "卅=30 exact"},
    {"HundredAndFive", "两百零五", "两百零五=205 exact"},
    {"HundredAndFifty", "一百五", "一百五=150 exact"},
    {"ThousandAndFiveHundred", "三千五", "三千五=3500 exact"},
    {"ThousandAndFive", "三千零五", "三千零五=3005 exact"},
    {"Formal", "壹万贰仟", "壹万贰仟=12000 exact"},
    {"FormalLong", "叁佰肆拾伍万陆仟柒佰捌拾玖", "叁佰肆拾伍万陆仟柒佰捌拾玖=3456789 exact"},
    {"TenThousandYi", "一万五千亿", "一万五千亿=1500000000000 exact"},
    {"WanWan", "四万万同胞", "四万万=400000000 exact"},
    {"NotWanWan", "千千万万家庭", ""},
    {"FormalTenWan", "拾万零五十六元", "拾万零五十六=100056 exact"},
    {"FormalTenYi", "拾亿零六万零五百零六", "拾亿零六万零五百零六=1000060506 exact"},
    {"WanYi", "二十万亿", "二十万亿=20000000000000 exact"},
    {"ArabicWanYi", "126万亿", "126万亿=126000000000000 exact"},
    {"FractionWanYi", "1.3万亿", "1.3万亿=1300000000000 exact"},
    {"Trillion", "1.2兆", "1.2兆=1200000000000 exact"},
    {"Mixed", "3万4000", "3万4000=34000 exact"},
    {"MixedYi", "1亿2000万", "1亿2000万=120000000 exact"},
    {"MixedThree", "2兆3000亿", "2兆3000亿=2300000000000 exact"},
    {"YiAndWan", "一亿两千万", "一亿两千万=120000000 exact"},
    {"ArabicThousand", "5千万", "5千万=50000000 exact"},
    {"ArabicHundred", "3百", "3百=300 exact"},
    {"LatinThousand", "32k", "32k=32000 exact"},
    {"LatinTenThousand", "1600w", "1600w=16000000 exact"},
    {"LatinUnitIsNone", "5km", "5=5 exact"},
    {"ZeroPointFive", "零点五", "零点五=0.5 exact"},
    {"PointSpelled", "三点一四", "三点一四=3.14 exact"},
    {"PointAndWan", "一点五万", "一点五万=15000 exact"},
    {"PointOfTheClock", "三点半", "三=3 exact; 半=0.5 exact"},
    {"Half", "半", "半=0.5 exact"},
    {"YearSpelled", "二〇二四", "二〇二四=2024 exact"},
    {"YearSpelledOld", "一九九八", "一九九八=1998 exact"},
    {"BareMillion", "百万", "百万=1000000 exact"},
    {"BareTenMillion", "千万", "千万=10000000 exact"},
    {"MoreThanTen", "十多", "十多=10 more_than"},
    {"MoreThanThousands", "3000余", "3000余=3000 more_than"},
    {"MoreThanYi", "20多亿", "20多亿=2000000000 more_than"},
    {"MoreThanHan", "一百多万", "一百多万=1000000 more_than"},
    {"MoreAtTheEnd", "五千多", "五千多=5000 more_than"},
    {"MoreAfterTens", "二十来", "二十来=20 more_than"},
    {"AtLeastTenThousand", "上万", "上万=10000 at_least"},
    {"AtLeastHundred", "上百", "上百=100 at_least"},
    {"AtLeastMillion", "上百万", "上百万=1000000 at_least"},
    {"UpIsNoNumeral", "上海", ""},
    {"Some", "几", "几=2..9 approx"},
    {"SomeTens", "几十", "几十=20..90 approx"},
    {"TenAndSome", "十几", "十几=11..19 approx"},
    {"SomeTensOfYi", "数十亿", "数十亿=2000000000..9000000000 approx"},
    {"SomeHundredWan", "数百万", "数百万=2000000..9000000 approx"},
    {"SomeWan", "几万", "几万=20000..90000 approx"},
    {"DataIsNoNumeral", "数据", ""},
    {"RangeOfHundreds", "三五百", "三五百=300..500 range"},
    {"RangeOfYi", "八九亿", "八九亿=800000000..900000000 range"},
    {"RangeOfMillions", "两三百万", "两三百万=2000000..3000000 range"},
    {"RangeOfOnes", "七八", "七八=7..8 range"},
    {"RangeInTheTens", "十七八", "十七八=17..18 range"},
    {"WideCommas", "1，260，582元", "1，260，582=1260582 exact"},
    {"WideCommaAndFraction", "82，225.00元", "82，225.00=82225 exact"},
    {"WideCommaParts", "去年为82，225人", "82=82 exact; 225=225 exact"},
    {"LeadingDot", ".5", ".5=0.5 exact"},
    {"DotBehindALetter", "v.5", "5=5 exact"},
    {"Exponent", "12.32e+14", "12.32e+14=1232000000000000 exact"},
    {"ExponentOfOne", "2e5", "2e5=200000 exact"},
    {"NoExponent", "2e5f", "2=2 exact; 5=5 exact"},
    {"SpaceBeforeYi", "177.1 亿元", "177.1 亿=17710000000 exact"},
    {"SpacesInside", "三千 八百 九十六 万", "三千 八百 九十六 万=38960000 exact"},
    {"SpaceBeforeALast", "两千 四 百 五", "两千 四 百 五=2450 exact"},
    {"SpaceBetweenTwo", "三百 四百", "三百=300 exact; 四百=400 exact"},
    {"YearBeforeWan", "2024 万人", "2024=2024 exact"},
    {"WanAndThousands", "九万四", "九万四=94000 exact"},
    {"YiAndTenMillions", "一亿二", "一亿二=120000000 exact"},
    {"TenThousandsInOne", "十三万五", "十三万五=135000 exact"},
    {"ArabicAllTheWay", "5万4千6百", "5万4千6百=54600 exact"},
    {"ArabicUpToYi", "5亿1万4千6百", "5亿1万4千6百=500014600 exact"},
    {"ArabicBehindHundred", "1百01", "1百01=101 exact"},
    {"ArabicBehindYi", "1亿2", "1亿=100000000 exact; 2=2 exact"},
    {"YiWanTwoThousand", "一亿七万两千三百", "一亿七万两千三百=100072300 exact"},
    {"ZeroTen", "一千零十", "一千零十=1010 exact"},
    {"ZeroTenWan", "一百零十万", "一百零十万=1100000 exact"},
    {"ZeroThenThousand", "10万零300", "10万零300=100300 exact"},
    {"PointBehindWan", "四万点六", "四万点六=40000.6 exact"},
    {"PointBehindATail", "一千六点五", "一千六点五=1600.5 exact"},
    {"SpelledAndPoint", "一七二零点一三四", "一七二零点一三四=1720.134 exact"},
    {"QuarterPast", "三点一刻", "三=3 exact; 一=1 exact"},
    {"FiftyPast", "八点五十分", "八=8 exact; 五十=50 exact"},
    {"FivePast", "八点零五分", "八=8 exact; 零五=5 exact"},
    {"NearHundred", "近百人", "百=100 exact"},
    {"OverThousand", "超过千家", "千=1000 exact"},
    {"NearTenThousand", "近万名", "万=10000 exact"},
    {"ThroughBaidu", "通过百度", ""},
    {"HundredAndMore", "百余家", "百余=100 more_than"},
    {"TenThousandAndMore", "万余人", "万余=10000 more_than"},
    {"SomeInTheTensOfWan", "二十几万", "二十几万=200000..300000 approx"},
    {"SomeBehindZero", "一百零几万", "一百零几万=1000000..1100000 approx"},
    {"EveningTen", "晚上十点", "十=10 exact"},
    {"Landing", "登陆部队", ""},
    {"Veterans", "退伍军人", ""},
    {"PickingUp", "拾起石子", ""},
    {"Joining", "参加", ""},
    {"FormalTraditional", "参拾参", "参拾参=33 exact"},
    {"FormalSix", "肆佰陆拾", "肆佰陆拾=460 exact"},
    {"Kilowatts", "300千瓦", "300=300 exact"},
    {"KilowattsBehindHan", "五千千瓦", "五千=5000 exact"},
    {"Percentage", "3百分点", "3=3 exact"},
    {"MetresNotKilometres", "两万五千米", "两万五千=25000 exact"},
    {"Several", "3人和五十二人", "3=3 exact; 五十二=52 exact"},
};

INSTANTIATE_TEST_SUITE_P(Rows, NumeralTest, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

constexpr const Hand& kPlain = kHands[0];
constexpr const Hand& kFormal = kHands[2];

// 一十五 at the very front is 十五.
std::string WithoutLeadingOne(std::string s) {
  static constexpr std::string_view kOneTen = "一十";
  return s.starts_with(kOneTen) ? s.substr(3) : s;
}

// 3亿4567万8901; the ones with four digits, as news writes it. nullopt: this n is not written so.
std::optional<std::string> WriteMixed(int64_t n) {
  const int64_t yi = n / 100000000;
  const int64_t wan = n / 10000 % 10000;
  const int64_t ones = n % 10000;
  if (ones > 0 && (ones < 1000 || wan == 0) && n >= 10000) return std::nullopt;
  std::string out;
  if (yi > 0) out += std::to_string(yi) + "亿";
  if (wan > 0) out += std::to_string(wan) + "万";
  if (ones > 0) out += std::to_string(ones);
  return out;
}

// Log-uniform, so that short numbers come, too; often with many zeros.
int64_t RandomInteger(std::mt19937_64& random) {
  int64_t limit = 10;
  for (uint64_t i = random() % 12; i > 0; --i) limit *= 10;
  int64_t n = 1 + static_cast<int64_t>(random() % static_cast<uint64_t>(limit));
  int64_t mask = 1;
  for (uint64_t i = random() % 12; i > 0; --i) mask *= 10;
  if (random() % 2 == 0 && n > mask) n -= n % mask;
  if (random() % 4 == 0 && n > mask) n -= n / mask % 10 * mask;
  return n > 0 ? n : 1;
}

::testing::AssertionResult ReadsAs(const std::string& text, int64_t n) {
  const auto found = Find(text);
  const Decimal value = Decimal::FromInt(n);
  if (found.size() == 1 && found[0].span == Span{0, static_cast<uint32_t>(text.size())} &&
      found[0].value.low == value && found[0].value.high == value &&
      found[0].value.qualifier == "exact") {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure() << n << ": " << Written(text);
}

TEST(NumeralRoundTripTest, WriterIsStandard) {
  EXPECT_EQ(WriteHan(1000000000000, kPlain), "一万亿");
  EXPECT_EQ(WriteHan(100000005, kPlain), "一亿零五");
  EXPECT_EQ(WriteHan(120034005, kPlain), "一亿二千零三万四千零五");
  EXPECT_EQ(WriteHan(100500, kPlain), "一十万零五百");
}

// True iff a 零 follows a 万 or 亿 and a power comes later in its section: 一万零三百.
bool HasZeroAfterMyriad(const std::string& text) {
  return text.find("万零") != std::string::npos || text.find("亿零") != std::string::npos;
}

void ExpectHanReadsBack(bool zero_after_myriad) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 40000; ++i) {
    const int64_t n = i < 20000 ? i + 1 : RandomInteger(random);
    const std::string plain = WriteHan(n, kPlain);
    if (HasZeroAfterMyriad(plain) != zero_after_myriad) continue;
    ASSERT_TRUE(ReadsAs(plain, n));
    ASSERT_TRUE(ReadsAs(WithoutLeadingOne(plain), n));
    if (n >= 10) {  // 陆 alone is a name
      ASSERT_TRUE(ReadsAs(WriteHan(n, kFormal), n));
    }
  }
}

TEST(NumeralRoundTripTest, IntegersInHan) { ExpectHanReadsBack(false); }

// 一万零三百: the 零 is no digit beside the 三.
TEST(NumeralRoundTripTest, IntegersInHanWithZeroAfterMyriad) { ExpectHanReadsBack(true); }

TEST(NumeralRoundTripTest, IntegersInMixedForm) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 20000; ++i) {
    const int64_t n = RandomInteger(random);
    ASSERT_TRUE(ReadsAs(std::to_string(n), n));
    if (const auto mixed = WriteMixed(n); mixed) {
      ASSERT_TRUE(ReadsAs(*mixed, n));
    }
    ASSERT_TRUE(ReadsAs(Decimal::FromInt(n).Shift(-8)->ToString() + "亿", n));
  }
}

// 兆 is 10^12, but where the text is from the mainland it is so with a currency only.
TEST(NumeralMegaTest, ByRegionAndUnit) {
  EXPECT_EQ(Written("1.2兆元", true), "1.2兆=1200000000000 exact");
  EXPECT_EQ(Written("1.2兆美元", true), "1.2兆=1200000000000 exact");
  EXPECT_EQ(Written("100兆宽带", true), "100=100 exact");
  EXPECT_EQ(Written("100兆瓦", true), "100=100 exact");
  EXPECT_EQ(Written("100兆瓦", false), "100=100 exact");
  EXPECT_EQ(Written("市值突破3兆", false), "3兆=3000000000000 exact");
}

TEST(NumeralHostileTest, LongRunsGiveSaneTokensOrNone) {
  for (const char* piece :
       {"1",  "9",  "0",  "1,", "1.", ".",  "123,456,", "一", "十", "万",   "一万", "亿万",
        "几", "数", "上", "半", "点", "零", "多",       "k",  "1k", "三五", "千百", "廿"}) {
    std::string text = "共";
    while (text.size() < 10000) text += piece;
    uint32_t last = 0;
    for (const NumberToken& n : Find(text)) {
      ASSERT_LE(last, n.span.begin) << piece;
      ASSERT_LT(n.span.begin, n.span.end) << piece;
      ASSERT_LE(n.span.end, text.size()) << piece;
      ASSERT_TRUE(OnCodePoint(text, n.span.begin) && OnCodePoint(text, n.span.end)) << piece;
      ASSERT_LE(n.value.low, n.value.high) << piece;
      last = n.span.end;
    }
  }
}

// All of it is passed over, not only its head.
TEST(NumeralHostileTest, DigitsThatDoNotFitAreNoNumber) {
  EXPECT_EQ(Written("1234567890123456789"), "");
  EXPECT_EQ(Written(std::string(10000, '7')), "");
}

}  // namespace
}  // namespace kaoju
