// DoubleByteTable: GB18030 or Big5-HKSCS as tables of pairs, built from ICU and a list of what ICU
// has otherwise than the WHATWG Encoding Standard; both ways. Far faster than a converter, and each
// character's bytes are known.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/alignment.h"
#include "extract/span.h"

namespace kaoju {

// A text decoded so far.
struct Decoded {
  std::string text;             // valid UTF-8; U+FFFD for what could not be decoded
  std::vector<Span> undecoded;  // those U+FFFD, neighbours as one span
  Alignment alignment;          // bytes (source) -> text (target), where it was asked for
};

class DoubleByteTable {
 public:
  enum class Kind { kGb18030, kBig5 };
  // From ICU and `overlay` (gb18030.tsv or big5.tsv); throws RulesError.
  static DoubleByteTable Build(Kind kind, const std::string& overlay);

  // Appends bytes[begin, end) decoded. `align` also appends runs, one a character that is no ASCII.
  // The source offsets of runs are those of `bytes`.
  void Decode(std::string_view bytes, size_t begin, size_t end, bool align, Decoded& out) const;

  // The character at bytes[at] and its size in bytes; U+FFFD iff it cannot be decoded.
  // REQUIRES at < bytes.size().
  struct Step {
    char32_t c = 0;
    uint32_t size = 0;
  };
  Step At(std::string_view bytes, size_t at) const;

  // The pair, lead byte first, that decodes to `c`; 0 iff there is none (ASCII, four bytes).
  uint16_t Pair(char32_t c) const;

  // Appends the bytes of `c`; false iff it has none (four bytes of GB18030 count).
  bool Encode(char32_t c, std::string& out) const;

 private:
  static constexpr size_t kLeads = 0x7E;   // 0x81 to 0xFE
  static constexpr size_t kTrails = 0xC0;  // 0x40 to 0xFF
  struct Entry {
    std::array<char, 3> bytes{};
    uint8_t size = 0;  // kOther: more than three, in special_; 0: no character
  };
  static constexpr uint8_t kOther = 4;

  explicit DoubleByteTable(Kind kind);
  void Set(uint32_t lead, uint32_t trail, std::u32string_view to);
  void FillFromIcu();
  void FillFours();
  void FillBack();
  bool IsSequence(uint32_t lead, uint32_t trail) const;
  Step FourAt(std::string_view bytes, size_t at) const;

  Kind kind_;
  std::vector<Entry> pairs_;                           // by lead and trail
  std::unordered_map<uint32_t, std::string> special_;  // by lead << 8 | trail
  std::vector<uint16_t> back_;                         // by code point of the basic plane
  std::unordered_map<char32_t, uint16_t> back_above_;
  std::vector<char16_t> fours_;                        // GB18030, by pointer, basic plane
  std::unordered_map<char32_t, uint16_t> fours_back_;  // code point -> pointer
};

}  // namespace kaoju
