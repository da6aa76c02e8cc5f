// Folding: one alphabet of the many spellings. Full width becomes half width (but CJK punctuation
// stays), traditional becomes simplified, spaces become ' ', line ends '\n'; what is invisible
// goes; private use becomes U+25A1. Folding twice is folding once.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/alignment.h"
#include "extract/article.h"
#include "ingest/fold_map.h"

namespace kaoju {

// A text folded. In `alignment` a run stands for each character whose size in bytes changed, or
// that became none or several, or for several that became one.
struct Folded {
  std::string text;
  Alignment alignment;  // input (source) -> text (target)
};

// The text as the repairs read it. REQUIRES repairs sorted, apart, on code points of `utf8`.
Folded ApplyRepairs(std::string_view utf8, const std::vector<Repair>& repairs);

// All that folding knows, in one table pass over UTF-8. Immutable: threads may share it.
class FoldTable {
 public:
  // From ICU and fold_dir/overlay.tsv; throws RulesError iff they cannot be used.
  static FoldTable Build(const std::string& fold_dir);
  explicit FoldTable(const FoldMap& map);

  // REQUIRES valid UTF-8 (an ill-formed byte becomes U+25A1) of less than 2^30 bytes.
  Folded Fold(std::string_view utf8) const;
  // Folds what the repairs made of the text, aligned with the text itself. REQUIRES as
  // ApplyRepairs.
  Folded Fold(std::string_view utf8, const std::vector<Repair>& repairs) const;

 private:
  friend class Folder;

  // What one code point of the basic plane becomes: `kind` bytes, or kExpands and the like.
  struct Entry {
    std::array<char, 3> bytes{};
    uint8_t kind = 0;
  };
  // A phrase around its pivot.
  struct Context {
    std::u32string left;  // from the pivot outwards
    std::u32string right;
    std::array<char, 3> folded{};
  };
  // All phrases of a pivot; the first that matches decides.
  struct Contexts {
    std::vector<Context> phrases;
    size_t left = 0;  // characters of the longest side
    size_t right = 0;
  };

  std::vector<Entry> plane_;                           // 0x10000, by code point
  std::unordered_map<char32_t, std::string> special_;  // expansions, and what lies above the plane
  std::unordered_map<char32_t, Contexts> contexts_;    // by pivot
  std::unordered_map<char32_t, char32_t> classes_;     // of FoldMap
};

// The slow twin of FoldTable: character by character through the map.
Folded FoldSlow(const FoldMap& map, std::string_view utf8);

}  // namespace kaoju
