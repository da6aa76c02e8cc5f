// Amounts: random values in all their written forms, in both scripts, read back as the same exact
// value. KAOJU_ROUND_TRIPS sets how many values (3,000 unless said).
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/decimal.h"
#include "tests/numeral_writer.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_numerals::Hand;
using testing_numerals::kHands;
using testing_numerals::WriteHan;
using testing_rules::MakeArticle;
using testing_rules::Rules;

std::string FullWidth(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) {
    if (c >= '0' && c <= '9') {
      out.append("\xEF\xBC").push_back(static_cast<char>(0x90 + (c - '0')));
    } else {
      out += c;
    }
  }
  return out;
}

std::string Commas(std::string digits) {
  for (auto i = static_cast<ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<size_t>(i), ",");
  }
  return digits;
}

// What value, in all the ways that this value can be written in.
struct Forms {
  Decimal value;
  std::vector<std::string> texts;
};

// `formal`: also in the characters of cheques, which stand before a currency.
Forms Whole(int64_t n, bool formal) {
  Forms out{Decimal::FromInt(n), {}};
  const std::string digits = std::to_string(n);
  out.texts = {digits, FullWidth(digits), Commas(digits)};
  for (const Hand& hand : kHands) {
    if (hand.powers[1] == "十" || (formal && n >= 10)) out.texts.push_back(WriteHan(n, hand));
  }
  for (const auto& [power, simplified, traditional] :
       {std::tuple{4, "万", "萬"}, std::tuple{8, "亿", "億"}}) {
    const std::string scaled = out.value.Shift(-power)->ToString();
    for (const char* name : {simplified, traditional}) {
      out.texts.push_back(scaled + name);
      const bool year =
          scaled.size() == 4 && (scaled.starts_with("19") || scaled.starts_with("20"));
      if (!year) out.texts.push_back(scaled + " " + name);
      out.texts.push_back(FullWidth(scaled) + name);
    }
  }
  return out;
}

Forms Fraction(int64_t n, int places, std::mt19937_64& random) {
  Forms out{*Decimal::Make(n, -places), {}};
  const std::string digits = out.value.ToString();
  out.texts = {digits, FullWidth(digits)};
  const size_t dot = digits.find('.');
  if (dot == std::string::npos) return out;
  out.texts.push_back(digits + "0");
  const Hand& hand = kHands[random() % 2];
  std::string han = WriteHan(std::stoll(digits.substr(0, dot)), hand) + std::string(hand.point);
  for (const char c : digits.substr(dot + 1)) han += hand.digits[static_cast<size_t>(c - '0')];
  out.texts.push_back(std::move(han));
  return out;
}

int64_t Random(std::mt19937_64& random, int digits) {
  int64_t limit = 10;
  for (uint64_t i = random() % static_cast<uint64_t>(digits); i > 0; --i) limit *= 10;
  const int64_t n = 2 + static_cast<int64_t>(random() % static_cast<uint64_t>(limit));
  int64_t mask = 1;
  for (uint64_t i = random() % 8; i > 0; --i) mask *= 10;
  return n > mask && random() % 2 == 0 ? n - n % mask : n;
}

// Where a number stands, and what the figure is then.
struct Frame {
  const char* before;
  const char* after;
  const char* kind;
  const char* unit;
};
constexpr Frame kFrames[] = {{"投入", "元。", "money", "CNY"},
                             {"投入", "美元。", "money", "USD"},
                             {"參加的有", "人。", "count", "人"},
                             {"长", "公里。", "other", "公里"},
                             {"增长", "个百分点。", "percentage_point", "百分点"},
                             {"", "", "number", ""}};

int RoundTrips() {
  const char* wanted = std::getenv("KAOJU_ROUND_TRIPS");
  return wanted != nullptr ? std::atoi(wanted) : 3000;
}

void ExpectReads(Extractor& extractor, const Frame& frame, const std::string& text,
                 const Decimal& value) {
  const Article article = MakeArticle(frame.before + text + frame.after);
  const Extraction got = extractor.Extract(article);
  if (!got.mentions.empty()) return;  // 三六零 and 12306 are names
  ASSERT_EQ(got.figures.size(), 1U) << article.text;
  const Figure& f = got.figures[0];
  ASSERT_EQ(f.low.ToString(), value.ToString()) << article.text;
  ASSERT_EQ(f.high, value) << article.text;
  ASSERT_EQ(f.kind, frame.kind) << article.text;
  ASSERT_EQ(f.unit, frame.unit) << article.text;
  ASSERT_EQ(f.qualifier, "exact") << article.text;
}

TEST(AmountRoundTripTest, EveryFormReadsBack) {
  Extractor extractor(Rules());
  std::mt19937_64 random(7);
  const int rounds = RoundTrips();
  for (int i = 0; i < rounds && !::testing::Test::HasFatalFailure(); ++i) {
    const Frame& frame = kFrames[random() % std::size(kFrames)];
    const bool money = std::string_view(frame.kind) == "money";
    const Forms forms =
        random() % 3 == 0 ? Fraction(Random(random, 9), 1 + static_cast<int>(random() % 4), random)
                          : Whole(Random(random, 13), money);
    // 半 and 一 before a measure word are no amounts: 半场, 一个.
    if (forms.value == *Decimal::Make(5, -1) || forms.value == Decimal::FromInt(1)) continue;
    const std::string& text = forms.texts[random() % forms.texts.size()];
    ExpectReads(extractor, frame, text, forms.value);
  }
}

// Seconds that it takes to read `text`.
double Seconds(Extractor& extractor, const std::string& text) {
  const Article article = MakeArticle(text);
  const auto start = std::chrono::steady_clock::now();
  extractor.Extract(article);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string Repeat(std::string_view piece, size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

// Sixteen times the text may take sixteen times as long, not 256 times.
TEST(AmountHostileTest, LongTextsTakeLinearTime) {
  Extractor extractor(Rules());
  for (const char* piece : {"7", "七", "1,", "123,456,", "1-", "一万", "亿万", "百分之", "三点",
                            "（", "1（", "3月", "5月3日", "10点", "上", "零", "1 ", "2元5", "第"}) {
    const double small = Seconds(extractor, Repeat(piece, 8000));
    const double large = Seconds(extractor, Repeat(piece, 128000));
    EXPECT_LT(large, 0.5 + small * 64) << piece;
  }
}

// As many claims as there are sentences, and pronouns with nobody before them.
TEST(ClaimHostileTest, LongTextsTakeLinearTime) {
  Extractor extractor(Rules());
  for (const char* piece : {"专家说，增长3%。", "他说，很好。", "该公司表示，“很好。"}) {
    const double small = Seconds(extractor, Repeat(piece, 64000));
    const double large = Seconds(extractor, Repeat(piece, 1024000));
    EXPECT_LT(large, 0.5 + small * 64) << piece;
  }
}

TEST(AmountHostileTest, NumbersBeyondDecimalAreNoFigures) {
  Extractor extractor(Rules());
  for (const char* digit : {"7", "九", "999,"}) {
    const Article article = MakeArticle("投入" + Repeat(digit, 10000) + "元。");
    for (const Figure& f : extractor.Extract(article).figures) {
      ADD_FAILURE() << digit << ": " << f.low.ToString() << " " << f.unit;
    }
  }
}

TEST(AmountHostileTest, NestedBracketsAreRead) {
  Extractor extractor(Rules());
  const Article article = MakeArticle("投入" + Repeat("（", 9000) + "5亿元" + Repeat("）", 9000));
  EXPECT_EQ(extractor.Extract(article).figures.size(), 1U);
}

}  // namespace
}  // namespace kaoju
