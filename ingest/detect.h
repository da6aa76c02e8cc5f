// Which encoding bytes are in, by evidence alone: valid UTF-8 first, then the one whose characters
// are the most usual. An encoding is named as in ingest/encoding.h.
#pragma once

#include <string_view>

#include "ingest/characters.h"
#include "ingest/encoding.h"

namespace kaoju {

struct Detection {
  std::string_view encoding;  // "" iff nothing speaks for any (ASCII alone)
  double share = 0;           // of common characters under it; 1 for valid UTF-8
};

Detection Detect(std::string_view bytes, const EncodingLabels& labels,
                 const CharacterTables& tables);

// How plausible the first part of `bytes` is under an encoding.
Plausibility JudgeAs(std::string_view bytes, std::string_view encoding,
                     const EncodingLabels& labels, const CharacterTables& tables);

}  // namespace kaoju
