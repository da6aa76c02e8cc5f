// Lexicon files as text: entries are merged into their places, and everything else stays as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

// The four columns of a line.
struct LexiconRow {
  std::string surface;
  std::string type;
  std::string canonical;  // empty: the surface
  std::string flags;

  std::string Key() const { return surface + '\t' + type; }  // what lines are sorted by
  std::string Line() const { return Key() + '\t' + canonical + '\t' + flags; }
};

// The first lines of a new file: where its entries come from, and what admits them.
std::string LexiconHead(std::string_view source, std::string_view admission);

// The file with the rows in their places. A row replaces the line of the same surface and type;
// comments stay above the line that they stood above, the first ones on top. REQUIRES the lines of
// `file` sorted, as a lexicon that loads is.
std::string MergeRows(std::string_view file, std::vector<LexiconRow> rows);

}  // namespace kaoju
