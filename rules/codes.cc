#include "rules/codes.h"

namespace kaoju {

const std::vector<DiagnosticCode>& DiagnosticCodes() {
  using S = DiagnosticCode::Silence;
  static const std::vector<DiagnosticCode> codes = {
      {"syntax", S::kNever, "a line of a pack that is not as the grammar says"},
      {"pack-utf8", S::kNever,
       "a line of a pack that is not UTF-8, or holds a private-use character"},
      {"pattern", S::kNever, "a pattern that does not parse"},
      {"regex", S::kNever, "a side of a pattern that RE2 does not take"},
      {"no-trigger", S::kNever, "no symbol and no text that must occur, so no place to try it at"},
      {"no-match", S::kNever, "a rule without 'match'"},
      {"no-emit", S::kNever, "a rule without 'emit'"},
      {"no-yes", S::kNever, "a rule without a 'yes' example"},
      {"no-no", S::kNever, "a rule without a 'no' example"},
      {"emit-capture", S::kNever, "a role of 'emit' that no match captures"},
      {"rule-twice", S::kNever, "two rules of one name"},
      {"example", S::kNever, "an example that does not hold"},
      {"lexicon-utf8", S::kNever, "an entry that is not UTF-8, or holds a private-use character"},
      {"lexicon-columns", S::kNever, "an entry that has not four columns"},
      {"lexicon-empty", S::kNever, "an entry without surface or type"},
      {"lexicon-order", S::kNever,
       "entries that are not sorted, or one that stands twice in a file"},
      {"han-repeat", S::kInRule, "\\p{Han}: nine times the instructions of a range"},
      {"class-and", S::kInRule, "&& in a class, which RE2 reads as two ampersands"},
      {"program-size", S::kInRule, "a side of more than 6,000 instructions"},
      {"hidden-literal", S::kInRule, "a text that holds a word which the layer shows as a symbol"},
      {"dead-symbol", S::kInRule, "a symbol that must occur, and that nothing makes"},
      {"shadowed", S::kInRule, "an earlier rule matches and emits the same"},
      {"never-wins", S::kInRule, "an earlier rule takes the same span wherever this one matches"},
      {"allow", S::kNever, "an 'allow' without a reason, of no code, or one that silences nothing"},
      {"lexicon-twice", S::kInFile, "the same surface and type in two files"},
      {"lexicon-surface", S::kInFile, "a surface that is not in folded form, so it never matches"},
      {"lexicon-canonical", S::kInFile, "a canonical form that is not simplified"},
      {"lexicon-flag", S::kInFile, "a flag that has no meaning"},
      {"lexicon-ban", S::kInFile, "a ban of a class that no entry has"},
  };
  return codes;
}

const DiagnosticCode* FindCode(std::string_view code) {
  for (const DiagnosticCode& c : DiagnosticCodes()) {
    if (code == c.code) return &c;
  }
  return nullptr;
}

std::string HowToSilence(std::string_view code, std::string_view surface) {
  const DiagnosticCode* c = FindCode(code);
  if (c == nullptr || c->silence == DiagnosticCode::Silence::kNever) return {};
  if (c->silence == DiagnosticCode::Silence::kInRule)
    return "to silence it, in the rule: allow " + std::string(code) + ": REASON";
  return "to silence it, in the head of the file: # allow " + std::string(code) + ' ' +
         std::string(surface) + ": REASON";
}

}  // namespace kaoju
