// Fuzz target: feeds and sitemaps.
#include "tests/fuzz_target.h"
#include "tests/text_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kaoju::Demand(kaoju::BrokenFeed(kaoju::TextOf(kaoju::BytesOf(data, size))));
  return 0;
}
