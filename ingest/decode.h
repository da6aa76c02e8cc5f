// Decoding: bytes as fetched become UTF-8, with what was declared, detected and chosen, the places
// that could not be decoded, and the segments that were in another encoding than the rest.
#pragma once

#include <string>
#include <string_view>

#include "extract/article.h"
#include "ingest/characters.h"
#include "ingest/encoding.h"

namespace kaoju {

struct DecodedText {
  std::string text;
  Decoding decoding;    // spans are bytes of `text`
  Alignment alignment;  // bytes (source) -> text (target); empty unless asked for
};

class Decoder {
 public:
  // Reads encodings.tsv of `fold_dir`; throws RulesError.
  Decoder(const std::string& fold_dir, const CharacterTables& tables);

  // Clean UTF-8 without a mark stays as it is, and costs its check. `http` is the label that came
  // with the document, which ranks before what the document says. REQUIRES less than 2^30 bytes.
  DecodedText Decode(std::string_view bytes, std::string_view http, bool align) const;

 private:
  // What to decode as, filled into `decoding`.
  void Choose(std::string_view bytes, std::string_view http, DecodedText& out, size_t& bom) const;
  void DecodeAs(std::string_view encoding, std::string_view bytes, size_t begin, size_t end,
                bool align, Decoded& out) const;
  // Segment by segment, since parts of the bytes may be in another encoding.
  void DecodeMixed(std::string_view bytes, size_t begin, bool align, DecodedText& out) const;
  std::string_view SegmentEncoding(std::string_view segment, std::string_view chosen) const;

  EncodingLabels labels_;
  const CharacterTables& tables_;
};

}  // namespace kaoju
