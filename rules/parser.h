// Reads rule packs (*.rules) into layers. The grammar stands in rules/README.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"
#include "rules/rule.h"

namespace kaoju {

// Parses one pack and appends to `layers` (a layer may go on in another pack). Problems go to
// `out`; rules with an error are left out. `file` is used in diagnostics only. Uses
// context.symbols; macros are the pack's own.
void ParsePack(std::string_view text, const std::string& file, const PatternContext& context,
               std::vector<Layer>& layers, std::vector<Diagnostic>& out);

}  // namespace kaoju
