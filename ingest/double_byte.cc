#include "ingest/double_byte.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "ingest/table_file.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr size_t kSlack = 16;
constexpr size_t kBasicFours = 39420;          // pointers of the basic plane
constexpr uint32_t kFirstAstralFour = 189000;  // the pointer of U+10000
constexpr uint64_t kHighBits = 0x8080808080808080;

unsigned ByteAt(std::string_view bytes, size_t at) { return static_cast<unsigned char>(bytes[at]); }

bool IsPrivate(char32_t c) { return c >= 0xE000 && c <= 0xF8FF; }

// An ICU converter that stops at what it cannot convert.
class Converter {
 public:
  explicit Converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    converter_.reset(ucnv_open(name, &status));
    if (U_SUCCESS(status)) {
      ucnv_setToUCallBack(converter_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                          &status);
    }
    if (U_FAILURE(status)) {
      throw RulesError(std::string("ICU: converter ") + name + ": " + u_errorName(status));
    }
  }

  // The characters of `bytes`; empty iff they are none.
  std::u32string Decode(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    std::array<UChar, 8> units{};
    ucnv_resetToUnicode(converter_.get());
    const int32_t size =
        ucnv_toUChars(converter_.get(), units.data(), static_cast<int32_t>(units.size()),
                      bytes.data(), static_cast<int32_t>(bytes.size()), &status);
    if (U_FAILURE(status)) return {};
    std::u32string out;
    for (int32_t i = 0; i < size; ++i) {
      char32_t c = units[static_cast<size_t>(i)];
      if (c >= 0xD800 && c <= 0xDBFF && i + 1 < size) {
        c = 0x10000 + ((c - 0xD800) << 10) + (units[static_cast<size_t>(++i)] - 0xDC00U);
      }
      out += c;
    }
    return out;
  }

 private:
  struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  std::unique_ptr<UConverter, Close> converter_;
};

uint32_t Hex(const TableRow& row, const std::string& cell, size_t digits) {
  char* end = nullptr;
  const unsigned long value = std::strtoul(cell.c_str(), &end, 16);
  if (cell.size() < digits || cell.size() > 6 || *end != '\0' || value > 0x10FFFF) {
    throw RulesError(row.place + ": a hexadecimal number was expected: " + cell);
  }
  return static_cast<uint32_t>(value);
}

std::u32string CodePoints(const TableRow& row) {
  std::u32string out;
  const std::string& cell = row.cells[1];
  if (cell == "-") return out;
  for (size_t at = 0; at <= cell.size();) {
    const size_t end = std::min(cell.find(' ', at), cell.size());
    out += Hex(row, cell.substr(at, end - at), 4);
    at = end + 1;
  }
  return out;
}

}  // namespace

DoubleByteTable::DoubleByteTable(Kind kind) : kind_(kind), pairs_(kLeads * kTrails) {}

DoubleByteTable DoubleByteTable::Build(Kind kind, const std::string& overlay) {
  DoubleByteTable table(kind);
  table.FillFromIcu();
  for (const TableRow& row : ReadTable(overlay, 2)) {
    const uint32_t pair = Hex(row, row.cells[0], 4);
    const uint32_t lead = pair >> 8;
    const uint32_t trail = pair & 0xFF;
    if (pair > 0xFFFF || lead < 0x81 || lead > 0xFE || trail < 0x40) {
      throw RulesError(row.place + ": no pair of bytes: " + row.cells[0]);
    }
    table.Set(lead, trail, CodePoints(row));
  }
  if (kind == Kind::kGb18030) table.FillFours();
  table.FillBack();
  return table;
}

void DoubleByteTable::Set(uint32_t lead, uint32_t trail, std::u32string_view to) {
  const std::string bytes = ToUtf8(to);
  Entry& entry = pairs_[(lead - 0x81) * kTrails + trail - 0x40];
  entry = {};
  special_.erase(lead << 8 | trail);
  if (bytes.size() <= 3) {
    std::memcpy(entry.bytes.data(), bytes.data(), bytes.size());
    entry.size = static_cast<uint8_t>(bytes.size());
  } else {
    entry.size = kOther;
    special_[lead << 8 | trail] = bytes;
  }
}

