// The normal form of packs, as `kaoju rules fmt` writes it.
#pragma once

#include <string>
#include <string_view>

namespace kaoju {

// One form of what a pack says: fields two spaces in, values in column 11, in the order match,
// emit, yes, no, priority, status, allow, why (those of one keyword stay in their order), `=>` in
// column 40 where the text leaves room, one blank line around a rule. Comments stay above what they
// stood above. The meaning stays the same, and formatting twice is formatting once.
std::string FormatPack(std::string_view pack);

}  // namespace kaoju
