// Fuzz target: web archives, and the responses in them.
#include "tests/fuzz_target.h"
#include "tests/text_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kaoju::Demand(kaoju::BrokenArchive(kaoju::BytesOf(data, size)));
  return 0;
}
