// Lexicon admission: what keeps an entry out of a file, asked before it is written.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/lexicon_file.h"
#include "rules/rule_set.h"

namespace kaoju {

struct Refusal {
  const char* kind = "";  // one word or two, for counting: "no text", "standing" …
  std::string message;    // quotes the value and says what was expected
};

class LexiconAdmission {
 public:
  // `fold` gives the folded form of a text. `rules` must outlive it.
  LexiconAdmission(const RuleSet& rules, std::function<std::string(std::string_view)> fold);

  // The folded form; what is no text of a rule file stays as it is, and is refused below.
  std::string Fold(std::string_view text) const;

  // Why the entry may not be written; nullopt: it may. Asks for a text of one line, a known class,
  // simplified and folded forms, flags that have a meaning, no ban, and no such entry yet.
  std::optional<Refusal> Refuse(const LexiconRow& row) const;
  // The part of it that asks for text and folded form of the surface.
  std::optional<Refusal> RefuseSurface(std::string_view surface) const;
  // The part of it that asks for a class that entries or rules have.
  std::optional<Refusal> RefuseType(std::string_view type) const;

  // The entry of that surface and class (as it stands in the file, without _CUE), or nullptr.
  const LexiconEntry* Standing(std::string_view surface, std::string_view type) const;
  // All entries of that surface.
  std::vector<const LexiconEntry*> Of(std::string_view surface) const;
  // The ban that covers them, or nullptr.
  const LexiconEntry* BanOf(std::string_view surface, std::string_view type) const;
  // The class of an entry or ban as its line says it.
  std::string WrittenType(const LexiconEntry& e) const;

 private:
  std::optional<Refusal> RefuseCanonical(const LexiconRow& row) const;
  std::optional<Refusal> RefuseFlags(const LexiconRow& row) const;

  const RuleSet& rules_;
  std::function<std::string(std::string_view)> fold_;
  std::set<std::string, std::less<>> types_;
  std::unordered_multimap<std::string_view, const LexiconEntry*> entries_;
};

}  // namespace kaoju
