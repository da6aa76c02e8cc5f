// Where the bytes of a JSON string's value stood in the JSON.
#pragma once

#include <cstddef>
#include <string_view>

#include "extract/alignment.h"

namespace kaoju {

// From `json` to the value of the string whose first byte behind the opening quote is json[begin]:
// what stands before and after it is removed, and each escape is a run. REQUIRES valid JSON.
Alignment AlignJsonString(std::string_view json, size_t begin);

}  // namespace kaoju
