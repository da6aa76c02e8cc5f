// Figures: a number with its unit, and how sure it is.
#include <charconv>

#include "extract/build.h"

namespace kaoju {
namespace {

// Bare 元 is the money of the place where the article was written.
std::string_view RegionalCurrency(std::string_view region) {
  if (region == "TW") return "TWD";
  if (region == "HK") return "HKD";
  if (region == "MO") return "MOP";
  if (region == "SG") return "SGD";
  return "CNY";
}

std::string_view Qualifier(const BuildContext& c, const NumberValue& v, bool range) {
  const auto hedge = c.RoleText(RoleId::kHedge);
  const auto bound = c.RoleText(RoleId::kBound);
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
  if (c.RoleConstant(RoleId::kOne) == "skip" && c.RoleCapture(RoleId::kHedge) == nullptr) {
    const bool exact = !v.arabic && v.high == v.low && v.qualifier == "exact";
    const LexiconEntry* unit = c.RoleEntry(RoleId::kUnit);
    const bool counts = unit == nullptr || !unit->Has("kind");
    if (exact && (v.low == Decimal::FromInt(1) || v.low.zero())) return false;  // 一个, 零件
    if (exact && counts && v.low == *Decimal::Make(5, -1)) return false;        // 半场
  }
  int scale = 0;
  const std::string_view wanted = c.RoleConstant(RoleId::kMinScale);
  std::from_chars(wanted.data(), wanted.data() + wanted.size(), scale);
  return v.scale >= scale;
}

// The unit's own factor: 角 is 0.1 元, 成 is 10 %.
std::string_view UnitFactor(const BuildContext& c) {
  if (const auto constant = c.RoleConstant(RoleId::kFactor); !constant.empty()) return constant;
  for (const RoleId role : {RoleId::kUnit, RoleId::kCurrency}) {
    if (const LexiconEntry* e = c.RoleEntry(role)) return e->Flag("factor");
  }
  return {};
}

void SetUnit(const BuildContext& c, Figure& f) {
  if (c.RoleCapture(RoleId::kCurrency) != nullptr) {
    const LexiconEntry* e = c.RoleEntry(RoleId::kCurrency);
    f.unit = e != nullptr && e->Has("regional") ? RegionalCurrency(c.document.article.region)
                                                : c.RoleText(RoleId::kCurrency);
  } else {
    f.unit = c.RoleText(RoleId::kUnit);
  }
  if (f.kind == "quantity") {
    const LexiconEntry* e = c.RoleEntry(RoleId::kUnit);
    f.kind = e != nullptr && e->Has("kind") ? e->Flag("kind") : "count";
  }
  if (const auto per = c.RoleText(RoleId::kPer); !per.empty()) {
    const NumberValue* n = c.RoleNumber(RoleId::kPerValue);
    f.unit = c.Keep(std::string(f.unit) + "/" + (n != nullptr ? n->low.ToString() : std::string()) +
                    std::string(per));
  }
}

}  // namespace

std::optional<Figure> BuildFigure(const BuildContext& c) {
  Figure f;
  f.kind = c.rule.emit.kind;
  f.rule = c.rule.id;
  f.modality = "fact";
  const NumberValue* value = c.RoleNumber(RoleId::kValue);
  const NumberValue* low = c.RoleNumber(RoleId::kLow);
  const NumberValue* high = c.RoleNumber(RoleId::kHigh);
  const bool range = low != nullptr && high != nullptr;
  NumberValue fixed;
  if (const auto constant = c.RoleConstant(RoleId::kValue); !constant.empty()) {
    const auto parsed = Decimal::Parse(constant);
    if (!parsed) return std::nullopt;
    fixed.low = fixed.high = *parsed;
    value = &fixed;
  }
  if (value == nullptr && !range) return std::nullopt;
  if (value != nullptr && !Wanted(c, *value)) return std::nullopt;
  f.low = range ? low->low : value->low;
  f.high = range ? high->high : value->high;
  if (const NumberValue* over = c.RoleNumber(RoleId::kDenominator)) {  // 四分之一
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
  if (c.RoleCapture(RoleId::kNegative) != nullptr) {
    std::swap(f.low, f.high);
    f.low = f.low.Negated();
    f.high = f.high.Negated();
  }
  if (f.high < f.low) return std::nullopt;
  // 上升2.7个百分点至32.4% is no range: its ends have different units.
  const auto low_unit = c.RoleText(RoleId::kLowUnit);
  if (!low_unit.empty() &&
      low_unit != c.RoleText(c.RoleCapture(RoleId::kCurrency) != nullptr ? RoleId::kCurrency
                                                                         : RoleId::kUnit))
    return std::nullopt;
  f.qualifier = Qualifier(c, range ? *high : *value, range && f.low != f.high);
  SetUnit(c, f);
  return f;
}

}  // namespace kaoju
