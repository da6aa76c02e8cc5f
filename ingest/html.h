// The main text of an HTML page. This is the seam: a better judge of what the main text is goes
// behind ReadHtml.
#pragma once

#include <string>
#include <string_view>

#include "extract/alignment.h"

namespace kaoju {

struct HtmlPage {
  std::string title;      // og:title, else <title>
  std::string published;  // as the page gives it, usually ISO 8601
  std::string text;       // one line a block, without empty lines; may be empty
  Alignment alignment;    // the page (source) -> text (target), where it was asked for
};

// REQUIRES valid UTF-8. Throws DocumentError (the reason alone) for elements nested deeper than
// 1,000, and for a page that takes too much memory to parse.
HtmlPage ReadHtml(std::string_view utf8, bool align = false);

}  // namespace kaoju
