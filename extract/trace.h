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

// Appends a match that makes no fact: the entry `against` forbids it (extract/law.h), or, where
// that is nullptr, its rule could make nothing of it (month 13, a name beyond its limit).
void TraceDropped(const RuleSet& rules, const CompiledLayer& layer, const RuleMatch& match,
                  const LexiconEntry* against, const MatchList& matches, const View& view,
                  Document& doc);

// Appends what the layer sees of the sentence to doc.views.
void TraceView(const RuleSet& rules, const CompiledLayer& layer, const KnownTypes& types,
               Span sentence, const View& view, Document& doc);

}  // namespace kaoju
