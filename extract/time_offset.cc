// What is counted from a point of time: 7个月前, 过去三个月.
#include <algorithm>
#include <string>

#include "extract/time_resolve.h"

namespace kaoju {
namespace {

// 半年 and 两年半 in months; nullopt: whole years, or another unit.
std::optional<TimeParts> WholeMonths(const TimeParts& p) {
  const auto months = p.amount.Times(Decimal::FromInt(12));
  if (p.unit != "Y" || p.amount.ToInt() || !months || !months->ToInt()) return std::nullopt;
  TimeParts out = p;
  out.unit = "M";
  out.amount = out.amount_high = *months;
  return out;
}

// 3小时前, 半小时后, 1小时20分钟前: the time of day, to the minute; "" where it cannot be reckoned.
std::string ClockOffset(const TimeParts& p, std::optional<CivilDate> now,
                        std::optional<int> minute) {
  constexpr int64_t kDaySeconds = 24 * 3600;
  constexpr int64_t kMost = 60000000;
  const auto seconds = [](Decimal amount, std::string_view unit) -> std::optional<int64_t> {
    if (unit.empty()) return 0;
    const int each = unit == "TH" ? 3600 : unit == "TM" ? 60 : 1;
    const auto n = amount.Times(Decimal::FromInt(each));
    return n ? n->ToInt() : std::nullopt;
  };
  const auto amount = seconds(p.amount, p.unit);
  const auto rest = seconds(p.rest, p.rest_unit);
  if (!now || !minute || !amount || !rest || *amount > kMost || *rest > kMost) return {};
  const int64_t at = DayNumber(*now) * kDaySeconds + *minute * 60 + (*amount + *rest) * p.direction;
  const int64_t day = at >= 0 ? at / kDaySeconds : -((kDaySeconds - 1 - at) / kDaySeconds);
  const auto of_day = static_cast<int>(at - day * kDaySeconds) / 60;
  return Iso(DateOfDay(day)) + 'T' + Padded(of_day / 60, 2) + ':' + Padded(of_day % 60, 2);
}

// One part of an ISO 8601 duration: 3 and M is 3M, half a year 6M, half an hour 30M.
std::string LengthPart(Decimal amount, std::string_view unit, bool vague) {
  const std::string letter(unit.substr(unit.size() - 1));
  if (vague && amount < Decimal::FromInt(10)) return "X" + letter;
  if (amount == *Decimal::Make(5, -1) && unit == "Y") return "6M";
  if (amount == *Decimal::Make(5, -1) && unit == "TH") return "30M";
  return amount.ToString() + letter;
}

}  // namespace

std::string IsoLength(const TimeParts& p) {
  std::string days;
  std::string clock;
  const auto add = [&](Decimal amount, std::string_view unit, bool vague) {
    if (!unit.empty()) (unit.size() == 2 ? clock : days) += LengthPart(amount, unit, vague);
  };
  add(p.amount, p.unit, p.vague);
  add(p.rest, p.rest_unit, false);
  add(p.last, p.last_unit, false);
  return "P" + days + (clock.empty() ? "" : "T" + clock);
}

// 7个月前, 两天后, 半年后.
TimeExpr TimeResolver::Offset(const TimeParts& p, std::optional<CivilDate> now,
                              std::optional<int> minute) const {
  TimeExpr out;
  out.type = "DATE";
  out.mod = p.mod == "MORE_THAN" ? "APPROX" : p.mod;
  if (const auto months = WholeMonths(p)) return Offset(*months, now, minute);
  if (!p.vague && (p.unit == "TH" || p.unit == "TM" || p.unit == "TS")) {
    const std::string at = ClockOffset(p, now, minute);
    if (!at.empty()) {
      out.type = "TIME";
      out.value = Keep(at);
      return out;
    }
  }
  const auto n = p.amount.ToInt();
  if (!now || !n || *n > 100000 || p.vague) {
    out.value = p.direction < 0 ? "PAST_REF" : "FUTURE_REF";
    return out;
  }
  const int64_t by = *n * p.direction;
  if (p.unit == "Y") {
    out.value = Keep(Iso(static_cast<int>(std::clamp<int64_t>(now->year + by, 1, 9999))));
  } else if ((p.unit == "M" && *n < 12000) || (p.unit == "Q" && *n < 4000)) {
    const CivilDate d = AddMonths(*now, p.unit == "Q" ? by * 3 : by);
    out.value = Keep(Iso(d.year, d.month));
  } else if (p.unit == "W" || p.unit == "D") {
    out.value = Keep(Iso(DateOfDay(DayNumber(*now) + by * (p.unit == "W" ? 7 : 1))));
  } else {
    out.value = p.direction < 0 ? "PAST_REF" : "FUTURE_REF";
  }
  return out;
}

TimeExpr TimeResolver::Window(const TimeParts& p, std::optional<CivilDate> anchor) const {
  TimeExpr out;
  out.type = "DATE";
  out.mod = p.mod;
  if (const auto months = WholeMonths(p)) return Window(*months, anchor);
  const auto n = p.amount.ToInt();
  if (!anchor || !n || *n > 10000 || p.vague) {
    out.type = "DURATION";
    out.value = Keep(IsoLength(p));
    return out;
  }
  const int64_t by = *n * p.direction;
  CivilDate other = *anchor;
  if (p.unit == "Y" && *n >= anchor->year) {  // 五千年来
    out.type = "DURATION";
    out.value = Keep(IsoLength(p));
    return out;
  }
  if (p.unit == "Y" || p.unit == "M") {
    other = AddMonths(*anchor, by * (p.unit == "Y" ? 12 : 1));
  } else if (p.unit == "W" || p.unit == "D") {
    other = DateOfDay(DayNumber(*anchor) + by * (p.unit == "W" ? 7 : 1));
  } else {
    out.type = "DURATION";
    out.value = Keep(IsoLength(p));
    return out;
  }
  out.value =
      Keep(p.direction < 0 ? Iso(other) + "/" + Iso(*anchor) : Iso(*anchor) + "/" + Iso(other));
  return out;
}

}  // namespace kaoju
