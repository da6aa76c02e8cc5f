// Unknown words: strings that no fact, no word of the lexicon and no word of ICU's dictionary
// accounts for: what a lexicon lacks, for `kaoju discover`. A dictionary of ordinary words falls
// apart into single characters where it meets a name; so such characters and the words beside them
// are put together, and counting tells over a corpus which of the strings are words.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "extract/facts.h"
#include "rules/rule_set.h"

namespace kaoju {

// What stands directly beside a word; empty: its sentence begins or ends there.
struct Beside {
  std::string text;   // the word of the dictionary, all of the fact, the word of the lexicon
  std::string label;  // the same, but <person> for a fact, TITLE for a word of the lexicon, ^ and $
};

struct UnknownWord {
  Span span;          // of Article::folded
  bool part = false;  // a single word of the dictionary: counted, for what holds it
  size_t known = 0;   // letters of it that stand in words of two and more
  Beside before;
  Beside behind;
};

// One for each thread: it holds an iterator of ICU.
class UnknownWordReader {
 public:
  // `rules` must outlive it. Throws RulesError when ICU has no dictionary of Chinese words.
  explicit UnknownWordReader(const RuleSet& rules);
  ~UnknownWordReader();

  // REQUIRES that `x` was extracted from the article with ExtractOptions::nothings. In the order of
  // the text: the words of the dictionary that stand in no fact, and all strings of up to four of
  // them, two to eight characters, that hold a single character.
  std::vector<UnknownWord> Read(const Article& article, const Extraction& x);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The class of names that a word looks like, by its characters and what ends it: PERSON_NAME,
// ORG_NAME, PLACE_NAME; or "".
class NameGuess {
 public:
  // `rules` must outlive it.
  explicit NameGuess(const RuleSet& rules);

  // `known`: letters of it in words of the dictionary; what ends the names of bodies apart, those
  // of names stand in none.
  std::string_view ClassOf(std::string_view word, size_t known) const;

 private:
  const std::set<char32_t>& behind_;  // no person stands before them: most end places
  std::set<std::string_view> surnames_;
  std::set<std::string_view> given_;
  std::set<std::string_view> foreign_;
  std::set<std::string_view> suffixes_;
  std::set<std::string_view> weak_suffixes_;
};

}  // namespace kaoju
