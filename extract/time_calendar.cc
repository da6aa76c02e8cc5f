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

// 10月第一个星期一 is a day, 3月第三周 a week: that of the month's third Monday.
TimeExpr TimeResolver::Nth(const TimeParts& p, TimeExpr out) {
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
