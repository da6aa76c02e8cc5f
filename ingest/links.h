// Addresses in what lists pages: sitemaps, indices of them, and feeds.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ingest/decode.h"
#include "ingest/http_client.h"

namespace kaoju {

// In the order of the document; empty: it is none of these. Throws DocumentError (the reason alone)
// for one that cannot be read, or is longer than `most` bytes without compression.
std::vector<std::string> LinksIn(const HttpExchange& exchange, const Decoder& decoder, size_t most);

}  // namespace kaoju
