// CharacterTables: what decoding and repair know of characters: the tables of the two Chinese
// double-byte encodings, and which characters are common. Built when first asked for, since clean
// UTF-8 never asks. Threads may share it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/double_byte.h"
#include "ingest/fold_map.h"

namespace kaoju {

// How plausible a text is as Chinese.
struct Plausibility {
  size_t common = 0;  // characters that are common, ASCII aside
  size_t others = 0;  // those that are not
  size_t broken = 0;  // U+FFFD, controls, private use

  size_t size() const { return common + others + broken; }
  // Share of common characters; what is broken counts fourfold. 0 iff there are none at all.
  double share() const {
    const size_t all = size() + 3 * broken;
    return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
  }
};

class CharacterTables {
 public:
  // `fold` is looked at while this is built and kept alive by the caller until then.
  CharacterTables(std::string fold_dir, const FoldMap& fold);
  ~CharacterTables();
  CharacterTables(const CharacterTables&) = delete;
  CharacterTables& operator=(const CharacterTables&) = delete;

  const DoubleByteTable& gb18030() const;
  const DoubleByteTable& big5() const;

  // True iff `c` is usual in news: an ideograph of GB 2312's first level (3,755) in either script,
  // Chinese punctuation, a full-width form, ASCII.
  bool IsCommon(char32_t c) const;

  // Judges bytes in one of the two encodings, by a table of their pairs. The last byte may be cut.
  Plausibility JudgePairs(std::string_view bytes, DoubleByteTable::Kind kind) const;

 private:
  struct Tables;
  const Tables& tables() const;

  std::string fold_dir_;
  const FoldMap& fold_;
  struct Lazy;
  std::unique_ptr<Lazy> lazy_;
};

Plausibility Judge(std::string_view utf8, const CharacterTables& tables);
void Judge(char32_t c, const CharacterTables& tables, Plausibility& out);

}  // namespace kaoju
