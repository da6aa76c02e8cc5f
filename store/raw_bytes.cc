#include "store/raw_bytes.h"

#include <zstd.h>

#include "rules/error.h"

namespace kaoju {
namespace {

constexpr int kLevel = 3;  // zstd's own default

}  // namespace

std::string PackRaw(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw Error(std::string("zstd: ") + ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

std::string UnpackRaw(std::string_view packed, int64_t size) {
  // The frame says how much it holds, so a false size reserves no memory.
  const unsigned long long holds = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size < 0 || holds != static_cast<unsigned long long>(size))
    throw Error("the bytes that are kept are not as many as they should be");
  // zstd makes at most so much of a byte: 128 KiB of a block of four.
  constexpr unsigned long long kMostExpansion = 128 << 10;
  if (holds / kMostExpansion > packed.size()) throw Error("the bytes that are kept are damaged");
  std::string out(static_cast<size_t>(size), '\0');
  const size_t made = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(made) != 0)
    throw Error(std::string("the bytes that are kept are damaged: ") + ZSTD_getErrorName(made));
  return out;
}

}  // namespace kaoju
