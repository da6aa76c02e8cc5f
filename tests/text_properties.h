// What must hold of decoding, repair and folding, whatever the input. The fuzz targets, the replay
// of their findings and the property tests ask the same questions.
#pragma once

#include <string>
#include <string_view>

#include "extract/alignment.h"
#include "ingest/ingest.h"

namespace kaoju {

// Each returns what does not hold, in a line; empty iff all does.

// `to_source` leads from the valid UTF-8 `target` to a source of `source_size` bytes: it is total
// and monotone, its spans tile the source, and a span that goes there and back is contained in what
// comes back. `source` is the source's text where that is UTF-8, too; empty iff it is not.
std::string BrokenAlignment(const Alignment& to_source, std::string_view target, size_t source_size,
                            std::string_view source = {});

// Bytes as fetched, decoded, repaired and folded: each step, and both together.
std::string BrokenDecoding(const Ingest& ingest, std::string_view bytes);

// The article's repairs are in order, apart, on code points, and say what stood there; its folded
// view leads back to its text. REQUIRES ingest.Prepare was called on it.
std::string BrokenArticle(const Article& article);

// Folding twice equals folding once, and its alignment holds. REQUIRES valid UTF-8.
std::string BrokenFolding(const Ingest& ingest, std::string_view utf8);

// A web page is read with an alignment that holds, or refused; and its lines are judged so that
// those that are kept make up its text. REQUIRES valid UTF-8.
std::string BrokenPage(const Ingest& ingest, std::string_view html);

// A web archive of either kind is read to its end, record by record; what is in it has an address
// or a problem, and its bytes are no more than were there or were unpacked within the limit.
std::string BrokenArchive(std::string_view bytes);

// A feed or sitemap is read as UTF-8, or refused. REQUIRES valid UTF-8.
std::string BrokenFeed(std::string_view utf8);

// Whatever stands in it, what is allowed to nobody in particular is told the same way twice.
std::string BrokenRobots(std::string_view bytes);

}  // namespace kaoju
