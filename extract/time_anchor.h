// Anchors: what counts from a day that its sentence has named is reckoned from that day:
// 截至10月29日，…过去三个月; 3日抵达，两天后离开.
#pragma once

#include "extract/document.h"
#include "extract/time_resolve.h"

namespace kaoju {

// Resolves the times of the document that wait for a day (Document::windows, in the order of the
// text) once more, against the last whole day before them in their sentence, if there is one.
void AnchorWindows(Document& doc, const KnownTypes& types, const TimeResolver& resolver);

}  // namespace kaoju
