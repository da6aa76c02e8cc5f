#include "extract/arabic_numeral.h"

#include <algorithm>
#include <string>

namespace kaoju {

bool IsLetter(std::string_view s, size_t at) {
  return at < s.size() && ((s[at] | 0x20) >= 'a' && (s[at] | 0x20) <= 'z');
}

namespace {

constexpr size_t kMaxNumeralBytes = 120;

size_t SkipDigits(std::string_view s, size_t at) {
  while (IsDigit(s, at)) ++at;
  return at;
}

// How long a comma between digits is: ',' is 1, '，' is 3, anything else 0.
size_t CommaWidth(std::string_view s, size_t at) {
  static constexpr std::string_view kWide = "\xEF\xBC\x8C";
  if (at < s.size() && s[at] == ',') return 1;
  return s.substr(std::min(at, s.size()), 3) == kWide ? 3 : 0;
}

bool IsGroup(std::string_view s, size_t at) {
  return IsDigit(s, at) && IsDigit(s, at + 1) && IsDigit(s, at + 2) && !IsDigit(s, at + 3);
}

// The end of the groups of three that follow the first digits. A wide comma parts clauses as well:
// it counts only between more than two groups, or before a fraction.
size_t SkipGroups(std::string_view s, size_t at) {
  const size_t width = CommaWidth(s, at);
  size_t end = at;
  size_t groups = 0;
  while (width > 0 && CommaWidth(s, end) == width && IsGroup(s, end + width)) {
    end += width + 3;
    ++groups;
  }
  const bool fraction = end < s.size() && s[end] == '.' && IsDigit(s, end + 1);
  return width == 3 && groups < 2 && !fraction ? at : end;
}

// The end of the e+14 of 12.32e+14; `at` when there is none.
size_t SkipExponent(std::string_view s, size_t at) {
  if (at >= s.size() || (s[at] | 0x20) != 'e') return at;
  size_t i = at + 1;
  if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
  const size_t end = SkipDigits(s, i);
  return end == i || end - i > 2 || IsLetter(s, end) ? at : end;
}

// 2019.9.6: a year of four digits, a month and a day, and neither digits nor dots around them.
bool IsDottedDate(std::string_view s, size_t at) {
  if (at > 0 && (IsDigit(s, at - 1) || s[at - 1] == '.' || IsLetter(s, at - 1))) return false;
  const auto digits = [&](size_t low, size_t high) {
    const size_t begin = at;
    while (at - begin <= high && IsDigit(s, at)) ++at;
    return at - begin >= low && at - begin <= high;
  };
  const auto dot = [&] { return at < s.size() && s[at++] == '.'; };
  if (!digits(4, 4) || !dot() || !digits(1, 2) || !dot() || !digits(1, 2)) return false;
  return !IsLetter(s, at) && !(at < s.size() && s[at] == '.' && IsDigit(s, at + 1));
}

// Whether the digits at `at` are the year or the month of a date written with dots, and the dot
// behind them is no decimal point.
bool BeforeDateDot(std::string_view s, size_t at) {
  constexpr size_t kYearAndDot = 5;
  return IsDottedDate(s, at) ||
         (at >= kYearAndDot && s[at - 1] == '.' && IsDottedDate(s, at - kYearAndDot));
}

int SmallInt(std::string_view s) {
  int value = 0;
  for (const char c : s) {
    if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
  }
  return s.find('-') == std::string_view::npos ? value : -value;
}

}  // namespace

ArabicNumeral ScanArabic(std::string_view s, size_t at, bool exponent) {
  ArabicNumeral out;
  const bool dot = s[at] == '.';
  out.end = SkipDigits(s, at);
  if (!dot && out.end - at <= 3) out.end = SkipGroups(s, out.end);
  for (size_t i = at; i < out.end; ++i) out.count += IsDigit(s, i) ? 1 : 0;
  out.fraction = out.end < s.size() && s[out.end] == '.' && IsDigit(s, out.end + 1) &&
                 (dot || !BeforeDateDot(s, at));
  if (out.fraction) out.end = SkipDigits(s, out.end + 1);
  const size_t mantissa = out.end;
  if (exponent) out.end = SkipExponent(s, out.end);
  if (out.end - at > kMaxNumeralBytes) return out;
  std::string plain(dot ? "0" : "");
  for (size_t i = at; i < mantissa; ++i) {
    if (IsDigit(s, i) || s[i] == '.') plain += s[i];
  }
  out.value = Decimal::Parse(plain);
  if (out.value && out.end > mantissa) {
    out.value = out.value->Shift(SmallInt(s.substr(mantissa + 1, out.end - mantissa - 1)));
  }
  return out;
}

}  // namespace kaoju
