// Walking over valid UTF-8. Input is validated once, at the door (ingest/utf8.h); from there on
// these need no checks.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace kaoju {

// True iff `text` is valid UTF-8 without private-use symbols (rules/symbols.h): what a rule file
// may hold.
bool IsRuleText(std::string_view text);

// Bytes of the code point whose first byte is `b`.
inline size_t Utf8Width(char b) {
  const auto u = static_cast<unsigned char>(b);
  return u < 0x80 ? 1 : u < 0xE0 ? 2 : u < 0xF0 ? 3 : 4;
}

// The code point that begins at `at`. REQUIRES at < text.size(), on a code point.
inline char32_t Utf8At(std::string_view text, size_t at) {
  const auto b = [&](size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const char32_t first = b(0);
  if (first < 0x80) return first;
  if (first < 0xE0) return (first & 0x1F) << 6 | (b(1) & 0x3F);
  if (first < 0xF0) return (first & 0x0F) << 12 | (b(1) & 0x3F) << 6 | (b(2) & 0x3F);
  return (first & 0x07) << 18 | (b(1) & 0x3F) << 12 | (b(2) & 0x3F) << 6 | (b(3) & 0x3F);
}

// Where the code point before `at` begins. REQUIRES at > 0, on a code point.
inline size_t Utf8Back(std::string_view text, size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// A Chinese character of the block that holds nearly all of them.
inline bool IsHan(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

// All code points of `text`.
inline std::vector<char32_t> CodePoints(std::string_view text) {
  std::vector<char32_t> out;
  for (size_t at = 0; at < text.size(); at += Utf8Width(text[at])) out.push_back(Utf8At(text, at));
  return out;
}

}  // namespace kaoju
