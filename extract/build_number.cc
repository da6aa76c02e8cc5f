// Numbers that several numerals make: ranges and fractions.
#include <utility>

#include "extract/build.h"

namespace kaoju {
namespace {

// 十八至三十万, 两到三千: the scale of the second belongs to the first, too, when the first has
// none and is the smaller numeral.
Decimal Scaled(const NumberValue& low, const NumberValue& high) {
  if (low.scale >= 4 || high.scale == 0) return low.low;
  if (high.scale < 4 && low.scale > 0) return low.low;
  if (high.scale < 4 && !(low.low < Decimal::FromInt(high.arabic ? 1000 : 10))) return low.low;
  const auto shifted = low.low.Shift(high.scale);
  return shifted && *shifted < high.high ? *shifted : low.low;
}

// 一又二分之一: the fraction to eight decimals, cut.
bool AddFraction(const NumberValue& over, const NumberValue* part, NumberValue& out) {
  const auto d = over.low.ToInt();
  const auto n = part == nullptr ? std::nullopt : part->low.Shift(8);
  const auto whole = n ? n->ToInt() : std::nullopt;
  if (!d || *d <= 0 || !whole || out.low != out.high || part->low != part->high) return false;
  const auto fraction = Decimal::Make(*whole / *d, -8);
  const auto sum = fraction ? out.low.Plus(*fraction) : std::nullopt;
  if (!sum) return false;
  out.low = out.high = *sum;
  out.digits = 0;
  return true;
}

}  // namespace

std::optional<NumberValue> BuildNumber(const BuildContext& c) {
  NumberValue out;
  const NumberValue* low = c.RoleNumber(RoleId::kLow);
  const NumberValue* high = c.RoleNumber(RoleId::kHigh);
  if (low == nullptr || high == nullptr) {
    const NumberValue* value = c.RoleNumber(RoleId::kValue);
    if (value == nullptr) return std::nullopt;
    out = *value;
    if (const NumberValue* over = c.RoleNumber(RoleId::kDenominator)) {
      if (!AddFraction(*over, c.RoleNumber(RoleId::kRest), out)) return std::nullopt;
    }
    if (!c.RoleConstant(RoleId::kNegative).empty() || c.RoleCapture(RoleId::kNegative) != nullptr) {
      if (out.low.negative()) return std::nullopt;
      std::swap(out.low, out.high);
      out.low = out.low.Negated();
      out.high = out.high.Negated();
      out.digits = 0;
    }
    return out;
  }
  out.low = Scaled(*low, *high);
  out.high = high->high;
  out.scale = high->scale;
  out.digits = high->digits;
  out.arabic = low->arabic;
  out.qualifier = "range";
  if (!(out.low < out.high)) return std::nullopt;
  return out;
}

}  // namespace kaoju
