#include "ingest/repair.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxLetters = 6;  // zhuāng
constexpr char32_t kWideClose = 0xFF09;

void CheckIcu(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw RulesError(std::string("ICU: ") + what + ": " + u_errorName(status));
}

}  // namespace

std::optional<std::string> ParsePinyin(std::string_view letters) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  CheckIcu(status, "NFC");
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(letters.data(), static_cast<int32_t>(letters.size())));
  std::string composed;
  nfc->normalize(text, status).toUTF8String(composed);
  CheckIcu(status, "NFC");
  const std::u32string units = FromUtf8(composed);
  constexpr std::u32string_view kMarked =
      U"\u0101\u00E1\u01CE\u00E0\u014D\u00F3\u01D2\u00F2\u0113\u00E9\u011B\u00E8\u012B\u00ED\u01D0"
      U"\u00EC\u016B\u00FA\u01D4\u00F9\u01D6\u01D8\u01DA\u01DC\u00FC\u0144\u0148\u01F9";
  const auto marked = [&](char32_t c) { return kMarked.find(c) != std::u32string_view::npos; };
  const auto letter = [&](char32_t c) { return (c >= 'a' && c <= 'z') || marked(c); };
  if (units.empty() || units.size() > kMaxLetters) return std::nullopt;
  if (!std::all_of(units.begin(), units.end(), letter)) return std::nullopt;
  if (std::none_of(units.begin(), units.end(), marked)) return std::nullopt;
  return composed;
}

namespace {

// Something that looks like a gloss: character, bracket, pinyin, bracket.
struct Candidate {
  Span span;
  char32_t han = 0;
  size_t han_size = 0;
  std::string pinyin;
  bool toned = true;
};

// The letters iff they are one to six of lower-case ASCII, as pinyin is without its tones.
std::optional<std::string> Toneless(std::string_view letters) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (letters.empty() || letters.size() > kMaxLetters) return std::nullopt;
  if (!std::all_of(letters.begin(), letters.end(), letter)) return std::nullopt;
  return std::string(letters);
}

// The candidate of the character `han`, whose bracket opens just before text[letters].
std::optional<Candidate> CandidateAt(std::string_view text, CodePoint han, size_t letters) {
  for (size_t at = letters; at < text.size() && at - letters <= kMaxGlossBytes;) {
    const CodePoint c = CodePointAt(text, at);
    if (c.value == ')' || c.value == kWideClose) {
      const std::string_view inside = text.substr(letters, at - letters);
      std::optional<std::string> pinyin = Toneless(inside);
      const bool toned = !pinyin;
      if (toned) pinyin = ParsePinyin(inside);
      if (!pinyin) return std::nullopt;
      const size_t han_size = ToUtf8({&han.value, 1}).size();
      const Span span{static_cast<uint32_t>(han.end - han_size), static_cast<uint32_t>(c.end)};
      return Candidate{span, han.value, han_size, *std::move(pinyin), toned};
    }
    at = c.end;
  }
  return std::nullopt;
}

// The character that ends at text[end] iff it is an ideograph; `end` 0 iff it is none.
CodePoint HanBefore(std::string_view text, size_t end) {
  size_t begin = end;
  while (begin > 0 && end - begin < 4 && (begin == end || !OnCodePoint(text, begin))) --begin;
  if (begin == end) return {};
  const CodePoint c = CodePointAt(text, begin);
  const bool han =
      c.end == end && u_hasBinaryProperty(static_cast<UChar32>(c.value), UCHAR_IDEOGRAPHIC);
  return han ? c : CodePoint{};
}

std::vector<Candidate> FindCandidates(std::string_view text, const Survey& survey) {
  std::vector<Candidate> found;
  for (const Mark& mark : survey.marks) {
    if (mark.sign != Sign::kBracket) continue;
    const CodePoint han = HanBefore(text, mark.at);
    if (han.end == 0) continue;
    const size_t letters = CodePointAt(text, mark.at).end;
    if (auto candidate = CandidateAt(text, han, letters)) found.push_back(*std::move(candidate));
  }
  return found;
}

}  // namespace

class ReadingTable::Impl {
 public:
  std::map<char32_t, std::set<std::string, std::less<>>> rows;

  bool Has(char32_t han, std::string_view pinyin) {
    const auto row = rows.find(han);
    if (row != rows.end() && row->second.contains(pinyin)) return true;
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto [entry, fresh] = from_icu_.try_emplace(han);
    if (fresh) entry->second = AskIcu(han);
    return entry->second[0] == pinyin || entry->second[1] == pinyin;
  }

  bool HasToneless(char32_t han, std::string_view letters) {
    const auto row = rows.find(han);
    if (row != rows.end() &&
        std::any_of(row->second.begin(), row->second.end(),
                    [&](const std::string& r) { return WithoutTone(r) == letters; })) {
      return true;
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto [entry, fresh] = from_icu_.try_emplace(han);
    if (fresh) entry->second = AskIcu(han);
    return WithoutTone(entry->second[0]) == letters || WithoutTone(entry->second[1]) == letters;
  }

 private:
  // The umlaut is written v, as it is typed.
  static std::string WithoutTone(const std::string& pinyin) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    CheckIcu(status, "NFD");
    const icu::UnicodeString apart = nfd->normalize(icu::UnicodeString::fromUTF8(pinyin), status);
    CheckIcu(status, "NFD");
    std::string out;
    for (int32_t i = 0; i < apart.length(); ++i) {
      const char16_t unit = apart.charAt(i);
      if (unit == 0x308 && out.ends_with('u')) out.back() = 'v';
      if (unit < 0x80) out += static_cast<char>(unit);
    }
    return out;
  }

