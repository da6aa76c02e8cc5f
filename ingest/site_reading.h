// What the profile of its site finds in a page.
#pragma once

#include <gumbo.h>

#include <string>
#include <vector>

#include "ingest/page_blocks.h"
#include "ingest/site_profiles.h"

namespace kaoju {

struct SiteReading {
  const SiteProfile* profile = nullptr;  // nullptr: the site has none
  std::string title;
  std::string published;
  std::string source;
  std::string author;
  std::string editor;
  std::vector<std::string> used;  // "title .main h1", …: which selector gave what

  // Of the page's elements the one that holds the article; 0: none.
  size_t body = 0;
  // Of each element why it is no part of it; empty: it may be one.
  std::vector<std::string> dropped;
};

// `blocks` are those of the page. Texts are clipped at 4 KiB. Time is linear in the size of the
// page.
SiteReading ReadBySite(const SiteProfile* profile, const GumboNode* root, const PageBlocks& blocks);

// Addresses that may be that of the article's next page, as written; at most 64. Time is linear in
// the size of the page.
std::vector<std::string> NextBySite(const SiteProfile* profile, const GumboNode* root);

}  // namespace kaoju
