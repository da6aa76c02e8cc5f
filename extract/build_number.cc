// Numbers that several numerals make: ranges and fractions.
#include "extract/build.h"

namespace kaoju {
namespace {

// 十八至三十万: the scale of the second belongs to the first, too, when the first has none and is
// the smaller numeral.
Decimal Scaled(const NumberValue& low, const NumberValue& high) {
  if (low.scale > 0 || high.scale == 0) return low.low;
  const auto shifted = low.low.Shift(high.scale);
  return shifted && *shifted < high.high ? *shifted : low.low;
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
    if (!c.RoleConstant(RoleId::kNegative).empty() || c.RoleCapture(RoleId::kNegative) != nullptr) {
      out.low = value->high.Negated();
      out.high = value->low.Negated();
    }
    return out;
  }
  out.low = Scaled(*low, *high);
  out.high = high->high;
  out.scale = high->scale;
  out.arabic = low->arabic;
  out.qualifier = "range";
  if (!(out.low < out.high)) return std::nullopt;
  return out;
}

}  // namespace kaoju
