// DoubleArray: a trie over code points in two arrays (Aoe 1989), for finding all lexicon entries
// that start at a place. Code points are renumbered by frequency, so that the arrays stay small.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kaoju {

class DoubleArray {
 public:
  // REQUIRES keys sorted by code point, unique, not empty strings, valid UTF-8. The value of
  // keys[i] is i. Keys with code points beyond the Basic Multilingual Plane are never found.
  void Build(const std::vector<std::string_view>& keys);

  // Calls found(end, value) for each key that is text[at, end), shortest first. REQUIRES `at` on a
  // code point of valid UTF-8.
  template <typename Found>
  void Prefixes(std::string_view text, size_t at, Found found) const {
    if (units_.empty()) return;
    uint32_t state = 0;
    while (at < text.size()) {
      const uint16_t code = NextCode(text, at);
      if (code == 0) return;
      const uint32_t next = units_[state].base + code;
      if (next >= units_.size() || units_[next].check != state + 1) return;
      state = next;
      if (values_[state] != kNone) found(at, values_[state]);
    }
  }

  size_t bytes() const {
    return units_.size() * (sizeof(Unit) + sizeof(uint32_t)) + codes_.size() * sizeof(uint16_t);
  }

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;
  struct Unit {
    uint32_t base = 0;
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
      at += 4;
      return 0;
    }
    return codes_[c];
  }
  static uint32_t Tail(std::string_view s, size_t at) {
    return static_cast<unsigned char>(s[at]) & 0x3FU;
  }
  uint32_t FindBase(const std::vector<uint16_t>& codes);

  std::vector<uint16_t> codes_;  // BMP code point -> code, 0: in no key
  std::vector<Unit> units_;
  std::vector<uint32_t> values_;  // by unit; apart, so that walking touches less memory
  uint32_t first_free_ = 1;
};

}  // namespace kaoju
