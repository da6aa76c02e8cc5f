// Source: who the words before a cue name as the speaker.
#pragma once

#include <optional>
#include <string_view>

#include "extract/build.h"

namespace kaoju {

constexpr uint32_t kMostSource = 60;  // letters and symbols; longer ones are no name of anybody

struct Source {
  std::string_view name;     // canonical; empty iff it is a pronoun
  std::string_view kind;     // as Claim::source_kind
  std::string_view pronoun;  // as ClaimParts::pronoun
  std::optional<Span> span;  // nullopt iff the subject is dropped
};

// The one who speaks is the last person named, else the last organisation, medium or place; other
// words stay unnamed. What the speaker did meanwhile (接受采访) and when is no part of the source.
Source ReadSource(const BuildContext& c, Capture capture);

}  // namespace kaoju
