// TracedText: a text put together from pieces of a page, each byte with the bytes of the page that
// it came from, where they are known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/alignment.h"

namespace kaoju {

class TracedText {
 public:
  explicit TracedText(bool traces) : traces_(traces) {}

  // Appends `text`, which the parser made of `original`, the page's bytes from `offset` on. Where
  // the two differ otherwise than by entities and line ends, all of the rest is traced as a whole.
  void Append(std::string_view text, std::string_view original, uint32_t offset);
  // Appends `line` with runs of spaces made one and none at its ends, behind a line feed unless
  // this is empty; nothing iff it is blank.
  void AppendLine(const TracedText& line);
  // The same, but behind so many tabs: one for each cell of the row that stands before it.
  void AppendCell(const TracedText& cell, size_t tabs);
  // Appends `line` as it is, behind a line feed unless this is empty.
  void AppendWhole(const TracedText& line);
  // A space for what stands in the page before `next`; nothing iff this is empty.
  void AppendSpace(uint32_t next);
  void Clear();

  const std::string& text() const { return text_; }
  // From the page to the text. What of the page is not in the text belongs to what follows.
  Alignment ToAlignment() const;

 private:
  struct Origin {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  Origin OriginAt(size_t at) const { return traces_ ? origins_[at] : Origin{}; }
  // What stands between this and what `next` begins at.
  void PutBetween(char c, Origin next);
  // The bytes [begin, end) of `line`, with runs of spaces made one.
  void PutCollapsed(const TracedText& line, size_t begin, size_t end);
  void Put(char c, Origin origin) {
    text_ += c;
    if (traces_) origins_.push_back(origin);
  }

  bool traces_;
  std::string text_;
  std::vector<Origin> origins_;  // of each byte
};

}  // namespace kaoju
