// Feeds: documents as entries of RSS 0.9 to 2.0 and RDF, Atom 0.3 and 1.0, and JSON Feed 1; and the
// addresses in a sitemap.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/raw_document.h"

namespace kaoju {

struct FeedEntry {
  std::string id;  // guid or id
  std::string url;
  std::string title;      // as plain text
  std::string published;  // YYYY-MM-DDTHH:MM:SS+HH:MM, or as the feed gives it
  std::string source;     // the outlet, where the entry names one
  std::vector<std::string> authors;
  std::string html;  // the longest of its contents; may be empty
};

struct Feed {
  std::string title;
  std::vector<FeedEntry> entries;
  std::string problem;  // the XML breaks off, and how; the entries are those before
};

// REQUIRES UTF-8. Ill-formed XML is read as far as it makes sense. Throws DocumentError (the reason
// alone) for what is no feed, and for XML that declares entities of its own or is nested too deep.
Feed ReadFeed(std::string_view utf8);

// A sitemap (sitemaps.org), or an index of several.
struct SitemapEntry {
  std::string url;
  std::string title;      // of Google News sitemaps, as below
  std::string published;  // else the last modification
};
struct Sitemap {
  bool index = false;  // the entries are sitemaps
  std::vector<SitemapEntry> entries;
};
bool IsSitemap(std::string_view utf8);
// REQUIRES and throws as ReadFeed.
Sitemap ReadSitemap(std::string_view utf8);

}  // namespace kaoju
