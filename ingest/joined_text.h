// JoinedText: the texts of an article's pages made one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extract/alignment.h"

namespace kaoju {

class JoinedText {
 public:
  // The first page; with `traces`, `alignment` maps its `size` bytes as fetched to the text.
  JoinedText(std::string text, Alignment alignment, size_t size, bool traces);

  // Where a page stands: all behind `skipped` bytes of it, at `at`.
  struct Place {
    size_t skipped = 0;
    size_t at = 0;
  };

  // A further one, behind a line feed. Lines that it begins with as the first page does (a note of
  // the editor, the headline) are left out, and so is a page that has no other.
  Place Add(std::string_view text, const Alignment& alignment, size_t size);

  const std::string& text() const { return text_; }
  // From the bytes of all pages, one behind the other, to the text.
  const Alignment& alignment() const { return alignment_; }

 private:
  void AddTraced(const Alignment& page, size_t skipped);

  bool traces_;
  std::string text_;
  std::string first_;  // of the first page
  Alignment alignment_;
  size_t source_;  // bytes so far
};

}  // namespace kaoju
