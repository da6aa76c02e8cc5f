// Fuzz target: bytes in no known encoding, all the way to the folded view.
#include "tests/fuzz_target.h"
#include "tests/text_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kaoju::Demand(kaoju::BrokenDecoding(kaoju::TheIngest(), kaoju::BytesOf(data, size)));
  return 0;
}
