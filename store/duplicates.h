// Duplicates: articles that say nearly the same, or a part of another one, in groups with the
// earliest as their lead. Nothing is removed. Sketches are kept, so that only new and changed texts
// are read again; the groups are then formed anew.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "extract/sketch.h"
#include "store/article_texts.h"

namespace kaoju {

struct DuplicateCounts {
  int64_t articles = 0;
  int64_t groups = 0;   // with more than one article
  int64_t same = 0;     // the letters are those of the lead
  int64_t near = 0;     // most of the words are
  int64_t story = 0;    // the headline is, of the same day, and some of the words
  int64_t excerpt = 0;  // nearly all of it stands in the lead
};

// One thread at a time may use it. Its functions throw IoError.
class Duplicates {
 public:
  static Duplicates Open(const std::string& path);
  Duplicates(Duplicates&&) noexcept;
  ~Duplicates();

  // An article whose sketch is not kept, or is of another text; false: there is none. `seq` is what
  // Keep wants.
  bool NextWithout(StoredText& out, int64_t& seq);
  // Kept for good at the next Group, or after some thousands.
  void Keep(int64_t seq, const Sketch& sketch);
  int64_t without() const;  // how many there were at the beginning

  // `headline` makes letters of a title that can be compared.
  DuplicateCounts Group();

 private:
  struct Impl;
  explicit Duplicates(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
