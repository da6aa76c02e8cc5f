#include "extract/view.h"

#include <algorithm>

namespace kaoju {

void View::Build(std::string_view folded, Span sentence, const std::vector<Token>& tokens) {
  sentence_ = sentence;
  text_.clear();
  tokens_.assign(tokens.begin(), tokens.end());
  places_.clear();
  uint32_t at = sentence.begin;
  for (const Token& t : tokens_) {
    text_.append(folded, at, t.span.begin - at);
    places_.push_back(static_cast<uint32_t>(text_.size()));
    text_ += SymbolUtf8(t.type);
    at = t.span.end;
  }
  text_.append(folded, at, sentence.end - at);
}

size_t View::Before(size_t at) const {
  return static_cast<size_t>(std::upper_bound(places_.begin(), places_.end(), at) -
                             places_.begin());
}

uint32_t View::ToFolded(size_t at) const {
  const size_t n = Before(at);
  if (n == 0) return sentence_.begin + static_cast<uint32_t>(at);
  const Token& t = tokens_[n - 1];
  if (places_[n - 1] == at) return t.span.begin;
  return t.span.end + static_cast<uint32_t>(at - places_[n - 1] - 3);
}

const Token* View::TokenAt(size_t begin, size_t end) const {
  if (end != begin + 3) return nullptr;
  const size_t n = Before(begin);
  return n > 0 && places_[n - 1] == begin ? &tokens_[n - 1] : nullptr;
}

std::pair<const Token*, const Token*> View::TokensIn(size_t begin, size_t end) const {
  const auto first = std::lower_bound(places_.begin(), places_.end(), begin);
  const auto last = std::lower_bound(first, places_.end(), end);
  return {tokens_.data() + (first - places_.begin()), tokens_.data() + (last - places_.begin())};
}

}  // namespace kaoju
