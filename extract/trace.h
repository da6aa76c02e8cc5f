// The trace: every candidate of a layer, written down for `explain`.
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/match.h"
#include "extract/view.h"

namespace kaoju {

// Appends the layer's proposals in one sentence to doc.trace; `settled` as SettleConflicts makes
// it.
void TraceProposals(const RuleSet& rules, const CompiledLayer& layer,
                    const std::vector<Proposal>& proposals, const std::vector<size_t>& settled,
                    const MatchList& matches, const View& view, Document& doc);

}  // namespace kaoju
