// Time expressions: what the words of a match say, not yet resolved.
#include <charconv>

#include "extract/build.h"

namespace kaoju {
namespace {

std::optional<int> ParseInt(std::string_view s) {
  int v = 0;
  const auto r = std::from_chars(s.data(), s.data() + s.size(), v);
  if (r.ec == std::errc{} && r.ptr == s.data() + s.size()) return v;
  return std::nullopt;
}

std::optional<int> WholeNumber(Decimal d) {
  const auto v = d.ToInt();
  return v && *v >= 0 && *v < 10000 ? std::optional<int>(static_cast<int>(*v)) : std::nullopt;
}

// The integers behind a role: a constant, a numeral, or the canonical form of a lexicon word. low
// absent: no such role, or it did not match. high: the numeral is a range. `bad` is set when it
// matched something that is no whole number.
struct IntRange {
  std::optional<int> low;
  std::optional<int> high;
};
IntRange RoleInts(const BuildContext& c, RoleId role, bool& bad) {
  // "3", and "0~1" for 今明两年.
  const auto parse = [&](std::string_view s) -> IntRange {
    const size_t to = s.find('~');
    const auto low = ParseInt(s.substr(0, to));
    const auto high = to == s.npos ? std::nullopt : ParseInt(s.substr(to + 1));
    bad |= !low || (to != s.npos && !high);
    return {low, high};
  };
  if (const auto constant = c.RoleConstant(role); !constant.empty()) return parse(constant);
  if (c.RoleCapture(role) == nullptr) return {};
  if (const NumberValue* n = c.RoleNumber(role)) {
    const auto low = WholeNumber(n->low);
    const auto high = WholeNumber(n->high);
    if (low && n->qualifier == "exact" && n->low == n->high) return {low, std::nullopt};
    if (low && high && n->qualifier == "range") return {low, high};
    bad = true;
    return {};
  }
  const LexiconEntry* e = c.RoleEntry(role);
  return parse(e == nullptr ? c.RoleText(role) : std::string_view(e->canonical));
}

std::optional<int> RoleInt(const BuildContext& c, RoleId role, bool& bad) {
  const IntRange v = RoleInts(c, role, bad);
  bad |= v.high.has_value();
  return v.low;
}

bool Within(const std::optional<int>& v, int low, int high) {
  return !v || (*v >= low && *v <= high);
}

// The digits behind the point that is not written: 58 of 4秒58.
bool AddDigits(const NumberValue& digits, Decimal& seconds) {
  const auto part = digits.low.Shift(-digits.digits);
  if (!digits.arabic || digits.digits < 2 || digits.digits > 3 || !part) return false;
  const auto sum = seconds.Plus(*part);
  if (sum) seconds = *sum;
  return sum.has_value();
}

// 30分 behind 2小时, 半 behind 两年. False iff it does not go on from the unit before.
bool ReadRest(const BuildContext& c, TimeParts& t) {
  const NumberValue* rest = c.RoleNumber(RoleId::kRest);
  if (rest == nullptr) return true;
  const NumberValue* last = c.RoleNumber(RoleId::kLast);
  const bool half = rest->low == *Decimal::Make(5, -1);
  if (t.amount != t.amount_high || rest->low != rest->high || rest->low.negative()) return false;
  t.rest_unit = c.RoleText(RoleId::kRestUnit);
  // 4秒58, 1分51秒46: hundredths.
  const bool parts = !half && t.rest_unit.empty() && t.unit == "TS" && last == nullptr;
  if (parts) return AddDigits(*rest, t.amount) && (t.amount_high = t.amount, true);
  if (t.rest_unit.empty() != half && !(half && t.rest_unit == t.unit)) return false;
  if (half) {
    const auto sum = t.amount.Plus(rest->low);
    if (!sum || last != nullptr) return false;
    t.amount = t.amount_high = *sum;
    t.rest_unit = {};
    return true;
  }
  t.rest = rest->low;
  if (last == nullptr) return true;
  if (t.rest_unit == "TS" && c.RoleCapture(RoleId::kLastUnit) == nullptr)
    return AddDigits(*last, t.rest);
  t.last = last->low;
  t.last_unit = c.RoleText(RoleId::kLastUnit);
  return last->low == last->high && !t.last_unit.empty();
}

// 一刻钟: quarters of an hour as minutes.
bool QuartersToMinutes(TimeParts& t) {
  if (t.unit != "TQ") return true;
  const auto low = t.amount.Times(Decimal::FromInt(15));
  const auto high = t.amount_high.Times(Decimal::FromInt(15));
  if (!low || !high) return false;
  t.amount = *low;
  t.amount_high = *high;
  t.unit = "TM";
  return true;
}

bool ReadAmount(const BuildContext& c, TimeParts& t) {
  t.unit = c.RoleText(RoleId::kUnit);
  const NumberValue* n = c.RoleNumber(RoleId::kAmount);
  if (n != nullptr) {
    if (n->digits == 4 && t.unit == "Y") return false;  // 2024年 is a date
    // 07年以后 is no seven years later.
    if (n->digits == 2 && t.unit == "Y" && n->high < Decimal::FromInt(10)) return false;
    t.amount = n->low;
    t.amount_high = n->high;
    t.vague = n->vague;
    if (n->qualifier == "more_than" || n->qualifier == "at_least") t.mod = "MORE_THAN";
    if (n->qualifier == "approx" || n->qualifier == "range") t.mod = "APPROX";
  } else if (const auto constant = c.RoleConstant(RoleId::kAmount); !constant.empty()) {
    const auto parsed = Decimal::Parse(constant);
    if (!parsed) return false;
    t.amount = t.amount_high = *parsed;
  } else {
    return false;
  }
  return !t.unit.empty() && !t.amount.negative() && ReadRest(c, t) && QuartersToMinutes(t);
}

TimeParts::Kind KindOf(std::string_view how) {
  using Kind = TimeParts::Kind;
  if (how == "interval") return Kind::kInterval;
  if (how == "since") return Kind::kSpanToNow;
  if (how == "offset") return Kind::kOffset;
  if (how == "window") return Kind::kWindow;
  if (how == "reference") return Kind::kReference;
  if (how == "same") return Kind::kSameAs;
  if (how == "edge") return Kind::kEdge;
  return Kind::kDate;
}

struct IntRole {
  RoleId role;
  std::optional<int> TimeParts::*field;
};
constexpr IntRole kIntRoles[] = {{RoleId::kYear, &TimeParts::year},
                                 {RoleId::kRelYear, &TimeParts::rel_year},
                                 {RoleId::kMonth, &TimeParts::month},
                                 {RoleId::kRelMonth, &TimeParts::rel_month},
                                 {RoleId::kDay, &TimeParts::day},
                                 {RoleId::kRelDay, &TimeParts::rel_day},
                                 {RoleId::kRelWeek, &TimeParts::rel_week},
                                 {RoleId::kWeekday, &TimeParts::weekday},
                                 {RoleId::kRelQuarter, &TimeParts::rel_quarter},
                                 {RoleId::kQuarter, &TimeParts::quarter},
                                 {RoleId::kHalf, &TimeParts::half},
                                 {RoleId::kSeason, &TimeParts::season},
                                 {RoleId::kFirstMonths, &TimeParts::first_months},
                                 {RoleId::kHour, &TimeParts::hour},
                                 {RoleId::kMinute, &TimeParts::minute},
                                 {RoleId::kSecond, &TimeParts::second},
                                 {RoleId::kEra, &TimeParts::era},
                                 {RoleId::kNth, &TimeParts::nth},
                                 {RoleId::kDecade, &TimeParts::decade},
                                 {RoleId::kCentury, &TimeParts::century}};

// 前20天 of a month: its days 1 to 20.
bool ReadFirstDays(const BuildContext& c, TimeParts& t) {
  bool bad = false;
  const auto last = RoleInt(c, RoleId::kFirstDays, bad);
  if (bad || !last) return !bad;
  if (t.high || t.day || *last < 2) return false;
  t.day = 1;
  t.high = last;
  t.high_field = &TimeParts::day;
  return true;
}

// 晚上九点零九, read as 9.09: the numeral of the hour has the minutes as its hundredths.
bool ReadPointClock(const BuildContext& c, TimeParts& t) {
  const NumberValue* n = c.RoleNumber(RoleId::kHour);
  if (n == nullptr || n->low != n->high || n->qualifier != "exact") return false;
  const auto hundredths = n->low.Shift(2);
  const auto v = hundredths ? WholeNumber(*hundredths) : std::nullopt;
  // 2.30, no 2.3: two digits behind the point.
  const std::string_view text = c.RoleText(RoleId::kHour);
  const bool two =
      n->arabic ? text.size() >= 4 && text[text.size() - 3] == '.' : n->low.exponent() == -2;
  if (!v || !two) return false;
  t.hour = *v / 100;
  t.minute = *v % 100;
  return true;
}

// False iff a role holds something that is no whole number, or two of them are ranges.
bool ReadIntegers(const BuildContext& c, TimeParts& t) {
  bool bad = false;
  const bool point = c.RoleConstant(RoleId::kMinuteDigits) == "point";
  if (point && !ReadPointClock(c, t)) return false;
  for (const IntRole& known : kIntRoles) {
    if (point && (known.role == RoleId::kHour || known.role == RoleId::kMinute)) continue;
    const IntRange v = RoleInts(c, known.role, bad);
    t.*known.field = v.low;
    if (!v.high) continue;
    if (t.high) return false;
    t.high = v.high;
    t.high_field = known.field;
  }
  if (const auto last = RoleInt(c, RoleId::kHigh, bad); last && !t.high) {  // 周一至五
    t.high = last;
    t.high_field = &TimeParts::weekday;
  }
  return !bad && ReadFirstDays(c, t);
}

// 下午3点 is 15, 中午1点 is 13, 中午11点 stays; 晚上12点 is 24, 深夜2点 stays.
int Afternoon(int hour, std::string_view part) {
  if (part == "MI") return hour >= 1 && hour <= 3 ? hour + 12 : hour;
  if (part == "NI") return hour >= 5 && hour <= 12 ? hour + 12 : hour;
  return hour >= 1 && hour < 12 ? hour + 12 : hour;
}

// What the words say besides numbers: flags, parts of the day, the week of a weekday.
void ReadWords(const BuildContext& c, TimeParts& t) {
  t.same = c.RoleCapture(RoleId::kSame) != nullptr || !c.RoleConstant(RoleId::kSame).empty();
  if (const LexiconEntry* e = c.RoleEntry(RoleId::kSame))
    t.same_shift = ParseInt(e->canonical).value_or(0);
  t.same_period = c.RoleCapture(RoleId::kSamePeriod) != nullptr;
  for (const RoleId role : {RoleId::kRelYear, RoleId::kRelMonth}) {  // 当年, 当月
    const LexiconEntry* e = c.RoleEntry(role);
    if (e == nullptr) continue;
    t.same |= e->Has("same");
    t.said |= e->Has("said");
  }
  t.said |= !c.RoleConstant(RoleId::kSaid).empty();
  if (const LexiconEntry* e = c.RoleEntry(RoleId::kDay)) t.month_end = e->Has("month_end");
  t.lunar = !c.RoleConstant(RoleId::kLunar).empty();
  t.leap = c.RoleCapture(RoleId::kLeap) != nullptr;
  t.feast = c.RoleText(RoleId::kFeast);
  if (const LexiconEntry* e = c.RoleEntry(RoleId::kDayPart)) {
    t.day_part = e->canonical;
    t.pm = e->Has("pm");
  }
  if (const auto part = c.RoleConstant(RoleId::kDayPart); !part.empty()) {
    t.day_part = part;
    t.pm = part == "AF" || part == "NI";
  }
  for (const RoleId role : {RoleId::kRelDay, RoleId::kSame}) {  // 今晚, 当晚
    const LexiconEntry* e = c.RoleEntry(role);
    if (e == nullptr || !e->Has("part")) continue;
    t.day_part = e->Flag("part");
    t.pm = e->Has("pm");
  }
  if (t.hour && t.pm) t.hour = Afternoon(*t.hour, t.day_part);
  if (t.high && t.high_field == &TimeParts::hour && t.pm) t.high = Afternoon(*t.high, t.day_part);
  if (t.hour == 12 && t.day_part == "MO") t.hour = 0;  // 凌晨12点
  if (const LexiconEntry* e = c.RoleEntry(RoleId::kWeekday); e != nullptr && e->Has("rel")) {
    const std::string_view rel = e->Flag("rel");
    int weeks = 0;
    std::from_chars(rel.data(), rel.data() + rel.size(), weeks);
    t.rel_week = weeks;
  }
}

// 2024, or two digits where something says that it is a year: 98年5月, 19年底, 08年, 九七年.
bool PlausibleYear(const BuildContext& c, const TimeParts& t) {
  const NumberValue* n = c.RoleNumber(RoleId::kYear);
  const int digits = n == nullptr ? 4 : n->digits;
  if (digits == 4) return Within(t.year, 1000, 2199);
  if (digits != 2) return false;
  if (t.month || t.quarter || t.half || t.season || t.nth || !t.mod.empty() || !t.feast.empty())
    return true;
  return n->qualifier == "exact" && (!n->arabic || *t.year < 10);
}

// No month 13, no 3年 as a year, no score 3:1 as a time of day.
bool Plausible(const BuildContext& c, const TimeParts& t) {
  if (const auto wanted = c.RoleConstant(RoleId::kMinuteDigits);
      !wanted.empty() && wanted != "point") {
    const NumberValue* n = c.RoleNumber(RoleId::kMinute);
    const bool tens = n != nullptr && !n->arabic && n->digits == 0 && Decimal::FromInt(9) < n->low;
    if (n == nullptr || (!tens && std::to_string(n->digits) != wanted)) return false;  // 三点十五
  }
  if (t.year && !t.era && !PlausibleYear(c, t)) return false;
  if (t.era && !Within(t.year, 1, 200)) return false;
  if (t.high && !(t.*t.high_field < t.high)) return false;
  TimeParts last = t;
  if (t.high) last.*t.high_field = t.high;
  const int most = !t.unit.empty() ? 366 : 5;
  return Within(last.month, 1, 12) && Within(last.day, 1, 31) && Within(last.hour, 0, 24) &&
         Within(t.month, 1, 12) && Within(t.day, 1, 31) && Within(last.weekday, 1, 8) &&
         Within(t.second, 0, 59) && Within(t.century, 1, 22) && Within(t.decade, 0, 90) &&
         t.decade.value_or(0) % 10 == 0 && Within(t.nth, -1, most) && t.nth != 0 &&
         Within(t.minute, 0, 59) && Within(t.quarter, 1, 4) && Within(t.half, 1, 2) &&
         Within(t.first_months, 1, 12) && Within(t.season, 1, 4);
}

// 三日 and 两日 alone count days; 十三日, 3日 and 三日晚 are days of a month.
bool CountsDays(const BuildContext& c, const TimeParts& t) {
  const NumberValue* n = c.RoleNumber(RoleId::kDay);
  const bool alone = !t.month && !t.rel_month && !t.hour && t.day_part.empty();
  return n != nullptr && !n->arabic && alone && !t.said && n->low <= Decimal::FromInt(10);
}

bool ReadCalendar(const BuildContext& c, TimeParts& t) {
  if (!ReadIntegers(c, t)) return false;
  ReadWords(c, t);
  return Plausible(c, t) && !CountsDays(c, t);
}

}  // namespace

std::optional<TimeParts> BuildTime(const BuildContext& c) {
  TimeParts t;
  if (c.rule.emit.kind == "date") t.mod = c.RoleText(RoleId::kMod);
  t.kind = KindOf(c.RoleConstant(RoleId::kHow));
  if (c.rule.emit.kind == "duration") t.kind = TimeParts::Kind::kDuration;
  if (c.rule.emit.kind == "set") t.kind = TimeParts::Kind::kSet;
  bool bad = false;
  t.direction = RoleInt(c, RoleId::kDirection, bad).value_or(0);
  switch (t.kind) {
    case TimeParts::Kind::kDuration:
    case TimeParts::Kind::kSet:
    case TimeParts::Kind::kOffset:
    case TimeParts::Kind::kWindow:
      if (!ReadAmount(c, t)) return std::nullopt;
      t.said = !c.RoleConstant(RoleId::kSaid).empty();
      t.same = !c.RoleConstant(RoleId::kSame).empty();
      break;
    case TimeParts::Kind::kReference:
      t.reference = c.RoleText(RoleId::kReference);
      break;
    case TimeParts::Kind::kInterval:
    case TimeParts::Kind::kSpanToNow: {
      const Token* from = c.RoleToken(RoleId::kFrom);
      const Token* to = c.RoleToken(RoleId::kTo);
      const bool open = c.RoleCapture(RoleId::kHour) == nullptr;  // no 四点 of 两点到四点
      if (from == nullptr || (to == nullptr && open && t.kind == TimeParts::Kind::kInterval))
        return std::nullopt;
      if (!open && !ReadCalendar(c, t)) return std::nullopt;
      t.from = from->value;
      t.to = to != nullptr ? to->value : from->value;
      break;
    }
    case TimeParts::Kind::kEdge:
      if (!ReadAmount(c, t) || t.amount != t.amount_high || !ReadCalendar(c, t))
        return std::nullopt;
      break;
    case TimeParts::Kind::kDate:
      t.unit = c.RoleText(RoleId::kUnit);  // 今年第二周
      if (!ReadCalendar(c, t)) return std::nullopt;
      break;
    case TimeParts::Kind::kSameAs: {  // 截至{DATE}, {DATE}许
      const Token* base = c.RoleToken(RoleId::kBase);
      if (base == nullptr) return std::nullopt;
      t.from = base->value;
      break;
    }
  }
  if (t.mod.empty()) t.mod = c.RoleText(RoleId::kMod);
  return t;
}

}  // namespace kaoju
