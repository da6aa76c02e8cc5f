// Binding: what stands around a figure. Its period, subject, metric, comparison and the claim that
// it is part of.
#pragma once

#include "extract/document.h"

namespace kaoju {

// Fills period, subject, metric, comparison, attribution and modality of the figures, and nesting
// and speakers of the claims. The words that it goes by are lexicon classes: METRIC, COMPARE,
// DIRECTION.
void Bind(Document& doc, const RuleSet& rules, const KnownTypes& types);

}  // namespace kaoju
