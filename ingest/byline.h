// Bylines: the lines around an article that say where, when and from whom it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/page_tables.h"

namespace kaoju {

struct Byline {
  std::string source;
  std::string published;  // YYYY-MM-DD, and THH:MM if it is said
  std::string modified;   // likewise
  std::string editor;
  std::vector<std::string> authors;
};

// Adds what the labels of the line say, each field as it is said first. Time is linear in its
// length.
void ReadByline(std::string_view line, const PageTables& tables, Byline& out);

// Adds what a line without labels says: "name/outlet", or one outlet beside a day. An outlet is
// called as outlets are, or stands in `site`, what the page calls its site.
void ReadPlainByline(std::string_view line, std::string_view site, const PageTables& tables,
                     Byline& out);

// The day in the path of an address, as YYYY-MM-DD; empty: none.
std::string DateInUrl(std::string_view url);

// Adds the authors that stand behind a label at the beginning, or behind one in brackets near the
// beginning or at the end: what opens and closes the text of an article.
void ReadCredits(std::string_view paragraph, const PageTables& tables, Byline& out);

// The names behind labels of authors in the text ("虚构网记者 X 通讯员 Y"); none: it has no label.
std::vector<std::string> LabelledAuthors(std::string_view text, const PageTables& tables);

// The first written day in the text, with its time of day if one follows, as YYYY-MM-DD or
// YYYY-MM-DDTHH:MM; empty: none.
std::string FindDate(std::string_view text);

// Names separated by blanks, commas and bars; no digits, at most 12 letters each.
std::vector<std::string> SplitNames(std::string_view text);

}  // namespace kaoju
