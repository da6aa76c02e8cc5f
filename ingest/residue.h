// Residue: what conversion and copying left in a text that is no part of it. Each finder gives
// Repairs, sorted and apart; `survey` is that of the text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "ingest/characters.h"
#include "ingest/survey.h"

namespace kaoju {

// Names of HTML entities, from fold_dir/entities.tsv.
class EntityNames {
 public:
  static EntityNames Load(const std::string& fold_dir);  // throws RulesError
  // The character of an entity without & and ;, as ldquo, #8220, #x201C; 0 iff it is none.
  char32_t Find(std::string_view name) const;

 private:
  std::map<std::string, char32_t, std::less<>> names_;
};

// "entity": &ldquo; left in the text, and &amp;ldquo;.
std::vector<Repair> FindEntities(std::string_view utf8, const Survey& survey,
                                 const EntityNames& names);
// "tag": <br> and </p> left in the text, and /p> whose < was swallowed.
std::vector<Repair> FindTags(std::string_view utf8, const Survey& survey);
// "control": controls, zero width, marks of direction; a run of them is one repair.
std::vector<Repair> FindInvisible(std::string_view utf8, const Survey& survey);
// "width": full-width letters, digits and signs that fold to ASCII; a run of them is one repair
// with a part for each.
std::vector<Repair> FindWide(std::string_view utf8, const Survey& survey);
// "spaced-han": the spaces in five or more single ideographs with single spaces between.
std::vector<Repair> FindSpacedHan(std::string_view utf8, const Survey& survey);
// "private-use": code points that stand for a character of GB 18030, or in a traditional text of
// HKSCS, by the places that these gave them before Unicode had them.
std::vector<Repair> FindPrivateUse(std::string_view utf8, const Survey& survey,
                                   const CharacterTables& tables);
// "lost": U+FFFD, and the ideographs that U+FFFD become in GBK. They are marked, not brought back.
std::vector<Repair> FindLost(std::string_view utf8, const Survey& survey,
                             const CharacterTables& tables);

}  // namespace kaoju
