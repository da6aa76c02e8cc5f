// Fuzz target: robots.txt.
#include "tests/fuzz_target.h"
#include "tests/text_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kaoju::Demand(kaoju::BrokenRobots(kaoju::BytesOf(data, size)));
  return 0;
}
