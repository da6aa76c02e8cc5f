#include "ingest/byline.h"

#include <re2/re2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

#include "extract/article.h"
#include "extract/civil.h"
#include "ingest/html_walk.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMaxLine = 1024;   // bytes of a byline
constexpr size_t kMaxCredit = 120;  // bytes in brackets
constexpr size_t kMaxLead = 180;    // bytes at the beginning in which credits stand
constexpr size_t kMaxNameLetters = 12;
constexpr size_t kMaxPerson = 4;
constexpr size_t kMaxSourceLetters = 24;
constexpr size_t kMaxNames = 8;
constexpr size_t kMaxStamp = 32;  // bytes of a day with its time

bool IsBlank(char32_t c) { return c == 0xA0 || u_isUWhiteSpace(static_cast<UChar32>(c)); }
bool IsColon(char32_t c) {
  return c == ':' || c == 0xFF1A || c == '|' || c == 0xFF5C || c == 0x4E28;
}
// Also behind a label, in place of the colon.
bool IsQuote(char32_t c) { return c == 0x300C || c == 0x201C; }
bool IsOpening(char32_t c) {
  return c == '(' || c == 0xFF08 || c == '[' || c == 0x3010 || c == 0x3014;
}
bool IsClosing(char32_t c) {
  return c == ')' || c == 0xFF09 || c == ']' || c == 0x3011 || c == 0x3015;
}
// What stands between names.
bool IsSeparator(char32_t c) {
  return IsBlank(c) || IsColon(c) || IsClosing(c) || c == 0x3001 || c == 0xFF0C || c == ',' ||
         c == ';' || c == 0xFF1B || c == '/' || c == 0xFF0F || c == '&';
}

// A label of the line, and what it gives.
struct Labelled {
  PageField field;
  size_t begin = 0;  // of the label
  size_t value = 0;  // behind its colon
};

// The label at `at`, if a colon follows it.
std::optional<Labelled> LabelAt(std::string_view line, size_t at, const PageTables& tables) {
  for (const PageTables::Label& label : tables.labels()) {
    if (!line.substr(at).starts_with(label.words)) continue;
    size_t i = at + label.words.size();
    while (i < line.size() && IsBlank(CodePointAt(line, i).value)) i = CodePointAt(line, i).end;
    if (i == line.size()) continue;
    const CodePoint colon = CodePointAt(line, i);
    const bool begins = at == 0 || line[at - 1] == ' ';
    const bool slash = begins && (colon.value == '/' || colon.value == 0xFF0F);
    if (slash || IsColon(colon.value) || IsQuote(colon.value))
      return Labelled{label.field, at, colon.end};
  }
  return std::nullopt;
}

std::vector<Labelled> LabelsOf(std::string_view line, const PageTables& tables) {
  std::vector<Labelled> out;
  bool word = false;  // the character before belongs to a word that a label may not end
  for (size_t at = 0; at < line.size();) {
    const auto found = word && out.empty() ? std::nullopt : LabelAt(line, at, tables);
    if (found) {
      out.push_back(*found);
      at = found->value;
      word = false;
      continue;
    }
    const CodePoint point = CodePointAt(line, at);
    word = u_isalpha(static_cast<UChar32>(point.value)) != 0;
    at = point.end;
  }
  return out;
}

std::string_view Trim(std::string_view text) {
  size_t begin = 0;
  while (begin < text.size() && IsSeparator(CodePointAt(text, begin).value))
    begin = CodePointAt(text, begin).end;
  return text.substr(begin);
}

// Up to the first blank or bracket, or to a day.
std::string FirstWord(std::string_view value) {
  value = Trim(value);
  size_t end = 0;
  while (end < value.size()) {
    const CodePoint point = CodePointAt(value, end);
    if (point.value == 0x300D || point.value == 0x201D) break;  // of a quotation
    if (IsBlank(point.value) || IsClosing(point.value) || IsOpening(point.value) ||
        IsColon(point.value))
      break;
    if (point.value == '2' && end > 0 && ParsePublished(value.substr(end))) break;
    end = point.end;
  }
  return std::string(value.substr(0, end));
}

