// Which texts are frequent in a stream of any length, in bounded memory, by lossy counting (Manku,
// Motwani 2002): a count is never too high, and too low by at most ErrorBound().
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace kaoju {

// Counts of texts, and a value for each that is remembered.
template <typename Value>
class LossyCounts {
 public:
  struct Entry {
    size_t count = 0;
    size_t missed = 0;  // at most so many came before it was remembered
    Value value{};
  };
  using Table = std::unordered_map<std::string, Entry>;

  // `window`: after each so many, what is rare is forgotten.
  explicit LossyCounts(size_t window) : window_(window) {}

  // Counts the text once more. The entry is there until the next call; its count is 1 if it is new.
  Entry& Count(const std::string& text) {
    if (seen_ > 0 && seen_ % window_ == 0) Forget();
    Entry& e = table_[text];
    if (e.count++ == 0) e.missed = ErrorBound();
    ++seen_;
    return e;
  }

  size_t seen() const { return seen_; }
  size_t ErrorBound() const { return seen_ / window_; }
  // In no order.
  const Table& entries() const { return table_; }
  // 0: not remembered.
  size_t CountOf(const std::string& text) const {
    const auto it = table_.find(text);
    return it == table_.end() ? 0 : it->second.count;
  }

 private:
  void Forget() {
    std::erase_if(table_,
                  [&](const auto& e) { return e.second.count + e.second.missed <= ErrorBound(); });
  }

  size_t window_;
  size_t seen_ = 0;
  Table table_;
};

// The most frequent texts, each with an example.
class FrequentShapes {
 public:
  struct Entry {
    std::string shape;
    size_t count = 0;
    std::string example;  // of its first occurrence that is remembered
  };

  explicit FrequentShapes(size_t window = 100000) : counts_(window) {}

  // make() gives an example, and is called only for a shape that is new.
  template <typename Make>
  void Add(const std::string& shape, const Make& make) {
    auto& counted = counts_.Count(shape);
    if (counted.count == 1) counted.value = make();
  }

  size_t seen() const { return counts_.seen(); }
  size_t ErrorBound() const { return counts_.ErrorBound(); }
  // The `most` most frequent, of equals the bytewise smaller shape first.
  std::vector<Entry> Top(size_t most) const;

 private:
  LossyCounts<std::string> counts_;
};

}  // namespace kaoju
