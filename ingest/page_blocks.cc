#include "ingest/page_blocks.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kFewLetters = 10;    // without a stop it may be a heading, a label, a link
constexpr size_t kStopWeight = 8;     // letters
constexpr size_t kLooseShare = 4;     // what is no sentence counts a fourth
constexpr size_t kCellLetters = 100;  // a cell with more holds running text

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

// Whether a row holds data, and does not just arrange the page: two cells or more of little text,
// without lists and further tables.
bool IsRecord(const GumboNode& row) {
  size_t cells = 0;
  size_t letters = 0;  // of the cell
  bool record = true;
  Walk(
      &row,
      [&](const GumboNode& node, const auto&) {
        const GumboTag tag = TagOf(node);
        const bool inside = &node != &row;
        if (inside && IsCell(tag)) {
          ++cells;
          letters = 0;
        }
        if (IsText(node)) letters += CountLetters(node.v.text.text);
        const bool block =
            inside && IsBlock(tag) && !IsCell(tag) && !IsParagraph(tag) && tag != GUMBO_TAG_DIV;
        if (block || letters > kCellLetters) record = false;
        return record && !IsInvisible(tag);
      },
      [](const GumboNode&) {});
  return record && cells > 1;
}

class Reader {
 public:
  Reader(std::string_view html, bool traces)
      : html_(html), traces_(traces), line_(traces), cells_(traces) {}

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
    if (tag == GUMBO_TAG_A) ++links_;
    if (row_ != nullptr) {
      EnterInRow(tag);
      return true;
    }
    if (tag == GUMBO_TAG_BR) EndLine();
    if (!IsBlock(tag)) return true;
    EndLine();
    out_.elements.push_back({&node, element_, 0, 0});
    element_ = out_.elements.size() - 1;
    Count(tag, 1);
    if (tag == GUMBO_TAG_TR && IsRecord(node)) row_ = &node;
    return true;
  }

  void EnterInRow(GumboTag tag) {
    if (IsCell(tag)) {
      line_.Clear();  // of what stands between cells
      apart_ = false;
    } else if (tag == GUMBO_TAG_BR || IsBlock(tag)) {
      apart_ = true;
    }
  }

  void LeaveInRow(const GumboNode& node) {
    if (IsCell(TagOf(node))) {
      if (CountLetters(line_.text()) > 0) cells_.AppendCell(line_, std::exchange(tabs_, 0));
      ++tabs_;
      line_.Clear();
    }
    if (&node != row_) return;
    row_ = nullptr;
    apart_ = false;
    tabs_ = 0;
    if (!cells_.text().empty()) AddBlock(std::move(cells_), BlockKind::kTableRow);
    cells_ = TracedText(traces_);
    line_.Clear();
    link_letters_ = 0;
    element_ = out_.elements[element_].parent;
  }

  void Count(GumboTag tag, int by) {
    headings_ += IsHeading(tag) ? by : 0;
    captions_ += IsCaption(tag) ? by : 0;
    items_ += tag == GUMBO_TAG_LI ? by : 0;
    quotes_ += tag == GUMBO_TAG_BLOCKQUOTE ? by : 0;
  }

  BlockKind Kind() const {
    if (headings_ > 0) return BlockKind::kHeading;
    if (captions_ > 0) return BlockKind::kCaption;
    if (items_ > 0) return BlockKind::kListItem;
    return quotes_ > 0 ? BlockKind::kQuote : BlockKind::kParagraph;
  }

  void Leave(const GumboNode& node) {
    const GumboTag tag = TagOf(node);
    if (tag == GUMBO_TAG_A) --links_;
    if (row_ != nullptr) return LeaveInRow(node);
    if (!IsBlock(tag)) return;
    EndLine();
    Count(tag, -1);
    element_ = out_.elements[element_].parent;
  }

  void Append(const GumboText& piece) {
    const std::string_view original(piece.original_text.data, piece.original_text.length);
    // The parser makes bytes that are no UTF-8 of references to what is no character.
    const std::string text = WellFormed(piece.text);
    const auto offset = static_cast<uint32_t>(original.data() - html_.data());
    if (std::exchange(apart_, false)) line_.AppendSpace(offset);
    line_.Append(text, original, offset);
    if (links_ > 0) link_letters_ += CountLetters(text);
  }

  void EndLine() {
    TracedText text(traces_);
    text.AppendLine(line_);
    line_.Clear();
    if (!text.text().empty()) AddBlock(std::move(text), Kind());
    link_letters_ = 0;
  }

  void AddBlock(TracedText text, BlockKind kind) {
    PageBlock block;
    block.letters = CountLetters(text.text());
    block.link_letters = std::min(link_letters_, block.letters);
    block.stops = CountStops(text.text());
    block.kind = kind;
    block.element = element_;
    block.text = std::move(text);
    out_.blocks.push_back(std::move(block));
  }

  std::string_view html_;
  bool traces_;
  PageBlocks out_;
  TracedText line_;
  const GumboNode* row_ = nullptr;  // that is being read as one line; nullptr: none
  TracedText cells_;                // of it, so far
  bool apart_ = false;              // what follows in the cell begins another line
  size_t tabs_ = 0;                 // before its next cell that is not blank
  size_t link_letters_ = 0;
  size_t links_ = 0;
  int headings_ = 0;  // around the line, as the next three
  int captions_ = 0;
  int items_ = 0;
  int quotes_ = 0;
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

std::string_view NameOf(BlockKind kind) {
  switch (kind) {
    case BlockKind::kParagraph:
      return "paragraph";
    case BlockKind::kHeading:
      return "heading";
    case BlockKind::kListItem:
      return "list_item";
    case BlockKind::kTableRow:
      return "table_row";
    case BlockKind::kCaption:
      return "caption";
    case BlockKind::kQuote:
      return "quote";
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
