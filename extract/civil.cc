#include "extract/civil.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace kaoju {

// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
int64_t DayNumber(CivilDate d) {
  const int64_t y = d.month <= 2 ? d.year - 1 : d.year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t yoe = y - era * 400;
  const int64_t doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

CivilDate DateOfDay(int64_t number) {
  number += 719468;
  const int64_t era = (number >= 0 ? number : number - 146096) / 146097;
  const int64_t doe = number - era * 146097;
  const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int64_t mp = (5 * doy + 2) / 153;
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe + era * 400) + (month <= 2 ? 1 : 0), month,
          static_cast<int>(doy - (153 * mp + 2) / 5 + 1)};
}

int DaysInMonth(int year, int month) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

int Weekday(CivilDate d) { return static_cast<int>(((DayNumber(d) + 3) % 7 + 7) % 7) + 1; }

std::string Padded(int value, size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

std::string Iso(int year) { return Padded(year, 4); }
std::string Iso(int year, int month) { return Iso(year) + '-' + Padded(month, 2); }
std::string Iso(CivilDate d) { return Iso(d.year, d.month) + '-' + Padded(d.day, 2); }

std::string IsoWeek(CivilDate d) {
  const int64_t thursday = DayNumber(d) - Weekday(d) + 4;
  const CivilDate t = DateOfDay(thursday);
  const auto week = static_cast<int>((thursday - DayNumber({t.year, 1, 1})) / 7) + 1;
  return Iso(t.year) + "-W" + Padded(week, 2);
}

CivilDate AddMonths(CivilDate d, int64_t months) {
  const int64_t m = static_cast<int64_t>(d.year) * 12 + d.month - 1 + months;
  const int year = static_cast<int>(m / 12);
  const int month = static_cast<int>(m % 12) + 1;
  return {year, month, std::min(d.day, DaysInMonth(year, month))};
}

int64_t Distance(CivilDate a, CivilDate b) { return std::abs(DayNumber(a) - DayNumber(b)); }

}  // namespace kaoju
