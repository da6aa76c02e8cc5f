#include "ingest/selector.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "ingest/html_walk.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMaxLevels = 100;  // above an element, in which what it is below is looked for

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || (c & 0x80) != 0;
}

std::string TakeName(std::string_view& text) {
  size_t end = 0;
  while (end < text.size() && IsNameByte(text[end])) ++end;
  if (end == 0) {
    throw std::invalid_argument(text.empty() ? "a name is missing at the end"
                                             : "a name was expected before '" +
                                                   std::string(text.substr(0, 1)) + "'");
  }
  std::string name(text.substr(0, end));
  text.remove_prefix(end);
  return name;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool HasWord(std::string_view words, std::string_view word) {
  for (size_t at = words.find(word); at != words.npos; at = words.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || IsBlank(words[at - 1])) && (end == words.size() || IsBlank(words[end])))
      return true;
  }
  return false;
}

// The name as the page writes it, for elements that the parser does not know, too.
std::string TypeOf(const GumboNode& node) {
  const GumboTag tag = TagOf(node);
  if (tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(tag);
  GumboStringPiece name = node.v.element.original_tag;
  gumbo_tag_from_original_text(&name);
  return LowerAscii(std::string_view(name.data, name.length));
}

}  // namespace

Selector::Selector(std::string_view text) : text_(text) {
  while (true) {
    const size_t begin = text.find_first_not_of(' ');
    if (begin == text.npos) break;
    text.remove_prefix(begin);
    compounds_.push_back(ParseCompound(text));
  }
  if (compounds_.empty()) throw std::invalid_argument("is empty");
}

Selector::Compound Selector::ParseCompound(std::string_view& text) {
  Compound out;
  if (text.front() == '*') {
    text.remove_prefix(1);
  } else if (IsNameByte(text.front())) {
    out.type = LowerAscii(TakeName(text));
  }
  while (!text.empty() && text.front() != ' ') {
    const char sign = text.front();
    text.remove_prefix(1);
    if (sign == '#') {
      out.tests.push_back({Test::Kind::kIs, "id", TakeName(text)});
    } else if (sign == '.') {
      out.tests.push_back({Test::Kind::kWord, "class", TakeName(text)});
    } else if (sign == '[') {
      out.tests.push_back(ParseBrackets(text));
    } else {
      throw std::invalid_argument(std::string("'") + sign + "' is no part of a selector here");
    }
  }
  return out;
}

// Behind the opening bracket.
Selector::Test Selector::ParseBrackets(std::string_view& text) {
  Test test;
  test.attribute = LowerAscii(TakeName(text));
  const size_t end = text.find(']');
  if (end == text.npos) throw std::invalid_argument("']' is missing");
  std::string_view rest = text.substr(0, end);
  text.remove_prefix(end + 1);
  if (rest.empty()) return test;
  if (rest.front() == '^' || rest.front() == '*') {
    test.kind = rest.front() == '^' ? Test::Kind::kBegins : Test::Kind::kHolds;
    rest.remove_prefix(1);
  } else {
    test.kind = Test::Kind::kIs;
  }
  if (rest.empty() || rest.front() != '=')
    throw std::invalid_argument("'=', '^=' or '*=' was expected behind '" + test.attribute + "'");
  rest.remove_prefix(1);
  if (rest.empty()) throw std::invalid_argument("a value is missing behind '='");
  test.value = rest;
  return test;
}

bool Selector::Test::Holds(const GumboNode& node) const {
  const std::string_view found = AttributeOf(node, attribute.c_str());
  switch (kind) {
    case Kind::kWord:
      return HasWord(found, value);
    case Kind::kIs:
      return found == value;
    case Kind::kHas:
      return gumbo_get_attribute(&node.v.element.attributes, attribute.c_str()) != nullptr;
    case Kind::kBegins:
      return found.starts_with(value);
    case Kind::kHolds:
      return found.find(value) != found.npos;
  }
  return false;
}

bool Selector::Compound::Holds(const GumboNode& node) const {
  return std::all_of(tests.begin(), tests.end(), [&](const Test& t) { return t.Holds(node); }) &&
         (type.empty() || type == TypeOf(node));
}

bool Selector::Matches(const GumboNode& node) const {
  if (!IsElement(node) || !compounds_.back().Holds(node)) return false;
  // All that "below" asks for is an order, so the nearest element that fits is as good as any.
  size_t open = compounds_.size() - 1;
  size_t level = 0;
  for (const GumboNode* at = node.parent; open > 0 && at != nullptr; at = at->parent) {
    if (++level > kMaxLevels) break;
    if (IsElement(*at) && compounds_[open - 1].Holds(*at)) --open;
  }
  return open == 0;
}

}  // namespace kaoju
