// Patterns: RE2 syntax over the folded text, with slots. A pattern is split at its trigger, an
// element that must occur, into a left and a right side, so that it can be tried only where the
// trigger stands.
//
//   {PERSON|ORG}      one symbol of one of these types          {who:PERSON|ORG}   the same,
//   captured as `who`
//   {!NUMBER}         any one character or symbol but these
//   (name: ...)       a capture                                 [:SURNAME:]        any entry of a
//   lexicon class, as text <NAME>            a macro of the pack (define NAME ...)     @ before an
//   element: this one is the trigger
//
// Alternatives at the top need a group: (?:a|b).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/symbols.h"

namespace kaoju {

struct PatternError {
  size_t at = 0;  // byte of the pattern
  std::string message;
};

struct Trigger {
  std::vector<TypeId> types;          // a symbol of one of these types, or
  std::vector<std::string> literals;  // one of these texts
  std::string capture;                // name, or empty
};

// The characters that can stand right beside the trigger; a try is spared where another one does.
// `any`: not known, or nothing at all may stand there.
struct Neighbours {
  bool any = true;
  std::vector<char32_t> chars;  // sorted, unique; symbols among them
};

// left is matched as (?:left)\z on the text before the trigger, right anchored at the trigger's
// end. A capture that holds the trigger appears as the empty groups name__b (left) and name__e
// (right).
struct SplitPattern {
  std::string left;
  std::string right;
  Trigger trigger;
  std::vector<TypeSet> required;  // of each set one symbol must occur, the trigger's among them
  Neighbours before;
  Neighbours after;
  std::vector<std::string> captures;  // all names
  std::vector<TypeId> types;          // all symbol types that it names
  std::vector<std::string> literals;  // all literal runs, for the lint
};

struct PatternContext {
  SymbolTable* symbols = nullptr;
  const std::map<std::string, std::string, std::less<>>* macros = nullptr;
  // The regex of a lexicon class as text, or "" when there is no such class.
  std::function<std::string(std::string_view)> char_class;
};

// Throws PatternError.
SplitPattern ParsePattern(std::string_view pattern, const PatternContext& context);

}  // namespace kaoju
