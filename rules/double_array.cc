#include "rules/double_array.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr uint32_t kMostTries = 256;

}  // namespace

// Keys [first, last) share their first `depth` codes and hang below `state`.
struct DoubleArray::Range {
  size_t first = 0;
  size_t last = 0;
  size_t depth = 0;
  uint32_t state = 0;
};

uint32_t DoubleArray::FindBase(const std::vector<uint16_t>& codes) {
  while (first_free_ < units_.size() && units_[first_free_].check != 0) ++first_free_;
  const uint32_t low = codes.front();
  uint32_t base = first_free_ > low ? first_free_ - low : 1;
  for (uint32_t tries = 0;; ++base, ++tries) {
    // A crowded stretch is left behind for good: building stays linear, at the price of some holes.
    if (tries == kMostTries) first_free_ = base + low - kMostTries / 2;
    const bool fits = std::all_of(codes.begin(), codes.end(), [&](uint16_t c) {
      const size_t at = base + c;
      return at >= units_.size() || units_[at].check == 0;
    });
    if (fits) return base;
  }
}

uint16_t DoubleArray::RareCodeOf(char32_t c) const {
  const auto it = std::lower_bound(rare_.begin(), rare_.end(), std::pair(c, uint16_t{0}));
  return it == rare_.end() || it->first != c ? uint16_t{0} : it->second;
}

void DoubleArray::BuildPairs(const std::vector<std::vector<char32_t>>& keys) {
  uint32_t bits = 10;
  while ((size_t{1} << bits) < 8 * keys.size() && bits < 20) ++bits;
  pair_shift_ = 32 - bits;
  pairs_.assign((size_t{1} << bits) / 64, 0);
  for (const std::vector<char32_t>& key : keys) {
    if (key.size() < 2) continue;
    const uint32_t bit = PairBit(CodeOf(key[0]), CodeOf(key[1]));
    pairs_[bit / 64] |= uint64_t{1} << (bit % 64);
  }
}

void DoubleArray::Build(const std::vector<std::string_view>& keys) {
  codes_.assign(0x10000, 0);
  units_.assign(1, Unit{});
  rare_.clear();
  first_free_ = 1;
  std::vector<uint32_t> frequency(0x10000, 0);
  std::vector<std::vector<char32_t>> points;
  points.reserve(keys.size());
  for (std::string_view key : keys) {
    points.push_back(CodePoints(key));
    for (char32_t c : points.back()) {
      if (c < 0x10000) {
        ++frequency[static_cast<size_t>(c)];
      } else {
        rare_.emplace_back(c, uint16_t{0});
      }
    }
  }
  std::vector<uint32_t> order(0x10000);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return frequency[a] > frequency[b]; });
  uint16_t next = 0;
  for (size_t i = 0; i < order.size() && frequency[order[i]] > 0; ++i) {
    codes_[order[i]] = ++next;
  }
  std::sort(rare_.begin(), rare_.end());
  rare_.erase(std::unique(rare_.begin(), rare_.end()), rare_.end());
  for (auto& [c, code] : rare_) code = ++next;

  BuildPairs(points);
  root_.assign(size_t{next} + 1, 0);

  std::vector<Range> todo{{0, keys.size(), 0, 0}};
  while (!todo.empty()) {
    const Range r = todo.back();
    todo.pop_back();
    std::vector<uint16_t> codes;
    std::vector<Range> children;
    for (size_t i = r.first; i < r.last; ++i) {
      if (points[i].size() == r.depth) {
        units_[r.state].value = static_cast<uint32_t>(i);
        units_[r.state].base |= kHasValue;
        continue;
      }
      const char32_t c = points[i][r.depth];
      const uint16_t code = CodeOf(c);
      if (codes.empty() || codes.back() != code) {
        codes.push_back(code);
        children.push_back({i, i, r.depth + 1, 0});
      }
      children.back().last = i + 1;
    }
    if (codes.empty()) continue;
    std::vector<uint16_t> sorted = codes;
    std::sort(sorted.begin(), sorted.end());
    const uint32_t base = FindBase(sorted);
    units_[r.state].base |= base;
    if (units_.size() <= base + sorted.back()) {
      units_.resize(base + sorted.back() + 1U);
    }
    for (size_t k = 0; k < codes.size(); ++k) {
      children[k].state = base + codes[k];
      units_[children[k].state].check = r.state + 1;
      if (r.state == 0) root_[codes[k]] = children[k].state;
    }
    todo.insert(todo.end(), children.rbegin(), children.rend());
  }
}

}  // namespace kaoju
