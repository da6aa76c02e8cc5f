// Decimal: an exact decimal number, so that 0.1 comes out as 0.1. mantissa * 10^exponent with an
// exponent in
// [-18, 36] and at most 18 digits of mantissa, always in lowest terms (no trailing zero in the
// mantissa; zero is {0, 0}).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaoju {

class Decimal {
 public:
  Decimal() = default;
  // Normalizes; nullopt iff the value does not fit.
  static std::optional<Decimal> Make(int64_t mantissa, int exponent);
  static Decimal FromInt(int64_t value);
  // Reads "-12,345.670" (commas allowed between digits and ignored); nullopt iff it is no such
  // number or does not fit.
  static std::optional<Decimal> Parse(std::string_view text);

  int64_t mantissa() const { return mantissa_; }
  int exponent() const { return exponent_; }
  bool negative() const { return mantissa_ < 0; }
  bool zero() const { return mantissa_ == 0; }
  // The value as an integer iff it is one and fits int64_t.
  std::optional<int64_t> ToInt() const;

  // Plain positional notation without exponent or trailing zeros, a valid JSON number: "-0.05",
  // "1200000000".
  std::string ToString() const;

  // Exact; nullopt on overflow.
  std::optional<Decimal> Plus(Decimal other) const;
  std::optional<Decimal> Times(Decimal other) const;
  std::optional<Decimal> Shift(int powers_of_ten) const;
  Decimal Negated() const;

  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const = default;

 private:
  int64_t mantissa_ = 0;
  int32_t exponent_ = 0;
};

}  // namespace kaoju
