#include "extract/letter_text.h"

#include "rules/utf8.h"

namespace kaoju {

void LetterText::Decode(std::string_view text, const Alphabet& alphabet, const Lexicon& lexicon) {
  text_ = text;
  // A code point has at least one byte.
  if (letters_.size() < text.size() + kBlock) {
    letters_.resize(text.size() + kBlock);
    codes_.resize(text.size());
  }
  if (bytes_.size() <= text.size()) {
    bytes_.resize(text.size() + 1);
    places_.resize(text.size() + 1);
  }
  uint32_t place = 0;
  for (uint32_t at = 0; at < text.size(); ++place) {
    const char32_t c = Utf8At(text, at);
    letters_[place] = alphabet.Of(c);
    codes_[place] = lexicon.CodeOf(c);
    bytes_[place] = at;
    places_[at] = place;
    at += static_cast<uint32_t>(Utf8Width(text[at]));
  }
  bytes_[place] = static_cast<uint32_t>(text.size());
  places_[text.size()] = place;
}

}  // namespace kaoju
