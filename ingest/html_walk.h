// Going through a gumbo tree, and what its elements are, as far as the main text asks.
#pragma once

#include <gumbo.h>

#include <string>
#include <string_view>
#include <vector>

#include "rules/error.h"

namespace kaoju {

inline constexpr size_t kMaxHtmlDepth = 1000;

inline bool IsElement(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}
inline bool IsText(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA ||
         node.type == GUMBO_NODE_WHITESPACE;
}
inline GumboTag TagOf(const GumboNode& node) {
  return IsElement(node) ? node.v.element.tag : GUMBO_TAG_UNKNOWN;
}

// What holds no text of the page.
bool IsInvisible(GumboTag tag);
// What never holds the article, but may hold other text.
bool IsFurniture(GumboTag tag);
// What stands in lines of its own; IsParagraph: and holds running text rather than other blocks.
bool IsBlock(GumboTag tag);
bool IsParagraph(GumboTag tag);
bool IsHeading(GumboTag tag);
bool IsCell(GumboTag tag);
bool IsCaption(GumboTag tag);

// An element's attribute; empty iff it has none. REQUIRES IsElement(node).
std::string_view AttributeOf(const GumboNode& node, const char* name);

// With runs of white space made one blank, and none at the ends.
std::string Collapse(std::string_view text);
// The first 4 KiB, collapsed and in whole characters; bytes that are no UTF-8 are replaced.
std::string ClipText(std::string_view text);
// The text that a reader sees below an element, clipped.
std::string TextBelow(const GumboNode* top);
// Characters that are no white space.
size_t CountLetters(std::string_view utf8);

// Calls enter(node, path) for every node below and including `top`, in order, and leave(node) after
// its children iff enter said true, that is "go on into it". The path holds the elements above the
// node. Without recursion. Throws DocumentError where elements are nested too deep.
template <typename Enter, typename Leave>
void Walk(const GumboNode* top, Enter enter, Leave leave) {
  std::vector<const GumboNode*> path;
  std::vector<unsigned> next;
  const auto open = [&](const GumboNode* node) {
    if (!enter(*node, path) || !IsElement(*node)) return;
    if (path.size() >= kMaxHtmlDepth) {
      throw DocumentError("HTML elements are nested deeper than " + std::to_string(kMaxHtmlDepth));
    }
    path.push_back(node);
    next.push_back(0);
  };
  open(top);
  while (!path.empty()) {
    const GumboVector& children = path.back()->v.element.children;
    if (next.back() < children.length) {
      open(static_cast<const GumboNode*>(children.data[next.back()++]));
      continue;
    }
    const GumboNode* done = path.back();
    path.pop_back();
    next.pop_back();
    leave(*done);
  }
}

}  // namespace kaoju
