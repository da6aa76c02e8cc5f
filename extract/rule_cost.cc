#include "extract/rule_cost.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace kaoju {
namespace {

uint64_t Since(CostSheet::Clock::time_point begin, CostSheet::Clock::time_point end) {
  return static_cast<uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count());
}

}  // namespace

RuleCost& RuleCost::operator+=(const RuleCost& more) {
  places += more.places;
  tries += more.tries;
  hits += more.hits;
  won += more.won;
  facts += more.facts;
  nanoseconds += more.nanoseconds;
  return *this;
}

void CostSheet::AddTime(Clock::time_point begin) { nanoseconds_ += Since(begin, Clock::now()); }

CostSheet::Clock::time_point CostSheet::Charge(uint32_t rule, Clock::time_point begin) {
  const Clock::time_point now = Clock::now();
  rules_[rule].nanoseconds += Since(begin, now);
  return now;
}

// What no rule of the packs has made, such as a repeated name, is nobody's.
void CostSheet::CountFacts(const Extraction& x, const RuleSet& rules) {
  std::unordered_map<std::string_view, uint32_t> order;
  for (const Rule& r : rules.rules()) order.emplace(r.id, r.order);
  const auto count = [&](const auto& facts) {
    for (const auto& f : facts) {
      if (const auto it = order.find(f.rule); it != order.end()) ++rules_[it->second].facts;
    }
  };
  count(x.mentions);
  count(x.times);
  count(x.figures);
  count(x.claims);
  count(x.relations);
}

// The bytes are the same for each extractor of a rule set; the rest is summed.
void CostSheet::Add(const CostSheet& other) {
  const std::lock_guard lock(mutex_);
  nanoseconds_ += other.nanoseconds_;
  for (size_t i = 0; i < rules_.size(); ++i) {
    rules_[i] += other.rules_[i];
    rules_[i].bytes = std::max(rules_[i].bytes, other.rules_[i].bytes);
  }
}

}  // namespace kaoju
