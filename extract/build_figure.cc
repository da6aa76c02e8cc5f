// Figures: a number with its unit, and how sure it is.
#include <charconv>

#include "extract/build.h"

namespace kaoju {
namespace {

// Bare 元 is the money of the place where the article was written.
std::string RegionalCurrency(std::string_view region) {
  if (region == "TW") return "TWD";
  if (region == "HK") return "HKD";
  if (region == "MO") return "MOP";
  if (region == "SG") return "SGD";
  return "CNY";
}

std::string Qualifier(const BuildContext& c, const NumberValue& v, bool range) {
  const std::string hedge = c.RoleText("hedge");
  const std::string bound = c.RoleText("bound");
  if (range || v.qualifier == "range") return "range";
  if (!hedge.empty() && hedge != "approx") return hedge;
  if (!bound.empty() && bound != "approx") return bound;
  if (v.qualifier != "exact") return v.qualifier;
  return hedge.empty() ? (bound.empty() ? "exact" : bound) : hedge;
}

std::optional<Decimal> Scale(Decimal value, std::string_view factor) {
  if (factor.empty()) return value;
  const auto f = Decimal::Parse(factor);
  return f ? value.Times(*f) : std::nullopt;
}

// What a rule may ask of its number: one="skip" leaves out the indefinite 一个 and words like 零件
// and 半场, min_scale="4" wants 万 or more.
bool Wanted(const BuildContext& c, const NumberValue& v) {
  if (c.RoleConstant("one") == "skip" && c.RoleCapture("hedge") == nullptr) {
    const bool exact = !v.arabic && v.high == v.low && v.qualifier == "exact";
    const LexiconEntry* unit = c.RoleEntry("unit");
    const bool counts = unit == nullptr || !unit->Has("kind");
    if (exact && (v.low == Decimal::FromInt(1) || v.low.zero())) return false;  // 一个, 零件
    if (exact && counts && v.low == *Decimal::Make(5, -1)) return false;        // 半场
  }
  int scale = 0;
  const std::string_view wanted = c.RoleConstant("min_scale");
  std::from_chars(wanted.data(), wanted.data() + wanted.size(), scale);
  return v.scale >= scale;
}

// The unit's own factor: 角 is 0.1 元, 成 is 10 %.
std::string_view UnitFactor(const BuildContext& c) {
  if (const auto constant = c.RoleConstant("factor"); !constant.empty()) return constant;
  for (const char* role : {"unit", "currency"}) {
    if (const LexiconEntry* e = c.RoleEntry(role)) return e->Flag("factor");
  }
  return {};
}

void SetUnit(const BuildContext& c, Figure& f) {
  if (c.RoleCapture("currency") != nullptr) {
    const LexiconEntry* e = c.RoleEntry("currency");
    f.unit = e != nullptr && e->Has("regional") ? RegionalCurrency(c.document.article.region)
                                                : c.RoleText("currency");
  } else {
    f.unit = c.RoleText("unit");
  }
  if (f.kind == "quantity") {
    const LexiconEntry* e = c.RoleEntry("unit");
    f.kind = e != nullptr && e->Has("kind") ? std::string(e->Flag("kind")) : "count";
  }
  if (const std::string per = c.RoleText("per"); !per.empty()) {
    const NumberValue* n = c.RoleNumber("per_value");
    f.unit += "/" + (n != nullptr ? n->low.ToString() : std::string()) + per;
  }
}

}  // namespace

std::optional<Figure> BuildFigure(const BuildContext& c) {
  Figure f;
  f.kind = c.rule.emit.kind;
  f.rule = c.rule.id;
  f.modality = "fact";
  const NumberValue* value = c.RoleNumber("value");
  const NumberValue* low = c.RoleNumber("low");
  const NumberValue* high = c.RoleNumber("high");
  const bool range = low != nullptr && high != nullptr;
  NumberValue fixed;
  if (const auto constant = c.RoleConstant("value"); !constant.empty()) {
    const auto parsed = Decimal::Parse(constant);
    if (!parsed) return std::nullopt;
    fixed.low = fixed.high = *parsed;
    value = &fixed;
  }
  if (value == nullptr && !range) return std::nullopt;
  if (value != nullptr && !Wanted(c, *value)) return std::nullopt;
  f.low = range ? low->low : value->low;
  f.high = range ? high->high : value->high;
  if (const NumberValue* over = c.RoleNumber("denominator")) {  // 四分之一
    const auto d = over->low.ToInt();
    if (!d || *d <= 0) return std::nullopt;
    // A percentage of at most eight decimals, cut.
    const auto n = f.low.Shift(10);
    const auto whole = n ? n->ToInt() : std::nullopt;
    if (!whole) return std::nullopt;
    const auto percent = Decimal::Make(*whole / *d, -8);
    if (!percent) return std::nullopt;
    f.low = f.high = *percent;
  }
  const std::string_view factor = UnitFactor(c);
  const auto a = Scale(f.low, factor);
  const auto b = Scale(f.high, factor);
  if (!a || !b) return std::nullopt;
  f.low = *a;
  f.high = *b;
  if (c.RoleCapture("negative") != nullptr) {
    std::swap(f.low, f.high);
    f.low = f.low.Negated();
    f.high = f.high.Negated();
  }
  if (f.high < f.low) return std::nullopt;
  // 上升2.7个百分点至32.4% is no range: its ends have different units.
  const std::string low_unit = c.RoleText("low_unit");
  if (!low_unit.empty() &&
      low_unit != c.RoleText(c.RoleCapture("currency") != nullptr ? "currency" : "unit"))
    return std::nullopt;
  f.qualifier = Qualifier(c, range ? *high : *value, range && f.low != f.high);
  SetUnit(c, f);
  return f;
}

}  // namespace kaoju
