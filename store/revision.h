// Revisions: an article that came again with another text keeps the one before, and what kind of
// change it was.
#pragma once

#include <cstddef>
#include <string_view>

namespace kaoju {

// "layout": the letters are the same; "typo": few of them changed, and no fact; "correction":
// little changed, and facts that stood before do not stand any more; "update": anything else.
// `facts_gone`: names, times and figures that are not read any more. Time is the product of what
// has changed.
std::string_view KindOfRevision(std::string_view before, std::string_view after, size_t facts_gone);

}  // namespace kaoju
