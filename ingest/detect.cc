#include "ingest/detect.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kLookAt = 64 << 10;     // bytes that are judged
constexpr size_t kSlowLookAt = 4 << 10;  // bytes that ICU is asked about
constexpr double kSurely = 0.85;         // share of common characters that needs no other candidate
constexpr double kBarely = 0.4;          // below it, bytes are no Chinese
constexpr size_t kDamaged = 1;           // common characters to a broken byte in damaged UTF-8
constexpr double kWesternShare = 0.08;   // of bytes that are no ASCII in a Western text

size_t HighBytes(std::string_view bytes) {
  return static_cast<size_t>(
      std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; }));
}

Plausibility JudgeUtf16(std::string_view bytes, bool big_endian, const CharacterTables& tables) {
  Plausibility result;
  for (size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    const char32_t c = big_endian ? first << 8 | second : second << 8 | first;
    // Unlike in other encodings, ASCII speaks for this one, since it is every second byte of it.
    if (c >= 0x20 && c < 0x7F) {
      ++result.common;
    } else if (c < 0xD800 || c > 0xDFFF) {
      Judge(c, tables, result);
    }
  }
  return result;
}

Plausibility JudgeIcu(std::string_view bytes, const std::string& name,
                      const CharacterTables& tables) {
  Plausibility result;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(name.c_str(), &status), &ucnv_close);
  const char* at = bytes.data();
  const char* end = at + std::min(bytes.size(), kSlowLookAt);
  while (U_SUCCESS(status) && at < end) {
    const UChar32 c = ucnv_getNextUChar(converter.get(), &at, end, &status);
    if (U_SUCCESS(status)) Judge(static_cast<char32_t>(c), tables, result);
  }
  return result;
}

// True iff `bytes` may be UTF-16 by their zeros: nearly all texts have ASCII in them, if only line
// ends and spaces, and then every zero stands on the same side.
bool HasZerosOnOneSide(std::string_view bytes, bool& big_endian) {
  std::array<size_t, 2> zeros{};
  for (size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] == '\0') ++zeros[at % 2];
  }
  big_endian = zeros[0] > zeros[1];
  const size_t most = std::max(zeros[0], zeros[1]);
  return most > 0 && std::min(zeros[0], zeros[1]) * 20 <= most && bytes.size() % 2 == 0;
}

Detection DetectUtf16(std::string_view bytes, const CharacterTables& tables) {
  bool big_endian = false;
  if (!HasZerosOnOneSide(bytes, big_endian)) return {};
  const double share = JudgeUtf16(bytes, big_endian, tables).share();
  if (share < kBarely) return {};
  return {big_endian ? kUtf16Be : kUtf16Le, share};
}

}  // namespace

Plausibility JudgeAs(std::string_view bytes, std::string_view encoding,
                     const EncodingLabels& labels, const CharacterTables& tables) {
  bytes = bytes.substr(0, kLookAt);
  using Kind = DoubleByteTable::Kind;
  if (encoding == kGb18030) return tables.JudgePairs(bytes, Kind::kGb18030);
  if (encoding == kBig5) return tables.JudgePairs(bytes, Kind::kBig5);
  if (encoding == kUtf8) return Judge(bytes, tables);
  if (encoding == kUtf16Le || encoding == kUtf16Be) {
    return JudgeUtf16(bytes, encoding == kUtf16Be, tables);
  }
  return JudgeIcu(bytes, labels.Converter(encoding), tables);
}

Detection Detect(std::string_view bytes, const EncodingLabels& labels,
                 const CharacterTables& tables) {
  const std::string_view head = bytes.substr(0, kLookAt);
  if (head.find('\0') != std::string_view::npos) {
    if (const Detection utf16 = DetectUtf16(head, tables); !utf16.encoding.empty()) return utf16;
  }
  const size_t high = HighBytes(head);
  if (high == 0) return {};
  if (!FindInvalidUtf8(bytes)) return {kUtf8, 1};
  // Bytes in another encoding are hardly ever well-formed, so a text that mostly is was damaged.
  const Plausibility utf8 = Judge(head.substr(0, kSlowLookAt), tables);
  if (utf8.common >= kDamaged * utf8.broken) return {kUtf8, utf8.share()};
  Detection best;
  const auto consider = [&](std::string_view encoding) {
    const double share = JudgeAs(head, encoding, labels, tables).share();
    if (share > best.share) best = {encoding, share};
  };
  consider(kGb18030);
  consider(kBig5);
  if (best.share < kSurely) consider(kEucTw);
  // UTF-16 without a single ASCII character.
  if (best.share < kBarely && bytes.size() % 2 == 0) {
    consider(kUtf16Le);
    consider(kUtf16Be);
  }
  const bool western = static_cast<double>(high) < kWesternShare * static_cast<double>(head.size());
  if (western && best.share < kSurely) return {kWindows1252, 0};
  if (best.share < kBarely) return {kUtf8, 0};  // binary, for all that we know
  return best;
}

}  // namespace kaoju
