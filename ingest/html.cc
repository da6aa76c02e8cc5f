#include "ingest/html.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/html_tree.h"
#include "ingest/traced_text.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxDepth = 1000;
constexpr size_t kFewLetters = 100;  // an <article> with less is a card, not the article

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool IsElement(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

bool IsText(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA ||
         node.type == GUMBO_NODE_WHITESPACE;
}

GumboTag TagOf(const GumboNode& node) {
  return IsElement(node) ? node.v.element.tag : GUMBO_TAG_UNKNOWN;
}

// What never holds the article. ASP.NET pages stand in one <form> as a whole, so that one is
// skipped at choice.
bool IsSkipped(GumboTag tag, bool skip_forms) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_TEXTAREA:
      return true;
    case GUMBO_TAG_FORM:
      return skip_forms;
    default:
      return false;
  }
}

// Blocks that hold running text rather than other blocks.
bool IsParagraph(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
      return true;
    default:
      return false;
  }
}

bool IsBlock(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_CENTER:
      return true;
    default:
      return IsParagraph(tag);
  }
}

// Calls enter(node, path) for every node below and including `top`, in order, and leave(node) after
// its children iff enter said true, that is "go on into it". The path holds the elements above the
// node. Without recursion.
template <typename Enter, typename Leave>
void Walk(const GumboNode* top, Enter enter, Leave leave) {
  std::vector<const GumboNode*> path;
  std::vector<unsigned> next;
  const auto open = [&](const GumboNode* node) {
    if (!enter(*node, path) || !IsElement(*node)) return;
    if (path.size() >= kMaxDepth) {
      throw DocumentError("HTML elements are nested deeper than " + std::to_string(kMaxDepth));
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

size_t CountLetters(std::string_view text) {
  size_t count = 0;
  for (const char c : text) {
    if (!IsSpace(c) && (static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
  }
  return count;
}

std::string_view AttributeOf(const GumboNode& node, const char* name) {
  const GumboAttribute* attribute = gumbo_get_attribute(&node.v.element.attributes, name);
  return attribute == nullptr ? std::string_view() : attribute->value;
}

std::string Collapse(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!IsSpace(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

// <title> and <meta>, wherever they stand.
void ReadHead(const GumboNode* root, HtmlPage& page) {
  std::string og_title;
  const auto enter = [&](const GumboNode& node, const std::vector<const GumboNode*>& path) {
    const GumboTag tag = TagOf(node);
    if (tag == GUMBO_TAG_META) {
      std::string_view key = AttributeOf(node, "property");
      if (key.empty()) key = AttributeOf(node, "name");
      if (key.empty()) key = AttributeOf(node, "itemprop");
      const std::string value = Collapse(AttributeOf(node, "content"));
      if (key == "og:title" && og_title.empty()) og_title = value;
      const bool published = key == "article:published_time" || key == "datePublished" ||
                             key == "pubdate" || key == "publishdate";
      if (published && page.published.empty()) page.published = value;
    }
    if (IsText(node) && page.title.empty() && !path.empty() &&
        TagOf(*path.back()) == GUMBO_TAG_TITLE) {
      page.title = Collapse(node.v.text.text);
    }
    return true;
  };
  Walk(root, enter, [](const GumboNode&) {});
  if (!og_title.empty()) page.title = og_title;
}

// How much text each element holds: near it, outside of links, for the densest block; and in all,
// for articles.
struct Weights {
  std::map<const GumboNode*, size_t> near;
  std::map<const GumboNode*, size_t> articles;
};

Weights Weigh(const GumboNode* root, bool skip_forms) {
  Weights weights;
  const auto enter = [&](const GumboNode& node, const std::vector<const GumboNode*>& path) {
    if (IsSkipped(TagOf(node), skip_forms)) return false;
    if (node.type != GUMBO_NODE_TEXT && node.type != GUMBO_NODE_CDATA) return true;
    const size_t letters = CountLetters(node.v.text.text);
    std::vector<const GumboNode*> blocks;
    for (size_t i = path.size(); i-- > 0;) {
      const GumboTag tag = TagOf(*path[i]);
      if (tag == GUMBO_TAG_A && blocks.empty()) return true;
      if (tag == GUMBO_TAG_ARTICLE) weights.articles[path[i]] += letters;
      if (IsBlock(tag) && blocks.size() < 3) blocks.push_back(path[i]);
    }
    if (!blocks.empty() && IsParagraph(TagOf(*blocks[0]))) blocks.erase(blocks.begin());
    for (size_t i = 0; i < blocks.size() && i < 2; ++i) {
      weights.near[blocks[i]] += i == 0 ? letters * 4 : letters * 3;
    }
    return true;
  };
  Walk(root, enter, [](const GumboNode&) {});
  return weights;
}

// The heaviest element; of equals, the first in the page.
const GumboNode* Heaviest(const std::map<const GumboNode*, size_t>& weights, size_t at_least) {
  const GumboNode* best = nullptr;
  size_t most = at_least;
  for (const auto& [node, weight] : weights) {
    const bool earlier = best != nullptr && weight == most &&
                         node->v.element.start_pos.offset < best->v.element.start_pos.offset;
    if (weight > most || earlier) {
      best = node;
      most = weight;
    }
  }
  return best;
}

// The text below `top`, a line for each block. `html` is the page.
TracedText TextOf(const GumboNode* top, bool skip_forms, std::string_view html, bool traces) {
  TracedText text(traces);
  TracedText line(traces);
  const auto end_line = [&] {
    text.AppendLine(line);
    line.Clear();
  };
  const auto append = [&](const GumboText& piece) {
    const std::string_view original(piece.original_text.data, piece.original_text.length);
    line.Append(piece.text, original, static_cast<uint32_t>(original.data() - html.data()));
  };
  const auto enter = [&](const GumboNode& node, const auto&) {
    const GumboTag tag = TagOf(node);
    if (IsSkipped(tag, skip_forms)) return false;
    if (tag == GUMBO_TAG_BR || IsBlock(tag)) end_line();
    if (IsText(node)) append(node.v.text);
    return true;
  };
  Walk(top, enter, [&](const GumboNode& node) {
    if (IsBlock(TagOf(node))) end_line();
  });
  end_line();
  return text;
}

TracedText MainText(const GumboNode* root, bool skip_forms, std::string_view html, bool traces) {
  const Weights weights = Weigh(root, skip_forms);
  const GumboNode* top = Heaviest(weights.articles, kFewLetters);
  if (top == nullptr) top = Heaviest(weights.near, 0);
  return top == nullptr ? TracedText(traces) : TextOf(top, skip_forms, html, traces);
}

}  // namespace

HtmlPage ReadHtml(std::string_view utf8, bool align) {
  const HtmlTree tree(utf8);
  HtmlPage page;
  ReadHead(tree.root(), page);
  TracedText text = MainText(tree.root(), true, utf8, align);
  if (text.text().empty()) text = MainText(tree.root(), false, utf8, align);
  if (align) page.alignment = text.ToAlignment();
  page.text = text.text();
  return page;
}

}  // namespace kaoju
