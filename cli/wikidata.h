// Entities of a Wikidata dump: JSON, one entity a line.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

// What an entity has that the lexicon can use.
struct WikidataEntity {
  std::string id;                    // Q42
  std::vector<std::string> classes;  // of P31, without those marked deprecated
  // All Chinese labels, the nearest to simplified first, then the aliases; each once.
  std::vector<std::string> names;
};

// Reads one line of the dump: an object, with or without a comma behind it. False: the line holds
// none ("[", "]", nothing). Throws DocumentError.
bool ReadWikidataLine(std::string_view line, WikidataEntity& out);

// Which class of the lexicon the instances of a class of Wikidata are names of.
struct WikidataClass {
  size_t rank = 0;  // the place in the table; the earlier decides
  std::string type;
  std::string flags;
};
class WikidataClasses {
 public:
  // From a table with the columns class, type, flags, note; throws RulesError.
  explicit WikidataClasses(const std::string& path);
  // The first of the table that is among the entity's classes, or nullptr.
  const WikidataClass* Of(const WikidataEntity& entity) const;

 private:
  std::map<std::string, WikidataClass, std::less<>> classes_;
};

}  // namespace kaoju
