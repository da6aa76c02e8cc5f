// Lint of the lexicon: entries that load but should not stand.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"
#include "rules/lexicon.h"
#include "rules/symbols.h"

namespace kaoju {

// True iff a flag of this key has a meaning (rules/README.md).
bool IsLexiconFlag(std::string_view key);

// Codes lexicon-twice, lexicon-surface, lexicon-canonical, lexicon-flag, lexicon-ban. `fold` gives
// the folded form of a text. A file silences a code for one surface by `# allow CODE SURFACE:
// reason` among its comments; one that silences nothing is reported.
std::vector<Diagnostic> LintLexicon(const Lexicon& lexicon, const SymbolTable& symbols,
                                    const std::function<std::string(std::string_view)>& fold);

}  // namespace kaoju
