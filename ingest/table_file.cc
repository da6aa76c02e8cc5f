#include "ingest/table_file.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {

std::vector<TableRow> ReadTable(const std::string& path, size_t columns) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw RulesError(path + ": cannot be opened");
  std::vector<TableRow> rows;
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    TableRow row{path + ':' + std::to_string(number), {}};
    if (FindInvalidUtf8(line)) throw RulesError(row.place + ": not UTF-8");
    for (size_t at = 0; at <= line.size();) {
      const size_t end = std::min(line.find('\t', at), line.size());
      row.cells.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    if (row.cells.size() != columns) {
      throw RulesError(row.place + ": " + std::to_string(columns) +
                       " columns expected, separated by tabs: " + line);
    }
    rows.push_back(std::move(row));
  }
  if (in.bad()) throw RulesError(path + ": cannot be read");
  return rows;
}

}  // namespace kaoju
