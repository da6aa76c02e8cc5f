#include "extract/decimal.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "rules/error.h"

namespace kaoju {
namespace {

constexpr char kNone[] = "-";  // in the tables: no value

std::string Show(const std::optional<Decimal>& value) { return value ? value->ToString() : kNone; }

Decimal Of(std::string_view text) {
  const std::optional<Decimal> value = Decimal::Parse(text);
  if (!value) throw Error("not a decimal in the test: " + std::string(text));
  return *value;
}

void ExpectLowestTerms(const Decimal& d) {
  EXPECT_TRUE(d.mantissa() % 10 != 0 || (d.mantissa() == 0 && d.exponent() == 0));
  EXPECT_LE(d.exponent(), 36);
  EXPECT_GE(d.exponent(), -18);
  EXPECT_LT(d.mantissa(), 1'000'000'000'000'000'000);
  EXPECT_GT(d.mantissa(), -1'000'000'000'000'000'000);
}

TEST(Decimal, Parse) {
  const std::string nines(18, '9');
  struct Row {
    std::string in;
    std::string out;
  };
  const std::vector<Row> rows = {
      {"0", "0"},
      {"-0", "0"},
      {"0.1", "0.1"},
      {"-0.05", "-0.05"},
      {"007", "7"},
      {"-12,345.670", "-12345.67"},
      {"2,960", "2960"},
      {"1,2,3", "123"},
      {"1200000000", "1200000000"},
      {"100.00", "100"},
      {"0.000", "0"},
      {nines, nines},
      {"1" + nines, kNone},
      {nines + "0", nines + "0"},
      {nines + std::string(36, '0'), nines + std::string(36, '0')},
      {nines + std::string(37, '0'), kNone},
      {"0." + nines, "0." + nines},
      {"0.0" + nines, kNone},
      {"0." + std::string(17, '0') + "1", "0." + std::string(17, '0') + "1"},
      {"0." + std::string(18, '0') + "1", kNone},
      {std::string(10000, '9'), kNone},
      {"1" + std::string(9999, '0'), kNone},
      {"0." + std::string(10000, '3'), kNone},
      {std::string(5000, '1') + "." + std::string(5000, '1'), kNone},
      {std::string(9999, '0') + "1", "1"},
      {"0." + std::string(10000, '0'), "0"},
      {"", kNone},
      {"-", kNone},
      {"--1", kNone},
      {"+1", kNone},
      {".5", kNone},
      {"5.", kNone},
      {",5", kNone},
      {"5,", kNone},
      {"1,,2", kNone},
      {"1,.2", kNone},
      {"1.,2", kNone},
      {"1.2.3", kNone},
      {"1.234,5", kNone},
      {"1e5", kNone},
      {" 1", kNone},
      {"1 ", kNone},
      {"0x10", kNone},
      {"nan", kNone},
      {std::string("1\0", 2), kNone},
      {"一", kNone},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Show(Decimal::Parse(row.in)), row.out) << row.in.substr(0, 60);
    if (const auto value = Decimal::Parse(row.in)) ExpectLowestTerms(*value);
  }
}

TEST(Decimal, Make) {
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
  struct Row {
    int64_t mantissa;
    int exponent;
    std::string out;
  };
  const std::vector<Row> rows = {
      {0, 1000000, "0"},
      {10, -1, "1"},
      {1500, -4, "0.15"},
      {1, 36, "1" + std::string(36, '0')},
      {1, 37, kNone},
      {10, 36, kNone},
      {1, -18, "0.000000000000000001"},
      {1, -19, kNone},
      {10, -19, "0.000000000000000001"},
      {kMax, 0, kNone},
      {kMin, 0, kNone},
      {1'000'000'000'000'000'000, 0, "1000000000000000000"},
      {1, std::numeric_limits<int>::max(), kNone},
      {100, std::numeric_limits<int>::max(), kNone},
      {1, std::numeric_limits<int>::min(), kNone},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Show(Decimal::Make(row.mantissa, row.exponent)), row.out)
        << row.mantissa << "e" << row.exponent;
  }
}

TEST(Decimal, FromInt) {
  EXPECT_EQ(Decimal::FromInt(0).ToString(), "0");
  EXPECT_EQ(Decimal::FromInt(-1200).ToString(), "-1200");
  EXPECT_EQ(Decimal::FromInt(-1200).exponent(), 2);
  EXPECT_THROW(Decimal::FromInt(std::numeric_limits<int64_t>::min()), Error);
}

