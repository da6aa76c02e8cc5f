// Conflicts: which of the overlapping proposals of a layer stand.
#pragma once

#include <vector>

#include "extract/document.h"

namespace kaoju {

// The policy, in this order: higher priority, longer domain, earlier rule, earlier place. The
// winner takes its domain; what overlaps it has lost. `settled` becomes, for each proposal, its own
// index when it won, else the index of the one that it lost to.
void SettleConflicts(const std::vector<Proposal>& proposals, const RuleSet& rules,
                     std::vector<size_t>& settled);

}  // namespace kaoju
