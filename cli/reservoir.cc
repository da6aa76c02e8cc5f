#include "cli/reservoir.h"

#include <cmath>

namespace kaoju {

uint64_t Random::Next() {
  uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

std::pair<double, double> WilsonInterval(size_t good, size_t all) {
  constexpr double kZ = 1.959963984540054;
  const auto n = static_cast<double>(all);
  const double p = static_cast<double>(good) / n;
  const double middle = (p + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
  const double half = kZ / (1 + kZ * kZ / n) * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace kaoju
