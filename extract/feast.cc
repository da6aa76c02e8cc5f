#include "extract/feast.h"

#include <unicode/calendar.h>
#include <unicode/locid.h>
#include <unicode/simpletz.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numbers>
#include <vector>

#include "extract/civil.h"

namespace kaoju {
namespace {

constexpr int kFirstYear = 1600;
constexpr int kLastYear = 2200;
constexpr double kDayMillis = 86400000.0;
constexpr int32_t kChinaOffset = 8 * 3600000;  // ms east of Greenwich
constexpr int kChineseEpoch = 2637;            // extended year 1 of ICU's calendar is 2637 BCE

// The numbers behind a prefix, parted by '-' or '+': "-05-2-7" is 5, 2, 7. A part with nothing
// before it but a second '-' is negative. nullopt iff something else stands there.
std::optional<std::vector<int>> Numbers(std::string_view s) {
  std::vector<int> out;
  while (!s.empty()) {
    if (s.front() != '-' && s.front() != '+') return std::nullopt;
    s.remove_prefix(1);
    int value = 0;
    const auto r = std::from_chars(s.data(), s.data() + s.size(), value);
    if (r.ec != std::errc{}) return std::nullopt;
    out.push_back(value);
    s.remove_prefix(static_cast<size_t>(r.ptr - s.data()));
  }
  return out;
}

std::unique_ptr<icu::Calendar> MakeCalendar(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Calendar> out(icu::Calendar::createInstance(
      new icu::SimpleTimeZone(kChinaOffset, "UTC+8"), icu::Locale(name), status));
  return U_SUCCESS(status) ? std::move(out) : nullptr;
}

// The civil day of what the calendar is set to.
std::optional<int64_t> DayOf(const icu::Calendar& calendar) {
  UErrorCode status = U_ZERO_ERROR;
  const double millis = calendar.getTime(status);
  if (U_FAILURE(status)) return std::nullopt;
  return static_cast<int64_t>(std::floor((millis + kChinaOffset) / kDayMillis));
}

std::optional<int64_t> CalendarDay(const char* calendar_name, int extended_year, int month, int day,
                                   bool leap) {
  const auto calendar = MakeCalendar(calendar_name);
  if (calendar == nullptr) return std::nullopt;
  calendar->clear();
  calendar->set(UCAL_EXTENDED_YEAR, extended_year);
  calendar->set(UCAL_MONTH, month - 1);
  if (leap) calendar->set(UCAL_IS_LEAP_MONTH, 1);
  calendar->set(UCAL_DATE, day);
  return DayOf(*calendar);
}

// The first of the years of another calendar that touch the civil year, in which the day falls in
// it. Years of `base` + n, n in [-1, 1].
std::optional<int64_t> InCivilYear(const char* name, int base, int month, int day, int shift,
                                   int year) {
  for (int n : {-1, 0, 1}) {
    const auto number = CalendarDay(name, base + n, month, day, false);
    if (number && DateOfDay(*number + shift).year == year) return *number + shift;
  }
  return std::nullopt;
}

// Easter Sunday (Meeus, "Astronomical Algorithms", chapter 8).
int64_t Easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
  return DayNumber({year, n / 31, n % 31 + 1});
}

// Easter of the Julian calendar, as a civil day.
int64_t OrthodoxEaster(int year) {
  const int d = (19 * (year % 19) + 15) % 30;
  const int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const int n = d + e + 114;
  const int julian_lag = year / 100 - year / 400 - 2;
  return DayNumber({year, n / 31, n % 31 + 1}) + julian_lag;
}

// The n-th such weekday of the month; -1: the last.
std::optional<int64_t> NthWeekday(int year, int month, int n, int weekday) {
  if (month < 1 || month > 12 || weekday < 1 || weekday > 7 || n == 0) return std::nullopt;
  if (n < 0) {
    const CivilDate last{year, month, DaysInMonth(year, month)};
    return DayNumber(last) - (Weekday(last) - weekday + 7) % 7;
  }
  const CivilDate first{year, month, 1};
  const int day = 1 + (weekday - Weekday(first) + 7) % 7 + 7 * (n - 1);
  if (day > DaysInMonth(year, month)) return std::nullopt;
  return DayNumber({year, month, day});
}

// The sun's apparent longitude in degrees (Meeus, chapter 25, to 0.01 degrees); `day` counts from
// 1970-01-01 0h, Greenwich.
double SunLongitude(double day) {
  constexpr double kRadian = std::numbers::pi / 180;
  const double t = (day - 10957.5) / 36525;
  const double mean = 280.46646 + 36000.76983 * t;
  const double anomaly = (357.52911 + 35999.05029 * t) * kRadian;
  const double centre = (1.914602 - 0.004817 * t) * std::sin(anomaly) +
                        0.019993 * std::sin(2 * anomaly) + 0.000289 * std::sin(3 * anomaly);
  const double node = (125.04 - 1934.136 * t) * kRadian;
  return mean + centre - 0.00569 - 0.00478 * std::sin(node);
}

// The day, in China, on which the sun reaches the longitude.
std::optional<int64_t> SunDay(int year, int degrees) {
  if (degrees < 0 || degrees >= 360) return std::nullopt;
  const auto ahead = [&](double day) {  // degrees still to go, in (-180, 180]
    const double gap = std::fmod(degrees - SunLongitude(day), 360.0);
    return gap > 180 ? gap - 360 : gap <= -180 ? gap + 360 : gap;
  };
  // 280 degrees at New Year; then a day for each degree, and three steps of correction.
  double day = static_cast<double>(DayNumber({year, 1, 1})) + (degrees + 80) % 360 * 1.0146;
  for (int i = 0; i < 4; ++i) day += ahead(day) * 1.0146;
  return static_cast<int64_t>(std::floor(day + 8.0 / 24));
}

bool Take(std::string_view& s, std::string_view prefix) {
  if (!s.starts_with(prefix)) return false;
  s.remove_prefix(prefix.size());
  return true;
}

std::optional<int64_t> FeastNumber(std::string_view s, int year) {
  const auto at = [](const std::vector<int>& n, size_t i) { return i < n.size() ? n[i] : 0; };
  std::string_view rest = s;
  if (Take(rest, "easter") || Take(rest, "oeaster")) {
    const bool minus = rest.starts_with('-');
    const auto n = Numbers(rest);
    if (!n) return std::nullopt;
    const int shift = minus ? -at(*n, 0) : at(*n, 0);
    return (s.front() == 'o' ? OrthodoxEaster(year) : Easter(year)) + shift;
  }
  if (Take(rest, "-")) {
    const auto n = Numbers(rest);
    if (!n || n->size() != 2 || at(*n, 0) < 1 || at(*n, 0) > 12) return std::nullopt;
    if (at(*n, 1) < 1 || at(*n, 1) > DaysInMonth(year, at(*n, 0))) return std::nullopt;
    return DayNumber({year, at(*n, 0), at(*n, 1)});
  }
  const bool chinese = Take(rest, "zh");
  const bool islamic = !chinese && Take(rest, "is");
  const bool hebrew = !chinese && !islamic && Take(rest, "he");
  const bool nth = !chinese && !islamic && !hebrew && Take(rest, "nth");
  const bool sun = !chinese && !islamic && !hebrew && !nth && Take(rest, "sun");
  const auto n = Numbers(rest);
  if (!n || n->empty()) return std::nullopt;
  if (sun) return SunDay(year, at(*n, 0));
  if (nth) return NthWeekday(year, at(*n, 0), at(*n, 1), at(*n, 2));
  if (at(*n, 0) < 1 || at(*n, 0) > 13 || at(*n, 1) < 1 || at(*n, 1) > 30) return std::nullopt;
  const int shift = -at(*n, 2);
  if (chinese) {
    return InCivilYear("en@calendar=chinese", year + kChineseEpoch, at(*n, 0), at(*n, 1), shift,
                       year);
  }
  if (islamic) {
    const int base = static_cast<int>((year - 622) * 33.0 / 32);
    return InCivilYear("en@calendar=islamic-umalqura", base, at(*n, 0), at(*n, 1), shift, year);
  }
  if (!hebrew) return std::nullopt;
  return InCivilYear("en@calendar=hebrew", year + 3761, at(*n, 0), at(*n, 1), shift, year);
}

}  // namespace

