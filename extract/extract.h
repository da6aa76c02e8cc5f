// Extractor: from an Article to what it says. Pure: the same article and rules give the same
// Extraction, whatever the machine, locale or clock. One extractor per thread; the rule set is
// shared and must outlive it.
#pragma once

#include <memory>

#include "extract/article.h"
#include "extract/facts.h"
#include "extract/rule_cost.h"
#include "rules/rule_set.h"

namespace kaoju {

struct ExtractOptions {
  bool slow = false;           // the oracle instead of the fast path: the same facts, far slower
  bool trace = false;          // fill Extraction::candidates and views
  bool nothings = false;       // fill Extraction::nothings
  CostSheet* costs = nullptr;  // its costs are added when the extractor ends; not with slow
};

class Extractor {
 public:
  // Throws RulesError when a pattern is no regular expression.
  Extractor(const RuleSet& rules, ExtractOptions options = {});
  ~Extractor();
  Extractor(const Extractor&) = delete;
  Extractor& operator=(const Extractor&) = delete;

  // Facts sorted by begin, end and rule; spans in bytes of article.text.
  Extraction Extract(const Article& article);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kaoju
