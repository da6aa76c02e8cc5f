#include "ingest/residue.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "ingest/table_file.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxEntity = 10;  // letters: thetasym, #x10FFFF
constexpr size_t kMaxTag = 300;    // bytes of a tag with attributes
constexpr size_t kMinSpaced = 5;   // ideographs in a row
constexpr std::string_view kReplacementUtf8 = "\xEF\xBF\xBD";

Repair MakeRepair(std::string_view text, size_t begin, size_t end, const char* kind,
                  std::string after, const char* certainty = "exact") {
  const Span span{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  return {span, kind, std::string(Slice(text, span)), std::move(after), certainty, {}};
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool MayStand(char32_t c) {
  return c >= 0x20 && c <= 0x10FFFF && !(c >= 0x7F && c < 0xA0) && !IsForbidden(c) &&
         (c & 0xFFFE) != 0xFFFE;
}

// The size of a name of an entity at text[at], which must end in a semicolon; 0 iff there is none.
size_t NameSize(std::string_view text, size_t at) {
  for (size_t size = 0; size <= kMaxEntity && at + size < text.size(); ++size) {
    const char c = text[at + size];
    if (c == ';') return size;
    if (!IsLetter(c) && !IsDigit(c) && c != '#') return 0;
  }
  return 0;
}

}  // namespace

EntityNames EntityNames::Load(const std::string& fold_dir) {
  EntityNames result;
  for (const TableRow& row : ReadTable(fold_dir + "/entities.tsv", 2)) {
    const auto c = static_cast<char32_t>(std::strtoul(row.cells[1].c_str(), nullptr, 16));
    if (!MayStand(c)) throw RulesError(row.place + ": no code point: " + row.cells[1]);
    result.names_[row.cells[0]] = c;
  }
  return result;
}

char32_t EntityNames::Find(std::string_view name) const {
  if (!name.starts_with('#')) {
    const auto found = names_.find(name);
    return found == names_.end() ? 0 : found->second;
  }
  const bool hex = name.size() > 1 && (name[1] | 0x20) == 'x';
  const std::string digits(name.substr(hex ? 2 : 1));
  char* end = nullptr;
  const unsigned long c = std::strtoul(digits.c_str(), &end, hex ? 16 : 10);
  const bool all = !digits.empty() && *end == '\0' && digits.size() <= 7 && digits[0] != 'x';
  return all && MayStand(static_cast<char32_t>(c)) ? static_cast<char32_t>(c) : 0;
}

std::vector<Repair> FindEntities(std::string_view utf8, const Survey& survey,
                                 const EntityNames& names) {
  std::vector<Repair> repairs;
  size_t done = 0;
  for (const Mark& mark : survey.marks) {
    if (mark.sign != Sign::kAmpersand || mark.at < done) continue;
    size_t end = mark.at;
    char32_t c = '&';
    for (int level = 0; level < 3 && c == '&'; ++level) {
      const size_t begin = level == 0 ? end + 1 : end;
      const size_t size = NameSize(utf8, begin);
      const char32_t next = size == 0 ? 0 : names.Find(utf8.substr(begin, size));
      if (next == 0) break;
      c = next;
      end = begin + size + 1;
    }
    if (end == mark.at) continue;
    repairs.push_back(MakeRepair(utf8, mark.at, end, "entity", ToUtf8({&c, 1})));
    done = end;
  }
  return repairs;
}

namespace {

// True iff `name` is a tag that stands in the text of articles.
bool IsTagName(std::string_view name) {
  static constexpr std::array<std::string_view, 29> kNames = {
      "a",    "b",      "br",    "center", "div", "em", "font", "h1", "h2",    "h3",
      "h4",   "h5",     "h6",    "i",      "img", "li", "ol",   "p",  "s",     "section",
      "span", "strong", "table", "tbody",  "td",  "tr", "u",    "ul", "strike"};
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(c | 0x20);
  for (size_t i = 0; i < name.size(); ++i) {
    if (IsDigit(name[i])) lower[i] = name[i];
  }
  return std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

size_t WordEnd(std::string_view text, size_t at) {
  while (at < text.size() && (IsLetter(text[at]) || IsDigit(text[at]))) ++at;
  return at;
}

// The end of the tag that begins at text[at] == '<'; 0 iff it is none.
size_t TagEnd(std::string_view text, size_t at) {
  size_t name = at + 1;
  const bool closes = name < text.size() && text[name] == '/';
  if (closes) ++name;
  const size_t end = WordEnd(text, name);
  if (!IsTagName(text.substr(name, end - name))) return 0;
  const size_t close = text.substr(0, std::min(text.size(), at + kMaxTag)).find_first_of("<>", end);
  if (close == std::string_view::npos || text[close] != '>') return 0;
  // <p> <br/> <br /> <p class="x">, not <p or q>.
  const std::string_view inside = text.substr(end, close - end);
  const bool plain = inside.empty() || inside == "/" || inside == " /" || inside == " ";
  const bool attributes = !closes && inside.starts_with(' ') &&
                          inside.find("=") != std::string_view::npos &&
                          inside.find_first_of("\"'") != std::string_view::npos;
  return plain || attributes ? close + 1 : 0;
}

// The beginning of a closing tag that lost its <, and ends with text[close] == '>'; npos iff none.
size_t CutTagBegin(std::string_view text, size_t close) {
  size_t begin = close;
  while (begin > 0 && close - begin < 8 &&
         (IsLetter(text[begin - 1]) || IsDigit(text[begin - 1]))) {
    --begin;
  }
  if (begin == 0 || text[begin - 1] != '/' || begin == close) return std::string_view::npos;
  if (!IsTagName(text.substr(begin, close - begin))) return std::string_view::npos;
  --begin;
  if (begin == 0) return begin;
  // A path or a fraction (w/p>) is no tag.
  const char before = text[begin - 1];
  const bool apart = (before & 0x80) != 0 || before == '?' || before == '\n' || before == ' ' ||
                     before == '.' || before == '!';
  return apart ? begin : std::string_view::npos;
}

}  // namespace

std::vector<Repair> FindTags(std::string_view utf8, const Survey& survey) {
  std::vector<Repair> repairs;
  size_t done = 0;
  for (const Mark& mark : survey.marks) {
    if (mark.sign != Sign::kAngle || mark.at < done) continue;
    size_t begin = mark.at;
    size_t end = 0;
    if (utf8[mark.at] == '<') {
      end = TagEnd(utf8, mark.at);
    } else {
      begin = CutTagBegin(utf8, mark.at);
      if (begin != std::string_view::npos && begin >= done) end = mark.at + 1;
    }
    if (end == 0) continue;
    repairs.push_back(MakeRepair(utf8, begin, end, "tag", ""));
    done = end;
  }
  return repairs;
}

std::vector<Repair> FindInvisible(std::string_view utf8, const Survey& survey) {
  std::vector<Repair> repairs;
  for (const Mark& mark : survey.marks) {
    // U+0080 to U+009F are looked at as bytes read as Latin-1 first; what is left is a control.
    const CodePoint c = CodePointAt(utf8, mark.at);
    const bool control =
        mark.sign == Sign::kLatin && (c.value < 0xA0 || c.value == 0xAD) && c.value != 0x85;
    if (mark.sign != Sign::kInvisible && !control) continue;
    if (!repairs.empty() && repairs.back().source.end == mark.at) {
      repairs.back().source.end = static_cast<uint32_t>(c.end);
      repairs.back().before += utf8.substr(mark.at, c.end - mark.at);
    } else {
      repairs.push_back(MakeRepair(utf8, mark.at, c.end, "control", ""));
    }
  }
  return repairs;
}

std::vector<Repair> FindSpacedHan(std::string_view utf8, const Survey& survey) {
  std::vector<Repair> repairs;
  if (!survey.spaced) return repairs;
  const auto han = [&](size_t at) -> size_t {
    if (at >= utf8.size()) return 0;
    const CodePoint c = CodePointAt(utf8, at);
    return c.value >= 0x3400 && c.value <= 0x9FFF ? c.end : 0;
  };
  for (size_t at = utf8.find(' '); at != std::string_view::npos;) {
    // From the ideograph before this space on; it must stand alone itself.
    std::vector<size_t> spaces;
    const size_t first = at >= 3 ? at - 3 : 0;
    const bool alone = at >= 3 && han(first) == at && (at == 3 || utf8[first - 1] == '\n');
    size_t next = at;
    while (alone && next < utf8.size() && utf8[next] == ' ' && han(next + 1) != 0) {
      spaces.push_back(next);
      next = han(next + 1);
    }
    const bool ends =
        next >= utf8.size() || utf8[next] == '\n' || utf8[next] == ' ' || han(next) == 0;
    if (spaces.size() + 1 >= kMinSpaced && ends) {
      for (const size_t space : spaces) {
        repairs.push_back(MakeRepair(utf8, space, space + 1, "spaced-han", ""));
      }
    }
    at = utf8.find(' ', std::max(at + 1, next));
  }
  return repairs;
}

namespace {

// The pair of Big5 that Microsoft's and Hong Kong's tables gave a private-use code point, row by
// row of 157 pairs; 0 iff it has none.
uint16_t Big5PairOf(char32_t c) {
  struct Block {
    char32_t first;
    char32_t last;
    unsigned lead;
    unsigned skipped;  // pairs of the first row that come before the block
  };
  static constexpr std::array<Block, 4> kBlocks = {{{0xE000, 0xE310, 0xFA, 0},
                                                    {0xE311, 0xEEB7, 0x8E, 0},
                                                    {0xEEB8, 0xF6B0, 0x81, 0},
                                                    {0xF6B1, 0xF848, 0xC6, 63}}};
  for (const Block& block : kBlocks) {
    if (c < block.first || c > block.last) continue;
    const unsigned index = c - block.first + block.skipped;
    const unsigned trail = index % 157;
    return static_cast<uint16_t>((block.lead + index / 157) << 8 |
                                 (trail < 63 ? 0x40 + trail : 0xA1 + trail - 63));
  }
  return 0;
}

char32_t OfPair(const DoubleByteTable& table, uint16_t pair) {
  const char bytes[2] = {static_cast<char>(pair >> 8), static_cast<char>(pair & 0xFF)};
  return table.At({bytes, 2}, 0).c;
}

// What GB 18030-2000 had in private use and later editions have not: U+E81E was what is now
// U+9FB4.
char32_t OfGb18030(char32_t c, const DoubleByteTable& table) {
  struct Place {
    char16_t c;
    uint16_t pair;
  };
  static constexpr std::array<Place, 19> kPlaces = {{{0xE5E5, 0xA3A0},
                                                     {0xE78D, 0xA6D9},
                                                     {0xE78E, 0xA6DA},
                                                     {0xE78F, 0xA6DB},
                                                     {0xE790, 0xA6DC},
                                                     {0xE791, 0xA6DD},
                                                     {0xE792, 0xA6DE},
                                                     {0xE793, 0xA6DF},
                                                     {0xE794, 0xA6EC},
                                                     {0xE795, 0xA6ED},
                                                     {0xE796, 0xA6F3},
                                                     {0xE81E, 0xFE59},
                                                     {0xE826, 0xFE61},
                                                     {0xE82B, 0xFE66},
                                                     {0xE82C, 0xFE67},
                                                     {0xE832, 0xFE6D},
                                                     {0xE843, 0xFE7E},
                                                     {0xE854, 0xFE90},
                                                     {0xE864, 0xFEA0}}};
  for (const Place& place : kPlaces) {
    if (place.c == c) return OfPair(table, place.pair);
  }
  return 0xFFFD;
}

}  // namespace

std::vector<Repair> FindWide(std::string_view utf8, const Survey& survey) {
  constexpr char32_t kToAscii = 0xFEE0;
  std::vector<Repair> repairs;
  if (survey.count(Sign::kWide) == 0) return repairs;
  for (const Mark& mark : survey.marks) {
    if (mark.sign != Sign::kWide) continue;
    const CodePoint c = CodePointAt(utf8, mark.at);
    if (repairs.empty() || repairs.back().source.end != mark.at)
      repairs.push_back(MakeRepair(utf8, mark.at, mark.at, "width", ""));
    Repair& r = repairs.back();
    r.parts.push_back({r.source.size(), static_cast<uint32_t>(c.end - mark.at),
                       static_cast<uint32_t>(r.after.size()), 1});
    r.after += static_cast<char>(c.value - kToAscii);
    r.before += utf8.substr(mark.at, c.end - mark.at);
    r.source.end = static_cast<uint32_t>(c.end);
  }
  return repairs;
}

std::vector<Repair> FindPrivateUse(std::string_view utf8, const Survey& survey,
                                   const CharacterTables& tables) {
  std::vector<Repair> repairs;
  if (survey.count(Sign::kPrivate) == 0) return repairs;
  const bool traditional = survey.count(Sign::kTraditional) > survey.count(Sign::kSimplified);
  for (const Mark& mark : survey.marks) {
    if (mark.sign != Sign::kPrivate) continue;
    const CodePoint c = CodePointAt(utf8, mark.at);
    char32_t to = 0xFFFD;
    if (!traditional) to = OfGb18030(c.value, tables.gb18030());
    if (traditional) {
      if (const uint16_t pair = Big5PairOf(c.value)) to = OfPair(tables.big5(), pair);
    }
    if (to == 0xFFFD) continue;
    repairs.push_back(MakeRepair(utf8, mark.at, c.end, "private-use", ToUtf8({&to, 1}), "likely"));
  }
  return repairs;
}

std::vector<Repair> FindLost(std::string_view utf8, const Survey& survey,
                             const CharacterTables& tables) {
  std::vector<Repair> repairs;
  std::string pair;  // what two U+FFFD become when their six bytes are read as GBK
  size_t done = 0;
  for (const Mark& mark : survey.marks) {
    if (mark.at < done) continue;
    if (mark.sign == Sign::kReplacement) {
      size_t end = mark.at;
      while (utf8.substr(end).starts_with(kReplacementUtf8)) end += kReplacementUtf8.size();
      repairs.push_back(MakeRepair(utf8, mark.at, end, "lost",
                                   std::string(utf8.substr(mark.at, end - mark.at)), "lost"));
      done = end;
    } else if (mark.sign == Sign::kMisread) {
      if (pair.empty()) {
        Decoded decoded;
        tables.gb18030().Decode("\xEF\xBF\xBD\xEF\xBF\xBD", 0, 6, false, decoded);
        pair = decoded.text;
      }
      size_t end = mark.at;
      size_t count = 0;
      for (; utf8.substr(end).starts_with(pair); end += pair.size()) ++count;
      if (count == 0) continue;
      std::string after;
      for (size_t i = 0; i < 2 * count; ++i) after += kReplacementUtf8;
      repairs.push_back(MakeRepair(utf8, mark.at, end, "lost", after, "lost"));
      done = end;
    }
  }
  return repairs;
}

}  // namespace kaoju
