#include "cli/frequent.h"

#include <algorithm>

namespace kaoju {

void FrequentShapes::Forget() {
  std::erase_if(shapes_,
                [&](const auto& s) { return s.second.count + s.second.missed <= ErrorBound(); });
}

std::vector<FrequentShapes::Entry> FrequentShapes::Top(size_t most) const {
  std::vector<Entry> all;
  for (const auto& [shape, c] : shapes_) all.push_back({shape, c.count, c.example});
  std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) {
    return a.count != b.count ? a.count > b.count : a.shape < b.shape;
  });
  all.resize(std::min(most, all.size()));
  return all;
}

}  // namespace kaoju
