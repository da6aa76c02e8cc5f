// What full-text search reads of a text: every Han character (and kana, Hangul …) is a word of its
// own, since Chinese has no spaces and most of its words are two characters long, which trigrams
// cannot find. What is looked for becomes a phrase of such words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

// The text with blanks between its words. REQUIRES `folded` valid UTF-8, folded.
std::string SearchWords(std::string_view folded);

// The question to FTS5 that finds texts with all the phrases; empty iff there is no letter or digit
// in them. REQUIRES as above.
std::string SearchQuestion(const std::vector<std::string>& folded);

// ASCII letters and digits, which make words with each other.
inline bool IsAsciiWord(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace kaoju
