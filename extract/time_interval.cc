// Times between two others.
#include <cctype>
#include <cstdlib>

#include "extract/time_resolve.h"

namespace kaoju {

// 2024年以来: from the first day of it to the article's day.
TimeExpr TimeResolver::Since(const TimeExpr& from) const {
  TimeExpr out;
  out.type = "DATE";
  std::string first(from.value.substr(0, from.value.find('/')));
  if (first.size() == 4) first += "-01-01";
  if (first.size() == 7 && std::isdigit(static_cast<unsigned char>(first[5]))) first += "-01";
  if (!first.empty()) out.value = Keep(first + "/" + (now_ ? Iso(*now_) : std::string("..")));
  return out;
}

// 5月3日至6日; 昨天下午两点到四点, whose second end is of the day and the half day of the first.
TimeExpr TimeResolver::Interval(const TimeParts& p, const std::vector<TimeExpr>& times) {
  TimeExpr out;
  TimeExpr a = times[p.from];
  if (!p.hour) {
    const TimeExpr& b = times[p.to];
    out.type = a.type == "TIME" && b.type == "TIME" ? "TIME" : "DATE";
    if (a.value.empty() || b.value.empty()) return out;
    if (b.value == "PRESENT_REF" && now_) return Since(a);  // 从去年到现在
    std::string from(a.value.substr(0, a.value.find('/')));
    // 2月28日至3月1日: a beginning without a year that came out after the end is of its year.
    if (from.size() >= 7 && b.value.size() >= 7 &&
        std::isdigit(static_cast<unsigned char>(from[5])) &&
        std::isdigit(static_cast<unsigned char>(b.value[5])) && b.value < from) {
      const std::string moved = std::string(b.value.substr(0, 4)) + from.substr(4);
      if (moved <= b.value) from = moved;
    }
    std::string to(b.value.substr(b.value.find('/') + 1));
    // 去年11月至3月, 10月至5月: the end is of the year after, or past with its
    // beginning where that has not come.
    constexpr size_t kMonthSize = 7;
    if (from.size() == kMonthSize && to.size() == kMonthSize && to < from &&
        from.compare(0, 4, to, 0, 4) == 0 && std::isdigit(static_cast<unsigned char>(from[5])) &&
        std::isdigit(static_cast<unsigned char>(to[5]))) {
      const int year = std::atoi(from.c_str());
      if (!now_ || from <= Iso(now_->year, now_->month))
        to = Iso(year + 1) + to.substr(4);
      else
        from = Iso(year - 1) + from.substr(4);
    }
    // 星期六至星期一: an end in the week before is that of the week after.
    const auto first = ParsePublished(from);
    const auto last = ParsePublished(to);
    constexpr size_t kDaySize = 10;
    if (first && last && from.size() == kDaySize && to.size() == kDaySize && to < from &&
        Distance(*first, *last) < 7)
      to = Iso(DateOfDay(DayNumber(*last) + 7));
    // 下午2:00到4:30: the end is of the same half day.
    constexpr size_t kHour = 11;
    if (out.type == "TIME" && from.size() > kHour + 2 && to.size() > kHour + 2 && to < from &&
        from.compare(0, kHour, to, 0, kHour) == 0) {
      const int hour = std::atoi(to.substr(kHour, 2).c_str()) + 12;
      std::string later = to;
      later.replace(kHour, 2, Padded(hour, 2));
      if (hour < 24 && later > from) to = later;
    }
    out.value = Keep(from + "/" + to);
    return out;
  }
  out.type = "TIME";
  if (a.value == "PRESENT_REF" && now_ && minute_)  // 从现在到八点
    a.value = Keep(Iso(*now_) + 'T' + Padded(*minute_ / 60, 2) + ':' + Padded(*minute_ % 60, 2));
  if (a.value.size() < 13 || a.value[10] != 'T') return out;
  const auto end = [&](int hour) {
    return std::string(a.value.substr(0, 11)) + Padded(hour, 2) + ':' +
           Padded(p.minute.value_or(0), 2);
  };
  // 今晚7点到7点30分: of the same half day, if that comes after; 17:00 is what it says.
  const bool halved = p.day_part.empty() && *p.hour < 12 && a.value.substr(11, 2) >= "12";
  const bool later = halved && end(*p.hour + 12) > a.value;
  out.value = Keep(std::string(a.value) + "/" + end(later ? *p.hour + 12 : *p.hour));
  return out;
}

}  // namespace kaoju
