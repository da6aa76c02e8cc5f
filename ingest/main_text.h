// The main text of a page: which of its lines are the article.
//
// The element that directly holds most running text is found as in Arc90's Readability (a line
// counts for the block around it and less for the one around that), and is widened as long as what
// that adds is mostly running text too. In it, lines are dropped by what their elements are called,
// by links and by words; each line keeps the reason. What the profile of the site says goes before.
#pragma once

#include <string_view>

#include "ingest/page_blocks.h"
#include "ingest/page_tables.h"
#include "ingest/site_reading.h"

namespace kaoju {

// Sets PageBlock::fate and evidence. `title` as it stands in the page; may be empty.
void FindMainText(PageBlocks& page, std::string_view title, const SiteReading& site,
                  const PageTables& tables);

}  // namespace kaoju
