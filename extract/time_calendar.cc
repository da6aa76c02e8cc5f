// Times by other calendars, and the nth weekday.
#include "extract/feast.h"
#include "extract/time_resolve.h"

namespace kaoju {

// 去年春节, 今年斋月: in that year, else the nearest one, looking back first.
TimeExpr TimeResolver::Feast(const TimeParts& p, TimeExpr out) {
  std::optional<DayRange> best;
  if (p.year || p.rel_year) {
    if (const auto year = Year(p)) best = feasts_.Days(p.feast, *year);
  } else if (now_) {
    for (const int year : {now_->year, now_->year - 1, now_->year + 1}) {
      const auto days = feasts_.Days(p.feast, year);
      if (days && (!best || Distance(days->first, *now_) < Distance(best->first, *now_)))
        best = days;
    }
  }
  if (!best || best->first == best->last)
    return OfDay(p, out, best ? std::optional(best->first) : std::nullopt);
  out.value = Keep(Iso(best->first) + "/" + Iso(best->last));
  return out;
}

// 农历八月十五, 腊月: the Chinese year is the one that begins in the civil year.
TimeExpr TimeResolver::Lunar(const TimeParts& p, TimeExpr out) {
  std::optional<DayRange> best;
  const auto day_of = [&](const DayRange& m) {
    return p.day ? DateOfDay(DayNumber(m.first) + *p.day - 1) : m.first;
  };
  const std::optional<int> said = p.year || p.rel_year ? Year(p) : std::nullopt;
  if (!said && !now_) return OfDay(p, out, std::nullopt);
  for (const int shift : {0, -1, 1}) {
    if (said && shift != 0) continue;
    const auto month = feasts_.Month((said ? *said : now_->year) + shift, *p.month, p.leap);
    if (!month || (p.day && DayNumber(day_of(*month)) > DayNumber(month->last))) continue;
    if (!best || Distance(day_of(*month), *now_) < Distance(day_of(*best), *now_)) best = month;
  }
  if (!best || p.day) return OfDay(p, out, best ? std::optional(day_of(*best)) : std::nullopt);
  out.value = Keep(Iso(best->first) + "/" + Iso(best->last));
  return out;
}

// Its units from the `from`th to the `to`th, counted from 1; below it from the end, where -1 is the
// last: days of a year or a month, weeks or months of a year.
TimeExpr TimeResolver::PieceOf(const TimeParts& p, TimeExpr out, int from, int to) {
  std::optional<int> year = p.rel_month ? std::optional<int>() : Year(p);
  std::optional<int> month = p.month;
  if (p.rel_month && p.same && last_year_ && last_month_) {
    year = last_year_;
    month = last_month_;
  } else if (p.rel_month && now_) {
    const CivilDate m = AddMonths({now_->year, now_->month, 1}, *p.rel_month);
    year = m.year;
    month = m.month;
  }
  if (!year || *year < 1 || *year > 9998) return out;
  const CivilDate first{*year, month.value_or(1), 1};
  const int64_t begin = DayNumber(first);
  const int64_t end = DayNumber(AddMonths(first, month ? 1 : 12));
  // The Monday of the year's first ISO week holds 4 January.
  const auto first_week = [](int y) {
    const CivilDate d{y, 1, 4};
    return DayNumber(d) - Weekday(d) + 1;
  };
  const int64_t weeks = first_week(*year);
  const int64_t all = p.unit == "D"   ? end - begin
                      : p.unit == "W" ? (first_week(*year + 1) - weeks) / 7
                                      : 12;
  const auto at = [&](int n) { return n < 0 ? all + n : n - 1; };
  const int64_t a = at(from);
  const int64_t b = at(to);
  if (a < 0 || b < a || b >= all || (month && p.unit != "D")) return out;
  const auto name = [&](int64_t n) {
    if (p.unit == "D") return Iso(DateOfDay(begin + n));
    if (p.unit == "W") return IsoWeek(DateOfDay(weeks + 7 * n));
    return Iso(*year, static_cast<int>(n) + 1);
  };
  if (a == b && p.unit == "D") return OfDay(p, out, DateOfDay(begin + a));
  out.value = Keep(a == b ? name(a) : name(a) + "/" + name(b));
  return out;
}

// 今年最后三个月, 去年前10天.
TimeExpr TimeResolver::Edge(const TimeParts& p) {
  TimeExpr out;
  out.type = "DATE";
  const auto n = p.amount.ToInt();
  if (!n || *n < 1 || *n > 366) return out;
  const int count = static_cast<int>(*n);
  return p.direction < 0 ? PieceOf(p, out, 1, count) : PieceOf(p, out, -count, -1);
}

// 10月第一个星期一 is a day, 3月第三周 a week: that of the month's third Monday; 今年第二周.
TimeExpr TimeResolver::Nth(const TimeParts& p, TimeExpr out) {
  if (!p.unit.empty()) return PieceOf(p, out, *p.nth, *p.nth);
  std::optional<CivilDate> month;
  if (p.month) {
    if (const auto year = Year(p)) month = CivilDate{*year, *p.month, 1};
  } else if (p.same && last_year_ && last_month_) {
    month = CivilDate{*last_year_, *last_month_, 1};
  } else if (now_) {
    month = AddMonths({now_->year, now_->month, 1}, p.rel_month.value_or(0));
  }
  if (!month) return out;
  const std::string written = "nth-" + Padded(month->month, 2) + "-" + std::to_string(*p.nth) +
                              "-" + std::to_string(p.weekday.value_or(1));
  const auto day = FeastDay(written, month->year);
  if (!day || p.weekday) return OfDay(p, out, day);
  out.value = Keep(IsoWeek(*day));
  return out;
}

}  // namespace kaoju
