#include "extract/consistency.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "extract/article.h"
#include "extract/civil.h"

namespace kaoju {
namespace {

constexpr std::string_view kKind = "check:";
constexpr double kRoughly = 0.1;     // how far a figure that is called inexact may be off
constexpr double kRateRoom = 1.25;   // how far a rate may be beyond what is known
constexpr double kMostShares = 115;  // more together are no parts of one whole
constexpr double kMostDigit = 0.01;  // of a value: its last digit counts no more

double Value(const Decimal& d) { return std::strtod(d.ToString().c_str(), nullptr); }

// How far a figure may be off, in its unit.
double Room(const Figure& f) {
  const double value = std::abs(Value(f.low));
  if (f.qualifier != "exact") return value * kRoughly;
  const double digit = std::pow(10, f.low.exponent());
  const bool percent = f.unit == "%";
  return (percent ? std::min(digit, 1.0) : std::min(digit, value * kMostDigit)) / 2;
}

// "20", "7.25": at most two decimals.
std::string Written(double value) {
  const auto hundredths = static_cast<int64_t>(std::llround(value * 100));
  const auto decimal = Decimal::Make(hundredths, -2);
  return decimal ? decimal->ToString() : std::string();
}

struct Verdict {
  bool holds = false;
  std::string expected;  // where it does not hold
};

class Judge {
 public:
  Judge(const Document& doc, const CheckWords& words) : doc_(doc), words_(words) {}

  std::optional<Verdict> Of(const Relation& r) const {
    const std::string_view what = r.name.substr(kKind.size());
    if (what == "day") return Day(r);
    if (what == "change") return Change(r);
    if (what == "conversion") return Conversion(r);
    if (what == "shares") return Shares(r);
    if (what == "part") return Part(r);
    return std::nullopt;
  }

 private:
  static const Role* RoleOf(const Relation& r, std::string_view name) {
    const auto at = std::find_if(r.roles.begin(), r.roles.end(),
                                 [&](const Role& role) { return role.name == name; });
    return at == r.roles.end() ? nullptr : &*at;
  }
  template <typename Fact>
  static const Fact* At(const std::vector<Fact>& facts, const Role* role) {
    if (role == nullptr) return nullptr;
    const auto at = std::find_if(facts.begin(), facts.end(),
                                 [&](const Fact& f) { return f.span == role->span; });
    return at == facts.end() ? nullptr : &*at;
  }
  // The figure of a role, if it is one value.
  const Figure* FigureOf(const Relation& r, std::string_view name) const {
    const Figure* f = At(doc_.figures, RoleOf(r, name));
    return f != nullptr && f->low == f->high ? f : nullptr;
  }
  std::optional<CivilDate> DayOf(const Relation& r, std::string_view name) const {
    const TimeExpr* t = At(doc_.times, RoleOf(r, name));
    constexpr size_t kDay = 10;  // 2024-05-06
    if (t == nullptr || t->value.size() != kDay) return std::nullopt;
    return ParsePublished(t->value);
  }

  // Of a weekday only that is meant: which week it is in was reckoned.
  std::optional<Verdict> Day(const Relation& r) const {
    const auto day = DayOf(r, "day");
    const auto again = DayOf(r, "again");
    if (!day || !again) return std::nullopt;
    const std::string_view said = Slice(doc_.article.folded, RoleOf(r, "again")->span);
    const std::string_view first = Slice(doc_.article.folded, RoleOf(r, "day")->span);
    if (!words_.weekdays.contains(said) && !words_.weekdays.contains(first))
      return Verdict{*day == *again, Iso(*day)};
    return Verdict{Weekday(*day) == Weekday(*again), std::to_string(Weekday(*day))};
  }

