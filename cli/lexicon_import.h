// LexiconImport: many entries for one file, each admitted or refused on its own.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/lexicon_admission.h"

namespace kaoju {

class LexiconImport {
 public:
  // What is refused goes to `report`, unless it is null: "path:line: reason", a line each.
  LexiconImport(const LexiconAdmission& admission, const RuleSet& rules, std::string path,
                std::FILE* report);

  // Offers an entry that line `line` of the input names. Beside what LexiconAdmission asks: names
  // have two characters or more, of Latin letters three; and what stands under another class, or
  // for something else, is for an editor to decide.
  void Offer(LexiconRow row, size_t line);
  // Counts a line that could not be read.
  void Refuse(size_t line, const Refusal& refusal);

  const std::vector<LexiconRow>& added() const { return added_; }
  size_t present() const { return present_; }  // offers that stand already, with that meaning
  size_t refused() const { return refused_; }
  // Refusals by their kind.
  const std::map<std::string, size_t>& kinds() const { return kinds_; }

 private:
  struct Meaning {
    std::string type;
    std::string canonical;
    std::string place;  // file:line
  };
  std::vector<Meaning> MeaningsOf(const std::string& surface) const;

  const LexiconAdmission& admission_;
  const RuleSet& rules_;
  std::string path_;
  std::FILE* report_;
  std::vector<LexiconRow> added_;
  std::unordered_map<std::string, Meaning> fresh_;  // by surface
  size_t present_ = 0;
  size_t refused_ = 0;
  std::map<std::string, size_t> kinds_;
};

}  // namespace kaoju
