// A web page: its main text, and what it says of where the text is from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/alignment.h"
#include "extract/article.h"
#include "ingest/page_blocks.h"
#include "ingest/page_tables.h"

namespace kaoju {

struct HtmlPage {
  std::string title;                                  // without the name of the site
  std::string published;                              // as the page gives it, usually ISO 8601
  std::vector<PublishedEvidence> published_evidence;  // all that the page says of it
  std::string modified;
  std::string source;  // the outlet that it names
  std::vector<std::string> authors;
  std::string editor;
  std::string next;  // address of the page that it goes on in; empty: it does not
  std::string text;  // one line a block, without empty lines; may be empty
  std::vector<TextBlock> blocks;
  Alignment alignment;  // the page (source) -> text (target), where it was asked for
};

// `url` is the page's address, by which the profile of its site is found; where it is empty, the
// page is asked for it. REQUIRES valid UTF-8. Throws DocumentError (the reason alone) for elements
// nested deeper than 1,000, and for a page that takes too much memory to parse.
HtmlPage ReadHtml(std::string_view utf8, std::string_view url, const PageTables& tables,
                  bool align = false);

// HtmlPage::next alone. REQUIRES and throws as ReadHtml.
std::string NextPageOf(std::string_view utf8, std::string_view url, const PageTables& tables);

// A line of a page, and why it is in the text or is not.
struct JudgedLine {
  std::string text;
  BlockFate fate = BlockFate::kOutside;
  BlockKind kind = BlockKind::kParagraph;
  std::string evidence;
};
struct JudgedHtml {
  std::string site;                // the profile that was used; empty: none
  std::vector<std::string> by_it;  // what it gave: "title .main h1", …
  std::string next;                // as in HtmlPage
  std::vector<JudgedLine> lines;   // all that a reader can see, in the order of the page
};
// REQUIRES and throws as ReadHtml.
JudgedHtml JudgeHtml(std::string_view utf8, std::string_view url, const PageTables& tables);

}  // namespace kaoju
