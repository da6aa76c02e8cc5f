// Finish: from the document to the extraction that callers get.
#pragma once

#include "extract/document.h"

namespace kaoju {

// Leaves out what a longer name or time covers, carries all spans from the folded view back to
// Article::text, and sorts.
Extraction Finish(Document doc);

}  // namespace kaoju
