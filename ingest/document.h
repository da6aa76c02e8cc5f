// A document's text and metadata, taken out of its JSON line, or its file and the sidecar beside
// it: everything of an Article but what repair and folding fill.
#pragma once

#include <string>

#include "extract/article.h"
#include "ingest/decode.h"
#include "ingest/page_tables.h"
#include "ingest/reader.h"

namespace kaoju {

// Throws DocumentError (the reason alone) if the document cannot be used. `with_raw` fills
// Article::raw as far as positions are known: through decoding, JSON escapes, HTML and its
// entities.
void ReadDocument(const RawDocument& raw, const Decoder& decoder, const PageTables& pages,
                  bool with_raw, Article& article);

struct Page {
  std::string html;
  std::string url;  // empty: not known
};

// The HTML of a page, decoded: of a file, or of a JSON line. Throws DocumentError (the reason
// alone) for what is no page.
Page ReadPage(const RawDocument& raw, const Decoder& decoder);

}  // namespace kaoju
