// Times by other calendars, and the nth weekday.
#include <cstdlib>

#include "extract/feast.h"
#include "extract/time_resolve.h"

namespace kaoju {

// The days of a feast that lasts several, "is-09-01~is-10-01-1" or "he-03-25~+7", that begins in
// the civil year.
std::optional<DayRange> TimeResolver::FeastDays(std::string_view feast, int year) {
  const size_t mark = feast.find('~');
  const auto first = feasts_.Day(feast.substr(0, mark), year);
  std::string_view end = feast.substr(mark + 1);
  if (!first) return std::nullopt;
  if (end.starts_with('+')) {
    const int days = std::atoi(std::string(end).c_str());
    return DayRange{*first, DateOfDay(DayNumber(*first) + days)};
  }
  auto last = feasts_.Day(end, year);
  if (!last || DayNumber(*last) < DayNumber(*first)) last = feasts_.Day(end, year + 1);
  if (!last) return std::nullopt;
  return DayRange{*first, *last};
}

// 今年斋月: all of its days; which, where no year is said, as for a feast of one day.
TimeExpr TimeResolver::LongFeast(const TimeParts& p, TimeExpr out) {
  std::optional<DayRange> best;
  if (p.year || p.rel_year) {
    if (const auto year = Year(p)) best = FeastDays(p.feast, *year);
  } else if (now_) {
    for (const int year : {now_->year, now_->year - 1, now_->year + 1}) {
      const auto days = FeastDays(p.feast, year);
      if (days && (!best || Distance(days->first, *now_) < Distance(best->first, *now_)))
        best = days;
    }
  }
  if (best) out.value = Keep(Iso(best->first) + "/" + Iso(best->last));
  return out;
}

// 去年春节: the day in that year, else the nearest one, looking back first.
TimeExpr TimeResolver::Feast(const TimeParts& p, TimeExpr out) {
  if (p.feast.find('~') != p.feast.npos) return LongFeast(p, out);
  if (p.year || p.rel_year) {
    const std::optional<int> year = Year(p);
    return OfDay(p, out, year ? feasts_.Day(p.feast, *year) : std::nullopt);
  }
  if (!now_) return OfDay(p, out, std::nullopt);
  std::optional<CivilDate> best;
  for (const int year : {now_->year, now_->year - 1, now_->year + 1}) {
    const auto day = feasts_.Day(p.feast, year);
    if (day && (!best || Distance(*day, *now_) < Distance(*best, *now_))) best = day;
  }
  return OfDay(p, out, best);
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
