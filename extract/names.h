// Names on the level of the document: what was established once is found everywhere in the article.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/law.h"
#include "rules/rule_set.h"

namespace kaoju {

// The rule that mentions found so are said to come from, and what it does.
inline constexpr std::string_view kRepeatRule = "names/repeat";
inline constexpr std::string_view kRepeatText =
    "a name that another rule has found in the article, found again elsewhere in it\n";

// Short forms of organisations: entries of ORG_SHORT, which count only beside the full name.
class ShortForms {
 public:
  // `rules` must outlive it.
  explicit ShortForms(const RuleSet& rules);

  // Those of an organisation, by its canonical name.
  const std::vector<std::string_view>& Of(std::string_view canonical) const;

 private:
  std::map<std::string_view, std::vector<std::string_view>> forms_;
};

// Finds every further occurrence of the persons, organisations, products and events that rules have
// found, of the last part of a foreign name (··), and of the short forms of organisations. Adds
// mentions and facts. Only where no other name stands, and nothing that the lexicon bans.
void RepeatNames(Document& doc, const KnownTypes& types, const Law& law, const ShortForms& shorts);

// 李女士 is 李美娟, where she is the one person of that surname who was named in full before. Only
// for mentions whose rule says so (`same="surname"`): what stands behind another word (市民李女士)
// is new.
void NameSurnames(Document& doc);

}  // namespace kaoju
