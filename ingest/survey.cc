#include "ingest/survey.h"

#include <unicode/ucnv.h>
#include <unicode/uset.h>

#include <algorithm>
#include <memory>

#include "ingest/table_file.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kPlaneSize = 0x10000;
constexpr uint32_t kFew = 3;      // characters that say nothing yet about the script
constexpr uint32_t kStrewn = 25;  // one in so many makes a text mixed

// The characters that an encoding has.
class Repertoire {
 public:
  explicit Repertoire(const char* converter) : set_(uset_openEmpty()) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* open = ucnv_open(converter, &status);
    ucnv_getUnicodeSet(open, set_.get(), UCNV_ROUNDTRIP_SET, &status);
    if (open != nullptr) ucnv_close(open);
    if (U_FAILURE(status)) {
      throw RulesError(std::string("ICU: ") + converter + ": " + u_errorName(status));
    }
  }
  bool Has(char32_t c) const { return uset_contains(set_.get(), static_cast<UChar32>(c)) != 0; }

 private:
  struct Close {
    void operator()(USet* set) const { uset_close(set); }
  };
  std::unique_ptr<USet, Close> set_;
};

constexpr char32_t kWideBegin = 0xFF01;  // full-width forms of ASCII
constexpr char32_t kWideEnd = 0xFF5F;

bool IsHan(char32_t c) { return c >= 0x3400 && c <= 0x9FFF; }

// Controls but line ends and tabs; zero width; marks of direction.
bool IsInvisible(char32_t c) {
  if (c < 0x20) return c != '\n' && c != '\r' && c != '\t';
  return (c >= 0x7F && c <= 0x9F && c != 0x85) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}

Sign SignOf(char32_t c) {
  if (c == '(' || c == 0xFF08) return Sign::kBracket;
  if (c == '?') return Sign::kQuestion;
  if (c == '&') return Sign::kAmpersand;
  if (c == '<' || c == '>') return Sign::kAngle;
  if (c == 0xFFFD) return Sign::kReplacement;
  if (c >= 0xE000 && c <= 0xF8FF) return Sign::kPrivate;
  if ((c >= 0x80 && c <= 0xA0) || c == 0xAD || c == 0xB7)
    return Sign::kLatin;  // a control, or a byte read as Latin-1
  if (IsInvisible(c)) return Sign::kInvisible;
  if (c >= 0xA0 && c <= 0xFF) return Sign::kLatin;
  return Sign::kNone;
}

// The ideographs that begin a character of UTF-8 read as GBK: E4 to E9 and a byte from 80 to BF,
// but for those of the first level, which clean text is full of.
void AddMisread(const FoldMap& fold, std::vector<Sign>& plane) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> gbk(ucnv_open("gb18030", &status),
                                                               &ucnv_close);
  const auto decode = [&](unsigned lead, unsigned trail) -> char32_t {
    const char pair[2] = {static_cast<char>(lead), static_cast<char>(trail)};
    UChar units[2] = {};
    const int32_t size = ucnv_toUChars(gbk.get(), units, 2, pair, 2, &status);
    return U_SUCCESS(status) && size == 1 ? units[0] : 0;
  };
  std::vector<bool> first_level(kPlaneSize);
  for (unsigned lead = 0xB0; lead <= 0xD7; ++lead) {
    for (unsigned trail = 0xA1; trail <= 0xFE; ++trail) {
      if (lead < 0xD7 || trail <= 0xF9) first_level[decode(lead, trail)] = true;
    }
  }
  const auto add = [&](unsigned lead, unsigned trail) {
    const char32_t c = decode(lead, trail);
    const std::u32string folded = fold.Character(c);
    if (!IsHan(c) || (folded.size() == 1 && folded[0] < kPlaneSize && first_level[folded[0]])) {
      return;
    }
    plane[c] = Sign::kMisread;
  };
  for (unsigned trail = 0x80; trail <= 0xBF; ++trail) {
    if (trail == 0x7F) continue;
    for (unsigned lead = 0xE4; lead <= 0xE9; ++lead) add(lead, trail);
  }
  add(0xE3, 0x80);  // CJK punctuation
  add(0xEF, 0xBC);  // full-width forms
  add(0xEF, 0xBF);  // U+FFFD
  if (U_FAILURE(status)) throw RulesError(std::string("ICU: gb18030: ") + u_errorName(status));
}

