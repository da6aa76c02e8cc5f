#include "ingest/plain_text.h"

#include "ingest/html_tree.h"
#include "ingest/html_walk.h"
#include "ingest/utf8.h"

namespace kaoju {

std::string PlainText(std::string_view html) {
  if (html.find_first_of("<&") == html.npos) return Collapse(html);
  const HtmlTree tree(html);
  std::string out;
  Walk(
      tree.root(),
      [&](const GumboNode& node, const auto&) {
        if (IsText(node)) out += node.v.text.text;
        if (IsBlock(TagOf(node)) || TagOf(node) == GUMBO_TAG_BR) out += ' ';
        return !IsInvisible(TagOf(node));
      },
      [](const GumboNode&) {});
  return WellFormed(Collapse(out));
}

std::string EscapeHtml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace kaoju
