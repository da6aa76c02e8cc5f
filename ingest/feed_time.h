// Times as feeds write them.
#pragma once

#include <string>
#include <string_view>

namespace kaoju {

// RFC 822 (RSS), with the slips that feeds make, and ISO 8601 (Atom) as YYYY-MM-DD, THH:MM:SS and
// +HH:MM, each as far as it is said; what is neither stays as it is.
std::string FeedTime(std::string_view text);

}  // namespace kaoju
