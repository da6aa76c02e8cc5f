#include "rules/lexicon_file.h"

#include <algorithm>

namespace kaoju {
namespace {

// Surface, tab and type of a line.
std::string_view KeyOf(std::string_view line) {
  const size_t tab = line.find('\t');
  return tab == std::string_view::npos ? line : line.substr(0, line.find('\t', tab + 1));
}

}  // namespace

std::string LexiconHead(std::string_view source, std::string_view admission) {
  return std::string("# source: ")
      .append(source)
      .append("\n# admission: ")
      .append(admission)
      .append("\n# columns: surface type canonical flags\n");
}

std::string MergeRows(std::string_view file, std::vector<LexiconRow> rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const LexiconRow& a, const LexiconRow& b) { return a.Key() < b.Key(); });
  std::string out;
  std::string comments;  // read, and not yet written
  bool head = true;
  auto row = rows.begin();
  const auto write = [&](std::string_view line) { out.append(line) += '\n'; };
  while (!file.empty()) {
    const size_t end = std::min(file.find('\n'), file.size());
    const std::string_view line = file.substr(0, end);
    file.remove_prefix(std::min(end + 1, file.size()));
    if (line.empty() || line.front() == '#') {
      (head ? out : comments).append(line) += '\n';
      continue;
    }
    head = false;
    const std::string_view key = KeyOf(line);
    for (; row != rows.end() && row->Key() < key; ++row) write(row->Line());
    out += comments;
    comments.clear();
    const bool replaced = row != rows.end() && row->Key() == key;
    write(replaced ? row->Line() : line);
    if (replaced) ++row;
  }
  for (; row != rows.end(); ++row) write(row->Line());
  return out + comments;
}

}  // namespace kaoju
