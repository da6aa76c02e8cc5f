// What the fuzz targets share. A target is one file that defines LLVMFuzzerTestOneInput; clang's
// libFuzzer drives it, or tests/fuzz_driver.cc where there is none.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ingest/ingest.h"
#include "ingest/transcode.h"

namespace kaoju {

inline const Ingest& TheIngest() {
  static const Ingest ingest(KAOJU_SOURCE_DIR "/rules");
  return ingest;
}

inline std::string_view BytesOf(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// The bytes as valid UTF-8, which repair and folding are given.
inline std::string TextOf(std::string_view bytes) {
  Decoded decoded;
  DecodeUtf8(bytes, 0, bytes.size(), false, decoded);
  return decoded.text;
}

// Ends the run, so that the input is kept, iff something does not hold.
inline void Demand(const std::string& broken) {
  if (broken.empty()) return;
  std::fprintf(stderr, "does not hold: %s\n", broken.c_str());
  std::abort();
}

}  // namespace kaoju
