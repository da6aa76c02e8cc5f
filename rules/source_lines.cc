#include "rules/source_lines.h"

#include <algorithm>
#include <fstream>

namespace kaoju {

std::string_view SourceLines::Line(const std::string& path, size_t number) {
  auto it = files_.find(path);
  if (it == files_.end()) {
    it = files_.emplace(path, std::vector<std::string>{}).first;
    std::ifstream in(path, std::ios::binary);
    for (std::string line; std::getline(in, line);) it->second.push_back(line);
  }
  if (number == 0 || number > it->second.size()) return {};
  return it->second[number - 1];
}

void SourceLines::Place(Diagnostic& d, std::string_view needle) {
  const std::string_view line = Line(d.file, d.line);
  if (line.empty()) return;
  d.source_line = line;
  size_t at = needle.empty() ? std::string_view::npos : line.find(needle);
  if (at == std::string_view::npos) {
    const size_t word = std::min(line.find_first_not_of(" \t"), line.size());
    const size_t gap = std::min(line.find_first_of(" \t", word), line.size());
    at = std::min(line.find_first_not_of(" \t", gap), line.size());
    if (at == line.size()) at = word;
  }
  d.col = 1 + static_cast<size_t>(std::count_if(
                  line.begin(), line.begin() + static_cast<ptrdiff_t>(at),
                  [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace kaoju
