// Sketches of texts, to find those that are nearly the same or hold one another (A. Broder, On the
// resemblance and containment of documents, 1997): of all hashes of five letters in a row, those
// that a power of two divides, so that the share of what two sketches have in common is that of the
// texts. Other than MinHash, sketches of this kind also tell how much of a short text stands in a
// long one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kaoju {

using Sketch = std::vector<uint32_t>;  // ascending, each once

// Of the letters and digits alone. The same on every machine.
Sketch SketchOf(std::string_view folded);

struct SimilarPair {
  uint32_t first = 0;  // indices of sketches, first < second
  uint32_t second = 0;
  double resemblance = 0;  // what both have, of what either has
  double first_share = 0;  // what both have, of what the first has
  double second_share = 0;
  bool operator==(const SimilarPair&) const = default;
};

struct SimilarityLimits {
  double resemblance = 0.5;  // at least; or …
  double containment = 0.8;  // … so much of one is in the other
  size_t least = 4;          // hashes in common
  size_t most_texts = 1000;  // what stands in more than so many texts says nothing: boilerplate
};

// All pairs, ascending. Time grows with the hashes and with how often they are shared.
std::vector<SimilarPair> FindSimilar(const std::vector<Sketch>& sketches,
                                     const SimilarityLimits& limits = {});

}  // namespace kaoju
