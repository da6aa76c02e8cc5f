#include "extract/sketch.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kLetters = 5;     // of a shingle
constexpr uint64_t kEveryNth = 4;  // hashes are kept

// splitmix64's finalizer (S. Vigna).
uint64_t Mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

// In which texts a hash stands.
class Index {
 public:
  explicit Index(const std::vector<Sketch>& sketches) {
    size_t all = 0;
    for (const Sketch& s : sketches) all += s.size();
    places_.reserve(all);
    for (size_t i = 0; i < sketches.size(); ++i) {
      for (const uint32_t hash : sketches[i]) places_.push_back({hash, static_cast<uint32_t>(i)});
    }
    std::sort(places_.begin(), places_.end());
  }

  using Places = std::vector<std::pair<uint32_t, uint32_t>>;
  std::pair<Places::const_iterator, Places::const_iterator> Of(uint32_t hash) const {
    return std::equal_range(places_.begin(), places_.end(), std::pair(hash, uint32_t{0}),
                            [](const auto& a, const auto& b) { return a.first < b.first; });
  }

 private:
  Places places_;
};

}  // namespace

Sketch SketchOf(std::string_view folded) {
  Sketch out;
  std::array<uint64_t, kLetters> last{};
  size_t count = 0;
  for (size_t at = 0; at < folded.size(); at += Utf8Width(folded[at])) {
    const char32_t c = Utf8At(folded, at);
    if (!u_isalnum(static_cast<UChar32>(c))) continue;
    last[count++ % kLetters] = c;
    if (count < kLetters) continue;
    uint64_t hash = 0;
    for (size_t i = 0; i < kLetters; ++i) hash = Mix(hash ^ last[(count + i) % kLetters]);
    if (hash % kEveryNth == 0) out.push_back(static_cast<uint32_t>(hash >> 32));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<SimilarPair> FindSimilar(const std::vector<Sketch>& sketches,
                                     const SimilarityLimits& limits) {
  const Index index(sketches);
  std::vector<size_t> sizes(sketches.size());  // without boilerplate
  std::vector<uint32_t> common(sketches.size());
  std::vector<uint32_t> met;
  std::vector<SimilarPair> out;
  for (size_t second = 0; second < sketches.size(); ++second) {
    met.clear();
    for (const uint32_t hash : sketches[second]) {
      const auto [begin, end] = index.Of(hash);
      if (static_cast<size_t>(end - begin) > limits.most_texts) continue;
      ++sizes[second];
      for (auto at = begin; at != end && at->second < second; ++at) {
        if (common[at->second]++ == 0) met.push_back(at->second);
      }
    }
    std::sort(met.begin(), met.end());
    for (const uint32_t first : met) {
      const double both = std::exchange(common[first], 0);
      const auto one = static_cast<double>(sizes[first]);
      const auto other = static_cast<double>(sizes[second]);
      const SimilarPair pair{first, static_cast<uint32_t>(second), both / (one + other - both),
                             both / one, both / other};
      const bool holds = std::max(pair.first_share, pair.second_share) >= limits.containment;
      if (both < static_cast<double>(limits.least)) continue;
      if (pair.resemblance >= limits.resemblance || holds) out.push_back(pair);
    }
  }
  std::sort(out.begin(), out.end(), [](const SimilarPair& a, const SimilarPair& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  return out;
}

}  // namespace kaoju
