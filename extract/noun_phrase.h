// Noun phrases beside a figure, found by shape: no list of nouns, but the words at which a phrase
// ends.
#pragma once

#include <string_view>
#include <vector>

#include "extract/clause.h"

namespace kaoju {

struct NounPhrase {
  size_t begin = 0;  // chunks [begin, end); empty when both are the same
  size_t end = 0;
  Span span;
  bool headed = false;  // its last word is a known metric
  bool event = false;   // the same, of people: 死亡

  bool empty() const { return begin == end; }
};

// The phrase that ends before chunks[end]. Of a long one without known words there is none.
NounPhrase NounBefore(const std::vector<Chunk>& chunks, size_t end, std::string_view text);

// The phrase that begins at chunks[begin]: what is counted. Names may stand in it.
NounPhrase NounAfter(const std::vector<Chunk>& chunks, size_t begin, std::string_view text);

// The phrase as it is reported: without quotation marks and blanks, and what stands in quotation
// marks before its head (“灯塔”货轮: 货轮).
Span Head(std::string_view text, Span phrase);

}  // namespace kaoju
