#include "ingest/dateline.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "extract/civil.h"
#include "ingest/byline.h"
#include "ingest/table_file.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxLine = 240;  // bytes that are looked at

// One word or the other; each is taken as it is written.
std::string AnyOf(std::vector<std::string> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "|") + RE2::QuoteMeta(word);
  return out;
}

using Macros = std::map<std::string, std::string>;

std::string Expand(std::string pattern, const Macros& macros, const std::string& place) {
  for (size_t at = pattern.find('{'); at != pattern.npos; at = pattern.find('{', at)) {
    const size_t end = pattern.find('}', at);
    const std::string name = end == pattern.npos ? "" : pattern.substr(at + 1, end - at - 1);
    if (name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != name.npos) {  // {1,12}, {A0}
      ++at;
      continue;
    }
    const auto macro = macros.find(name);
    if (macro == macros.end()) throw RulesError(place + ": there is no {" + name + "}");
    pattern.replace(at, end + 1 - at, macro->second);
    at += macro->second.size();
  }
  return pattern;
}

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

// What the groups of a pattern have taken, by name; groups that took nothing are left out.
using Taken = std::map<std::string, std::string, std::less<>>;

Taken Take(const RE2& regex, std::string_view line, size_t& size) {
  std::vector<re2::StringPiece> groups(static_cast<size_t>(regex.NumberOfCapturingGroups()) + 1);
  Taken out;
  const auto count = static_cast<int>(groups.size());
  if (!regex.Match(Piece(line), 0, line.size(), RE2::ANCHOR_START, groups.data(), count))
    return out;
  size = groups[0].size();
  for (const auto& [name, index] : regex.NamedCapturingGroups()) {
    const re2::StringPiece& group = groups[static_cast<size_t>(index)];
    if (!group.empty()) out[name] = std::string(group.data(), group.size());
  }
  return out;
}

// The candidate nearest to the day of the article.
std::optional<CivilDate> Nearest(const std::vector<CivilDate>& candidates, CivilDate day) {
  std::optional<CivilDate> best;
  for (const CivilDate& c : candidates) {
    if (c.month < 1 || c.month > 12 || c.day < 1 || c.day > DaysInMonth(c.year, c.month)) continue;
    if (!best || Distance(c, day) < Distance(*best, day)) best = c;
  }
  return best;
}

// "2024-07-17", or "XXXX-07-17", "XXXX-XX-17" where nothing says the rest; empty: no real day.
std::string DayOf(const CivilDate& said, const std::optional<CivilDate>& day) {
  if (said.day == 0) return {};
  std::vector<CivilDate> candidates;
  if (said.year > 0) {
    candidates = {said};
  } else if (!day) {
    const bool real = said.month <= 12 && said.day <= 31;
    const std::string month = said.month > 0 ? Padded(said.month, 2) : "XX";
    return real ? "XXXX-" + month + "-" + Padded(said.day, 2) : std::string();
  } else if (said.month > 0) {
    for (int year = day->year - 1; year <= day->year + 1; ++year)
      candidates.push_back({year, said.month, said.day});
  } else {
    for (int by = -1; by <= 1; ++by) {
      const CivilDate month = AddMonths({day->year, day->month, 1}, by);
      candidates.push_back({month.year, month.month, said.day});
    }
  }
  const auto found = Nearest(candidates, day.value_or(said));
  return found ? Iso(*found) : std::string();
}

struct Line {
  size_t begin = 0;
  std::string_view text;  // at most kMaxLine bytes, in whole characters
};

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The indent that Chinese paragraphs have, and other blanks.
size_t SkipIndent(std::string_view text, size_t at) {
  while (at < text.size()) {
    if (std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) {
      ++at;
    } else if (text.substr(at).starts_with("\xE3\x80\x80")) {
      at += 3;
    } else {
      break;
    }
  }
  return at;
}

Line FirstLine(std::string_view text) {
  const size_t begin = SkipIndent(text, 0);
  size_t end = std::min(text.find('\n', begin), std::min(text.size(), begin + kMaxLine));
  while (end > begin && end < text.size() && IsContinuation(text[end])) --end;
  return {begin, text.substr(begin, end - begin)};
}

// Empty if it is longer than what is looked at.
Line LastLine(std::string_view text) {
  const size_t last = text.find_last_not_of(" \t\r\n");
  if (last == text.npos) return {};
  const size_t window = last + 1 > kMaxLine ? last + 1 - kMaxLine : 0;
  const size_t newline = text.substr(window, last + 1 - window).rfind('\n');
  if (newline == text.npos && window > 0) return {};
  const size_t begin = SkipIndent(text, newline == text.npos ? 0 : window + newline + 1);
  return {begin, text.substr(begin, last + 1 - begin)};
}

}  // namespace