void DoubleByteTable::FillFromIcu() {
  Converter icu(kind_ == Kind::kGb18030 ? "gb18030" : "Big5-HKSCS");
  for (uint32_t lead = 0x81; lead <= 0xFE; ++lead) {
    for (uint32_t trail = 0x40; trail <= 0xFE; ++trail) {
      const char pair[2] = {static_cast<char>(lead), static_cast<char>(trail)};
      const std::u32string to = icu.Decode({pair, 2});
      // Private use is what ICU makes of the holes in Big5; in GB18030 it is part of the standard.
      const bool hole = kind_ == Kind::kBig5 && std::any_of(to.begin(), to.end(), IsPrivate);
      if (!to.empty() && !hole) Set(lead, trail, to);
    }
  }
}

void DoubleByteTable::FillFours() {
  Converter icu("gb18030");
  fours_.assign(kBasicFours, u'\0');
  for (uint32_t pointer = 0; pointer < kBasicFours; ++pointer) {
    const char four[4] = {
        static_cast<char>(0x81 + pointer / 12600), static_cast<char>(0x30 + pointer / 1260 % 10),
        static_cast<char>(0x81 + pointer / 10 % 126), static_cast<char>(0x30 + pointer % 10)};
    const std::u32string to = icu.Decode({four, 4});
    if (to.size() != 1) continue;
    fours_[pointer] = static_cast<char16_t>(to[0]);
    fours_back_.emplace(to[0], static_cast<uint16_t>(pointer));
  }
}

// True iff the pair gives two characters.
bool DoubleByteTable::IsSequence(uint32_t lead, uint32_t trail) const {
  const auto found = special_.find(lead << 8 | trail);
  return found != special_.end() && CodePointAt(found->second, 0).end != found->second.size();
}

// Of several pairs for one character the first counts; in Big5 the first of its main part, since
// the extensions before A1 repeat characters.
void DoubleByteTable::FillBack() {
  back_.assign(0x10000, 0);
  for (uint32_t lead = 0x81; lead <= 0xFE; ++lead) {
    for (uint32_t trail = 0x40; trail <= 0xFE; ++trail) {
      const char pair[2] = {static_cast<char>(lead), static_cast<char>(trail)};
      const Step step = At({pair, 2}, 0);
      if (step.c == kReplacement || step.size != 2) continue;
      if (IsSequence(lead, trail)) continue;
      const auto code = static_cast<uint16_t>(lead << 8 | trail);
      const bool main = kind_ == Kind::kGb18030 || (lead >= 0xA1 && lead <= 0xF9);
      uint16_t& back = step.c < 0x10000 ? back_[step.c] : back_above_[step.c];
      if (back == 0 || (main && kind_ == Kind::kBig5 && back < 0xA100)) back = code;
    }
  }
}

DoubleByteTable::Step DoubleByteTable::FourAt(std::string_view bytes, size_t at) const {
  const auto in = [&](size_t i, unsigned low, unsigned high) {
    return ByteAt(bytes, at + i) >= low && ByteAt(bytes, at + i) <= high;
  };
  if (at + 4 > bytes.size() || !in(2, 0x81, 0xFE) || !in(3, 0x30, 0x39)) return {kReplacement, 1};
  const uint32_t pointer =
      ((ByteAt(bytes, at) - 0x81) * 10 + (ByteAt(bytes, at + 1) - 0x30)) * 1260 +
      (ByteAt(bytes, at + 2) - 0x81) * 10 + (ByteAt(bytes, at + 3) - 0x30);
  if (pointer < kBasicFours && fours_[pointer] != 0) return {fours_[pointer], 4};
  const uint32_t astral = pointer - kFirstAstralFour;
  if (pointer >= kFirstAstralFour && astral <= 0xFFFFF) return {0x10000 + astral, 4};
  return {kReplacement, 1};
}

DoubleByteTable::Step DoubleByteTable::At(std::string_view bytes, size_t at) const {
  const unsigned lead = ByteAt(bytes, at);
  if (lead < 0x80) return {lead, 1};
  if (lead == 0x80 && kind_ == Kind::kGb18030) return {0x20AC, 1};
  if (lead == 0x80 || lead == 0xFF || at + 1 >= bytes.size()) return {kReplacement, 1};
  const unsigned trail = ByteAt(bytes, at + 1);
  if (trail < 0x40) {
    const bool four = kind_ == Kind::kGb18030 && trail >= 0x30 && trail <= 0x39;
    return four ? FourAt(bytes, at) : Step{kReplacement, 1};
  }
  const Entry& entry = pairs_[(lead - 0x81) * kTrails + trail - 0x40];
  if (entry.size == kOther) return {CodePointAt(special_.at(lead << 8 | trail), 0).value, 2};
  // An ASCII byte that is no trail after all is a character of its own.
  if (entry.size == 0) return {kReplacement, trail < 0x80 ? 1U : 2U};
  return {CodePointAt({entry.bytes.data(), entry.size}, 0).value, 2};
}

