#include "extract/view.h"

#include <algorithm>
#include <cstring>

#include "rules/utf8.h"

namespace kaoju {

std::vector<Letter> SymbolLetters(const Alphabet& alphabet, size_t types) {
  std::vector<Letter> out;
  for (size_t t = 0; t < types; ++t)
    out.push_back(alphabet.Of(kFirstSymbol + static_cast<char32_t>(t)));
  return out;
}

void View::Build(const LetterText& text, const std::vector<Letter>& symbols, Span sentence,
                 const std::vector<Token>& tokens) {
  source_ = &text;
  sentence_ = sentence;
  written_ = false;
  tokens_ = tokens;
  const uint32_t begin = text.PlaceOf(sentence.begin);
  const uint32_t end = text.PlaceOf(sentence.end);
  const size_t room = end - begin + LetterText::kBlock;  // a symbol is not longer than its text
  if (letters_.size() < room) letters_.resize(room);
  places_.resize(tokens_.size());
  uint32_t to = 0;
  uint32_t at = begin;
  // Most pieces are shorter than a block, which is one instruction to copy.
  const auto copy = [&](uint32_t stop) {
    const Letter* from = text.letters().data() + at;
    Letter* out = letters_.data() + to;
    for (uint32_t n = stop - at, i = 0; i < n; i += LetterText::kBlock)
      std::memcpy(out + i, from + i, LetterText::kBlock * sizeof(Letter));
    to += stop - at;
  };
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const Token& t = tokens_[i];
    copy(text.PlaceOf(t.span.begin));
    places_[i] = to;
    letters_[to++] = symbols[t.type];
    at = text.PlaceOf(t.span.end);
  }
  copy(end);
  size_ = to;
}

// Behind a symbol the text goes on from where its token ends.
uint32_t View::ToFolded(size_t at) const {
  const auto it = std::lower_bound(places_.begin(), places_.end(), at);
  const auto before = static_cast<size_t>(it - places_.begin());
  if (it != places_.end() && *it == at) return tokens_[before].span.begin;
  if (before == 0) return source_->bytes()[source_->PlaceOf(sentence_.begin) + at];
  const size_t behind = at - places_[before - 1] - 1;
  return source_->bytes()[source_->PlaceOf(tokens_[before - 1].span.end) + behind];
}

uint32_t View::PlaceOfFolded(uint32_t byte, size_t tokens) const {
  if (tokens == 0) return source_->PlaceOf(byte) - source_->PlaceOf(sentence_.begin);
  return places_[tokens - 1] + 1 + source_->PlaceOf(byte) -
         source_->PlaceOf(tokens_[tokens - 1].span.end);
}

const Token* View::TokenAt(size_t begin, size_t end) const {
  if (end != begin + 1) return nullptr;
  const auto it = std::lower_bound(places_.begin(), places_.end(), begin);
  return it != places_.end() && *it == begin ? &tokens_[static_cast<size_t>(it - places_.begin())]
                                             : nullptr;
}

std::pair<const Token*, const Token*> View::TokensIn(size_t begin, size_t end) const {
  const auto first = std::lower_bound(places_.begin(), places_.end(), begin);
  const auto last = std::lower_bound(first, places_.end(), end);
  return {tokens_.data() + (first - places_.begin()), tokens_.data() + (last - places_.begin())};
}

void View::Write() const {
  written_ = true;
  text_.clear();
  bytes_.resize(size_ + 1);
  const std::string_view folded = source_->text();
  size_t token = 0;
  for (size_t i = 0; i < size_; ++i) {
    bytes_[i] = static_cast<uint32_t>(text_.size());
    if (token < places_.size() && places_[token] == i) {
      text_ += SymbolUtf8(tokens_[token++].type);
    } else {
      const uint32_t byte = ToFolded(i);
      text_.append(folded, byte, Utf8Width(folded[byte]));
    }
  }
  bytes_[size_] = static_cast<uint32_t>(text_.size());
}

std::string_view View::text() const {
  if (!written_) Write();
  return text_;
}

size_t View::PlaceOf(size_t byte) const {
  text();
  return static_cast<size_t>(std::lower_bound(bytes_.begin(), bytes_.end(), byte) - bytes_.begin());
}

}  // namespace kaoju
