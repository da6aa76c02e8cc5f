#include "ingest/base64.h"

#include <openssl/evp.h>

namespace kaoju {

std::string FromBase64(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') packed += c;
  }
  std::string out(packed.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(packed.data()),
                                   static_cast<int>(packed.size()));
  if (size < 0) return {};
  const size_t padding = packed.ends_with("==") ? 2 : (packed.ends_with('=') ? 1 : 0);
  out.resize(static_cast<size_t>(size) - padding);
  return out;
}

}  // namespace kaoju
