// Pinyin glosses: the readings of characters, and the damage that puts them into the text. Like
// every kind of damage they are found by a function that returns Repairs, sorted and apart. The
// text itself never changes; FoldTable::Fold reads it through the repairs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "ingest/fold_map.h"
#include "ingest/survey.h"

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
  // True iff `letters` (lower-case ASCII, v for the umlaut) is a reading without its tone.
  bool HasToneless(char32_t han, std::string_view letters) const;

 private:
  class Impl;
  explicit ReadingTable(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The NFC form of `letters` iff they are one to six letters of pinyin, one of them with a mark.
std::optional<std::string> ParsePinyin(std::string_view letters);

inline constexpr size_t kMaxGlossBytes = 24;  // six letters, each with a combining mark

// A document with fewer glosses than this has explanations, not damage.
inline constexpr size_t kMinGlosses = 3;

// Pinyin glosses, kind "pinyin-gloss": a character followed by its own reading in brackets,
// 節(jié), is read as the character. Without tones, 關(guan), only where nearly all brackets of the
// document are such; a space to the next gloss goes, too. Nothing iff there are fewer than `least`
// in all. REQUIRES valid UTF-8 of less than 2^32 bytes and its survey.
std::vector<Repair> FindGlosses(std::string_view utf8, const Survey& survey,
                                const ReadingTable& readings, size_t least = kMinGlosses);

}  // namespace kaoju
