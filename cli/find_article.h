// One article of a file, by the id of its document.
#pragma once

#include <string>

#include "ingest/ingest.h"
#include "ingest/reader.h"

namespace kaoju {

// The first document of `file` that can be read, or where `doc` is not empty the one with this id;
// `published`, where not empty, takes the place of its own. Throws IoError when there is none. With
// `raw` the document comes along, and the article is aligned with its bytes.
Article FindArticle(const std::string& file, const std::string& doc, const std::string& published,
                    const Ingest& ingest, RawDocument* raw = nullptr);

// Sets the day of publication. Throws Error when it holds no day.
void SetPublished(const std::string& published, Article& article);

}  // namespace kaoju
