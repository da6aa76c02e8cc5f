// DoubleArray: a trie over code points in two arrays (Aoe 1989), for finding all lexicon entries
// that start at a place. Code points are renumbered by frequency, so that the arrays stay small.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace kaoju {

class DoubleArray {
 public:
  // REQUIRES keys sorted by code point, unique, not empty strings, valid UTF-8. The value of
  // keys[i] is i.
  void Build(const std::vector<std::string_view>& keys);

  // Calls found(end, value) for each key that is text[at, end), shortest first. REQUIRES `at` on a
  // code point of valid UTF-8.
  template <typename Found>
  void Prefixes(std::string_view text, size_t at, Found found) const {
    if (units_.empty() || at >= text.size()) return;
    uint32_t state = 0;
    uint16_t before = 0;
    for (int depth = 0; at < text.size(); ++depth) {
      const uint16_t code = NextCode(text, at);
      if (code == 0 || (depth == 1 && !MayPair(before, code))) return;
      const uint32_t next = (units_[state].base & ~kHasValue) + code;
      if (next >= units_.size() || units_[next].check != state + 1) return;
      state = next;
      before = code;
      if ((units_[state].base & kHasValue) != 0) found(at, values_[state]);
    }
  }

  size_t bytes() const {
    return units_.size() * (sizeof(Unit) + sizeof(uint32_t)) + codes_.size() * sizeof(uint16_t);
  }

 private:
  static constexpr uint32_t kHasValue = 0x80000000;
  struct Unit {
    uint32_t base = 0;   // with kHasValue: a key ends here
    uint32_t check = 0;  // parent state + 1; 0: free
  };
  struct Range;

  uint16_t NextCode(std::string_view s, size_t& at) const {
    const auto b = static_cast<unsigned char>(s[at]);
    uint32_t c = 0;
    if (b < 0x80) {
      c = b;
      at += 1;
    } else if (b < 0xE0) {
      c = (b & 0x1FU) << 6 | Tail(s, at + 1);
      at += 2;
    } else if (b < 0xF0) {
      c = (b & 0x0FU) << 12 | Tail(s, at + 1) << 6 | Tail(s, at + 2);
      at += 3;
    } else {
      c = (b & 0x07U) << 18 | Tail(s, at + 1) << 12 | Tail(s, at + 2) << 6 | Tail(s, at + 3);
      at += 4;
      return CodeOf(c);
    }
    return codes_[c];
  }
  // False: no key begins with these two. Most places of a text end here, without a look into the
  // units, which are too many for the nearest cache.
  bool MayPair(uint16_t first, uint16_t second) const {
    const uint32_t bit = PairBit(first, second);
    return (pairs_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  uint32_t PairBit(uint16_t first, uint16_t second) const {
    return ((uint32_t{first} << 16 | second) * 2654435761U) >> pair_shift_;
  }
  static uint32_t Tail(std::string_view s, size_t at) {
    return static_cast<unsigned char>(s[at]) & 0x3FU;
  }
  uint16_t CodeOf(char32_t c) const;
  uint32_t FindBase(const std::vector<uint16_t>& codes);
  void BuildPairs(const std::vector<std::vector<char32_t>>& keys);

  std::vector<uint16_t> codes_;  // BMP code point -> code, 0: in no key
  std::vector<std::pair<char32_t, uint16_t>> rare_;  // the same beyond the BMP, sorted
  std::vector<Unit> units_;
  std::vector<uint32_t> values_;  // by unit; apart, so that walking touches less memory
  std::vector<uint64_t> pairs_;   // a Bloom filter of the first two codes
  uint32_t pair_shift_ = 0;
  uint32_t first_free_ = 1;
};

}  // namespace kaoju
