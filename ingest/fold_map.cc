#include "ingest/fold_map.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <set>
#include <utility>

#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

using Characters = std::map<char32_t, std::u32string>;

constexpr char32_t kLastAssigned = 0x3FFFF;  // above lie tags, selectors and private use
constexpr char32_t kFirstTag = 0xE0000;
constexpr char32_t kLastTag = 0xE0FFF;

bool IsAsciiAlnum(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsHan(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_UNIFIED_IDEOGRAPH);
}

std::u32string ToU32(const icu::UnicodeString& text) {
  std::u32string result;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    result += static_cast<char32_t>(text.char32At(i));
  }
  return result;
}

void CheckIcu(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw RulesError(std::string("ICU: ") + what + ": " + u_errorName(status));
}

// Spaces become one space, line and paragraph separators a line feed; what cannot be seen goes.
void AddInvisible(Characters& map) {
  for (char32_t c = 0; c <= kLastAssigned; ++c) {
    const auto icu = static_cast<UChar32>(c);
    const int8_t category = u_charType(icu);
    if (c == '\n' || c == '\t' || c == ' ') continue;
    if (c == '\r' || c == 0x85 || category == U_LINE_SEPARATOR ||
        category == U_PARAGRAPH_SEPARATOR) {
      map[c] = U"\n";
    } else if (category == U_SPACE_SEPARATOR) {
      map[c] = U" ";
    } else if (category == U_CONTROL_CHAR || category == U_FORMAT_CHAR ||
               u_hasBinaryProperty(icu, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      map[c].clear();
    }
  }
  for (char32_t c = kFirstTag; c <= kLastTag; ++c) map[c].clear();
}

// True iff `c` may become its NFKC form `to`: full-width ASCII and currency signs; else only what
// gives nothing but letters, digits and ideographs (㎡ Ⅲ ①), and is no superscript (10² is not
// 102).
bool IsHarmless(char32_t c, const std::u32string& to) {
  if (c >= 0xFF01 && c <= 0xFF5E) return true;
  if (c == 0xFFE0 || c == 0xFFE1 || c == 0xFFE5 || c == 0xFFE6) return true;
  const int32_t type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_DECOMPOSITION_TYPE);
  if (type == U_DT_SUPER || type == U_DT_SUB) return false;
  return std::all_of(to.begin(), to.end(), [](char32_t t) { return IsAsciiAlnum(t) || IsHan(t); });
}

void AddCompatible(Characters& map) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  CheckIcu(status, "NFKC");
  icu::UnicodeString form;
  for (char32_t c = 0x80; c <= kLastAssigned; ++c) {
    if (IsForbidden(c) || map.contains(c)) continue;
    if (!nfkc->getDecomposition(static_cast<UChar32>(c), form)) continue;
    const std::u32string to = ToU32(nfkc->normalize(form, status));
    if (IsHarmless(c, to)) map[c] = to;
  }
  CheckIcu(status, "NFKC");
}

// ICU's single characters only: its phrase rules exchange words, too (巡察 for 巡查, 銀發 for
// 銀髮).
Characters SimplifiedCharacters() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> simplify(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  CheckIcu(status, "Traditional-Simplified");
  icu::UnicodeSet sources;
  simplify->getSourceSet(sources);
  Characters result;
  for (int32_t range = 0; range < sources.getRangeCount(); ++range) {
    for (UChar32 c = sources.getRangeStart(range); c <= sources.getRangeEnd(range); ++c) {
      icu::UnicodeString text(c);
      simplify->transliterate(text);
      const std::u32string to = ToU32(text);
      const auto from = static_cast<char32_t>(c);
      if (IsHan(from) && to.size() == 1 && IsHan(to[0]) && to[0] != from) result[from] = to;
    }
  }
  return result;
}

struct OverlayRow {
  std::string place;  // file:line
  std::u32string from;
  std::u32string to;
};

std::vector<OverlayRow> ReadOverlay(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw RulesError(path + ": cannot be opened; it says how characters fold");
  std::vector<OverlayRow> rows;
  std::set<std::u32string> seen;
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    const std::string place = path + ':' + std::to_string(number);
    const size_t tab = line.find('\t');
    if (FindInvalidUtf8(line)) throw RulesError(place + ": not UTF-8");
    if (tab == std::string::npos || tab == 0 || tab + 1 == line.size() ||
        line.find('\t', tab + 1) != std::string::npos) {
      throw RulesError(place + ": two columns expected (phrase, folded): " + line);
    }
    OverlayRow row{place, FromUtf8(line.substr(0, tab)), FromUtf8(line.substr(tab + 1))};
    if (row.from.size() > 1 && row.from.size() != row.to.size()) {
      throw RulesError(place + ": a phrase and its folded form must have the same length: " + line);
    }
    if (!seen.insert(row.from).second) throw RulesError(place + ": stands twice: " + line);
    rows.push_back(std::move(row));
  }
  if (in.bad()) throw RulesError(path + ": cannot be read");
  return rows;
}

