// CommonWords: ordinary words and how common they are (DIR/words/*.tsv), by which what only looks
// like a name is told from one.
#pragma once

#include <array>
#include <cstddef>
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

  // What a character says of a name at whose edge it is.
  enum class Edge {
    kEnd,            // no name ends with it
    kBehind,         // nor does it stand directly behind one
    kBefore,         // or before one
    kStop,           // one of two characters stands between such
    kCut,            // no name holds it
    kForeign,        // seldom stands in words: of transliterated names
    kForeignFirst,   // no such name begins with it
    kForeignLast,    // or ends with it
    kForeignBehind,  // what it stands behind may be a person
    kForeignBefore,  // what it stands before, too
  };
  static constexpr size_t kEdges = 10;
  const std::set<char32_t>& of(Edge edge) const { return edges_[static_cast<size_t>(edge)]; }

 private:
  DoubleArray trie_;
  std::vector<uint32_t> counts_;
  std::array<std::set<char32_t>, kEdges> edges_;
};

}  // namespace kaoju
