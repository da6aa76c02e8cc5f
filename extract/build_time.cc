// Time expressions: what the words of a match say, not yet resolved.
#include <charconv>

#include "extract/build.h"

namespace kaoju {
namespace {

// The integer behind a role: a constant, a numeral, or the canonical form of a lexicon word.
// Absent: no such role, or it did not match. `bad` is set when it matched something that is no
// whole number.
std::optional<int> RoleInt(const BuildContext& c, RoleId role, bool& bad) {
  const auto parse = [&](std::string_view s) -> std::optional<int> {
    int v = 0;
    const auto r = std::from_chars(s.data(), s.data() + s.size(), v);
    if (r.ec == std::errc{} && r.ptr == s.data() + s.size()) return v;
    bad = true;
    return std::nullopt;
  };
  if (const auto constant = c.RoleConstant(role); !constant.empty()) return parse(constant);
  if (c.RoleCapture(role) == nullptr) return std::nullopt;
  if (const NumberValue* n = c.RoleNumber(role)) {
    const auto v = n->low.ToInt();
    if (v && n->low == n->high && n->qualifier == "exact" && *v >= 0 && *v < 10000)
      return static_cast<int>(*v);
    bad = true;
    return std::nullopt;
  }
  const LexiconEntry* e = c.RoleEntry(role);
  if (e == nullptr) return parse(c.RoleText(role));
  return parse(e->canonical);
}

bool Within(const std::optional<int>& v, int low, int high) {
  return !v || (*v >= low && *v <= high);
}

bool ReadAmount(const BuildContext& c, TimeParts& t) {
  t.unit = c.RoleText(RoleId::kUnit);
  const NumberValue* n = c.RoleNumber(RoleId::kAmount);
  if (n != nullptr) {
    if (n->digits == 4 && t.unit == "Y") return false;  // 2024年 is a date
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
  return !t.unit.empty() && !t.amount.negative();
}

TimeParts::Kind KindOf(std::string_view how) {
  using Kind = TimeParts::Kind;
  if (how == "interval") return Kind::kInterval;
  if (how == "since") return Kind::kSpanToNow;
  if (how == "offset") return Kind::kOffset;
  if (how == "window") return Kind::kWindow;
  if (how == "reference") return Kind::kReference;
  if (how == "same") return Kind::kSameAs;
  return Kind::kDate;
}

struct IntRole {
  RoleId role;
  std::optional<int> TimeParts::*field;
};
constexpr IntRole kIntRoles[] = {
    {RoleId::kYear, &TimeParts::year},        {RoleId::kRelYear, &TimeParts::rel_year},
    {RoleId::kMonth, &TimeParts::month},      {RoleId::kRelMonth, &TimeParts::rel_month},
    {RoleId::kDay, &TimeParts::day},          {RoleId::kRelDay, &TimeParts::rel_day},
    {RoleId::kRelWeek, &TimeParts::rel_week}, {RoleId::kWeekday, &TimeParts::weekday},
    {RoleId::kQuarter, &TimeParts::quarter},  {RoleId::kHalf, &TimeParts::half},
    {RoleId::kSeason, &TimeParts::season},    {RoleId::kFirstMonths, &TimeParts::first_months},
    {RoleId::kHour, &TimeParts::hour},        {RoleId::kMinute, &TimeParts::minute},
    {RoleId::kSecond, &TimeParts::second},    {RoleId::kEra, &TimeParts::era},
    {RoleId::kNth, &TimeParts::nth},          {RoleId::kDecade, &TimeParts::decade},
    {RoleId::kCentury, &TimeParts::century}};

// False iff a role holds something that is no whole number.
bool ReadIntegers(const BuildContext& c, TimeParts& t) {
  bool bad = false;
  for (const IntRole& known : kIntRoles) t.*known.field = RoleInt(c, known.role, bad);
  return !bad;
}

// What the words say besides numbers: flags, parts of the day, the week of a weekday.
void ReadWords(const BuildContext& c, TimeParts& t) {
  t.same = c.RoleCapture(RoleId::kSame) != nullptr;
  t.same_period = c.RoleCapture(RoleId::kSamePeriod) != nullptr;
  if (c.RoleCapture(RoleId::kHalfHour) != nullptr) t.minute = 30;
  if (const LexiconEntry* e = c.RoleEntry(RoleId::kDayPart)) {
    t.day_part = e->canonical;
    if (t.hour && *t.hour < 12 && e->Has("pm")) *t.hour += 12;
  }
  if (const auto part = c.RoleConstant(RoleId::kDayPart); !part.empty()) t.day_part = part;
  if (const LexiconEntry* e = c.RoleEntry(RoleId::kRelDay); e != nullptr && e->Has("part"))
    t.day_part = e->Flag("part");
  if (const LexiconEntry* e = c.RoleEntry(RoleId::kWeekday); e != nullptr && e->Has("rel")) {
    const std::string_view rel = e->Flag("rel");
    int weeks = 0;
    std::from_chars(rel.data(), rel.data() + rel.size(), weeks);
    t.rel_week = weeks;
  }
}

// No month 13, no 3年 as a year, no score 3:1 as a time of day.
bool Plausible(const BuildContext& c, const TimeParts& t) {
  if (const auto wanted = c.RoleConstant(RoleId::kMinuteDigits); !wanted.empty()) {
    const NumberValue* n = c.RoleNumber(RoleId::kMinute);
    if (n == nullptr || std::to_string(n->digits) != wanted) return false;
  }
  if (t.year && !t.era) {
    const NumberValue* n = c.RoleNumber(RoleId::kYear);
    const int digits = n == nullptr ? 4 : n->digits;
    if (digits != 4 && digits != 2) return false;
    if (digits == 4 && !Within(t.year, 1000, 2199)) return false;
    if (digits == 2 && !t.month && t.mod.empty()) return false;
  }
  return Within(t.month, 1, 12) && Within(t.day, 1, 31) && Within(t.hour, 0, 24) &&
         Within(t.minute, 0, 59) && Within(t.quarter, 1, 4) && Within(t.half, 1, 2) &&
         Within(t.first_months, 1, 12) && Within(t.season, 1, 4);
}

bool ReadCalendar(const BuildContext& c, TimeParts& t) {
  if (!ReadIntegers(c, t)) return false;
  ReadWords(c, t);
  return Plausible(c, t);
}

}  // namespace

std::optional<TimeParts> BuildTime(const BuildContext& c) {
  TimeParts t;
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
      break;
    case TimeParts::Kind::kReference:
      t.reference = c.RoleText(RoleId::kReference);
      break;
    case TimeParts::Kind::kInterval:
    case TimeParts::Kind::kSpanToNow: {
      const Token* from = c.RoleToken(RoleId::kFrom);
      const Token* to = c.RoleToken(RoleId::kTo);
      if (from == nullptr || (to == nullptr && t.kind == TimeParts::Kind::kInterval))
        return std::nullopt;
      t.from = from->value;
      t.to = to != nullptr ? to->value : from->value;
      break;
    }
    case TimeParts::Kind::kDate:
      if (!ReadCalendar(c, t)) return std::nullopt;
      break;
    case TimeParts::Kind::kSameAs: {  // 截至{DATE}, {DATE}许
      const Token* base = c.RoleToken(RoleId::kBase);
      if (base == nullptr) return std::nullopt;
      t.from = base->value;
      break;
    }
  }
  if (const auto mod = c.RoleText(RoleId::kMod); !mod.empty()) t.mod = mod;
  return t;
}

}  // namespace kaoju
