// Binding: what stands around a figure. Its period, subject, metric, comparison and the claim that
// it is part of.
#pragma once

#include "extract/clause.h"
#include "extract/document.h"
#include "extract/measure_words.h"

namespace kaoju {

// Fills period, subject, metric, comparison, attribution and modality of the figures, and nesting
// of the claims. The words that it goes by are those of extract/clause.h and
// extract/measure_words.h.
void Bind(Document& doc, ClauseWords& clauses, const MeasureWords& words, const KnownTypes& types);

}  // namespace kaoju
