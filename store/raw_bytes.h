// Raw bytes as the store keeps them: compressed with zstd.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kaoju {

// Never empty. Safe to call from several threads.
std::string PackRaw(std::string_view bytes);

// The bytes. Throws Error, saying why, where `packed` is damaged or does not hold `size` of them.
std::string UnpackRaw(std::string_view packed, int64_t size);

}  // namespace kaoju
