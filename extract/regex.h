// How patterns are compiled for RE2, in one place for the matcher and its slow twin.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <vector>

namespace kaoju {

// Throws RulesError, beginning with `where`, when it is no regular expression.
std::unique_ptr<RE2> CompileRegex(const std::string& regex, const std::string& where);

// By group number; "" where unnamed, and for the whole match.
std::vector<std::string> GroupNames(const RE2& re);

}  // namespace kaoju
