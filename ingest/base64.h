// Base64 (RFC 4648).
#pragma once

#include <string>
#include <string_view>

namespace kaoju {

// White space is skipped; empty: it is no Base64.
std::string FromBase64(std::string_view text);

}  // namespace kaoju
