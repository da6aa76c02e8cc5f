// TableFile: the rows of one .tsv of rules/fold, each with its place for messages.
#pragma once

#include <string>
#include <vector>

namespace kaoju {

struct TableRow {
  std::string place;  // file:line
  std::vector<std::string> cells;
};

// Rows of exactly `columns` cells; lines that are empty or begin with '#' are skipped. Throws
// RulesError iff the file cannot be read, is no UTF-8, or a row has another number of cells.
std::vector<TableRow> ReadTable(const std::string& path, size_t columns);

}  // namespace kaoju
