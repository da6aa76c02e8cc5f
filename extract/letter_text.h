// LetterText: a folded text decoded once, as letters of an alphabet, with the way from letters to
// bytes and back.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/alphabet.h"
#include "rules/lexicon.h"

namespace kaoju {

class LetterText {
 public:
  // So many letters may be read from any place of the text on.
  static constexpr uint32_t kBlock = 8;

  // REQUIRES valid UTF-8 of less than 4 GiB. The text must outlive what is read from here.
  void Decode(std::string_view text, const Alphabet& alphabet, const Lexicon& lexicon);

  std::string_view text() const { return text_; }
  CodedText coded() const { return {text_, codes_, bytes_}; }
  // By place: the letter, and the byte where it begins, or for the place behind the last letter the
  // end. Both may be longer than the text: they keep their memory.
  const std::vector<Letter>& letters() const { return letters_; }
  const std::vector<uint32_t>& bytes() const { return bytes_; }
  // The place of the letter that begins at `byte`. REQUIRES a code point to begin there, or the
  // end.
  uint32_t PlaceOf(uint32_t byte) const { return places_[byte]; }

 private:
  std::string_view text_;
  std::vector<Letter> letters_;
  std::vector<uint16_t> codes_;  // the lexicon's
  std::vector<uint32_t> bytes_;
  std::vector<uint32_t> places_;  // by byte; set where a code point begins
};

}  // namespace kaoju
