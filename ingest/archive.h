// Web archives: WARC (ISO 28500) and its predecessor ARC, plain or compressed.
//
// Documents are the pages in it: responses with a status of 2xx, and resources and conversions,
// that are HTML or plain text; each with its address, and the charset that the server said. All
// other records, such as requests, images and revisits, are none. A damaged record is a document
// with a problem, and reading goes on at the next one that begins behind it.
#pragma once

#include <memory>

#include "ingest/line_reader.h"
#include "ingest/raw_document.h"

namespace kaoju {

std::unique_ptr<DocumentSource> ReadWarc(LineReader lines, Limits limits);
std::unique_ptr<DocumentSource> ReadArc(LineReader lines, Limits limits);

}  // namespace kaoju
