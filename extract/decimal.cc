#include "extract/decimal.h"

#include <cstddef>
#include <limits>

#include "rules/error.h"

namespace kaoju {
namespace {

using Wide = __int128;  // holds every product of two mantissas: 10^36 < 2^127

constexpr int kMaxDigits = 18;
constexpr int kMinExponent = -18;
constexpr int kMaxExponent = 36;
constexpr int64_t kMantissaLimit = 1'000'000'000'000'000'000;  // 10^18

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// REQUIRES 0 <= power <= kMaxDigits.
int64_t PowerOfTen(int power) {
  int64_t result = 1;
  for (; power > 0; --power) result *= 10;
  return result;
}

// REQUIRES value != 0.
int CountDigits(int64_t value) {
  int digits = 0;
  for (; value != 0; value /= 10) ++digits;
  return digits;
}

struct Normal {
  int64_t mantissa = 0;
  int exponent = 0;
};

// Lowest terms; nullopt iff they are out of range.
std::optional<Normal> Normalize(Wide mantissa, int64_t exponent) {
  if (mantissa == 0) return Normal{};
  for (; mantissa % 10 == 0; mantissa /= 10) ++exponent;
  if (mantissa >= kMantissaLimit || mantissa <= -kMantissaLimit) return std::nullopt;
  if (exponent < kMinExponent || exponent > kMaxExponent) return std::nullopt;
  return Normal{static_cast<int64_t>(mantissa), static_cast<int>(exponent)};
}

}  // namespace

std::optional<Decimal> Decimal::Make(int64_t mantissa, int exponent) {
  const std::optional<Normal> normal = Normalize(mantissa, exponent);
  if (!normal) return std::nullopt;
  Decimal result;
  result.mantissa_ = normal->mantissa;
  result.exponent_ = normal->exponent;
  return result;
}

Decimal Decimal::FromInt(int64_t value) {
  std::optional<Decimal> result = Make(value, 0);
  if (!result) throw Error("integer of more than 18 digits: " + std::to_string(value));
  return *result;
}

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || !IsDigit(text.front()) || !IsDigit(text.back())) return std::nullopt;
  int64_t mantissa = 0;
  int digits = 0;        // of the mantissa
  int64_t zeros = 0;     // seen since the mantissa's last digit, not yet in it
  int64_t fraction = 0;  // digits after the point
  bool in_fraction = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' || c == ',') {
      if (in_fraction || !IsDigit(text[i - 1])) return std::nullopt;
      in_fraction = c == '.';
      continue;
    }
    if (!IsDigit(c)) return std::nullopt;
    if (in_fraction) ++fraction;
    if (c == '0') {
      if (mantissa != 0) ++zeros;
      continue;
    }
    const int64_t grown = mantissa == 0 ? 1 : digits + zeros + 1;
    if (grown > kMaxDigits) return std::nullopt;
    mantissa = mantissa * PowerOfTen(static_cast<int>(mantissa == 0 ? 0 : zeros + 1)) + (c - '0');
    digits = static_cast<int>(grown);
    zeros = 0;
  }
  const std::optional<Normal> normal = Normalize(negative ? -mantissa : mantissa, zeros - fraction);
  return normal ? Make(normal->mantissa, normal->exponent) : std::nullopt;
}

std::optional<int64_t> Decimal::ToInt() const {
  if (exponent_ < 0 || exponent_ > kMaxDigits) return std::nullopt;
  const Wide value = static_cast<Wide>(mantissa_) * PowerOfTen(exponent_);
  if (value > std::numeric_limits<int64_t>::max() || value < std::numeric_limits<int64_t>::min()) {
    return std::nullopt;
  }
  return static_cast<int64_t>(value);
}

std::string Decimal::ToString() const {
  std::string digits = std::to_string(negative() ? -mantissa_ : mantissa_);
  if (exponent_ >= 0) {
    digits.append(static_cast<size_t>(exponent_), '0');
  } else {
    const size_t places = static_cast<size_t>(-exponent_);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return negative() ? "-" + digits : digits;
}

std::optional<Decimal> Decimal::Plus(Decimal other) const {
  if (zero()) return other;
  if (other.zero()) return *this;
  const Decimal& high = exponent_ >= other.exponent_ ? *this : other;
  const Decimal& low = exponent_ >= other.exponent_ ? other : *this;
  // The sum's last digit stands at low.exponent_ when the exponents differ, so a wider distance
  // cannot fit.
  const int distance = high.exponent_ - low.exponent_;
  if (distance > kMaxDigits) return std::nullopt;
  const Wide sum = static_cast<Wide>(high.mantissa_) * PowerOfTen(distance) + low.mantissa_;
  const std::optional<Normal> normal = Normalize(sum, low.exponent_);
  return normal ? Make(normal->mantissa, normal->exponent) : std::nullopt;
}

std::optional<Decimal> Decimal::Times(Decimal other) const {
  const Wide product = static_cast<Wide>(mantissa_) * other.mantissa_;
  const std::optional<Normal> normal = Normalize(product, exponent_ + other.exponent_);
  return normal ? Make(normal->mantissa, normal->exponent) : std::nullopt;
}

std::optional<Decimal> Decimal::Shift(int powers_of_ten) const {
  const std::optional<Normal> normal =
      Normalize(mantissa_, static_cast<int64_t>(exponent_) + powers_of_ten);
  return normal ? Make(normal->mantissa, normal->exponent) : std::nullopt;
}

Decimal Decimal::Negated() const {
  Decimal result = *this;
  result.mantissa_ = -result.mantissa_;
  return result;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  const auto sign = [](int64_t m) { return (m > 0) - (m < 0); };
  if (const auto order = sign(mantissa_) <=> sign(other.mantissa_); order != 0) return order;
  if (zero()) return std::strong_ordering::equal;
  // Equal signs: the place of the leading digit decides; at the same place the exponents differ by
  // at most 17.
  const int place = CountDigits(mantissa_) + exponent_;
  const int other_place = CountDigits(other.mantissa_) + other.exponent_;
  if (place != other_place) return negative() ? other_place <=> place : place <=> other_place;
  const int distance = exponent_ - other.exponent_;
  const int64_t left = distance > 0 ? mantissa_ * PowerOfTen(distance) : mantissa_;
  const int64_t right = distance < 0 ? other.mantissa_ * PowerOfTen(-distance) : other.mantissa_;
  return left <=> right;
}

}  // namespace kaoju
