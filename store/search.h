// Search: the articles in which all of some phrases stand, newest arrival first.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/article_texts.h"

namespace kaoju {

// One thread at a time may use it.
class Search {
 public:
  // Opens an existing store. A phrase is found across punctuation, too: who minds looks at the
  // text. Throws Error iff there is no letter or digit in them, and IoError, as its other functions
  // do.
  static Search Open(const std::string& path, const std::vector<std::string>& folded);
  Search(Search&&) noexcept;
  ~Search();

  // The next article; false iff there is none, however often it is asked.
  bool Next(StoredText& out);

 private:
  struct Impl;
  explicit Search(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
