#include "ingest/page_blocks.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kFewLetters = 10;  // without a stop it may be a heading, a label, a link
constexpr size_t kStopWeight = 8;   // letters
constexpr size_t kLooseShare = 4;   // what is no sentence counts a fourth

// Commas and ends of sentences; not colons, which stand behind labels.
size_t CountStops(std::string_view text) {
  size_t count = 0;
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    if (c < 0x80) {
      count += c == '!' || c == '?' ? 1 : 0;  // dots and commas stand in numbers
    } else if (c >= 0x2000) {
      const bool colon = c == 0xFF1A || c == 0x3A;
      count += !colon && u_hasBinaryProperty(c, UCHAR_TERMINAL_PUNCTUATION) ? 1 : 0;
    }
  }
  return count;
}

std::string Lower(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return out;
}

bool IsHidden(const GumboNode& node) {
  if (gumbo_get_attribute(&node.v.element.attributes, "hidden") != nullptr) return true;
  const std::string_view style = AttributeOf(node, "style");
  if (style.empty()) return false;
  const std::string lower = Lower(style);
  return lower.find("display:none") != lower.npos || lower.find("visibility:hidden") != lower.npos;
}

class Reader {
 public:
  Reader(std::string_view html, bool traces) : html_(html), traces_(traces), line_(traces) {}

  PageBlocks Read(const GumboNode* root) {
    out_.elements.push_back({root, 0, 0, 0});
    Walk(
        root, [&](const GumboNode& node, const auto&) { return Enter(node); },
        [&](const GumboNode& node) { Leave(node); });
    EndLine();
    for (const PageBlock& block : out_.blocks) {
      out_.elements[block.element].weight += block.weight();
      out_.elements[block.element].letters += block.letters;
    }
    for (size_t i = out_.elements.size(); i-- > 1;) {
      PageElement& parent = out_.elements[out_.elements[i].parent];
      parent.weight += out_.elements[i].weight;
      parent.letters += out_.elements[i].letters;
    }
    return std::move(out_);
  }

 private:
  bool Enter(const GumboNode& node) {
    if (IsText(node)) {
      Append(node.v.text);
      return true;
    }
    const GumboTag tag = TagOf(node);
    if (!IsElement(node)) return node.type == GUMBO_NODE_DOCUMENT;
    if (IsInvisible(tag) || IsHidden(node)) return false;
    if (tag == GUMBO_TAG_BR) EndLine();
    if (tag == GUMBO_TAG_A) ++links_;
    if (!IsBlock(tag)) return true;
    EndLine();
    out_.elements.push_back({&node, element_, 0, 0});
    element_ = out_.elements.size() - 1;
    headings_ += IsHeading(tag) ? 1 : 0;
    return true;
  }

  void Leave(const GumboNode& node) {
    const GumboTag tag = TagOf(node);
    if (tag == GUMBO_TAG_A) --links_;
    if (!IsBlock(tag)) return;
    EndLine();
    headings_ -= IsHeading(tag) ? 1 : 0;
    element_ = out_.elements[element_].parent;
  }

  void Append(const GumboText& piece) {
    const std::string_view original(piece.original_text.data, piece.original_text.length);
    // The parser makes bytes that are no UTF-8 of references to what is no character.
    const std::string text = WellFormed(piece.text);
    line_.Append(text, original, static_cast<uint32_t>(original.data() - html_.data()));
    if (links_ > 0) link_letters_ += CountLetters(text);
  }

  void EndLine() {
    TracedText text(traces_);
    text.AppendLine(line_);
    line_.Clear();
    const size_t link_letters = std::exchange(link_letters_, 0);
    if (text.text().empty()) return;
    PageBlock block;
    block.letters = CountLetters(text.text());
    block.link_letters = std::min(link_letters, block.letters);
    block.stops = CountStops(text.text());
    block.heading = headings_ > 0;
    block.element = element_;
    block.text = std::move(text);
    out_.blocks.push_back(std::move(block));
  }

  std::string_view html_;
  bool traces_;
  PageBlocks out_;
  TracedText line_;
  size_t link_letters_ = 0;
  size_t links_ = 0;
  size_t headings_ = 0;
  size_t element_ = 0;
};

}  // namespace

std::string_view NameOf(BlockFate fate) {
  switch (fate) {
    case BlockFate::kKept:
      return "kept";
    case BlockFate::kOutside:
      return "outside";
    case BlockFate::kNoise:
      return "noise";
    case BlockFate::kLinks:
      return "links";
    case BlockFate::kCue:
      return "cue";
    case BlockFate::kEnd:
      return "end";
    case BlockFate::kTitle:
      return "title";
    case BlockFate::kByline:
      return "byline";
  }
  return {};
}

size_t PageBlock::weight() const {
  if (link_letters * 2 > letters) return 0;
  const size_t own = letters - link_letters;
  if (stops > 0 && own >= kFewLetters) return own + stops * kStopWeight;
  return own / kLooseShare;
}

PageBlocks ReadBlocks(const GumboNode* root, std::string_view html, bool traces) {
  return Reader(html, traces).Read(root);
}

}  // namespace kaoju
