#include "cli/table.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cassert>
#include <cstdint>

namespace kaoju {
namespace {

constexpr std::string_view kEllipsis = "\u2026";
constexpr std::string_view kGap = "  ";

// Takes the next character off the front of `text`. Its code point is negative iff the bytes are
// not UTF-8.
struct Character {
  UChar32 code = -1;
  std::string_view bytes;
};

Character TakeCharacter(std::string_view& text) {
  const auto size = static_cast<int32_t>(std::min<size_t>(text.size(), U8_MAX_LENGTH));
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  int32_t end = 0;
  Character c;
  U8_NEXT(bytes, end, size, c.code);
  if (c.code < 0) end = 1;
  c.bytes = text.substr(0, static_cast<size_t>(end));
  text.remove_prefix(c.bytes.size());
  return c;
}

// Control and format characters, bidirectional overrides among them.
bool Steers(UChar32 code) {
  const int8_t category = u_charType(code);
  return category == U_CONTROL_CHAR || category == U_FORMAT_CHAR || category == U_LINE_SEPARATOR ||
         category == U_PARAGRAPH_SEPARATOR;
}

size_t WidthOf(UChar32 code) {
  if (code < 0 || Steers(code)) return 1;
  const int8_t category = u_charType(code);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK) return 0;
  const int32_t width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

void PrintRow(const std::vector<Column>& columns, const std::vector<size_t>& widths,
              const std::vector<std::string>& cells, std::ostream& out) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string padding(widths[i] - DisplayWidth(cells[i]), ' ');
    if (i > 0) line += kGap;
    line += columns[i].right ? padding + cells[i] : cells[i] + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) width += WidthOf(TakeCharacter(text).code);
  return width;
}

std::string FitWidth(std::string_view text, size_t width) {
  assert(width > 0);
  std::string fitting;
  size_t used = 0;
  size_t cut = 0;  // bytes of `fitting` that leave room for the ellipsis
  while (!text.empty()) {
    const Character c = TakeCharacter(text);
    used += WidthOf(c.code);
    if (used > width) return fitting.substr(0, cut).append(kEllipsis);
    if (c.code < 0) {
      fitting += '?';
    } else if (Steers(c.code)) {
      fitting += ' ';
    } else {
      fitting += c.bytes;
    }
    if (used < width) cut = fitting.size();
  }
  return fitting;
}

void PrintTable(const std::vector<Column>& columns,
                const std::vector<std::vector<std::string>>& rows, std::ostream& out) {
  std::vector<std::string> head;
  std::vector<size_t> widths;
  for (const Column& column : columns) {
    head.push_back(column.name);
    widths.push_back(DisplayWidth(column.name));
  }
  std::vector<std::vector<std::string>> fitting = rows;
  for (std::vector<std::string>& row : fitting) {
    assert(row.size() == columns.size());
    for (size_t i = 0; i < row.size(); ++i) {
      row[i] = FitWidth(row[i], columns[i].most);
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
    }
  }
  std::vector<std::string> rule;
  for (const size_t width : widths) rule.emplace_back(width, '-');
  PrintRow(columns, widths, head, out);
  PrintRow(columns, widths, rule, out);
  for (const std::vector<std::string>& row : fitting) PrintRow(columns, widths, row, out);
}

}  // namespace kaoju