void Datelines::Patterns::Add(const std::string& regex, const std::string& place) {
  RE2::Options quiet;
  quiet.set_log_errors(false);
  auto compiled = std::make_unique<RE2>(regex, quiet);
  if (!compiled->ok()) throw RulesError(place + ": " + compiled->error());
  if (set == nullptr) set = std::make_unique<RE2::Set>(quiet, RE2::ANCHOR_START);
  std::string error;
  if (set->Add(regex, &error) < 0) throw RulesError(place + ": " + error);
  all.push_back({place, std::move(compiled)});
}

void Datelines::Patterns::Compile() {
  if (set != nullptr && !set->Compile()) throw RulesError(all[0].place + ": too large to compile");
}

const RE2* Datelines::Patterns::Fitting(std::string_view line) const {
  std::vector<int> fits;
  if (set == nullptr || !set->Match(Piece(line), &fits) || fits.empty()) return nullptr;
  return all[static_cast<size_t>(*std::min_element(fits.begin(), fits.end()))].regex.get();
}

Datelines::Datelines(const std::string& rules_dir, const PageTables& tables) : tables_(tables) {
  std::map<std::string, std::vector<std::string>> words;
  std::vector<TableRow> macros;
  std::vector<TableRow> patterns;
  for (TableRow& row : ReadTable(rules_dir + "/page/datelines.tsv", 2)) {
    const std::string& kind = row.cells[0];
    if (kind == "begins" || kind == "ends") {
      patterns.push_back(std::move(row));
    } else if (kind == "macro") {
      macros.push_back(std::move(row));
    } else if (kind == "agency" || kind == "ending" || kind == "place" || kind == "count") {
      words[kind].push_back(row.cells[1]);
    } else {
      throw RulesError(row.place + ": there is no '" + kind + "'");
    }
  }
  counts_ = words["count"];
  Macros known = {
      {"OUTLET", AnyOf(words["agency"]) + "|\\p{Han}{1,6}(?:" + AnyOf(words["ending"]) + ")"},
      {"CITY", AnyOf(words["place"])},
      {"COUNT", AnyOf(counts_)},
  };
  for (const TableRow& row : macros) {
    const size_t blank = row.cells[1].find(' ');
    if (blank == row.cells[1].npos) throw RulesError(row.place + ": a name and a pattern expected");
    known[row.cells[1].substr(0, blank)] = Expand(row.cells[1].substr(blank + 1), known, row.place);
  }
  for (const TableRow& row : patterns) {
    const bool begins = row.cells[0] == "begins";
    (begins ? begins_ : ends_).Add(Expand(row.cells[1], known, row.place), row.place);
  }
  begins_.Compile();
  ends_.Compile();
}

int Datelines::Number(const std::string& written) const {
  const auto count = std::find(counts_.begin(), counts_.end(), written);
  if (count != counts_.end()) return static_cast<int>(count - counts_.begin()) + 1;
  int number = 0;
  std::from_chars(written.data(), written.data() + written.size(), number);
  return number;
}

void Datelines::ReadFirst(Article& article) const {
  const Line line = FirstLine(article.text);
  const RE2* regex = begins_.Fitting(line.text);
  if (regex == nullptr) return;
  size_t size = 0;
  Taken taken = Take(*regex, line.text, size);
  Origin& origin = article.origin;
  origin.agency = std::move(taken["agency"]);
  origin.place = std::move(taken["place"]);
  const CivilDate said{Number(taken["year"]), Number(taken["month"]), Number(taken["day"])};
  origin.day = DayOf(said, article.day);
  origin.reporters = SplitNames(taken["names"]);
  if (origin.reporters.empty()) origin.reporters = LabelledAuthors(taken["reporters"], tables_);
  origin.chain = SplitNames(taken["chain"]);
  const auto begin = static_cast<uint32_t>(line.begin);
  origin.span = {begin, begin + static_cast<uint32_t>(size)};
}

void Datelines::ReadLast(Article& article) const {
  const Line line = LastLine(article.text);
  const RE2* regex = ends_.Fitting(line.text);
  if (regex == nullptr) return;
  size_t size = 0;
  for (std::string& name : SplitNames(Take(*regex, line.text, size)["chain"])) {
    std::vector<std::string>& chain = article.origin.chain;
    if (std::find(chain.begin(), chain.end(), name) == chain.end())
      chain.push_back(std::move(name));
  }
}

void Datelines::Find(Article& article) const {
  article.origin = {};
  ReadFirst(article);
  ReadLast(article);
}

}  // namespace kaoju
