// What a page says of itself in its head and its markup: <meta>, JSON-LD, <title>, headings,
// <time>.
#pragma once

#include <gumbo.h>

#include <map>
#include <string>
#include <vector>

#include "ingest/page_tables.h"

namespace kaoju {

struct PageMeta {
  // What <meta> says, the most trusted key of a field that has a value.
  std::map<PageField, std::string> meta;
  // What a NewsArticle or the like in JSON-LD says; broken JSON says nothing.
  std::map<PageField, std::string> json;
  std::vector<std::string> json_authors;
  std::string title_tag;
  std::vector<std::string> headings;  // h1 first, then h2 and h3; those that are not empty
  std::vector<std::string> titled;    // texts of other elements that are called a title
  std::string called_source;          // the first short text of an element that is called so
  std::string script_time;            // the first time of publication in data of scripts
  std::string time_tag;               // the first <time datetime>
  std::string address;                // <link rel="canonical">, else og:url

  // From JSON-LD, else from <meta>; empty: neither.
  std::string Get(PageField field) const;
};

// Time is linear in the size of the page; of each text at most 4 KiB is kept.
PageMeta ReadMeta(const GumboNode* root, const PageTables& tables);

}  // namespace kaoju
