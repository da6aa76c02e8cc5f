// The civil calendar (proleptic Gregorian), and days written as in ISO 8601.
#pragma once

#include <cstdint>
#include <string>

#include "extract/article.h"

namespace kaoju {

// Days since 1970-01-01 and back; month overflow is the caller's business.
int64_t DayNumber(CivilDate d);
CivilDate DateOfDay(int64_t number);
int DaysInMonth(int year, int month);
// ISO 8601 week: Monday is 1; weeks belong to the year of their Thursday.
int Weekday(CivilDate d);
std::string IsoWeek(CivilDate d);

// `months` before or after; the day is cut to the length of the month.
CivilDate AddMonths(CivilDate d, int64_t months);
// Days between the two, never negative.
int64_t Distance(CivilDate a, CivilDate b);

// `value` in decimal, with zeros in front up to `width` digits.
std::string Padded(int value, size_t width);
// "2024", "2024-06", "2024-06-15".
std::string Iso(int year);
std::string Iso(int year, int month);
std::string Iso(CivilDate d);

}  // namespace kaoju
