// Figures: a number with its unit, and how sure it is.
#include <algorithm>
#include <charconv>

#include "extract/build.h"

namespace kaoju {
namespace {

constexpr std::string_view kRegional = "regional";

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
  const LexiconEntry* coin = c.RoleEntry(RoleId::kUnit);
  if (coin != nullptr && !c.RoleConstant(RoleId::kCurrency).empty()) return coin->Flag("coin");
  for (const RoleId role : {RoleId::kUnit, RoleId::kCurrency}) {
    if (const LexiconEntry* e = c.RoleEntry(role)) return e->Flag("factor");
  }
  return {};
}

// 75折 is 7.5折, as 七五折: beyond what the unit can be, the digits are tenths.
bool Cap(const BuildContext& c, Figure& f) {
  const LexiconEntry* e = c.RoleEntry(RoleId::kUnit);
  if (e == nullptr || !e->Has("cap")) return true;
  const auto cap = Decimal::Parse(e->Flag("cap"));
  if (!cap || !(*cap < f.high)) return true;
  const auto low = f.low.Shift(-1);
  const auto high = f.high.Shift(-1);
  if (!low || !high || *cap < *high) return false;
  f.low = *low;
  f.high = *high;
  return true;
}

// What a smaller unit adds, in the main unit: 5角 is 0.5 元; a bare digit counts tenths of the unit
// before, two digits hundredths (三米九, 三块零四), and 半 is a half (两斤半).
std::optional<Decimal> RestValue(const BuildContext& c, RoleId value, RoleId unit,
                                 std::string_view factor) {
  const NumberValue* n = c.RoleNumber(value);
  if (n == nullptr) return Decimal();
  if (n->low != n->high || n->qualifier != "exact" || n->low.negative()) return std::nullopt;
  if (const LexiconEntry* e = c.RoleEntry(unit)) {
    const std::string_view coin = e->Flag("coin");
    return coin.empty() ? std::nullopt : Scale(n->low, coin);
  }
  const bool half = n->low == *Decimal::Make(5, -1);
  const LexiconEntry* main =
      c.RoleEntry(c.RoleCapture(RoleId::kCurrency) != nullptr ? RoleId::kCurrency : RoleId::kUnit);
  const bool split = main != nullptr && main->Has("split");
  if (!half && (!split || !n->low.ToInt() || *n->low.ToInt() > 99)) return std::nullopt;
  const int digits = half ? 0 : std::max(n->digits, n->low < Decimal::FromInt(10) ? 1 : 2);
  const auto part = n->low.Shift(-digits);
  return part ? Scale(*part, factor) : std::nullopt;
}

bool AddRest(const BuildContext& c, std::string_view factor, Figure& f) {
  const auto rest = RestValue(c, RoleId::kRest, RoleId::kRestUnit, factor);
  const auto last = RestValue(c, RoleId::kLast, RoleId::kLastUnit, factor);
  const auto sum = rest && last ? rest->Plus(*last) : std::nullopt;
  if (!sum) return false;
  if (!sum->zero() && f.low != f.high) return false;
  const auto low = f.low.Plus(*sum);
  const auto high = f.high.Plus(*sum);
  if (!low || !high) return false;
  f.low = *low;
  f.high = *high;
  return true;
}

void SetUnit(const BuildContext& c, Figure& f) {
  if (c.RoleCapture(RoleId::kCurrency) != nullptr) {
    const LexiconEntry* e = c.RoleEntry(RoleId::kCurrency);
    f.unit = e != nullptr && e->Has("regional") ? RegionalCurrency(c.document.article.region)
                                                : c.RoleText(RoleId::kCurrency);
  } else if (const auto money = c.RoleConstant(RoleId::kCurrency); !money.empty()) {
    f.unit = money == kRegional ? RegionalCurrency(c.document.article.region) : money;
  } else {
    f.unit = c.RoleText(RoleId::kUnit);
  }
  if (f.kind == "quantity") {
    const LexiconEntry* e = c.RoleEntry(RoleId::kUnit);
    f.kind = e != nullptr && e->Has("kind") ? e->Flag("kind") : "count";
  }
  // 80 USD/吨, 1 CNY/1000Token; 3比1 is 3 /1.
  const NumberValue* n = c.RoleNumber(RoleId::kPerValue);
  if (const auto per = c.RoleText(RoleId::kPer); !per.empty() || n != nullptr) {
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
  // A constant of the rule, or a word that is a number: 百分之百.
  const LexiconEntry* word = c.RoleEntry(RoleId::kValue);
  const std::string_view written =
      word != nullptr ? std::string_view(word->canonical) : c.RoleConstant(RoleId::kValue);
  if (!written.empty()) {
    const auto parsed = Decimal::Parse(written);
    if (!parsed) return std::nullopt;
    fixed.low = fixed.high = *parsed;
    value = &fixed;
  }
  if (value == nullptr && !range) return std::nullopt;
  // A rule that says the currency itself takes units that are coins of it: 0.8厘.
  const LexiconEntry* coin = c.RoleEntry(RoleId::kUnit);
  if (coin != nullptr && !c.RoleConstant(RoleId::kCurrency).empty() && !coin->Has("coin"))
    return std::nullopt;
  if (value != nullptr && !Wanted(c, *value)) return std::nullopt;
  f.low = range ? low->low : value->low;
  f.high = range ? high->high : value->high;
  if (const NumberValue* over = c.RoleNumber(RoleId::kDenominator)) {  // 四分之一
    const auto d = over->low.ToInt();
    if (!d || *d <= 0 || over->vague) return std::nullopt;  // 几分之一
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
  if (!Cap(c, f)) return std::nullopt;
  if (!AddRest(c, factor, f)) return std::nullopt;
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
