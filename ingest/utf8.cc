#include "ingest/utf8.h"

#include <unicode/utf8.h>

#include <cstring>

namespace kaoju {

void AppendUtf8(char32_t c, std::string& out) {
  char bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<size_t>(size));
}

std::string ToUtf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) AppendUtf8(c, out);
  return out;
}

CodePoint CodePointAt(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at, U8_MAX_LENGTH);
  const auto* bytes = reinterpret_cast<const uint8_t*>(rest.data());
  int32_t next = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, next, static_cast<int32_t>(rest.size()), c);
  if (c < 0) return {0xFFFD, at + 1};
  return {static_cast<char32_t>(c), at + static_cast<size_t>(next)};
}

std::string WellFormed(std::string_view text) {
  if (!FindInvalidUtf8(text)) return std::string(text);
  return ToUtf8(FromUtf8(text));
}

std::string LowerAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}

std::u32string FromUtf8(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    out += c.value;
    at = c.end;
  }
  return out;
}

namespace {

bool IsTail(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The end of the run of plain characters at text[at]: ASCII, and those of three bytes that can
// neither be too long forms nor surrogates, which is nearly all Chinese.
size_t SkipPlain(std::string_view text, size_t at) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  while (at + sizeof(uint64_t) <= text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead > 0xE0 && lead < 0xF0 && lead != 0xED && IsTail(text[at + 1]) &&
        IsTail(text[at + 2])) {
      at += 3;
      continue;
    }
    if (lead >= 0x80) break;
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    at += (word & kHighBits) == 0 ? sizeof word : 1;
  }
  return at;
}

}  // namespace

std::optional<size_t> FindInvalidUtf8(std::string_view text) {
  for (size_t at = SkipPlain(text, 0); at < text.size(); at = SkipPlain(text, at)) {
    const CodePoint c = CodePointAt(text, at);
    if (c.end == at + 1 && static_cast<unsigned char>(text[at]) >= 0x80) return at;
    at = c.end;
  }
  return std::nullopt;
}

}  // namespace kaoju
