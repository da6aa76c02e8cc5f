// Span: a half-open range of bytes. The two integers at the bottom of everything.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace kaoju {

// Bytes [begin, end) of a UTF-8 text. REQUIRES begin <= end, and both on code-point boundaries of
// that text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(Span o) const { return begin <= o.begin && o.end <= end; }
  bool Overlaps(Span o) const { return begin < o.end && o.begin < end; }
  bool operator==(const Span&) const = default;
};

// The bytes of `text` under `span`; the view lives as long as the text. REQUIRES span.end <=
// text.size().
inline std::string_view Slice(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

// True iff `at` is 0, the end of `text`, or the first byte of a code point of it.
inline bool OnCodePoint(std::string_view text, size_t at) {
  return at == text.size() ||
         (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

// How many code points valid UTF-8 holds.
inline size_t CodePointCount(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace kaoju
