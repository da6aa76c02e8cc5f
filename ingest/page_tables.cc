#include "ingest/page_tables.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/table_file.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr std::array<std::pair<std::string_view, PageField>, kPageFields> kFields = {{
    {"title", PageField::kTitle},
    {"published", PageField::kPublished},
    {"modified", PageField::kModified},
    {"other", PageField::kOther},
    {"source", PageField::kSource},
    {"author", PageField::kAuthor},
    {"editor", PageField::kEditor},
    {"site", PageField::kSite},
}};
constexpr std::array<std::pair<std::string_view, LineKind>, 4> kKinds = {{
    {"drop", LineKind::kDrop},
    {"end", LineKind::kEnd},
    {"next", LineKind::kNext},
    {"byline", LineKind::kByline},
}};
constexpr std::array<std::pair<std::string_view, CuePlace>, 3> kPlaces = {{
    {"label", CuePlace::kLabel},
    {"begins", CuePlace::kBegins},
    {"anywhere", CuePlace::kAnywhere},
}};

template <typename Value, size_t n>
Value Find(const std::array<std::pair<std::string_view, Value>, n>& names, const TableRow& row,
           const std::string& name) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  throw RulesError(row.place + ": there is no '" + name + "'");
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// Letters, and stops within and at the ends of sentences.
bool GoesOn(char32_t c) {
  constexpr std::u32string_view kStops = U",.;!?\uFF0C\u3001\u3002\uFF1B\uFF01\uFF1F";
  return u_isalpha(static_cast<UChar32>(c)) || kStops.find(c) != kStops.npos;
}

std::string_view WithoutIndent(std::string_view line) {
  size_t at = 0;
  while (at < line.size()) {
    const CodePoint c = CodePointAt(line, at);
    if (!u_isUWhiteSpace(static_cast<UChar32>(c.value))) break;
    at = c.end;
  }
  return line.substr(at);
}

bool Says(std::string_view line, const LineCue& cue) {
  if (cue.place == CuePlace::kAnywhere) return line.find(cue.words) != line.npos;
  if (!line.starts_with(cue.words)) return false;
  const size_t behind = cue.words.size();
  return cue.place == CuePlace::kBegins || behind == line.size() ||
         !GoesOn(CodePointAt(line, behind).value);
}

std::vector<PageTables::Label> ReadLabels(const std::string& path) {
  std::vector<PageTables::Label> out;
  for (const TableRow& row : ReadTable(path, 2))
    out.push_back({row.cells[0], Find(kFields, row, row.cells[1])});
  return out;
}

}  // namespace

PageTables::PageTables(const std::string& rules_dir)
    : sites_(rules_dir + "/sites"), paging_(rules_dir) {
  const std::string dir = rules_dir + "/page";
  for (const TableRow& row : ReadTable(dir + "/noise.tsv", 1)) noise_.insert(row.cells[0]);
  for (const TableRow& row : ReadTable(dir + "/lines.tsv", 3)) {
    lines_.push_back(
        {row.cells[0], Find(kPlaces, row, row.cells[1]), Find(kKinds, row, row.cells[2])});
  }
  std::stable_sort(lines_.begin(), lines_.end(), [](const LineCue& a, const LineCue& b) {
    const auto ends = [](const LineCue& c) {
      return c.kind == LineKind::kEnd || c.kind == LineKind::kNext;
    };
    return std::pair(!ends(a), a.kind) < std::pair(!ends(b), b.kind);
  });
  labels_ = ReadLabels(dir + "/labels.tsv");
  std::stable_sort(labels_.begin(), labels_.end(),
                   [](const Label& a, const Label& b) { return a.words.size() > b.words.size(); });
  meta_ = ReadLabels(dir + "/meta.tsv");
  for (const TableRow& row : ReadTable(dir + "/nobody.tsv", 1)) nobody_.insert(row.cells[0]);
  for (const TableRow& row : ReadTable(dir + "/sites.tsv", 1)) site_words_.push_back(row.cells[0]);
}

// Parts are runs of letters, cut where camelCase begins a word.
std::string PageTables::NoiseIn(std::string_view name) const {
  std::string part;
  for (size_t i = 0; i <= name.size(); ++i) {
    const bool letter = i < name.size() && IsLetter(name[i]);
    const bool begins = letter && i > 0 && IsUpper(name[i]) && !IsUpper(name[i - 1]);
    if (!letter || begins) {
      if (noise_.contains(part)) return part;
      part.clear();
    }
    if (letter) part += static_cast<char>(name[i] | 0x20);
  }
  return {};
}

bool PageTables::IsSiteName(std::string_view name) const {
  return std::any_of(site_words_.begin(), site_words_.end(),
                     [&](const std::string& word) { return name.ends_with(word); });
}

const LineCue* PageTables::CueOf(std::string_view line) const {
  line = WithoutIndent(line);
  for (const LineCue& cue : lines_) {
    if (Says(line, cue)) return &cue;
  }
  return nullptr;
}

}  // namespace kaoju
