// Decoders of single encodings that are no double-byte tables. Each appends bytes[begin, end) to
// `out`, with runs iff `align`; source offsets are those of `bytes`.
#pragma once

#include <string>
#include <string_view>

#include "ingest/double_byte.h"

namespace kaoju {

// Each ill-formed sequence, as far as it could have become a character, gives one U+FFFD.
void DecodeUtf8(std::string_view bytes, size_t begin, size_t end, bool align, Decoded& out);
void DecodeUtf16(std::string_view bytes, size_t begin, size_t end, bool big_endian, bool align,
                 Decoded& out);
// Any encoding that ICU has, by its name there.
void DecodeIcu(std::string_view bytes, size_t begin, size_t end, const std::string& name,
               bool align, Decoded& out);

}  // namespace kaoju
