// The writer of numerals: integers as Chinese numerals, in both scripts, in common characters and
// in those of cheques.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kaoju::testing_numerals {

// The characters of one way to write Chinese numerals.
struct Hand {
  std::array<std::string_view, 10> digits;
  std::array<std::string_view, 4> powers;
  std::string_view wan;
  std::string_view yi;
  std::string_view point;
};
inline constexpr Hand kHands[] = {{{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
                                   {"", "十", "百", "千"},
                                   "万",
                                   "亿",
                                   "点"},
                                  {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
                                   {"", "十", "百", "千"},
                                   "萬",
                                   "億",
                                   "點"},
                                  {{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
                                   {"", "拾", "佰", "仟"},
                                   "万",
                                   "亿",
                                   "点"},
                                  {{"零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"},
                                   {"", "拾", "佰", "仟"},
                                   "萬",
                                   "億",
                                   "點"}};

// 1 to 9999; a gap of zeros inside is one zero.
inline std::string WriteSection(int64_t n, const Hand& hand) {
  std::string out;
  bool gap = false;
  for (int power = 3, unit = 1000; power >= 0; --power, unit /= 10) {
    const auto digit = static_cast<size_t>(n / unit % 10);
    if (digit == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += hand.digits[0];
    gap = false;
    out.append(hand.digits[digit]).append(hand.powers[static_cast<size_t>(power)]);
  }
  return out;
}

// 10005 is 一万零五, 150000000 一亿五千万, 1000000000000 一万亿.
inline std::string WriteHan(int64_t n, const Hand& hand) {
  if (n == 0) return std::string(hand.digits[0]);
  std::string out;
  for (const auto& [size, name] :
       {std::pair<int64_t, std::string_view>{100000000, hand.yi}, {10000, hand.wan}}) {
    if (n < size) continue;
    out.append(WriteHan(n / size, hand)).append(name);
    n %= size;
    if (n > 0 && n < size / 10) out += hand.digits[0];
  }
  return n > 0 ? out + WriteSection(n, hand) : out;
}

}  // namespace kaoju::testing_numerals