// True iff text[at] begins " X " with one ideograph between.
bool IsSpacedHan(std::string_view text, size_t at) {
  return at + 4 < text.size() && text[at + 4] == ' ' &&
         static_cast<unsigned char>(text[at + 1]) - 0xE3U < 7;
}

}  // namespace

Surveyor::Surveyor(const std::string& fold_dir, const FoldMap& fold) : plane_(kPlaneSize) {
  const Repertoire gb2312("ibm-1383_P110-1999");
  const Repertoire big5("windows-950-2000");
  for (char32_t c = 0; c < kPlaneSize; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    plane_[c] = SignOf(c);
    const bool wide = c >= kWideBegin && c < kWideEnd && plane_[c] == Sign::kNone;
    if (!IsHan(c) && !wide) continue;
    const std::u32string folded = fold.Character(c);
    if (wide) {
      if (folded.size() == 1 && folded[0] < 0x80) plane_[c] = Sign::kWide;
      continue;
    }
    const bool changes = folded != std::u32string(1, c);
    if (changes && big5.Has(c) && !gb2312.Has(c)) plane_[c] = Sign::kTraditional;
  }
  for (const auto& [c, to] : fold.characters) {
    if (to.size() == 1 && to[0] < kPlaneSize && IsHan(to[0]) && gb2312.Has(to[0]) &&
        !big5.Has(to[0])) {
      plane_[to[0]] = Sign::kSimplified;
    }
  }
  for (const TableRow& row : ReadTable(fold_dir + "/merged.tsv", 2)) {
    for (size_t i = 0; i < 2; ++i) {
      const std::u32string c = FromUtf8(row.cells[i]);
      if (c.size() != 1 || !IsHan(c[0])) {
        throw RulesError(row.place + ": one ideograph was expected: " + row.cells[i]);
      }
      plane_[c[0]] = i == 0 ? Sign::kMerged : Sign::kApart;
    }
  }
  AddMisread(fold, plane_);
}

Survey Surveyor::Look(std::string_view utf8) const {
  Survey survey;
  const Sign* plane = plane_.data();
  for (size_t at = 0; at < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    const auto tail = [&](size_t i) { return static_cast<unsigned char>(utf8[at + i]) & 0x3FU; };
    Sign sign = Sign::kNone;
    size_t size = 1;
    if (lead < 0x80) {
      sign = plane[lead];
      if (lead == ' ' && IsSpacedHan(utf8, at)) survey.spaced = true;
    } else if (lead < 0xE0) {
      size = 2;
      sign = plane[(lead & 0x1FU) << 6 | tail(1)];
    } else if (lead < 0xF0) {
      size = 3;
      sign = plane[(lead & 0x0FU) << 12 | tail(1) << 6 | tail(2)];
    } else {
      size = 4;
    }
    ++survey.counts[static_cast<size_t>(sign)];
    if (sign > Sign::kFirstMark) survey.marks.push_back({static_cast<uint32_t>(at), sign});
    at += size;
  }
  return survey;
}

std::string ScriptOf(const Survey& survey) {
  const uint32_t simplified = survey.count(Sign::kSimplified);
  const uint32_t traditional = survey.count(Sign::kTraditional) + survey.count(Sign::kApart);
  const uint32_t merged = survey.count(Sign::kMerged);
  const uint32_t less = std::min(simplified, traditional);
  if (std::max(simplified, traditional) < kFew) return "";
  const bool strewn = less >= kFew && less * kStrewn >= simplified + traditional;
  const bool converted =
      traditional > simplified && merged >= kFew && merged > survey.count(Sign::kApart);
  if (strewn || converted) return "mixed";
  return traditional > simplified ? "Hant" : "Hans";
}

}  // namespace kaoju
