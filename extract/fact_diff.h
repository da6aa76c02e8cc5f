// What two extractions of the same text say differently, for `kaoju rules diff`.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "extract/facts.h"
#include "extract/notation.h"

namespace kaoju {

struct FactChange {
  enum class Kind {
    kAdded,
    kRemoved,
    kSpan,   // the facts overlap
    kValue,  // the same span, and something else is said of it
    kRule,   // the same fact, by another rule
  };
  Kind kind = Kind::kAdded;
  std::optional<Written> before;  // empty iff added
  std::optional<Written> after;   // empty iff removed
};

// added, removed, span, value, rule.
std::string_view NameOf(FactChange::Kind kind);
inline constexpr size_t kFactChangeKinds = 5;

// Compares mentions with mentions, times with times and so on; changes of each family in the order
// of the text. `text` is the Article::text of both. Linear in the number of facts, but for those
// that share one span.
std::vector<FactChange> CompareFacts(const Extraction& before, const Extraction& after,
                                     std::string_view text);

}  // namespace kaoju
