// View: one sentence as a layer sees it. What the layers below found, and the lexicon words and
// numerals that the layer names, stand as one symbol each; the rest is folded text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/span.h"
#include "extract/token.h"

namespace kaoju {

class View {
 public:
  // REQUIRES `tokens` sorted, inside `sentence`, not overlapping.
  void Build(std::string_view folded, Span sentence, const std::vector<Token>& tokens);

  std::string_view text() const { return text_; }
  // The place in Article::folded of byte `at` of text(). REQUIRES `at` on a code point of text().
  uint32_t ToFolded(size_t at) const;
  Span ToFolded(size_t begin, size_t end) const { return {ToFolded(begin), ToFolded(end)}; }
  // The token whose symbol is text()[begin, end), or nullptr.
  const Token* TokenAt(size_t begin, size_t end) const;
  // All tokens whose symbols lie in text()[begin, end), as a pair of pointers.
  std::pair<const Token*, const Token*> TokensIn(size_t begin, size_t end) const;
  const std::vector<Token>& tokens() const { return tokens_; }

 private:
  size_t Before(size_t at) const;  // how many placed tokens begin before or at `at`

  std::string text_;
  Span sentence_;
  std::vector<Token> tokens_;
  std::vector<uint32_t> places_;  // byte of text_ where each token's symbol stands
};

}  // namespace kaoju
