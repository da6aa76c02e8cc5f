// Where the rules are.
#pragma once

#include <string>

namespace kaoju {

// `option` when given; else $KAOJU_RULES; else rules/ beside the program, beside its folder, or
// ../share/kaoju/rules. Throws RulesError that names the places looked at.
std::string FindRulesDir(const std::string& option);

}  // namespace kaoju
