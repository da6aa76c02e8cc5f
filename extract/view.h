// View: one sentence as a layer sees it. What the layers below found, and the lexicon words and
// numerals that the layer names, stand as one symbol each; the rest is folded text. Places in a
// view count characters, a symbol being one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/letter_text.h"
#include "extract/span.h"
#include "extract/token.h"

namespace kaoju {

// The letter of each type's symbol.
std::vector<Letter> SymbolLetters(const Alphabet& alphabet, size_t types);

class View {
 public:
  // `symbols` as SymbolLetters makes them; what is passed must outlive the view. REQUIRES `tokens`
  // sorted, inside `sentence`, not overlapping. The view keeps no copy of them.
  void Build(const LetterText& text, const std::vector<Letter>& symbols, Span sentence,
             const std::vector<Token>& tokens);

  size_t size() const { return size_; }
  std::span<const Letter> letters() const { return {letters_.data(), size_}; }
  // The place in Article::folded. REQUIRES at <= size().
  uint32_t ToFolded(size_t at) const;
  Span ToFolded(size_t begin, size_t end) const { return {ToFolded(begin), ToFolded(end)}; }
  // The view's place of a byte of the folded text that no symbol hides, where `tokens` symbols
  // stand before it.
  uint32_t PlaceOfFolded(uint32_t byte, size_t tokens) const;
  // The token whose symbol stands at `begin`, where [begin, end) is one symbol; else nullptr.
  const Token* TokenAt(size_t begin, size_t end) const;
  // All tokens whose symbols lie in [begin, end), as a pair of pointers.
  std::pair<const Token*, const Token*> TokensIn(size_t begin, size_t end) const;
  std::span<const Token> tokens() const { return tokens_; }
  // The view's place of each token.
  const std::vector<uint32_t>& places() const { return places_; }

  // The view as UTF-8, for RE2: made when it is first asked for. The others carry places to and
  // from its bytes.
  std::string_view text() const;
  size_t ByteOf(size_t place) const { return text(), bytes_[place]; }
  size_t PlaceOf(size_t byte) const;

 private:
  void Write() const;

  const LetterText* source_ = nullptr;
  Span sentence_;
  std::vector<Letter> letters_;  // room for size_ and a block more
  size_t size_ = 0;
  std::span<const Token> tokens_;
  std::vector<uint32_t> places_;  // by token
  mutable bool written_ = false;
  mutable std::string text_;
  mutable std::vector<uint32_t> bytes_;  // by place, and the end
};

}  // namespace kaoju
