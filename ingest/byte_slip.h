// Byte slips: a converter that inserted pinyin glosses, and replaced the full-width question mark,
// in the bytes of a GBK page without regard to where characters begin. What follows is shifted by a
// byte until the next ASCII byte. 「。考慮」 became "??紤]". The way back is exact: the bytes are
// put together again, decoded, and must give the same bytes when encoded.
#pragma once

#include <map>
#include <mutex>
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
  // A word of slip_words.tsv about the character that lost its bytes.
  struct Place {
    std::u32string left;   // of the word, before the character
    char32_t lost = 0;     // 0: none, the word speaks for the full stop
    std::u32string right;  // of the word, behind it

    // What stands on both sides, or before, says more.
    size_t weight() const {
      return 2 * (left.size() + right.size() + (lost != 0 ? 1 : 0)) + (left.empty() ? 0 : 1);
    }
  };
  using Places = std::map<char32_t, std::vector<Place>>;  // by the first of `right`; 0: none

  // Made when a document first asks: most runs read no damaged one, and the table of GB18030 that
  // it takes is as dear as some hundred articles.
  const Places& places() const;
  void AddWord(const std::u32string& word) const;

  std::vector<std::u32string> words_;
  mutable std::once_flag once_;
  mutable Places places_;
};

}  // namespace kaoju
