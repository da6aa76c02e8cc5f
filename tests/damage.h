// Damage for tests: the same for the same seed on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace kaoju {

// std::mt19937_64 is the same everywhere; the standard distributions are not, so only its bits are
// used.
class Dice {
 public:
  explicit Dice(uint64_t seed) : bits_(seed) {}
  // A number in [0, sides). REQUIRES sides > 0.
  size_t Roll(size_t sides) { return static_cast<size_t>(bits_() % sides); }

 private:
  std::mt19937_64 bits_;
};

// Changes a few bytes of `text`: flips, removes, repeats, puts in what breaks readers or a part of
// `other`.
void DamageOnce(std::string& text, const std::string& other, Dice& dice);

}  // namespace kaoju
