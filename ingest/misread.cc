#include "ingest/misread.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "ingest/fold.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr double kUsual = 0.85;   // share of common characters that what was meant must have
constexpr double kUnusual = 0.6;  // and what stands there may have at most
constexpr size_t kMinInRun = 4;   // characters, where a run is not misread from end to end
constexpr size_t kMinWhole = 2;   // and where it is
constexpr size_t kMinPairs = 2;   // pairs read as windows-1252
constexpr size_t kManyPairs = 8;  // in a document, so plausible that a lone one counts
constexpr double kSurely = 0.95;
constexpr int kMaxLevels = 3;  // misread again and again

// What windows-1252 has at 80 to 9F; 0: nothing, so that the control stands there.
constexpr std::array<char16_t, 32> kWestern = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The byte from 80 to FF that became `c`; 0 iff none.
unsigned WesternByte(char32_t c) {
  if (c >= 0x80 && c <= 0xFF) return c;
  if (c < 0x0152) return 0;
  const auto found = std::find(kWestern.begin(), kWestern.end(), static_cast<char16_t>(c));
  return c > 0xFFFF || found == kWestern.end()
             ? 0
             : 0x80 + static_cast<unsigned>(found - kWestern.begin());
}

// Bytes that a stretch of the text may have been, and where each begins: begins[i] is the offset in
// the text of the character that gave byte i if it is that character's first, else kInside.
struct Bytes {
  static constexpr uint32_t kInside = 0xFFFFFFFF;
  std::string bytes;
  std::vector<uint32_t> begins;  // one more than bytes: the end

  void Add(std::string_view of, size_t at) {
    for (size_t i = 0; i < of.size(); ++i) {
      begins.push_back(i == 0 ? static_cast<uint32_t>(at) : kInside);
    }
    bytes += of;
  }
  bool Starts(size_t i) const { return begins[i] != kInside; }
};

// Characters read back from bytes[begin, end), with the parts where both texts have a boundary.
struct ReadBack {
  size_t begin = 0;
  size_t end = 0;
  std::string text;
  size_t characters = 0;
  std::vector<EditRun> parts;  // offsets of the text, and of `text`
};

// The longest stretches of `b` that are valid UTF-8 beyond ASCII, cut to characters of the text.
std::vector<ReadBack> ValidStretches(const Bytes& b) {
  std::vector<ReadBack> found;
  ReadBack now;
  uint32_t part_source = 0;
  uint32_t part_target = 0;
  size_t part_end = 0;  // byte up to which parts reach, and what was read until there
  size_t text_at_part = 0;
  size_t characters_at_part = 0;
  const auto close = [&] {
    now.end = part_end;
    now.text.resize(text_at_part);
    now.characters = characters_at_part;
    if (now.characters > 0) found.push_back(std::move(now));
    now = {};
    part_target = 0;
    text_at_part = characters_at_part = 0;
  };
  bool open = false;
  for (size_t at = 0; at < b.bytes.size();) {
    const CodePoint c = CodePointAt(b.bytes, at);
    const bool good = c.end > at + 1;
    if (!open && !(good && b.Starts(at))) {
      ++at;
      continue;
    }
    if (!good) {
      close();
      open = false;
      ++at;
      continue;
    }
    if (!open) {
      open = true;
      now.begin = part_end = at;
      part_source = b.begins[at];
    }
    now.text += b.bytes.substr(at, c.end - at);
    ++now.characters;
    at = c.end;
    if (!b.Starts(at)) continue;
    const auto target = static_cast<uint32_t>(now.text.size());
    now.parts.push_back(
        {part_source, b.begins[at] - part_source, part_target, target - part_target});
    part_source = b.begins[at];
    part_target = target;
    part_end = at;
    text_at_part = now.text.size();
    characters_at_part = now.characters;
  }
  if (open) close();
  return found;
}

Repair MakeRepair(std::string_view text, const Bytes& b, ReadBack back, const char* kind) {
  const Span span{b.begins[back.begin], b.begins[back.end]};
  for (EditRun& part : back.parts) part.source -= span.begin;
  return {span,
          kind,
          std::string(Slice(text, span)),
          std::move(back.text),
          "exact",
          std::move(back.parts)};
}

