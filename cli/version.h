// The version of kaoju, as in CHANGELOG.md.
#pragma once

namespace kaoju {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace kaoju
