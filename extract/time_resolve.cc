#include "extract/time_resolve.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "extract/feast.h"

namespace kaoju {

namespace {

// The year in which the month is nearest to the article's; of two as near, the past one.
int NearestYear(CivilDate now, int month) {
  int best = now.year;
  int distance = 99;
  for (int year : {now.year, now.year - 1, now.year + 1}) {
    const int d = std::abs((year - now.year) * 12 + month - now.month);
    if (d < distance || (d == distance && year < best)) {
      best = year;
      distance = d;
    }
  }
  return best;
}

// The month (as a date on its first) in which the day of the month is nearest to the article's day.
std::optional<CivilDate> NearestDay(CivilDate now, int day) {
  std::optional<CivilDate> best;
  int64_t distance = 0;
  for (int shift : {0, -1, 1}) {
    const CivilDate m = AddMonths({now.year, now.month, 1}, shift);
    if (day > DaysInMonth(m.year, m.month)) continue;
    const CivilDate d{m.year, m.month, day};
    const int64_t off = DayNumber(d) - DayNumber(now);
    // What is still ahead counts half again as far: news looks back.
    const int64_t cost = off > 0 ? off * 3 / 2 : -off;
    if (!best || cost < distance) {
      best = d;
      distance = cost;
    }
  }
  return best;
}

std::string SeasonCode(int season) {
  static constexpr std::array<const char*, 4> kCodes{"SP", "SU", "FA", "WI"};
  return kCodes[static_cast<size_t>(season - 1)];
}

}  // namespace

void TimeResolver::Remember(std::optional<int> year, std::optional<int> month,
                            std::optional<int> day, bool explicit_year) {
  last_year_ = year;
  last_month_ = month;
  last_day_ = day;
  if (explicit_year) sentence_year_ = year;
  if (month) sentence_month_ = month;
  if (year && month && day) sentence_stop_ = CivilDate{*year, *month, *day};
}

std::optional<int> TimeResolver::Year(const TimeParts& p) const {
  if (p.year) {
    if (p.era) return *p.year + *p.era;
    if (*p.year >= 100) return p.year;
    const int pivot = now_ ? (now_->year + 10) % 100 : 50;
    return *p.year <= pivot ? 2000 + *p.year : 1900 + *p.year;
  }
  if (p.rel_year) {
    if (p.same && (last_year_ || !p.said)) return last_year_;
    if (p.said && sentence_year_) return *sentence_year_ + *p.rel_year;
    if (!now_) return std::nullopt;
    return now_->year + *p.rel_year;
  }
  if (sentence_year_) return sentence_year_;
  if (const auto ahead = AheadYear(p)) return ahead;
  if (!now_) return std::nullopt;
  if (p.month) return NearestYear(*now_, *p.month);
  // 第四季 said in January is over.
  if (p.quarter && *p.quarter * 3 - 1 - now_->month > 7) return now_->year - 1;
  return now_->year;
}

// 明年全年…。下半年…: a part of the year ahead, if that part of this year is over or nearly so.
std::optional<int> TimeResolver::AheadYear(const TimeParts& p) const {
  if (!ahead_year_ || !now_ || p.month) return std::nullopt;
  int last = 0;
  if (p.quarter) last = *p.quarter * 3;
  if (p.half) last = *p.half * 6;
  if (p.mod == "END" && last == 0) last = 12;
  return last > 0 && last <= now_->month ? ahead_year_ : std::nullopt;
}

std::optional<CivilDate> TimeResolver::RelativeDay(const TimeParts& p) const {
  if (p.rel_day) {
    if (!now_) return std::nullopt;
    return DateOfDay(DayNumber(*now_) + *p.rel_day);
  }
  if (p.same && !p.rel_year && !p.rel_month) {
    std::optional<CivilDate> day = now_;
    if (last_year_ && last_month_ && last_day_)
      day = CivilDate{*last_year_, *last_month_, *last_day_};
    if (!day || p.same_shift == 0) return day;
    return DateOfDay(DayNumber(*day) + p.same_shift);
  }
  return std::nullopt;
}

TimeExpr TimeResolver::Clock(const TimeParts& p, TimeExpr out, std::optional<CivilDate> day) {
  out.type = "TIME";
  if (!day) {
    out.value = {};
    return out;
  }
  CivilDate d = *day;
  int hour = p.hour.value_or(0);
  if (hour == 24) {
    hour = 0;
    d = DateOfDay(DayNumber(d) + 1);
  }
  std::string value = Iso(d);
  if (p.hour) {
    value += 'T' + Padded(hour, 2) + ':' + Padded(p.minute.value_or(0), 2);
    if (p.second) value += ':' + Padded(*p.second, 2);
  } else {
    value.append("T").append(p.day_part);
  }
  out.value = Keep(value);
  Remember(d.year, d.month, d.day, false);
  return out;
}

// A whole day, or a time of it; absent: no value.
TimeExpr TimeResolver::OfDay(const TimeParts& p, TimeExpr out, std::optional<CivilDate> day) {
  if (p.hour || !p.day_part.empty()) return Clock(p, out, day);
  if (!day) return out;
  out.value = Keep(Iso(*day));
  Remember(day->year, day->month, day->day, false);
  return out;
}

// 5月3-6日, 9至11月: both ends, as if each were said alone; a year that is not said is that of the
// later end.
TimeExpr TimeResolver::DateRange(const TimeParts& p) {
  const auto before = sentence_year_;
  const bool years = p.high_field == &TimeParts::rel_year;  // 今明两年: no year goes on from it
  const bool guess = p.high_field == &TimeParts::month && !p.year && !p.rel_year;
  if (guess && !sentence_year_ && now_) sentence_year_ = NearestYear(*now_, *p.high);
  TimeParts end = p;
  end.high.reset();
  const TimeExpr a = Date(end);
  end.*p.high_field = p.high;
  TimeExpr out = Date(end);
  // 下半月, days 16 to 31: the last day that the month has.
  constexpr size_t kDaySize = 10;
  while (p.month_end && out.value.size() < kDaySize && *end.day > 28) {
    --*end.day;
    out = Date(end);
  }
  if (guess || years) sentence_year_ = before;
  // 周三至五 said on a Monday: the end is of the week of the beginning.
  if (p.high_field == &TimeParts::weekday && out.value < a.value) {
    if (const auto day = ParsePublished(out.value))
      out.value = Keep(Iso(DateOfDay(DayNumber(*day) + 7)));
  }
  out.value = a.value.empty() || out.value.empty()
                  ? std::string_view()
                  : Keep(std::string(a.value).append("/").append(out.value));
  return out;
}

// 20世纪80年代 is 198, 21世纪 20; 90年代 alone is the last one that has begun.
TimeExpr TimeResolver::Decade(const TimeParts& p, TimeExpr out) const {
  if (p.century && !p.decade) {
    out.value = Keep(Padded(*p.century - 1, 2));
    return out;
  }
  std::optional<int> century = p.century;
  if (!century && now_) {
    century = now_->year / 100 + (now_->year % 100 >= *p.decade ? 1 : 0);
  }
  if (century) out.value = Keep(Padded((*century - 1) * 10 + *p.decade / 10, 3));
  return out;
}

TimeExpr TimeResolver::Date(const TimeParts& p) {
  TimeExpr out;
  out.type = "DATE";
  out.mod = p.mod;
  if (p.high) return DateRange(p);
  if (!p.feast.empty()) return Feast(p, out);
  if (p.lunar && p.month) return Lunar(p, out);
  if (p.century || p.decade) return Decade(p, out);
  if (p.nth) return Nth(p, out);
  const bool clock = p.hour || !p.day_part.empty();
  if (auto day = RelativeDay(p)) {
    if (p.day) day = CivilDate{day->year, day->month, *p.day};
    return OfDay(p, out, day);
  }
  if (p.rel_week || p.weekday) {
    if (!now_) return out;
    const int64_t monday =
        DayNumber(*now_) - Weekday(*now_) + 1 + 7 * static_cast<int64_t>(p.rel_week.value_or(0));
    if (p.weekday && *p.weekday <= 7) {
      int64_t day = monday + *p.weekday - 1;
      if (!p.rel_week && day > DayNumber(*now_) + 3)
        day -= 7;  // 周五 said on a Monday: the last one
      return OfDay(p, out, DateOfDay(day));
    } else {
      out.value = Keep(IsoWeek(DateOfDay(monday)) + (p.weekday ? "-WE" : ""));
    }
    return out;
  }
  if (p.day && !p.month && !p.rel_month) {  // 21日
    std::optional<CivilDate> day;
    if (sentence_month_ && last_year_ && *p.day <= DaysInMonth(*last_year_, *sentence_month_)) {
      day = CivilDate{*last_year_, *sentence_month_, *p.day};
    } else if (now_) {
      day = NearestDay(*now_, *p.day);
    }
    if (!day) return out;
    return OfDay(p, out, day);
  }
  if (clock && !p.month && !p.rel_month && !p.year && !p.rel_year) {  // 18时12分
    std::optional<CivilDate> day = sentence_stop_;
    if (!day && last_day_ && last_month_ && last_year_)
      day = CivilDate{*last_year_, *last_month_, *last_day_};
    // 市长下午启程 behind a day that is still ahead: today.
    const bool ahead = p.said && now_ && day && DayNumber(*now_) < DayNumber(*day);
    return Clock(p, out, !day || (ahead && !sentence_stop_) ? now_ : day);
  }
  if (p.rel_month) {
    std::optional<CivilDate> month;
    if (p.same && last_year_ && last_month_) {
      month = CivilDate{*last_year_, *last_month_, 1};
    } else if (p.said && sentence_month_ && last_year_) {
      month = AddMonths({*last_year_, *sentence_month_, 1}, *p.rel_month);
      out.value = Keep(Iso(month->year, month->month));
      return out;
    } else if (now_) {
      month = AddMonths({now_->year + p.rel_year.value_or(0), now_->month, 1}, *p.rel_month);
    }
    if (!month) return out;
    if (p.day && *p.day <= DaysInMonth(month->year, month->month)) {
      month->day = *p.day;
      return OfDay(p, out, month);
    } else {
      out.value = Keep(Iso(month->year, month->month));
      Remember(month->year, month->month, std::nullopt, false);
    }
    return out;
  }
  if (p.rel_quarter) {
    if (!now_) return out;
    const int quarters = now_->year * 4 + (now_->month - 1) / 3 + *p.rel_quarter;
    out.value = Keep(Iso(quarters / 4) + "-Q" + std::to_string(quarters % 4 + 1));
    return out;
  }
  const std::optional<int> year = Year(p);
  if (!year) return out;
  const bool explicit_year = (p.year || p.rel_year) && !p.said;
  if (explicit_year && now_) ahead_year_ = *year > now_->year ? year : std::optional<int>();
  if (p.same_period) {  // 去年同期: last year's share of the time before
    out.value = Keep(last_month_ ? Iso(*year, *last_month_) : Iso(*year));
  } else if (p.first_months) {
    out.value = Keep(Iso(*year, 1) + "/" + Iso(*year, *p.first_months));
    Remember(year, p.first_months, std::nullopt, explicit_year);
  } else if (p.quarter) {
    out.value = Keep(Iso(*year) + "-Q" + std::to_string(*p.quarter));
  } else if (p.half) {
    out.value = Keep(Iso(*year) + "-H" + std::to_string(*p.half));
  } else if (p.season) {
    out.value = Keep(Iso(*year) + "-" + SeasonCode(*p.season));
  } else if (p.month && p.day) {
    if (*p.day > DaysInMonth(*year, *p.month)) return out;
    if (clock) {
      if (explicit_year) sentence_year_ = year;
      return Clock(p, out, CivilDate{*year, *p.month, *p.day});
    }
    out.value = Keep(Iso(CivilDate{*year, *p.month, *p.day}));
    Remember(year, p.month, p.day, explicit_year);
  } else if (p.month) {
    out.value = Keep(Iso(*year, *p.month));
    Remember(year, p.month, std::nullopt, explicit_year);
  } else {
    out.value = Keep(Iso(*year));
    Remember(year, std::nullopt, std::nullopt, explicit_year);
  }
  if (explicit_year && !sentence_year_) sentence_year_ = year;
  return out;
}

TimeExpr TimeResolver::Resolve(const TimeParts& p, const std::vector<TimeExpr>& times) {
  TimeExpr out;
  switch (p.kind) {
    case TimeParts::Kind::kDate:
      return Date(p);
    case TimeParts::Kind::kDuration:
      out.type = "DURATION";
      out.value = Keep(IsoLength(p));
      out.mod = p.mod;
      return out;
    case TimeParts::Kind::kSet:
      out.type = "SET";
      out.value = Keep(IsoLength(p));
      return out;
    case TimeParts::Kind::kInterval:
      return Interval(p, times);
    case TimeParts::Kind::kSameAs:
      out = times[p.from];
      if (!p.mod.empty()) out.mod = p.mod;
      return out;
    case TimeParts::Kind::kSpanToNow:
      return Since(times[p.from]);
    case TimeParts::Kind::kOffset:
      if (!p.said) return Offset(p, now_, minute_);
      out.type = "DATE";
      out.mod = p.mod == "MORE_THAN" ? "APPROX" : p.mod;
      return out;
    case TimeParts::Kind::kWindow:
      return Window(p, now_);
    case TimeParts::Kind::kEdge:
      return Edge(p);
    case TimeParts::Kind::kReference:
      out.type = "DATE";
      out.value = p.reference;
      out.mod = p.mod;
      return out;
  }
  return out;
}

}  // namespace kaoju