class Finder {
 public:
  Finder(std::string_view text, const Survey& survey, const CharacterTables& tables)
      : text_(text), survey_(survey), tables_(tables) {}

  std::vector<Repair> Run() {
    if (survey_.count(Sign::kLatin) > 0) FindWestern();
    if (survey_.count(Sign::kMisread) > 0) FindGbk();
    std::sort(repairs_.begin(), repairs_.end(),
              [](const Repair& a, const Repair& b) { return a.source.begin < b.source.begin; });
    return std::move(repairs_);
  }

 private:
  // One stretch read as windows-1252, with the ASCII that may be second bytes of pairs.
  struct Western {
    Bytes high;   // up to the first ASCII
    Bytes pairs;  // whole pairs only
    size_t end = 0;
  };

  Western WesternAt(size_t at) const {
    Western w;
    size_t high_end = at;
    bool highs = true;
    bool lead = false;
    size_t lead_at = 0;
    unsigned lead_byte = 0;
    while (at < text_.size()) {
      const CodePoint c = CodePointAt(text_, at);
      const unsigned byte = WesternByte(c.value);
      const bool trail = lead && c.value >= 0x40 && c.value < 0x7F;
      if (byte == 0 && !trail) break;
      if (byte == 0) highs = false;
      const char as_byte = static_cast<char>(byte == 0 ? c.value : byte);
      if (highs) {
        w.high.Add({&as_byte, 1}, at);
        high_end = c.end;
      }
      if (lead) {
        const char pair[2] = {static_cast<char>(lead_byte), as_byte};
        w.pairs.Add({pair, 2}, lead_at);
        lead = false;
        w.end = c.end;
      } else {
        lead = true;
        lead_at = at;
        lead_byte = byte;
      }
      at = c.end;
    }
    w.high.begins.push_back(static_cast<uint32_t>(high_end));
    w.pairs.begins.push_back(static_cast<uint32_t>(std::max(w.end, high_end)));
    w.end = std::max(w.end, high_end);
    return w;
  }

  // Bytes are UTF-8 iff nearly all are well-formed and they are no chance pairs: pairs of GBK and
  // Big5 are often well-formed, too, as two bytes of other scripts.
  bool IsUtf8(const Bytes& high, const std::vector<ReadBack>& backs) const {
    size_t valid = 0;
    size_t threes = 0;
    size_t twos = 0;
    for (const ReadBack& back : backs) {
      valid += back.end - back.begin;
      for (size_t at = 0; at < back.text.size();) {
        const CodePoint c = CodePointAt(back.text, at);
        if (c.value >= 0x800) ++threes;
        if (c.value > 0xFF && c.value < 0x800) ++twos;
        at = c.end;
      }
    }
    if (valid == 0 || valid * 5 < high.bytes.size() * 4 || twos > threes) return false;
    Plausibility p;
    for (const ReadBack& back : backs) {
      for (size_t at = 0; at < back.text.size();) {
        const CodePoint c = CodePointAt(back.text, at);
        if (c.value >= 0x800 && c.value != 0xFFFD) Judge(c.value, tables_, p);
        at = c.end;
      }
    }
    return p.size() == 0 || p.share() >= kUnusual;
  }

  void FindWestern() {
    std::vector<Western> doubles;
    size_t done = 0;
    for (const Mark& mark : survey_.marks) {
      if (mark.sign != Sign::kLatin || mark.at < done) continue;
      size_t at = mark.at;
      // A middle dot or a hard space is a byte, too, but no sign.
      while (at >= done + 2 && at >= 2 && static_cast<unsigned char>(text_[at - 2]) == 0xC2)
        at -= 2;
      Western w = WesternAt(at);
      std::vector<ReadBack> backs = ValidStretches(w.high);
      if (IsUtf8(w.high, backs)) {
        for (ReadBack& back : backs) {
          repairs_.push_back(MakeRepair(text_, w.high, std::move(back), "utf8-as-1252"));
        }
        done = w.high.begins.back();
      } else if (!w.pairs.bytes.empty()) {
        done = w.end;
        doubles.push_back(std::move(w));
      } else {
        done = std::max<size_t>(done, w.high.begins.back());
      }
    }
    FindPairs(doubles);
  }

