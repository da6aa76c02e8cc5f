// SlowMatcher: the matcher's oracle, the same definition by brute force. Every rule, at every
// place, without the trigger index and with sides of its own, the left side by trying every
// beginning, all by RE2 over the view's text.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <vector>

#include "extract/match.h"
#include "extract/view.h"
#include "rules/rule_set.h"

namespace kaoju {

class SlowMatcher {
 public:
  // Throws RulesError when a pattern is no regular expression. The rule set must outlive it.
  explicit SlowMatcher(const RuleSet& rules);
  void Match(size_t layer, const View& view, MatchList& out);

 private:
  struct Compiled {
    std::unique_ptr<RE2> left;  // nullptr: empty
    std::unique_ptr<RE2> right;
    std::unique_ptr<RE2> trigger;
    VariantSlots slots;
  };
  void MatchVariant(const Variant& v, const Compiled& c, const View& view, MatchList& out);

  const RuleSet& rules_;
  std::vector<std::vector<Compiled>> layers_;  // by layer, by variant
};

}  // namespace kaoju
