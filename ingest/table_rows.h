// Tables: documents as rows of CSV (RFC 4180) or of values separated by tabs or semicolons.
//
// The first row names the columns: text or html, and id, title, url, source, published, region,
// charset, author, in any order and case; others are ignored. Rows are numbered from 1, the names;
// empty ones are not counted. The bytes of a row are in the table's encoding.
#pragma once

#include <memory>

#include "ingest/line_reader.h"
#include "ingest/raw_document.h"

namespace kaoju {

std::unique_ptr<DocumentSource> ReadTableRows(LineReader lines, Limits limits);

}  // namespace kaoju
