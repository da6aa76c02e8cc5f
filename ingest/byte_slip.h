// Byte slips: a converter that inserted pinyin glosses, and replaced the full-width question mark,
// in the bytes of a GBK page without regard to where characters begin. What follows is shifted by a
// byte until the next ASCII byte. 「。考慮」 became "??紤]". The way back is exact: the bytes are
// put together again, decoded, and must give the same bytes when encoded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "ingest/characters.h"
#include "ingest/repair.h"
#include "ingest/survey.h"

namespace kaoju {

class ByteSlips {
 public:
  // Reads slip_words.tsv of `fold_dir`; throws RulesError.
  ByteSlips(const std::string& fold_dir, const CharacterTables& tables,
            const ReadingTable& readings);

  // Repairs of the kind "byte-slip", sorted and apart. "likely" where the first or the last
  // character lost a byte for good, and was put back as what stands there nearly always. `glossed`:
  // the document has glosses, so such a converter was at work, and less evidence will do.
  std::vector<Repair> Find(std::string_view utf8, const Survey& survey, bool glossed) const;

 private:
  friend class SlipFinder;
  const CharacterTables& tables_;
  const ReadingTable& readings_;
  std::vector<std::u32string> words_;
};

}  // namespace kaoju
