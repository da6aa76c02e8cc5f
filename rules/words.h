// CommonWords: ordinary words and how common they are (DIR/words/*.tsv), by which what only looks
// like a name is told from one.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "rules/double_array.h"

namespace kaoju {

class CommonWords {
 public:
  // Reads common.tsv and edges.tsv of `dir`; without the folder there are no words. Throws
  // RulesError that names file and line.
  static CommonWords Load(const std::string& dir);

  // The words that begin at a place; their values are for CountOf.
  const DoubleArray& trie() const { return trie_; }
  uint32_t CountOf(uint32_t value) const { return counts_[value]; }
  bool empty() const { return counts_.empty(); }

  // Characters that no name ends with, and that stand directly behind or before none.
  const std::set<char32_t>& ends() const { return ends_; }
  const std::set<char32_t>& behind() const { return behind_; }
  const std::set<char32_t>& before() const { return before_; }

 private:
  DoubleArray trie_;
  std::vector<uint32_t> counts_;
  std::set<char32_t> ends_;
  std::set<char32_t> behind_;
  std::set<char32_t> before_;
};

}  // namespace kaoju
