// FrequentShapes: which texts are frequent in a stream of any length, in bounded memory, by lossy
// counting (Manku, Motwani 2002): a count is never too high, and too low by at most ErrorBound().
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace kaoju {

class FrequentShapes {
 public:
  struct Entry {
    std::string shape;
    size_t count = 0;
    std::string example;  // of its first occurrence that is remembered
  };

  // `window`: after each so many, what is rare is forgotten.
  explicit FrequentShapes(size_t window = 100000) : window_(window) {}

  // make() gives an example, and is called only for a shape that is new.
  template <typename Make>
  void Add(const std::string& shape, const Make& make) {
    Counted& c = shapes_[shape];
    if (c.count++ == 0) c = {1, seen_ / window_, make()};
    if (++seen_ % window_ == 0) Forget();
  }

  size_t seen() const { return seen_; }
  size_t ErrorBound() const { return seen_ / window_; }
  // The `most` most frequent, of equals the bytewise smaller shape first.
  std::vector<Entry> Top(size_t most) const;

 private:
  struct Counted {
    size_t count = 0;
    size_t missed = 0;  // at most so many came before it was remembered
    std::string example;
  };
  void Forget();

  size_t window_;
  size_t seen_ = 0;
  std::unordered_map<std::string, Counted> shapes_;
};

}  // namespace kaoju
