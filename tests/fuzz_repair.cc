// Fuzz target: the text of an article, repaired and folded.
#include "tests/fuzz_target.h"
#include "tests/text_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kaoju::Article article;
  article.text = kaoju::TextOf(kaoju::BytesOf(data, size));
  kaoju::TheIngest().Prepare(article);
  kaoju::Demand(kaoju::BrokenArticle(article));
  return 0;
}