TEST(Decimal, Arithmetic) {
  const std::string nines(18, '9');
  struct Row {
    std::string a;
    std::string b;
    std::string sum;
    std::string product;
  };
  const std::vector<Row> rows = {
      {"0.1", "0.2", "0.3", "0.02"},
      {"1.5", "-1.5", "0", "-2.25"},
      {"0", "-7", "-7", "0"},
      {"99.5", "0.5", "100", "49.75"},
      {nines, "1", "1" + std::string(18, '0'), nines},
      {nines, nines, kNone, kNone},
      {nines, "-" + nines, "0", kNone},
      {nines, "0.1", kNone, "99999999999999999.9"},
      {"1" + std::string(36, '0'), "1", kNone, "1" + std::string(36, '0')},
      {"1" + std::string(36, '0'), "0.000000000000000001", kNone, "1" + std::string(18, '0')},
      {"1" + std::string(36, '0'), "10", kNone, kNone},
      {"0.000000000000000001", "0.1", "0.100000000000000001", kNone},
      {"1" + std::string(18, '0'), "-1", nines, "-1" + std::string(18, '0')},
      {"500000000", "200000000", "700000000", "1" + std::string(17, '0')},
  };
  for (const Row& row : rows) {
    const Decimal a = Of(row.a);
    const Decimal b = Of(row.b);
    EXPECT_EQ(Show(a.Plus(b)), row.sum) << row.a << " + " << row.b;
    EXPECT_EQ(Show(b.Plus(a)), row.sum) << row.b << " + " << row.a;
    EXPECT_EQ(Show(a.Times(b)), row.product) << row.a << " * " << row.b;
    EXPECT_EQ(Show(b.Times(a)), row.product) << row.b << " * " << row.a;
  }
}

TEST(Decimal, ShiftNegatedToInt) {
  EXPECT_EQ(Show(Of("1.25").Shift(8)), "125000000");
  EXPECT_EQ(Show(Of("125").Shift(-2)), "1.25");
  EXPECT_EQ(Show(Of("1").Shift(37)), kNone);
  EXPECT_EQ(Show(Of("1").Shift(std::numeric_limits<int>::max())), kNone);
  EXPECT_EQ(Show(Of("0.1").Shift(std::numeric_limits<int>::min())), kNone);
  EXPECT_EQ(Show(Of("0").Shift(std::numeric_limits<int>::min())), "0");
  EXPECT_EQ(Of("0.5").Negated().ToString(), "-0.5");
  EXPECT_EQ(Of("0").Negated(), Decimal());
  EXPECT_EQ(Of("1200").ToInt(), 1200);
  EXPECT_EQ(Of("-1000000000000000000").ToInt(), -1'000'000'000'000'000'000);
  EXPECT_EQ(Of("9000000000000000000").ToInt(), 9'000'000'000'000'000'000);
  EXPECT_EQ(Of("10000000000000000000").ToInt(), std::nullopt);
  EXPECT_EQ(Of("1000000000000000000000000").ToInt(), std::nullopt);
  EXPECT_EQ(Of("0.5").ToInt(), std::nullopt);
}

TEST(Decimal, OrderIsThatOfTheValues) {
  const std::vector<std::string> ascending = {
      "-1000000000000000000000000000000000000",
      "-999999999999999999",
      "-12.5",
      "-12",
      "-0.1",
      "-0.000000000000000001",
      "0",
      "0.000000000000000001",
      "0.1",
      "0.100000000000000001",
      "1",
      "9.99",
      "10",
      "999999999999999999",
      "1000000000000000000",
      "1000000000000000000000000000000000000",
  };
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t k = 0; k < ascending.size(); ++k) {
      EXPECT_EQ(Of(ascending[i]) <=> Of(ascending[k]), i <=> k)
          << ascending[i] << " and " << ascending[k];
    }
  }
}

TEST(Decimal, GeneratedValuesRoundTripAndAgreeWithWideIntegers) {
  std::mt19937_64 random(42);
  for (int i = 0; i < 20000; ++i) {
    // Up to nine digits and small exponents: all in 128 bits at a scale of 10^-6.
    const auto a_mantissa = static_cast<int64_t>(random() % 2'000'000'001) - 1'000'000'000;
    const auto b_mantissa = static_cast<int64_t>(random() % 2'000'000'001) - 1'000'000'000;
    const int a_exponent = static_cast<int>(random() % 7) - 3;
    const int b_exponent = static_cast<int>(random() % 7) - 3;
    const Decimal a = *Decimal::Make(a_mantissa, a_exponent);
    const Decimal b = *Decimal::Make(b_mantissa, b_exponent);
    ExpectLowestTerms(a);
    ASSERT_EQ(Decimal::Parse(a.ToString()), a);
    const auto scaled = [](int64_t mantissa, int exponent) {
      for (; exponent > -3; --exponent) mantissa *= 10;
      return mantissa;
    };
    const int64_t a_scaled = scaled(a_mantissa, a_exponent);
    const int64_t b_scaled = scaled(b_mantissa, b_exponent);
    ASSERT_EQ(a <=> b, a_scaled <=> b_scaled);
    ASSERT_EQ(a.Plus(b), Decimal::Make(a_scaled + b_scaled, -3));
    if (const auto product = a.Times(b)) {
      const __int128 exact = static_cast<__int128>(a_mantissa) * b_mantissa;
      ASSERT_EQ(*product, *Decimal::Make(static_cast<int64_t>(exact), a_exponent + b_exponent));
    }
  }
}

}  // namespace
}  // namespace kaoju
