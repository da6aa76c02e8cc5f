#include "extract/conflict.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace kaoju {

namespace {

// True when the domains come in order and none overlaps the next: all win.
bool Apart(const std::vector<Proposal>& proposals) {
  for (size_t i = 1; i < proposals.size(); ++i) {
    if (proposals[i].domain.begin < proposals[i - 1].domain.end) return false;
  }
  return true;
}

}  // namespace

void SettleConflicts(const std::vector<Proposal>& proposals, const RuleSet& rules,
                     std::vector<size_t>& settled) {
  const size_t n = proposals.size();
  settled.resize(n);
  std::iota(settled.begin(), settled.end(), size_t{0});
  if (Apart(proposals)) return;  // most of the time
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), size_t{0});
  const auto key = [&](size_t i) {
    const Proposal& p = proposals[i];
    return std::tuple(-rules.rules()[p.rule].priority, -static_cast<int64_t>(p.domain.size()),
                      p.rule, p.domain.begin, i);
  };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
  std::map<uint32_t, size_t>
      taken;  // begin of a winner's domain -> its index; domains do not overlap
  for (size_t i : order) {
    const Span d = proposals[i].domain;
    auto it = taken.lower_bound(d.end);
    size_t winner = i;
    if (it != taken.begin()) {
      --it;
      if (proposals[it->second].domain.Overlaps(d)) winner = it->second;
    }
    settled[i] = winner;
    if (winner == i) taken.emplace(d.begin, i);
  }
}

}  // namespace kaoju
