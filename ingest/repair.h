// Repair of damage before folding: each kind of damage is found by a function that returns Repairs,
// sorted and apart. The text itself never changes; FoldTable::Fold reads it through the repairs.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "ingest/fold_map.h"

namespace kaoju {

// How Han characters are read, in Mandarin. Threads may share it.
class ReadingTable {
 public:
  // From ICU's Han-Latin, loaded when first asked, and fold_dir/readings.tsv; `fold` says which
  // traditional characters a row about a simplified one covers. Throws RulesError iff the file
  // cannot be used.
  static ReadingTable Load(const std::string& fold_dir, const FoldMap& fold);
  ~ReadingTable();
  ReadingTable(ReadingTable&&) noexcept;
  ReadingTable& operator=(ReadingTable&&) noexcept;

  // True iff `pinyin` (toned, lower case, NFC) is a reading of `han`.
  bool Has(char32_t han, std::string_view pinyin) const;

 private:
  class Impl;
  explicit ReadingTable(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A document with fewer glosses than this has explanations, not damage.
inline constexpr size_t kMinGlosses = 3;

// Pinyin glosses, kind "pinyin-gloss": a character followed by its own toned reading in brackets,
// 節(jié), is read as the character. Nothing iff there are fewer than kMinGlosses. REQUIRES valid
// UTF-8 of less than 2^32 bytes.
std::vector<Repair> FindGlosses(std::string_view utf8, const ReadingTable& readings);

}  // namespace kaoju
