// The classes of words that trigger a claim as its cue.
#pragma once

#include "rules/rule_set.h"

namespace kaoju {

TypeSet CueTypes(const RuleSet& rules);

}  // namespace kaoju