// Follows foldings of foldings, so that folding twice changes nothing: full-width forms and
// compatibility ideographs give traditional characters at first.
void Close(Characters& map) {
  const auto once = [&map](const std::u32string& text) {
    std::u32string out;
    for (const char32_t c : text) {
      const auto found = map.find(c);
      out += found == map.end() ? std::u32string(1, c) : found->second;
    }
    return out;
  };
  constexpr int kMaxSteps = 8;
  for (auto& [c, to] : map) {
    std::u32string next = once(to);
    for (int step = 0; next != to; ++step) {
      if (step == kMaxSteps) throw RulesError("folding goes in circles at " + ToUtf8({&c, 1}));
      to = std::exchange(next, once(next));
    }
  }
  std::erase_if(map,
                [](const auto& entry) { return entry.second == std::u32string(1, entry.first); });
}

// The row's characters as each folds alone.
std::u32string Alone(const FoldMap& map, const OverlayRow& row) {
  std::u32string out;
  for (const char32_t c : row.from) out += map.Character(c);
  return out;
}

// The characters that some phrase treats differently from the character alone.
std::set<char32_t> Pivots(const std::vector<OverlayRow>& rows, const FoldMap& map) {
  std::set<char32_t> pivots;
  for (const OverlayRow& row : rows) {
    if (row.from.size() == 1) continue;
    const std::u32string alone = Alone(map, row);
    if (alone.size() != row.from.size()) {
      throw RulesError(row.place + ": only characters that stay one may stand in a phrase");
    }
    for (size_t i = 0; i < alone.size(); ++i) {
      if (alone[i] == row.to[i]) continue;
      pivots.insert(row.from[i]);
      if (!IsHan(row.from[i]) || !IsHan(row.to[i]) || row.from[i] > 0xFFFF || row.to[i] > 0xFFFF) {
        throw RulesError(row.place + ": only ideographs of the basic plane may change in a phrase");
      }
    }
  }
  return pivots;
}

// Puts `a` and `b` into one class, named by the smallest of it.
void Join(std::map<char32_t, char32_t>& classes, char32_t a, char32_t b) {
  const char32_t old_a = classes.try_emplace(a, a).first->second;
  const char32_t old_b = classes.try_emplace(b, b).first->second;
  for (auto& [c, name] : classes) {
    if (name == old_a || name == old_b) name = std::min(old_a, old_b);
  }
}

// Each phrase decides for those of its characters that are pivots. One written as it folds speaks
// for all that fold to it: a row about 计画 is one about 計畫.
void AddPhrases(const std::vector<OverlayRow>& rows, FoldMap& map) {
  const std::set<char32_t> pivots = Pivots(rows, map);
  std::multimap<char32_t, char32_t> spellings;
  for (const auto& [c, to] : map.characters) {
    if (to.size() == 1 && pivots.contains(to[0])) spellings.emplace(to[0], c);
  }
  for (const OverlayRow& row : rows) {
    if (row.from.size() == 1) continue;
    const std::u32string alone = Alone(map, row);
    const size_t before = map.phrases.size();
    for (size_t i = 0; i < alone.size(); ++i) {
      const char32_t raw = row.from[i];
      const char32_t folded = row.to[i];
      if (!pivots.contains(raw)) continue;
      const bool settled = folded == raw || (!pivots.contains(folded) &&
                                             map.Character(folded) == std::u32string(1, folded));
      if (!settled) throw RulesError(row.place + ": the folded form would fold further");
      Join(map.classes, alone[i], folded);
      map.phrases.push_back({alone, i, raw, folded});
      const auto [first, last] = spellings.equal_range(raw);
      for (auto it = first; it != last; ++it) map.phrases.push_back({alone, i, it->second, folded});
    }
    if (map.phrases.size() == before) throw RulesError(row.place + ": a row that changes nothing");
  }
  for (FoldPhrase& phrase : map.phrases) {
    for (char32_t& c : phrase.context) c = map.Context(c);
  }
  std::stable_sort(map.phrases.begin(), map.phrases.end(), [](const auto& a, const auto& b) {
    return a.context.size() > b.context.size();
  });
}

}  // namespace

FoldMap FoldMap::Load(const std::string& fold_dir) {
  const std::vector<OverlayRow> rows = ReadOverlay(fold_dir + "/overlay.tsv");
  FoldMap map{.characters = SimplifiedCharacters(), .phrases = {}, .classes = {}};
  AddInvisible(map.characters);
  AddCompatible(map.characters);
  for (const OverlayRow& row : rows) {
    if (row.from.size() == 1) map.characters[row.from[0]] = row.to;
  }
  Close(map.characters);
  AddPhrases(rows, map);
  return map;
}

std::u32string FoldMap::Character(char32_t c) const {
  if (IsForbidden(c)) return {kPlaceholder};
  const auto found = characters.find(c);
  return found == characters.end() ? std::u32string(1, c) : found->second;
}

}  // namespace kaoju
