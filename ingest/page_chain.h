// PageChain: the pages of one article, which stand near each other in an archive or a table, made
// one document.
#pragma once

#include <memory>

#include "ingest/decode.h"
#include "ingest/page_tables.h"
#include "ingest/raw_document.h"

namespace kaoju {

// The documents of `source`, in its order; a page that its predecessor links to is not one of its
// own, but stands in RawDocument::further of the first one. Looks at most 64 documents or 8 MiB
// ahead, whichever is less; an article of more than limits.document_bytes is not joined further.
// `decoder` and `pages` must outlive it.
std::unique_ptr<DocumentSource> JoinPages(std::unique_ptr<DocumentSource> source,
                                          const Decoder& decoder, const PageTables& pages,
                                          Limits limits);

}  // namespace kaoju
