// Numbers in Arabic digits: 1,260,582.5, .5, 12.32e+14.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "extract/decimal.h"

namespace kaoju {

struct ArabicNumeral {
  size_t end = 0;                // behind its last byte
  int count = 0;                 // digits before the point
  bool fraction = false;         // there is a point
  std::optional<Decimal> value;  // absent: it is longer than 120 bytes or does not fit
};

inline bool IsDigit(std::string_view s, size_t at) {
  return at < s.size() && s[at] >= '0' && s[at] <= '9';
}
bool IsLetter(std::string_view s, size_t at);

// REQUIRES a digit at s[at], or a point before a digit. Commas part groups of three; wide commas
// part clauses as well, and count only between more than two groups or before a fraction.
// `exponent`: read one if there is one.
ArabicNumeral ScanArabic(std::string_view s, size_t at, bool exponent);

}  // namespace kaoju