void Fill(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

void AddAuthors(std::string_view value, std::vector<std::string>& authors) {
  for (std::string& name : SplitNames(value)) {
    if (authors.size() < kMaxNames &&
        std::find(authors.begin(), authors.end(), name) == authors.end())
      authors.push_back(std::move(name));
  }
}

void Take(PageField field, std::string_view value, Byline& out) {
  if (field == PageField::kSource) {
    std::string source = FirstWord(value);
    if (CountLetters(source) <= kMaxSourceLetters) Fill(out.source, std::move(source));
  }
  if (field == PageField::kPublished) Fill(out.published, FindDate(value));
  if (field == PageField::kModified) Fill(out.modified, FindDate(value));
  if (field == PageField::kEditor) Fill(out.editor, FirstWord(value));
  if (field == PageField::kAuthor && out.authors.empty()) AddAuthors(value, out.authors);
}

// The label of authors with which the text begins; its size, 0: none.
size_t AuthorLabel(std::string_view text, const PageTables& tables) {
  for (const PageTables::Label& label : tables.labels()) {
    const bool name = label.field == PageField::kAuthor && CountLetters(label.words) > 1;
    if (name && text.starts_with(label.words)) return label.words.size();
  }
  return 0;
}

// True iff nothing but punctuation stands in the text.
bool IsEmptyText(std::string_view text) {
  for (size_t at = 0; at < text.size(); at = CodePointAt(text, at).end) {
    if (u_isalnum(static_cast<UChar32>(CodePointAt(text, at).value))) return false;
  }
  return true;
}

// In brackets: a label, then names.
void ReadBracket(std::string_view inside, const PageTables& tables, Byline& out) {
  for (size_t at = 0; at < inside.size(); at = CodePointAt(inside, at).end) {
    const size_t label = AuthorLabel(inside.substr(at), tables);
    if (label == 0) continue;
    AddAuthors(inside.substr(at + label), out.authors);
    return;
  }
}

// The time of day, which a zone or a bar may stand before: 2024-05-06 HKT 07:08. REQUIRES that the
// text begins with a day.
std::optional<int> MinuteBehindDay(std::string_view text) {
  if (const auto minute = ParsePublishedMinute(text)) return minute;
  static const RE2 clock(R"(^[-/.0-9]{8,10}[ |A-Z]{2,6}(\d{1,2}):(\d\d)(?:\D|$))");
  int hour = 0;
  int minute = 0;
  if (!RE2::PartialMatch(text.substr(0, kMaxStamp), clock, &hour, &minute)) return std::nullopt;
  return hour < 24 && minute < 60 ? std::optional(hour * 60 + minute) : std::nullopt;
}

}  // namespace

std::vector<std::string> LabelledAuthors(std::string_view text, const PageTables& tables) {
  std::vector<std::string> out;
  size_t names = text.npos;  // where those of the last label begin
  for (size_t at = 0; at < text.size();) {
    const size_t label = AuthorLabel(text.substr(at), tables);
    if (label == 0) {
      at = CodePointAt(text, at).end;
      continue;
    }
    if (names != text.npos) AddAuthors(text.substr(names, at - names), out);
    at += label;
    names = at;
  }
  if (names != text.npos) AddAuthors(text.substr(names), out);
  return out;
}

void ReadByline(std::string_view line, const PageTables& tables, Byline& out) {
  if (line.size() > kMaxLine) return;
  const std::vector<Labelled> labels = LabelsOf(line, tables);
  for (size_t i = 0; i < labels.size(); ++i) {
    const size_t end = i + 1 < labels.size() ? labels[i + 1].begin : line.size();
    Take(labels[i].field, line.substr(labels[i].value, end - labels[i].value), out);
  }
}

