// Reservoir: a random sample of fixed size of a stream of unknown length (Vitter 1985, algorithm
// R). The same seed and stream give the same sample on every machine.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kaoju {

// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next();
  // A number below n. REQUIRES n > 0.
  uint64_t Below(uint64_t n) { return Next() % n; }

 private:
  uint64_t state_;
};

template <typename T>
class Reservoir {
 public:
  Reservoir(size_t size, uint64_t seed) : size_(size), random_(seed) {}

  // make() is called only when the item is taken.
  template <typename Make>
  void Offer(Make make) {
    const size_t n = seen_++;
    if (n < size_) {
      items_.emplace_back(n, make());
    } else if (const uint64_t k = random_.Below(seen_); k < size_) {
      items_[k] = {n, make()};
    }
  }
  size_t seen() const { return seen_; }
  // The sample in the order of the stream.
  std::vector<T> Take() {
    std::sort(items_.begin(), items_.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<T> out;
    for (auto& [n, item] : items_) out.push_back(std::move(item));
    return out;
  }

 private:
  size_t size_;
  Random random_;
  size_t seen_ = 0;
  std::vector<std::pair<size_t, T>> items_;
};

// The Wilson interval at 95 % of a rate of `good` in `all` (Wilson 1927). REQUIRES all > 0.
std::pair<double, double> WilsonInterval(size_t good, size_t all);

}  // namespace kaoju
