// RuleCost: what each rule costs and yields, for `kaoju rules profile`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "extract/facts.h"
#include "rules/rule_set.h"

namespace kaoju {

struct RuleCost {
  uint64_t places = 0;       // where a trigger of the rule stood, once for each of its patterns
  uint64_t tries = 0;        // of these, where the neighbours and required symbols were there
  uint64_t hits = 0;         // of these, where both sides matched
  uint64_t won = 0;          // of these, what no other candidate beat
  uint64_t facts = 0;        // of these, what stands in the end: no longer name or time covers it
  uint64_t nanoseconds = 0;  // of trying its sides and making its facts
  double bytes = 0;          // of its automata; of a side that several rules share, its part

  // Sums all but the bytes, which are of the rule, not of its use.
  RuleCost& operator+=(const RuleCost& more);
};

// Costs of one extractor, or the sum of several: Add may be called by several threads at once.
class CostSheet {
 public:
  using Clock = std::chrono::steady_clock;

  explicit CostSheet(size_t rules) : rules_(rules) {}

  RuleCost& of(uint32_t rule) { return rules_[rule]; }
  const std::vector<RuleCost>& rules() const { return rules_; }
  // Of Extractor::Extract in all, the rules' own among it.
  uint64_t nanoseconds() const { return nanoseconds_; }

  void AddTime(Clock::time_point begin);
  // Charges the rule with the time since `begin`; returns the time now.
  Clock::time_point Charge(uint32_t rule, Clock::time_point begin);
  void CountFacts(const Extraction& x, const RuleSet& rules);
  void Add(const CostSheet& other);

 private:
  std::mutex mutex_;
  std::vector<RuleCost> rules_;
  uint64_t nanoseconds_ = 0;
};

}  // namespace kaoju