std::optional<CivilDate> FeastDay(std::string_view feast, int year) {
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  const auto number = FeastNumber(feast, year);
  if (!number) return std::nullopt;
  return DateOfDay(*number);
}

std::optional<DayRange> ChineseMonth(int year, int month, bool leap) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12) return std::nullopt;
  const auto calendar = MakeCalendar("en@calendar=chinese");
  if (calendar == nullptr) return std::nullopt;
  calendar->clear();
  calendar->set(UCAL_EXTENDED_YEAR, year + kChineseEpoch);
  calendar->set(UCAL_MONTH, month - 1);
  if (leap) calendar->set(UCAL_IS_LEAP_MONTH, 1);
  calendar->set(UCAL_DATE, 1);
  const auto first = DayOf(*calendar);
  if (!first) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  // A leap month that this year does not have is read as another month.
  if (leap && (calendar->get(UCAL_IS_LEAP_MONTH, status) == 0 ||
               calendar->get(UCAL_MONTH, status) != month - 1))
    return std::nullopt;
  const int32_t days = calendar->getActualMaximum(UCAL_DATE, status);
  if (U_FAILURE(status)) return std::nullopt;
  return DayRange{DateOfDay(*first), DateOfDay(*first + days - 1)};
}

std::optional<CivilDate> FeastMemory::Day(std::string_view feast, int year) {
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  auto it = days_.find(feast);
  if (it == days_.end()) it = days_.emplace(feast, Years{}).first;
  const auto [known, fresh] = it->second.try_emplace(year);
  if (fresh) known->second = FeastDay(feast, year);
  return known->second;
}

std::optional<DayRange> FeastMemory::Days(std::string_view feast, int year) {
  const size_t mark = feast.find('~');
  const auto first = Day(feast.substr(0, mark), year);
  if (!first || mark == feast.npos)
    return first ? std::optional(DayRange{*first, *first}) : std::nullopt;
  std::string_view end = feast.substr(mark + 1);
  if (end.starts_with('+')) {
    const auto more = Numbers(end);
    if (!more || more->size() != 1) return std::nullopt;
    return DayRange{*first, DateOfDay(DayNumber(*first) + more->front())};
  }
  auto last = Day(end, year);
  if (!last || DayNumber(*last) < DayNumber(*first)) last = Day(end, year + 1);
  return last ? std::optional(DayRange{*first, *last}) : std::nullopt;
}

std::optional<DayRange> FeastMemory::Month(int year, int month, bool leap) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12) return std::nullopt;
  const auto [known, fresh] = months_.try_emplace(std::tuple(year, month, leap));
  if (fresh) known->second = ChineseMonth(year, month, leap);
  return known->second;
}

}  // namespace kaoju
