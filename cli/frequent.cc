#include "cli/frequent.h"

#include <algorithm>

namespace kaoju {

std::vector<FrequentShapes::Entry> FrequentShapes::Top(size_t most) const {
  std::vector<Entry> all;
  for (const auto& [shape, c] : counts_.entries()) all.push_back({shape, c.count, c.value});
  std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) {
    return a.count != b.count ? a.count > b.count : a.shape < b.shape;
  });
  all.resize(std::min(most, all.size()));
  return all;
}

}  // namespace kaoju
