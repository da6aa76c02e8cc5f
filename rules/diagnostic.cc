#include "rules/diagnostic.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace kaoju {
namespace {

// Spaces that take as much room on a terminal as the first `code_points` characters of `line`; tabs
// stay tabs.
std::string Padding(const std::string& line, size_t code_points) {
  std::string out;
  const auto size = static_cast<int32_t>(line.size());
  for (int32_t i = 0; i < size && code_points > 0; --code_points) {
    UChar32 c = 0;
    U8_NEXT(line.data(), i, size, c);
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    if (c == '\t') {
      out += '\t';
    } else {
      out.append(width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1, ' ');
    }
  }
  return out;
}

}  // namespace

std::string Render(const Diagnostic& d) {
  std::string out = d.file;
  if (d.line > 0) out += ':' + std::to_string(d.line);
  if (d.line > 0 && d.col > 0) out += ':' + std::to_string(d.col);
  out += d.level == Diagnostic::Level::kError ? ": error: " : ": warning: ";
  out += d.message;
  if (!d.code.empty()) out += " [" + d.code + "]";
  out += '\n';
  if (!d.source_line.empty()) {
    out += "  " + d.source_line + '\n';
    if (d.col > 0) out += "  " + Padding(d.source_line, d.col - 1) + "^\n";
  }
  if (!d.hint.empty()) out += "  " + d.hint + '\n';
  return out;
}

std::string Render(const std::vector<Diagnostic>& all) {
  std::string out;
  for (const Diagnostic& d : all) out += Render(d);
  return out;
}

bool HasErrors(const std::vector<Diagnostic>& all) {
  return std::any_of(all.begin(), all.end(),
                     [](const Diagnostic& d) { return d.level == Diagnostic::Level::kError; });
}

}  // namespace kaoju
