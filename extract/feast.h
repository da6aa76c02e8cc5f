// Feasts: days that come every year, on a date of some calendar, on a weekday of a month, at a
// distance from Easter, or where the sun stands. How each is reckoned stands in the lexicon:
//
//   --12-25       25 December                   zh-05-05      5th day of the 5th Chinese month
//   zh-01-01-1    the day before zh-01-01       is-10-01      1 Shawwal (Umm al-Qura calendar)
//   he-01-10      10 Tishri                     nth-05-2-7    the second Sunday of May
//   easter-2      Good Friday                   oeaster+0     Easter of the Eastern churches
//   is-09-01~is-10-01-1   all days of Ramadan; he-03-25~+7: eight days
//   sun-270       the sun at 270 degrees of longitude: the winter solstice, in China's time
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "extract/article.h"

namespace kaoju {

// The day on which the feast falls in a civil year, the first if it falls twice; nullopt iff it
// does not fall in it, the year is outside [1600, 2200], or `feast` is not written so.
std::optional<CivilDate> FeastDay(std::string_view feast, int year);

// The days of a month of the Chinese year that begins in the civil year `year`; `leap`: of the leap
// month that follows it. nullopt iff there is none or the year is outside [1600, 2200].
struct DayRange {
  CivilDate first;
  CivilDate last;
};
std::optional<DayRange> ChineseMonth(int year, int month, bool leap);

// The two above, each answer reckoned once: the moon of a Chinese month costs as much as reading
// an article. One for each thread.
class FeastMemory {
 public:
  // The days of a feast that begins in the civil year; of most, one.
  std::optional<DayRange> Days(std::string_view feast, int year);
  std::optional<DayRange> Month(int year, int month, bool leap);

 private:
  std::optional<CivilDate> Day(std::string_view feast, int year);

  using Years = std::map<int, std::optional<CivilDate>>;
  std::map<std::string, Years, std::less<>> days_;  // as many feasts as the lexicon has
  std::map<std::tuple<int, int, bool>, std::optional<DayRange>> months_;
};

}  // namespace kaoju
