// Plain text and HTML, one as the other.
#pragma once

#include <string>
#include <string_view>

namespace kaoju {

// What a reader sees of a piece of HTML, in one line. Throws DocumentError as HtmlTree.
std::string PlainText(std::string_view html);

std::string EscapeHtml(std::string_view text);

}  // namespace kaoju
