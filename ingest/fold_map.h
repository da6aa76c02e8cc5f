// FoldMap: what folding does to each character, before it is made fast. Built from ICU (NFKC,
// Traditional-Simplified, character properties) and from fold_dir/overlay.tsv, which is law
// over ICU.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

// A character that folds differently in a context: 著 stays in 显著.
struct FoldPhrase {
  std::u32string context;  // as FoldMap::Context sees it; the character itself stands at `pivot`
  size_t pivot = 0;        // < context.size()
  char32_t raw = 0;        // the character of the input that this is about
  char32_t folded = 0;     // what it becomes here
};

struct FoldMap {
  // Non-identical foldings only; an empty string is a removal. Folding a folding changes nothing.
  std::map<char32_t, std::u32string> characters;
  // Longer contexts first; of those that match, the first decides.
  std::vector<FoldPhrase> phrases;
  // What contexts do not tell apart, each to one of its class: 份 and 分 if a phrase turns the one
  // into the other. So a decision never changes what its neighbours see, and folding twice decides
  // alike.
  std::map<char32_t, char32_t> classes;

  // Throws RulesError iff the overlay cannot be read or a row of it makes no sense.
  static FoldMap Load(const std::string& fold_dir);

  // What `c` becomes on its own; one step of the slow twin of FoldTable.
  std::u32string Character(char32_t c) const;

  // How the contexts of phrases see a character of the folded text.
  char32_t Context(char32_t folded) const {
    const auto found = classes.find(folded);
    return found == classes.end() ? folded : found->second;
  }
};

// What a private-use code point of the input becomes, so that nobody can forge the symbols of the
// cascade: WHITE SQUARE.
inline constexpr char32_t kPlaceholder = 0x25A1;

// True iff `c` is private-use (or no character at all) and must not reach the folded text.
inline bool IsForbidden(char32_t c) { return (c >= 0xD800 && c <= 0xF8FF) || c >= 0xF0000; }

}  // namespace kaoju