namespace {

// Appends runs and undecoded spans as characters come.
struct Tail {
  Decoded& out;
  size_t to;
  bool align;

  void Took(size_t at, size_t size, size_t written) {
    if (align && size != written) {
      out.alignment.Add({static_cast<uint32_t>(at), static_cast<uint32_t>(size),
                         static_cast<uint32_t>(to), static_cast<uint32_t>(written)});
    }
    to += written;
  }
  void Lost(size_t at, size_t size) {
    const auto begin = static_cast<uint32_t>(to);
    if (!out.undecoded.empty() && out.undecoded.back().end == begin) {
      out.undecoded.back().end += 3;
    } else {
      out.undecoded.push_back({begin, begin + 3});
    }
    std::memcpy(out.text.data() + to, "\xEF\xBF\xBD", 3);
    Took(at, size, 3);
  }
};

}  // namespace

void DoubleByteTable::Decode(std::string_view bytes, size_t begin, size_t end, bool align,
                             Decoded& out) const {
  const std::string_view in = bytes.substr(0, end);
  // A byte gives three at most, two bytes four (Ê with a macron, or one beyond the basic plane).
  Tail tail{out, out.text.size(), align};
  const auto room = [&](size_t at) {
    const size_t needed = tail.to + (end - at) * 3 / 2 + kSlack;
    if (needed > out.text.size()) out.text.resize(needed + needed / 8);
  };
  room(begin);
  for (size_t at = begin; at < end;) {
    const unsigned lead = ByteAt(in, at);
    if (lead < 0x80) {
      uint64_t word = kHighBits;
      if (at + sizeof word <= end) std::memcpy(&word, in.data() + at, sizeof word);
      const size_t size = (word & kHighBits) == 0 ? sizeof word : 1;
      std::memcpy(out.text.data() + tail.to, in.data() + at, size);
      tail.to += size;
      at += size;
      continue;
    }
    if (lead > 0x80 && lead < 0xFF && at + 1 < end && ByteAt(in, at + 1) >= 0x40) {
      const Entry& entry = pairs_[(lead - 0x81) * kTrails + ByteAt(in, at + 1) - 0x40];
      if (entry.size - 1U < 3) {
        std::memcpy(out.text.data() + tail.to, entry.bytes.data(), 3);
        tail.Took(at, 2, entry.size);
        at += 2;
        continue;
      }
    }
    room(at);  // from here on a byte may give three
    const Step step = At(in, at);
    if (step.c == kReplacement) {
      tail.Lost(at, step.size);
    } else {
      const uint32_t pair = lead << 8 | (step.size == 2 ? ByteAt(in, at + 1) : 0);
      const std::string utf8 = step.size == 2 ? special_.at(pair) : ToUtf8({&step.c, 1});
      std::memcpy(out.text.data() + tail.to, utf8.data(), utf8.size());
      tail.Took(at, step.size, utf8.size());
    }
    at += step.size;
    room(at);
  }
  out.text.resize(tail.to);
}

uint16_t DoubleByteTable::Pair(char32_t c) const {
  if (c < 0x10000) return back_[c];
  const auto found = back_above_.find(c);
  return found == back_above_.end() ? 0 : found->second;
}

bool DoubleByteTable::Encode(char32_t c, std::string& out) const {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return true;
  }
  if (const uint16_t pair = Pair(c); pair != 0) {
    out += static_cast<char>(pair >> 8);
    out += static_cast<char>(pair & 0xFF);
    return true;
  }
  if (kind_ != Kind::kGb18030) return false;
  uint32_t pointer = kFirstAstralFour + (c - 0x10000);
  if (c < 0x10000) {
    const auto found = fours_back_.find(c);
    if (found == fours_back_.end()) return false;
    pointer = found->second;
  }
  out += static_cast<char>(0x81 + pointer / 12600);
  out += static_cast<char>(0x30 + pointer / 1260 % 10);
  out += static_cast<char>(0x81 + pointer / 10 % 126);
  out += static_cast<char>(0x30 + pointer % 10);
  return true;
}

}  // namespace kaoju
