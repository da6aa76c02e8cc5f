// SHA-256 of bytes, as 64 hexadecimal digits (FIPS 180-4, by OpenSSL).
#pragma once

#include <string>
#include <string_view>

namespace kaoju {

std::string Sha256(std::string_view bytes);

}  // namespace kaoju