  using Pair = std::array<std::string, 2>;  // as a word, as a name

  Pair AskIcu(char32_t han) {
    constexpr std::array<const char*, 2> kIds{"Han-Latin", "Han-Latin/Names"};
    Pair result;
    for (size_t i = 0; i < kIds.size(); ++i) {
      UErrorCode status = U_ZERO_ERROR;
      if (!latin_[i])
        latin_[i].reset(icu::Transliterator::createInstance(kIds[i], UTRANS_FORWARD, status));
      CheckIcu(status, kIds[i]);
      icu::UnicodeString text(static_cast<UChar32>(han));
      latin_[i]->transliterate(text);
      text.toUTF8String(result[i]);
    }
    return result;
  }

  std::mutex mutex_;
  std::array<std::unique_ptr<icu::Transliterator>, 2> latin_;
  std::map<char32_t, Pair> from_icu_;
};

ReadingTable::ReadingTable(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReadingTable::~ReadingTable() = default;
ReadingTable::ReadingTable(ReadingTable&&) noexcept = default;
ReadingTable& ReadingTable::operator=(ReadingTable&&) noexcept = default;

bool ReadingTable::Has(char32_t han, std::string_view pinyin) const {
  return impl_->Has(han, pinyin);
}

bool ReadingTable::HasToneless(char32_t han, std::string_view letters) const {
  return impl_->HasToneless(han, letters);
}

ReadingTable ReadingTable::Load(const std::string& fold_dir, const FoldMap& fold) {
  const std::string path = fold_dir + "/readings.tsv";
  std::ifstream in(path, std::ios::binary);
  if (!in) throw RulesError(path + ": cannot be opened; it says how characters are read");
  auto impl = std::make_unique<Impl>();
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    const size_t tab = line.find('\t');
    const std::u32string han = FromUtf8(line.substr(0, tab));
    const std::string place = path + ':' + std::to_string(number);
    if (tab == std::string::npos || han.size() != 1) {
      throw RulesError(place + ": two columns expected (character, readings): " + line);
    }
    for (size_t at = tab + 1; at <= line.size();) {
      const size_t end = std::min(line.find(' ', at), line.size());
      const std::optional<std::string> pinyin = ParsePinyin(line.substr(at, end - at));
      if (!pinyin) throw RulesError(place + ": no toned pinyin: " + line.substr(at, end - at));
      impl->rows[han[0]].insert(*pinyin);
      at = end + 1;
    }
  }
  if (in.bad()) throw RulesError(path + ": cannot be read");
  for (const auto& [c, to] : fold.characters) {
    if (to.size() != 1) continue;
    if (const auto row = impl->rows.find(to[0]); row != impl->rows.end()) {
      const auto readings = row->second;
      impl->rows[c].insert(readings.begin(), readings.end());
    }
  }
  return ReadingTable(std::move(impl));
}

namespace {

// Glosses of the one kind or the other. Among a few there must be no bracket that is none, since
// 他(ta) may be said on purpose; kMinGlosses of them are no accident.
std::vector<Repair> GlossesOf(std::string_view utf8, const std::vector<Candidate>& candidates,
                              bool toned, const ReadingTable& readings, size_t least) {
  std::vector<Repair> repairs;
  size_t others = 0;
  for (const Candidate& c : candidates) {
    if (c.toned != toned) continue;
    const bool read = toned ? readings.Has(c.han, c.pinyin) : readings.HasToneless(c.han, c.pinyin);
    if (!read) {
      ++others;
      continue;
    }
    const std::string before(Slice(utf8, c.span));
    repairs.push_back({c.span,
                       "pinyin-gloss",
                       before,
                       before.substr(0, c.han_size),
                       toned ? "exact" : "likely",
                       {}});
  }
  const bool enough =
      repairs.size() >= (toned ? least : kMinGlosses) && (toned || others * 4 <= repairs.size());
  if (!enough) repairs.clear();
  return repairs;
}

}  // namespace

std::vector<Repair> FindGlosses(std::string_view utf8, const Survey& survey,
                                const ReadingTable& readings, size_t least) {
  if (survey.count(Sign::kBracket) < least) return {};
  const std::vector<Candidate> candidates = FindCandidates(utf8, survey);
  if (candidates.size() < least) return {};
  std::vector<Repair> repairs = GlossesOf(utf8, candidates, true, readings, least);
  for (Repair& r : GlossesOf(utf8, candidates, false, readings, least))
    repairs.push_back(std::move(r));
  std::sort(repairs.begin(), repairs.end(),
            [](const Repair& a, const Repair& b) { return a.source.begin < b.source.begin; });
  for (size_t i = 0; i + 1 < repairs.size(); ++i) {
    Repair& r = repairs[i];
    const bool spaced =
        utf8[r.source.end] == ' ' && repairs[i + 1].source.begin == r.source.end + 1;
    if (!spaced) continue;
    ++r.source.end;
    r.before += ' ';
  }
  return repairs;
}

}  // namespace kaoju