  std::optional<Verdict> Change(const Relation& r) const {
    const Figure* from = FigureOf(r, "from");
    const Figure* to = FigureOf(r, "to");
    const Figure* up = FigureOf(r, "up");
    const Figure* change = up != nullptr ? up : FigureOf(r, "down");
    if (from == nullptr || to == nullptr || change == nullptr || from->unit != to->unit)
      return std::nullopt;
    const double a = Value(from->low);
    const double b = Value(to->low);
    const double sign = up != nullptr ? 1 : -1;
    double expected = (b - a) * sign;
    double room = Room(*from) + Room(*to) + Room(*change);
    if (change->unit == "%" && from->unit != "%") {
      if (a <= 0 || b <= 0) return std::nullopt;
      expected = expected / a * 100;
      room = Room(*change) + 100 * b / a * (Room(*from) / a + Room(*to) / b);
    } else if (change->unit != from->unit &&
               !(from->unit == "%" && change->kind == "percentage_point")) {
      return std::nullopt;
    }
    return Verdict{std::abs(expected - std::abs(Value(change->low))) <= room, Written(expected)};
  }

  std::optional<Verdict> Conversion(const Relation& r) const {
    const Figure* amount = FigureOf(r, "amount");
    const Figure* converted = FigureOf(r, "converted");
    if (amount == nullptr || converted == nullptr || amount->unit == converted->unit)
      return std::nullopt;
    const auto a = words_.worth.find(amount->unit);
    const auto b = words_.worth.find(converted->unit);
    if (a == words_.worth.end() || b == words_.worth.end() || Value(amount->low) <= 0)
      return std::nullopt;
    const double sum = Value(amount->low);
    const double low = sum * a->second.low / b->second.high;
    const double high = sum * a->second.high / b->second.low;
    const double said = Value(converted->low);
    return Verdict{said >= low / kRateRoom && said <= high * kRateRoom,
                   Written(low) + '/' + Written(high)};
  }

  std::optional<Verdict> Shares(const Relation& r) const {
    double sum = 0;
    double room = 0;
    for (const Role& role : r.roles) {
      const Figure* f = FigureOf(r, role.name);
      if (f == nullptr || f->unit != "%") return std::nullopt;
      sum += Value(f->low);
      room += Room(*f);
    }
    if (r.roles.size() < 3 || sum > kMostShares) return std::nullopt;
    return Verdict{sum <= 100 + room, "100"};
  }

  std::optional<Verdict> Part(const Relation& r) const {
    const Figure* total = FigureOf(r, "total");
    const Figure* part = FigureOf(r, "part");
    const bool counts = total != nullptr && part != nullptr && total->unit == part->unit &&
                        total->kind == "count" && part->kind == "count";
    if (!counts || total->qualifier == "more_than" || total->qualifier == "at_least")
      return std::nullopt;
    const double most = Value(total->low);
    return Verdict{Value(part->low) <= most + Room(*total) + Room(*part), Written(most)};
  }

  const Document& doc_;
  const CheckWords& words_;
};

}  // namespace

CheckWords::CheckWords(const Lexicon& lexicon, const SymbolTable& symbols) {
  if (const auto type = symbols.Find("WEEKDAY_WORD")) {
    for (const LexiconEntry* e : lexicon.OfType(*type)) weekdays.insert(e->surface);
  }
  const auto type = symbols.Find("WORTH");
  if (!type) return;
  for (const LexiconEntry* e : lexicon.OfType(*type)) {
    const auto low = Decimal::Parse(e->Flag("low"));
    const auto high = Decimal::Parse(e->Flag("high"));
    if (low && high) worth[std::string(e->canonical)] = {Value(*low), Value(*high)};
  }
}

void JudgeChecks(Document& doc, const CheckWords& words) {
  const auto is_check = [](const Relation& r) { return r.name.starts_with(kKind); };
  if (std::none_of(doc.relations.begin(), doc.relations.end(), is_check)) return;
  const Judge judge(doc, words);
  std::erase_if(doc.relations, [&](Relation& r) {
    if (!is_check(r)) return false;
    const auto verdict = judge.Of(r);
    if (!verdict) return true;
    r.roles.push_back({"holds", r.span, verdict->holds ? "yes" : "no"});
    if (!verdict->holds)
      r.roles.push_back({"expected", r.span, doc.texts->Keep(verdict->expected)});
    return false;
  });
}

}  // namespace kaoju
