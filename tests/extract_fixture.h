// What the project's rules find in a text.
#pragma once

#include <string>

#include "tests/rules_fixture.h"

namespace kaoju::testing_extract {

struct Read {
  Article article;
  Extraction found;  // of the article
};

inline Read ReadText(const std::string& text, const std::string& published = "") {
  Read out;
  out.article.text = text;
  out.article.Publish(published);
  testing_rules::Ingestion().Prepare(out.article);
  out.found = Extractor(testing_rules::Rules()).Extract(out.article);
  return out;
}

}  // namespace kaoju::testing_extract
