#include "extract/view.h"

#include <algorithm>

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
  tokens_.assign(tokens.begin(), tokens.end());
  const uint32_t begin = text.PlaceOf(sentence.begin);
  const uint32_t end = text.PlaceOf(sentence.end);
  letters_.resize(end - begin);  // at most
  folded_.resize(end - begin + 1);
  places_.resize(tokens_.size());
  uint32_t to = 0;
  uint32_t at = begin;
  const auto copy = [&](uint32_t stop) {
    std::copy(text.letters().begin() + at, text.letters().begin() + stop, letters_.begin() + to);
    std::copy(text.bytes().begin() + at, text.bytes().begin() + stop, folded_.begin() + to);
    to += stop - at;
  };
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const Token& t = tokens_[i];
    copy(text.PlaceOf(t.span.begin));
    places_[i] = to;
    letters_[to] = symbols[t.type];
    folded_[to++] = t.span.begin;
    at = text.PlaceOf(t.span.end);
  }
  copy(end);
  letters_.resize(to);
  folded_.resize(to + 1);
  folded_[to] = sentence.end;
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
  bytes_.resize(letters_.size() + 1);
  const std::string_view folded = source_->text();
  size_t token = 0;
  for (size_t i = 0; i < letters_.size(); ++i) {
    bytes_[i] = static_cast<uint32_t>(text_.size());
    if (token < places_.size() && places_[token] == i) {
      text_ += SymbolUtf8(tokens_[token++].type);
    } else {
      text_.append(folded, folded_[i], Utf8Width(folded[folded_[i]]));
    }
  }
  bytes_[letters_.size()] = static_cast<uint32_t>(text_.size());
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
