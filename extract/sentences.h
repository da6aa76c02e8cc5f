// Sentences: the unit that rules see.
#pragma once

#include <string_view>
#include <vector>

#include "extract/span.h"

namespace kaoju {

// Splits at 。！？!? and line ends; closing quotation marks and brackets go with the sentence that
// they close. Inside a quotation that is closed on its line nothing is split, unless it is very
// long. Sentences never overlap, leave out only white space and line ends, and hold at most
// kMaxSentence bytes: longer ones are cut at a clause, else at a code point.
inline constexpr uint32_t kMaxSentence = 6000;
std::vector<Span> SplitSentences(std::string_view folded);

// The mark that closes what “, 「 or 『 opens; empty for all else.
std::string_view ClosingMark(std::string_view open);

// The inside of the quotation that ends the text: “…”, 「…」 or 『…』, its marks not included;
// empty when the text ends otherwise, or with a mark that nothing opens.
Span LastQuotation(std::string_view text);

}  // namespace kaoju