void ReadPlainByline(std::string_view line, std::string_view site, const PageTables& tables,
                     Byline& out) {
  if (line.size() > kMaxLine || !LabelsOf(line, tables).empty()) return;
  const bool dated = !FindDate(line).empty();
  std::vector<std::string_view> words;
  size_t begin = 0;
  for (size_t at = 0; at <= line.size();) {
    const bool ends = at == line.size();
    const CodePoint c = ends ? CodePoint{' ', at + 1} : CodePointAt(line, at);
    if (IsSeparator(c.value) || c.value == 0xB7) {
      const std::string_view word = line.substr(begin, at - begin);
      const bool digits = word.find_first_of("0123456789") != word.npos;
      if (!word.empty() && !(dated && digits)) words.push_back(word);
      begin = c.end;
    }
    at = c.end;
  }
  const auto slash = line.find('/') != line.npos || line.find("\xEF\xBC\x8F") != line.npos;
  const bool pair = !dated && slash && words.size() == 2 && CountLetters(words[0]) <= kMaxPerson &&
                    CountLetters(words[0]) > 1;
  if (!pair && !(dated && words.size() == 1)) return;
  const std::string_view name = words.back().substr(0, words.back().find('['));
  const size_t letters = CountLetters(name);
  const bool known = letters > 1 && site.find(name) != site.npos;
  if (letters > kMaxSourceLetters || !(known || tables.IsSiteName(name))) return;
  Fill(out.source, std::string(name));
  if (pair && out.authors.empty()) out.authors.emplace_back(words[0]);
}

std::string DateInUrl(std::string_view url) {
  static const RE2 day(R"(/((?:19|20)\d\d)[-/_]?(\d\d)[-/_]?(\d\d)(?:[/_.-]|$))");
  CivilDate date;
  if (!RE2::PartialMatch(url, day, &date.year, &date.month, &date.day)) return {};
  const bool real = date.month >= 1 && date.month <= 12 && date.day >= 1 &&
                    date.day <= DaysInMonth(date.year, date.month);
  return real ? Iso(date) : std::string();
}

void ReadCredits(std::string_view paragraph, const PageTables& tables, Byline& out) {
  if (!out.authors.empty()) return;
  if (const size_t label = AuthorLabel(paragraph, tables); label > 0) {
    // Names end at a bar: behind it stands the place.
    const std::string_view rest = paragraph.substr(label, kMaxCredit);
    const size_t bar = rest.find("\xEF\xBC\x8F");
    const size_t slash = std::min(bar, rest.find('/'));
    if (slash != rest.npos) return AddAuthors(rest.substr(0, slash), out.authors);
  }
  size_t open = paragraph.npos;
  for (size_t at = 0; at < paragraph.size();) {
    const CodePoint point = CodePointAt(paragraph, at);
    at = point.end;
    if (IsOpening(point.value)) open = at;
    if (!IsClosing(point.value) || open == paragraph.npos) continue;
    const size_t size = at - open;
    const bool outer = at <= kMaxLead || IsEmptyText(paragraph.substr(at));
    if (outer && size <= kMaxCredit) ReadBracket(paragraph.substr(open, size), tables, out);
    if (!out.authors.empty()) return;
    open = paragraph.npos;
  }
}

std::string FindDate(std::string_view text) {
  const auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  for (size_t at = 0; at + 8 <= text.size(); ++at) {
    const bool year = text.substr(at).starts_with("19") || text.substr(at).starts_with("20");
    if (!year || (at > 0 && digit(at - 1)) || !digit(at + 2) || !digit(at + 3)) continue;
    const std::string_view rest = text.substr(at);
    const auto day = ParsePublished(rest);
    if (!day) continue;
    std::string date = Iso(*day);
    if (const auto minute = MinuteBehindDay(rest))
      date += 'T' + Padded(*minute / 60, 2) + ':' + Padded(*minute % 60, 2);
    return date;
  }
  return {};
}

std::vector<std::string> SplitNames(std::string_view text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size() && out.size() < kMaxNames;) {
    size_t end = at;
    bool digits = false;
    while (end < text.size() && !IsSeparator(CodePointAt(text, end).value)) {
      digits = digits || (text[end] >= '0' && text[end] <= '9');
      end = CodePointAt(text, end).end;
    }
    const std::string_view name = text.substr(at, end - at);
    const size_t letters = CountLetters(name);
    if (digits) break;
    if (letters > 1 && letters <= kMaxNameLetters) out.emplace_back(name);
    at = end < text.size() ? CodePointAt(text, end).end : end;
  }
  return out;
}

}  // namespace kaoju
