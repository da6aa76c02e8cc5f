// The row contract of `kaoju extract`: JSON Lines, one object a row (DESIGN.md §6).
#pragma once

#include <string>

#include "extract/article.h"
#include "extract/facts.h"

namespace kaoju {

// Appends the article row and its facts, sorted by start, end and rule. `with_text`: the article
// row carries the text, for documents whose text is not the input's own, as HTML; so does that of
// a document that was decoded from another encoding than UTF-8, or not wholly, and says so.
void AppendRows(const Article& article, const Extraction& x, bool with_text, std::string& out);

// Appends {"kind":"error", …}.
void AppendErrorRow(const std::string& doc, const std::string& error, std::string& out);

struct EndRow {
  size_t docs = 0;
  size_t facts = 0;
  size_t failed = 0;
  std::string rules;
};
void AppendEndRow(const EndRow& end, std::string& out);

}  // namespace kaoju
