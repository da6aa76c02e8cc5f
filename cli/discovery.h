// Discovery: which of the unknown strings of a corpus are words, by counting. A string is one when
// its parts stand together far more often than by chance (pointwise mutual information over its
// weakest seam), and when what stands beside it varies (branching entropy); the method of new word
// detection, as in Luo and Sun 2003 and Jin and Tanaka-Ishii 2006. Memory is bounded by lossy
// counting (frequent.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/frequent.h"
#include "extract/article.h"
#include "extract/unknown_words.h"

namespace kaoju {

struct Found {
  std::string word;  // in folded form
  size_t count = 0;
  size_t articles = 0;
  size_t known = 0;     // UnknownWord::known, where it stood first
  double cohesion = 0;  // bits, of its weakest seam
  double before = 0;    // bits of branching entropy
  double behind = 0;
  // What stands beside it, the most frequent first.
  std::vector<std::pair<std::string, size_t>> before_words;
  std::vector<std::pair<std::string, size_t>> behind_words;
  std::string example;  // an article's id and the word with what is around it
};

struct DiscoveryOptions {
  size_t least_count = 10;
  size_t least_articles = 3;
  double least_cohesion = 6;
  double least_entropy = 1.5;
};

class Discovery {
 public:
  // `window`: after each so many strings, what is rare is forgotten.
  explicit Discovery(DiscoveryOptions options, size_t window = 4'000'000)
      : options_(options), counts_(window) {}

  // `article` is the one that the words were read from. In the order of the corpus.
  void Add(const Article& article, const std::vector<UnknownWord>& words);

  size_t ErrorBound() const { return counts_.ErrorBound(); }
  // The words, by falling count, of equals the bytewise smaller first. Of two of which one holds
  // the other, the one that explains the other's count.
  std::vector<Found> Words() const;

 private:
  // Of what stands beside it.
  struct Side {
    std::map<std::string, size_t> texts;   // at most so many that counting stays cheap
    std::map<std::string, size_t> labels;  // the same
  };
  // What is kept once a string has come up often enough to be of interest.
  struct Details {
    Side before;
    Side behind;
    std::string example;
    size_t known = 0;
  };
  struct Counted {
    size_t articles = 0;
    uint64_t last_article = 0;
    std::unique_ptr<Details> details;
  };

  static void Note(const Beside& beside, Side& to);
  static double Entropy(const Side& side);
  void Count(const Article& article, const UnknownWord& word);
  double Cohesion(const std::string& word, size_t count) const;
  std::vector<Found> Candidates() const;

  DiscoveryOptions options_;
  size_t parts_ = 0;  // words of the dictionary among them
  uint64_t article_ = 0;
  LossyCounts<Counted> counts_;
};

}  // namespace kaoju
