// PageBlocks: a page as lines of text, each with what it weighs and the elements around it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/html_walk.h"
#include "ingest/traced_text.h"

namespace kaoju {

// Why a line is in the text of the article, or is not.
enum class BlockFate {
  kKept,
  kOutside,  // not in the part of the page that holds the article
  kNoise,    // in an element whose tag, class or id says so
  kLinks,    // most of it is links
  kCue,      // its words say so
  kEnd,      // behind such words
  kTitle,    // it repeats the title
  kByline,   // it says where the article is from
};
std::string_view NameOf(BlockFate fate);

// What a line is on the page.
enum class BlockKind { kParagraph, kHeading, kListItem, kTableRow, kCaption, kQuote };
std::string_view NameOf(BlockKind kind);

// A line of the page: a run of text between the ends of blocks.
struct PageBlock {
  TracedText text{false};
  size_t element = 0;  // the nearest block around it, as an index
  size_t letters = 0;
  size_t link_letters = 0;
  size_t stops = 0;  // commas and ends of sentences
  BlockKind kind = BlockKind::kParagraph;
  BlockFate fate = BlockFate::kOutside;
  std::string evidence;  // the class, id, tag or words that decided; may be empty

  // How much running text it is, in letters; 0 for links, little for what is no sentence.
  size_t weight() const;
};

// A block element.
struct PageElement {
  const GumboNode* node = nullptr;
  size_t parent = 0;  // index; the root is its own
  size_t weight = 0;  // of all blocks in it
  size_t letters = 0;
};

struct PageBlocks {
  std::vector<PageElement> elements;  // a parent stands before its children
  std::vector<PageBlock> blocks;      // in the order of the page
};

// Reads all lines that are not hidden. A row of a table is one line, its cells apart by tabs,
// unless they hold blocks or long texts, as those of tables do that only arrange a page. `html` is
// the page, `traces`: whether the texts know where they came from. Time is linear in the size of
// the page.
PageBlocks ReadBlocks(const GumboNode* root, std::string_view html, bool traces);

}  // namespace kaoju
