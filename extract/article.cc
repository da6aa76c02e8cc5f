#include "extract/article.h"

#include <array>
#include <string_view>

namespace kaoju {
namespace {

// The three ideographs of a written date are syntax of metadata, not vocabulary: nian, yue, ri.
constexpr std::string_view kYear = "\u5e74";
constexpr std::string_view kMonth = "\u6708";
constexpr std::string_view kDay = "\u65e5";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

void SkipSpace(std::string_view& text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
}

// Takes a number of `least` to `most` digits (`most` <= 8) off the front of `text`; nullopt iff it
// has more or fewer.
std::optional<int> TakeNumber(std::string_view& text, size_t least, size_t most) {
  size_t size = 0;
  int value = 0;
  for (; size < text.size() && IsDigit(text[size]); ++size) {
    if (size == most) return std::nullopt;
    value = value * 10 + (text[size] - '0');
  }
  if (size < least) return std::nullopt;
  text.remove_prefix(size);
  return value;
}

bool Take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

bool IsRealDay(const CivilDate& date) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1) return false;
  const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  return date.day <= kDays[static_cast<size_t>(date.month - 1)] + (leap && date.month == 2);
}

// 2024-12-27, 2024/12/27, 2024.12.27 and shorter months and days; 2022 nian 12 yue 15 ri, with or
// without spaces.
std::optional<CivilDate> ReadSeparated(std::string_view& text) {
  const std::optional<int> year = TakeNumber(text, 4, 4);
  if (!year) return std::nullopt;
  std::string_view rest = text;
  SkipSpace(rest);
  const bool written = Take(rest, kYear);
  if (written) {
    text = rest;
    SkipSpace(text);
  }
  const std::string_view separator = written ? kMonth : text.substr(0, 1);
  if (!written) {
    if (separator != "-" && separator != "/" && separator != ".") return std::nullopt;
    text.remove_prefix(1);
  }
  const std::optional<int> month = TakeNumber(text, 1, 2);
  if (!month) return std::nullopt;
  if (written) SkipSpace(text);
  if (!Take(text, separator)) return std::nullopt;
  if (written) SkipSpace(text);
  const std::optional<int> day = TakeNumber(text, 1, 2);
  if (!day) return std::nullopt;
  if (written) {
    SkipSpace(text);
    if (!Take(text, kDay)) return std::nullopt;
  }
  return CivilDate{*year, *month, *day};
}

// 20241227 of ISO 8601's basic format.
std::optional<CivilDate> ReadCompact(std::string_view& text) {
  const std::optional<int> number = TakeNumber(text, 8, 8);
  if (!number) return std::nullopt;
  return CivilDate{*number / 10000, *number / 100 % 100, *number % 100};
}

// Takes the leading day off `text`.
std::optional<CivilDate> TakeDay(std::string_view& text) {
  SkipSpace(text);
  std::optional<CivilDate> date = ReadCompact(text);
  if (!date) date = ReadSeparated(text);
  return date && IsRealDay(*date) ? date : std::nullopt;
}

}  // namespace

std::optional<CivilDate> ParsePublished(std::string_view text) { return TakeDay(text); }

std::optional<int> ParsePublishedMinute(std::string_view text) {
  const std::string_view whole = text;
  if (!TakeDay(text) || text.empty()) return std::nullopt;
  const bool written = whole.substr(0, whole.size() - text.size()).ends_with(kDay);
  if (!written && !Take(text, "T") && !IsSpace(text.front())) return std::nullopt;
  SkipSpace(text);
  std::optional<int> hour;
  std::optional<int> minute;
  if (const auto basic = TakeNumber(text, 6, 6)) {
    hour = *basic / 10000;
    minute = *basic / 100 % 100;
  } else {
    hour = TakeNumber(text, 1, 2);
    if (hour && Take(text, ":")) minute = TakeNumber(text, 2, 2);
  }
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return *hour * 60 + *minute;
}

void Article::Publish(std::string when) {
  published = std::move(when);
  day = ParsePublished(published);
  minute = ParsePublishedMinute(published);
}

}  // namespace kaoju
