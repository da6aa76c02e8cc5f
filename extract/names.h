// Names on the level of the document: what was established once is found everywhere in the article.
#pragma once

#include <string_view>

#include "extract/document.h"
#include "extract/law.h"

namespace kaoju {

// The rule that mentions found so are said to come from, and what it does.
inline constexpr std::string_view kRepeatRule = "names/repeat";
inline constexpr std::string_view kRepeatText =
    "a name that another rule has found in the article, found again elsewhere in it\n";

// Finds every further occurrence of the persons, organisations, products and events that rules have
// found, and of the last part of a foreign name (··). Adds mentions and facts. Only where no other
// name stands, and nothing that the lexicon bans.
void RepeatNames(Document& doc, const KnownTypes& types, const Law& law);

}  // namespace kaoju