  // Which of the two the whole document speaks for.
  void FindPairs(const std::vector<Western>& stretches) {
    Plausibility gb;
    Plausibility big5;
    for (const Western& w : stretches) {
      Add(w.pairs.bytes, tables_.gb18030(), gb);
      Add(w.pairs.bytes, tables_.big5(), big5);
    }
    const bool is_gb = gb.share() >= big5.share();
    if (std::max(gb.share(), big5.share()) < kUsual) return;
    const DoubleByteTable& table = is_gb ? tables_.gb18030() : tables_.big5();
    // A single pair is enough where many others leave no doubt.
    const Plausibility& all = is_gb ? gb : big5;
    const size_t least = all.size() >= kManyPairs && all.share() >= kSurely ? 1 : kMinPairs;
    for (const Western& w : stretches) {
      Plausibility p;
      Add(w.pairs.bytes, table, p);
      if (p.broken > 0 || p.share() < kUsual || p.size() < least) continue;
      ReadBack back{0, w.pairs.bytes.size(), "", 0, {}};
      for (size_t at = 0; at < w.pairs.bytes.size(); at += 2) {
        const auto target = static_cast<uint32_t>(back.text.size());
        AppendUtf8(table.At(w.pairs.bytes, at).c, back.text);
        back.parts.push_back({w.pairs.begins[at], w.pairs.begins[at + 2] - w.pairs.begins[at],
                              target, static_cast<uint32_t>(back.text.size()) - target});
      }
      repairs_.push_back(
          MakeRepair(text_, w.pairs, std::move(back), is_gb ? "gbk-as-1252" : "big5-as-1252"));
    }
  }

  void Add(std::string_view pairs, const DoubleByteTable& table, Plausibility& out) const {
    for (size_t at = 0; at < pairs.size(); at += 2) Judge(table.At(pairs, at).c, tables_, out);
  }

  void FindGbk() {
    size_t done = 0;
    for (const Mark& mark : survey_.marks) {
      if (mark.sign != Sign::kMisread || mark.at < done) continue;
      size_t begin = mark.at;
      while (begin > done && (text_[begin - 1] & 0x80) != 0) --begin;
      Bytes b;
      size_t end = begin;
      while (end < text_.size() && (text_[end] & 0x80) != 0) {
        const CodePoint c = CodePointAt(text_, end);
        std::string bytes;
        if (c.value == 0x20AC) {
          bytes = "\x80";
        } else if (c.value == 0xFFFD || !tables_.gb18030().Encode(c.value, bytes)) {
          bytes = "\xFF";
        }
        b.Add(bytes, end);
        end = c.end;
      }
      b.begins.push_back(static_cast<uint32_t>(end));
      for (ReadBack& back : ValidStretches(b)) {
        if (Accept(b, back)) {
          repairs_.push_back(MakeRepair(text_, b, std::move(back), "utf8-as-gbk"));
        }
      }
      done = end;
    }
  }

  bool Accept(const Bytes& b, const ReadBack& back) const {
    const bool whole = back.begin == 0 && back.end == b.bytes.size();
    if (back.characters < (whole ? kMinWhole : kMinInRun)) return false;
    const Span span{b.begins[back.begin], b.begins[back.end]};
    const Plausibility before = Judge(Slice(text_, span), tables_);
    const Plausibility after = Judge(back.text, tables_);
    return after.broken == 0 && after.share() >= kUsual && before.share() <= kUnusual;
  }

  std::string_view text_;
  const Survey& survey_;
  const CharacterTables& tables_;
  std::vector<Repair> repairs_;
};

}  // namespace

std::vector<Repair> FindMisread(std::string_view utf8, const Survey& survey,
                                const Surveyor& surveyor, const CharacterTables& tables) {
  std::vector<Repair> repairs = Finder(utf8, survey, tables).Run();
  for (Repair& repair : repairs) {
    for (int level = 1; level < kMaxLevels; ++level) {
      const Survey again = surveyor.Look(repair.after);
      const std::vector<Repair> inner = Finder(repair.after, again, tables).Run();
      if (inner.empty()) break;
      repair.after = ApplyRepairs(repair.after, inner).text;
      repair.parts.clear();
    }
  }
  return repairs;
}

}  // namespace kaoju
