// The headline of a page, out of what its markup offers.
#pragma once

#include <string>
#include <string_view>

#include "ingest/page_meta.h"
#include "ingest/page_tables.h"

namespace kaoju {

// A heading that the page's title holds, since that one has the name of the site, too; else the
// title without that name. Empty iff the page has no title and no h1.
std::string HeadlineOf(const PageMeta& meta, const PageTables& tables);

// `title` without the names of site and channels behind bars and dashes. `site`: the name, if the
// page says it.
std::string WithoutSite(std::string_view title, std::string_view site, const PageTables& tables);

// Whether a line of the page is its title without what stands behind a bar.
bool IsHeadlineOf(std::string_view line, std::string_view title);

// Letters and digits only, for comparing what is printed differently.
std::string BareText(std::string_view utf8);

}  // namespace kaoju
