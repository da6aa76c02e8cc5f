// UTF-8 in and out, one code point at a time, and where a text stops being UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaoju {

// Appends `c` to `out`. REQUIRES c <= 0x10FFFF and no surrogate.
void AppendUtf8(char32_t c, std::string& out);
std::string ToUtf8(std::u32string_view text);

// The code points of `text`; an ill-formed byte gives U+FFFD.
std::u32string FromUtf8(std::string_view text);

// The code point that starts at text[at], and its end; U+FFFD and one byte further if it is
// ill-formed. REQUIRES at < text.size().
struct CodePoint {
  char32_t value = 0;
  size_t end = 0;
};
CodePoint CodePointAt(std::string_view text, size_t at);

// With U+FFFD for each ill-formed byte.
std::string WellFormed(std::string_view text);

// With A to Z in lower case.
std::string LowerAscii(std::string_view text);

// The offset of the first byte that is no UTF-8 (RFC 3629: shortest form, no surrogates); nullopt
// iff all is well.
std::optional<size_t> FindInvalidUtf8(std::string_view text);

}  // namespace kaoju
