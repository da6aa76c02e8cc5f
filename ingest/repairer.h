// Repairer: all finders of damage over one text, put together. Nothing is changed: the repairs say
// what the folded view reads otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "ingest/byte_slip.h"
#include "ingest/characters.h"
#include "ingest/misread.h"
#include "ingest/repair.h"
#include "ingest/residue.h"
#include "ingest/survey.h"

namespace kaoju {

// Immutable: threads may share it.
class Repairer {
 public:
  // Reads the tables of `fold_dir`; throws RulesError. `fold` and `tables` outlive this.
  Repairer(const std::string& fold_dir, const FoldMap& fold, const CharacterTables& tables);
  Repairer(const Repairer&) = delete;
  Repairer& operator=(const Repairer&) = delete;

  // Sorted and apart. Where two claim the same bytes, the kind that explains more wins: misread
  // text, byte slips, glosses, then the rest. REQUIRES valid UTF-8 and its survey.
  std::vector<Repair> Find(std::string_view utf8, const Survey& survey) const;

  const Surveyor& surveyor() const { return surveyor_; }

 private:
  const CharacterTables& tables_;
  Surveyor surveyor_;
  ReadingTable readings_;
  ByteSlips slips_;
  EntityNames entities_;
};

}  // namespace kaoju
