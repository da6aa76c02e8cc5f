// Addresses in what was fetched: of what lists pages (sitemaps, indices of them, and feeds), and of
// an article's next page.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ingest/decode.h"
#include "ingest/http_client.h"
#include "ingest/page_tables.h"

namespace kaoju {

// In the order of the document; empty: it is none of these. Throws DocumentError (the reason alone)
// for one that cannot be read, or is longer than `most` bytes without compression.
std::vector<std::string> LinksIn(const HttpExchange& exchange, const Decoder& decoder, size_t most);

// The address of the page that the article of this one goes on in; empty: it does not, or this is
// no page, or none that can be read.
std::string NextPageIn(const HttpExchange& exchange, const std::string& url, const Decoder& decoder,
                       const PageTables& pages, size_t most);

}  // namespace kaoju
