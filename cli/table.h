// Plain tables for a terminal: columns aligned by display width, in which an East Asian wide
// character counts two.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

// Columns that `text` takes on a terminal (Unicode UAX #11: wide and fullwidth are two, marks that
// combine none). Bytes that are not UTF-8 count one each.
size_t DisplayWidth(std::string_view text);

// The longest beginning of `text`, cut between characters, that with an ellipsis fits `width`
// columns; all of it iff it fits as it is. Control characters become spaces, so that a stored text
// cannot steer the terminal. REQUIRES width > 0.
std::string FitWidth(std::string_view text, size_t width);

struct Column {
  std::string name;
  size_t most = 40;    // columns of the terminal; longer cells are cut
  bool right = false;  // aligned to the right, for numbers
};

// Writes the head, a rule and the rows. REQUIRES every row has as many cells as there are columns.
void PrintTable(const std::vector<Column>& columns,
                const std::vector<std::vector<std::string>>& rows, std::ostream& out);

}  // namespace kaoju
