// Time expressions: what the words of a match say, not yet resolved.
#include <charconv>

#include "extract/build.h"

namespace kaoju {
namespace {

// The integer behind a role: a constant, a numeral, or the canonical form of a lexicon word.
// Absent: no such role, or it did not match. `bad` is set when it matched something that is no
// whole number.
std::optional<int> RoleInt(const BuildContext& c, std::string_view role, bool& bad) {
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
  t.unit = c.RoleText("unit");
  const NumberValue* n = c.RoleNumber("amount");
  if (n != nullptr) {
    if (n->digits == 4 && t.unit == "Y") return false;  // 2024年 is a date
    t.amount = n->low;
    t.amount_high = n->high;
    t.vague = n->vague;
    if (n->qualifier == "more_than" || n->qualifier == "at_least") t.mod = "MORE_THAN";
    if (n->qualifier == "approx" || n->qualifier == "range") t.mod = "APPROX";
  } else if (const auto constant = c.RoleConstant("amount"); !constant.empty()) {
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

bool ReadCalendar(const BuildContext& c, TimeParts& t) {
  bool bad = false;
  const auto read = [&](std::string_view role) { return RoleInt(c, role, bad); };
  t.year = read("year");
  t.rel_year = read("rel_year");
  t.month = read("month");
  t.rel_month = read("rel_month");
  t.day = read("day");
  t.rel_day = read("rel_day");
  t.rel_week = read("rel_week");
  t.weekday = read("weekday");
  t.quarter = read("quarter");
  t.half = read("half");
  t.first_months = read("first_months");
  t.season = read("season");
  t.hour = read("hour");
  t.minute = read("minute");
  t.roc = c.RoleCapture("roc") != nullptr;
  t.same = c.RoleCapture("same") != nullptr;
  t.same_period = c.RoleCapture("same_period") != nullptr;
  if (c.RoleCapture("half_hour") != nullptr) t.minute = 30;
  if (const LexiconEntry* e = c.RoleEntry("day_part")) {
    t.day_part = e->canonical;
    if (t.hour && *t.hour < 12 && e->Has("pm")) *t.hour += 12;
  }
  if (const LexiconEntry* e = c.RoleEntry("weekday"); e != nullptr && e->Has("rel")) {
    int rel = 0;
    std::from_chars(e->Flag("rel").data(), e->Flag("rel").data() + e->Flag("rel").size(), rel);
    t.rel_week = rel;
  }
  if (const auto part = c.RoleConstant("day_part"); !part.empty()) t.day_part = part;
  if (const LexiconEntry* e = c.RoleEntry("rel_day"); e != nullptr && e->Has("part"))
    t.day_part = e->Flag("part");
  if (const auto wanted = c.RoleConstant("minute_digits");
      !wanted.empty()) {  // 15:30 but not the score 3:1
    const NumberValue* n = c.RoleNumber("minute");
    if (n == nullptr || std::to_string(n->digits) != wanted) return false;
  }
  if (bad) return false;
  if (t.year && !t.roc) {
    // Two or four digits, spelled out: 98年 but not 3年.
    const NumberValue* n = c.RoleNumber("year");
    const int digits = n == nullptr ? 4 : n->digits;
    if (digits != 4 && digits != 2) return false;
    if (digits == 4 && !Within(t.year, 1000, 2199)) return false;
    if (digits == 2 && !t.month && t.mod.empty()) return false;
  }
  return Within(t.month, 1, 12) && Within(t.day, 1, 31) && Within(t.hour, 0, 24) &&
         Within(t.minute, 0, 59) && Within(t.quarter, 1, 4) && Within(t.half, 1, 2) &&
         Within(t.first_months, 1, 12) && Within(t.season, 1, 4);
}

}  // namespace

std::optional<TimeParts> BuildTime(const BuildContext& c) {
  TimeParts t;
  t.kind = KindOf(c.RoleConstant("how"));
  if (c.rule.emit.kind == "duration") t.kind = TimeParts::Kind::kDuration;
  if (c.rule.emit.kind == "set") t.kind = TimeParts::Kind::kSet;
  bool bad = false;
  t.direction = RoleInt(c, "direction", bad).value_or(0);
  switch (t.kind) {
    case TimeParts::Kind::kDuration:
    case TimeParts::Kind::kSet:
    case TimeParts::Kind::kOffset:
    case TimeParts::Kind::kWindow:
      if (!ReadAmount(c, t)) return std::nullopt;
      break;
    case TimeParts::Kind::kReference:
      t.reference = c.RoleText("reference");
      break;
    case TimeParts::Kind::kInterval:
    case TimeParts::Kind::kSpanToNow: {
      const Token* from = c.RoleToken("from");
      const Token* to = c.RoleToken("to");
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
      const Token* base = c.RoleToken("base");
      if (base == nullptr) return std::nullopt;
      t.from = base->value;
      break;
    }
  }
  if (const std::string mod = c.RoleText("mod"); !mod.empty()) t.mod = mod;
  return t;
}

}  // namespace kaoju
