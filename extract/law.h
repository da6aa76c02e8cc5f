// Law: what single entries of the lexicon decide over the rules. A ban (an entry with the flag
// `ban`) says that a surface is no name of its kind, whoever proposes it; an entry with the flag
// `must` that where its word stands, it is the name that the entry says.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/document.h"

namespace kaoju {

class Law {
 public:
  // `rules` must outlive it.
  explicit Law(const RuleSet& rules);

  // False: Against forbids nothing in this sentence.
  bool Speaks(const Sentence& s) const { return !bans_.empty() || s.musts.begin < s.musts.end; }

  // To be called when the words of `s`, the last of doc.hits, have been found. Appends to
  // doc.musts, leftmost longest first, those that must stand, unless they lie inside a longer word
  // (苹果 in 苹果酱); and takes out of doc.hits the words that overlap these.
  void Enforce(Sentence& s, Document& doc) const;

  // The entry that forbids the proposal, or nullptr: a ban of just this surface and kind, or a
  // word that must stand and that it overlaps without being it. Claims and relations hold names
  // and are never forbidden.
  const LexiconEntry* Against(const Proposal& p, const Sentence& s, const Document& doc) const;

  // The ban of `surface` as a name of `kind`, or nullptr.
  const LexiconEntry* Ban(std::string_view surface, std::string_view kind) const;

 private:
  const Lexicon& lexicon_;
  TypeSet must_types_;
  std::vector<std::string> kinds_;  // by type, NameKind
  std::unordered_map<std::string_view, std::vector<const LexiconEntry*>> bans_;
};

}  // namespace kaoju
