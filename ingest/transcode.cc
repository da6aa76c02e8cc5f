#include "ingest/transcode.h"

#include <unicode/ucnv.h>

#include <memory>

#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Appends `c` for bytes [at, at + size).
void Put(char32_t c, size_t at, size_t size, bool lost, bool align, Decoded& out) {
  const auto to = static_cast<uint32_t>(out.text.size());
  AppendUtf8(c, out.text);
  const auto end = static_cast<uint32_t>(out.text.size());
  if (align && size != end - to) {
    out.alignment.Add({static_cast<uint32_t>(at), static_cast<uint32_t>(size), to, end - to});
  }
  if (!lost) return;
  if (!out.undecoded.empty() && out.undecoded.back().end == to) {
    out.undecoded.back().end = end;
  } else {
    out.undecoded.push_back({to, end});
  }
}

// The size of the ill-formed sequence at text[at]: as many bytes as could begin a character
// (Unicode, "maximal subpart").
size_t IllFormedSize(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const unsigned lead = byte(at);
  const unsigned second = byte(at + 1);
  unsigned low = 0x80;
  unsigned high = 0xBF;
  if (lead < 0xC2 || lead > 0xF4) return 1;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (lead < 0xE0 || second < low || second > high) return 1;
  if (lead < 0xF0) return 2;
  return (byte(at + 2) & 0xC0) == 0x80 ? 3 : 2;
}

}  // namespace

void DecodeUtf8(std::string_view bytes, size_t begin, size_t end, bool align, Decoded& out) {
  const std::string_view in = bytes.substr(0, end);
  for (size_t at = begin; at < end;) {
    const size_t bad = FindInvalidUtf8(in.substr(at)).value_or(end - at);
    out.text += in.substr(at, bad);
    at += bad;
    if (at == end) break;
    const size_t size = IllFormedSize(in, at);
    Put(kReplacement, at, size, true, align, out);
    at += size;
  }
}

void DecodeUtf16(std::string_view bytes, size_t begin, size_t end, bool big_endian, bool align,
                 Decoded& out) {
  const auto unit = [&](size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  size_t at = begin;
  while (at + 1 < end) {
    const char32_t c = unit(at);
    if (c < 0xD800 || c > 0xDFFF) {
      Put(c, at, 2, false, align, out);
      at += 2;
      continue;
    }
    const char32_t low = c < 0xDC00 && at + 3 < end ? unit(at + 2) : 0;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      Put(0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), at, 4, false, align, out);
      at += 4;
    } else {
      Put(kReplacement, at, 2, true, align, out);
      at += 2;
    }
  }
  if (at < end) Put(kReplacement, at, 1, true, align, out);
}

void DecodeIcu(std::string_view bytes, size_t begin, size_t end, const std::string& name,
               bool align, Decoded& out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(name.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) throw RulesError("ICU: converter " + name + ": " + u_errorName(status));
  const char* const start = bytes.data();
  const char* from = start + begin;
  while (from < start + end) {
    const char* const before = from;
    UChar32 c = ucnv_getNextUChar(converter.get(), &from, start + end, &status);
    const bool lost = U_FAILURE(status) || c == static_cast<UChar32>(kReplacement) || c < 0;
    if (U_FAILURE(status)) from = from > before ? from : before + 1;
    status = U_ZERO_ERROR;
    // A character may come of bytes that were taken in with the one before.
    Put(lost ? kReplacement : static_cast<char32_t>(c), static_cast<size_t>(before - start),
        static_cast<size_t>(from - before), lost, align, out);
  }
}

}  // namespace kaoju
