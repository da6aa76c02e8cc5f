// LayerTokens: what a layer sees of a sentence as symbols.
#pragma once

#include <vector>

#include "extract/document.h"

namespace kaoju {

// By type, bit n set: layer n sees this class of words, or NUMBER, as symbols. REQUIRES at most 64
// layers (RuleSet::Load sees to it).
std::vector<uint64_t> VisibleLayers(const RuleSet& rules);

// The facts, and where there is none the leftmost longest of the words and numerals that layer
// number `layer` sees. Of a word that is of several of its classes the first in the lexicon's
// order.
void LayerTokens(const Document& doc, const Sentence& s, size_t layer,
                 const std::vector<uint64_t>& visible, const KnownTypes& types,
                 std::vector<Token>& out);

}  // namespace kaoju
