// DoubleArray: a trie over code points in two arrays (Aoe 1989), for finding all lexicon entries
// that start at a place. Code points are renumbered by frequency, so that the arrays stay small.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace kaoju {

class DoubleArray {
 public:
  // REQUIRES keys sorted by code point, unique, not empty strings, valid UTF-8. The value of
  // keys[i] is i.
  void Build(const std::vector<std::string_view>& keys);

  // How a code point is written for Prefixes; 0: in no key.
  uint16_t CodeOf(char32_t c) const {
    return c < 0x10000 ? codes_[static_cast<size_t>(c)] : RareCodeOf(c);
  }

  // Calls found(end, value) for each key that is codes[at, end), shortest first. REQUIRES at <
  // codes.size(), and codes of this array.
  template <typename Found>
  void Prefixes(std::span<const uint16_t> codes, size_t at, Found found) const {
    uint32_t state = root_[codes[at]];
    if (state == 0) return;
    if ((units_[state].base & kHasValue) != 0) found(at + 1, units_[state].value);
    if (at + 1 == codes.size() || !MayPair(codes[at], codes[at + 1])) return;
    for (size_t next = at + 1; next < codes.size(); ++next) {
      const uint32_t to = (units_[state].base & ~kHasValue) + codes[next];
      if (to >= units_.size() || units_[to].check != state + 1) return;
      state = to;
      if ((units_[state].base & kHasValue) != 0) found(next + 1, units_[state].value);
    }
  }

  size_t bytes() const { return units_.size() * (sizeof(Unit)) + codes_.size() * sizeof(uint16_t); }

 private:
  static constexpr uint32_t kHasValue = 0x80000000;
  struct Unit {
    uint32_t base = 0;   // with kHasValue: a key ends here
    uint32_t check = 0;  // parent state + 1; 0: free
    uint32_t value = 0;
  };
  struct Range;

  // False: no key begins with these two. Most places of a text end here, without a look into the
  // units, which are too many for the nearest cache.
  bool MayPair(uint16_t first, uint16_t second) const {
    const uint32_t bit = PairBit(first, second);
    return (pairs_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  uint32_t PairBit(uint16_t first, uint16_t second) const {
    return ((uint32_t{first} << 16 | second) * 2654435761U) >> pair_shift_;
  }
  uint16_t RareCodeOf(char32_t c) const;
  uint32_t FindBase(const std::vector<uint16_t>& codes);
  void BuildPairs(const std::vector<std::vector<char32_t>>& keys);

  std::vector<uint16_t> codes_ =
      std::vector<uint16_t>(0x10000, 0);             // BMP code point -> code, 0: in no key
  std::vector<std::pair<char32_t, uint16_t>> rare_;  // the same beyond the BMP, sorted
  std::vector<uint32_t> root_ = {
      0};  // by code: the state of a first character, 0: no key begins so
  std::vector<Unit> units_;
  std::vector<uint64_t> pairs_;  // a Bloom filter of the first two codes
  uint32_t pair_shift_ = 0;
  uint32_t first_free_ = 1;
};

}  // namespace kaoju
