// Fuzz target: web pages.
#include "tests/fuzz_target.h"
#include "tests/text_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = kaoju::TextOf(kaoju::BytesOf(data, size));
  kaoju::Demand(kaoju::BrokenPage(kaoju::TheIngest(), text));
  return 0;
}
