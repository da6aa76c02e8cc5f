// Tokens: what stands as one symbol in a layer's view, and the values behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/decimal.h"
#include "extract/span.h"
#include "rules/symbols.h"

namespace kaoju {

// What a numeral says. low == high unless it is a range or vague (数十 is 20 to 90).
struct NumberValue {
  Decimal low;
  Decimal high;
  std::string_view qualifier = "exact";  // exact, approx, more_than, at_least, range
  bool vague = false;                    // 几, 数十: an order of magnitude
  bool arabic = false;                   // starts with an Arabic digit
  int digits = 0;  // how many plain digits it is written with; 0: not plain digits only
  int scale = 0;   // power of ten of its last 万/亿, for 十八至三十万
};

// A time expression before it is resolved: what the words say. Absent means not said. Its texts are
// views into the rule set or the document's texts.
struct TimeParts {
  enum class Kind {
    kDate,
    kDuration,
    kSet,
    kInterval,
    kSpanToNow,
    kOffset,
    kWindow,
    kReference,
    kSameAs,
    kEdge
  };
  Kind kind = Kind::kDate;
  std::optional<int> year;          // as written: 2024, 98, 113
  std::optional<int> era;           // what is added to `year`: 民国 1911
  std::optional<int> rel_year;      // 今年 0, 去年 -1
  std::optional<int> month;         // 1-12
  std::optional<int> rel_month;     // 本月 0
  std::optional<int> day;           // 1-31
  std::optional<int> rel_day;       // 今天 0
  std::optional<int> rel_week;      // 本周 0
  std::optional<int> weekday;       // 1-7, Monday first; 8: the weekend
  std::optional<int> quarter;       // 1-4
  std::optional<int> rel_quarter;   // 上季 -1
  std::optional<int> half;          // 1-2
  std::optional<int> first_months;  // 前11个月
  std::optional<int> season;        // 1 spring … 4 winter
  std::optional<int> hour;
  std::optional<int> minute;
  std::optional<int> second;
  std::optional<int> nth;  // 第三周, 第一个周一; -1: the last; of a year: 第二周 and `unit`
  std::optional<int> century;  // 20: 1900 to 1999
  std::optional<int> decade;   // 0-90
  // 5月3-6日, 9至11月: one of the fields above goes on to this value.
  std::optional<int> high;
  std::optional<int> TimeParts::*high_field = nullptr;
  bool month_end = false;     // 下半月: it goes on to the last day of the month
  bool pm = false;            // 下午: hours before noon are of the afternoon
  bool lunar = false;         // month and day of the Chinese calendar
  bool leap = false;          // its leap month
  std::string_view feast;     // a day of every year, as in Feast (extract/feast.h)
  std::string_view day_part;  // TIMEX3: MO, MI, AF, EV, NI, DT
  bool same = false;          // 当天, 同月, 同年: as the time before
  int same_shift = 0;         // 次日: so many days from it
  bool said = false;  // 上年, 较上月: before the year or month that the sentence has named
                      // kOffset: 两天后 of a story, with `same` from the day that it names
  bool same_period = false;  // 去年同期
  std::string_view mod;      // START, MID, END, APPROX, MORE_THAN, LESS_THAN, BEFORE, AFTER
  // Durations, offsets and windows: 3 个月, 7个月前, 过去三个月; kEdge: 今年最后三个月.
  Decimal amount;
  Decimal amount_high;
  bool vague = false;     // 几分钟
  std::string_view unit;  // Y Q M W D TH TM TS
  // What follows in smaller units: the 30分 and 5秒 of 2小时30分5秒.
  Decimal rest;
  std::string_view rest_unit;  // empty: none
  Decimal last;
  std::string_view last_unit;
  int direction = 0;           // -1 ago or past, +1 from now
  std::string_view reference;  // PRESENT_REF …, or the parts of a fixed feast, --12-25
  uint32_t from =
      0;  // kInterval: indices of the two ends among the document's times; kSameAs: of the time
  uint32_t to = 0;
};

// One symbol: a lexicon word, a numeral, or a fact of a layer below.
struct Token {
  TypeId type = 0;
  Span span;  // of Article::folded
  uint32_t value =
      0;  // index into what the type says: lexicon entries, numbers, times, mentions, figures
};

}  // namespace kaoju
