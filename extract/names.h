// Names on the level of the document: what was established once is found everywhere in the article.
#pragma once

#include "extract/document.h"
#include "extract/law.h"

namespace kaoju {

// Finds every further occurrence of the persons, organisations, products and events that rules have
// found, and of the last part of a foreign name (··). Adds mentions and facts. Only where no other
// name stands, and nothing that the lexicon bans.
void RepeatNames(Document& doc, const KnownTypes& types, const Law& law);

}  // namespace kaoju
