// Where a document is from: mainland China, Taiwan, Hong Kong, Macau or Singapore, by its domain,
// its source, its script, the currencies and the words that it uses.
#pragma once

#include <string>
#include <vector>

#include "extract/article.h"
#include "rules/double_array.h"

namespace kaoju {

// Immutable: threads may share it.
class RegionFinder {
 public:
  // Reads regions.tsv of `fold_dir`; throws RulesError.
  explicit RegionFinder(const std::string& fold_dir);

  // Fills `region_evidence`, and `region` where it is empty and one region has clearly more weight
  // than the next. A region that is given stays. REQUIRES `folded` and `script`.
  void Find(Article& article) const;

 private:
  struct Cue {
    std::string kind;
    std::string cue;
    std::string region;
    int weight = 0;
  };
  std::vector<Cue> cues_;
  std::vector<std::vector<uint32_t>> by_key_;  // value of `words_` -> cues
  DoubleArray words_;                          // currencies and wording, in the folded text
};

}  // namespace kaoju
