// Who 他, 该公司 or a dropped subject is: the last speaker of that kind, else the last one named.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/document.h"

namespace kaoju {

// Of one document. A lookup takes logarithmic time in what was named before.
class LastSpeaker {
 public:
  // Fills in the source of a claim whose subject is a pronoun of this kind: person, org, media, or
  // any. Without anyone, the claim's source is anonymous.
  void Resolve(std::string_view pronoun, const Document& doc, Claim& claim);
  // Claims must come in the order in which they are accepted.
  void Remember(const Claim& claim);

 private:
  struct Speaker {
    std::string_view kind;  // the claim's source_kind
    std::string_view source;
    size_t number = 0;  // which claim it was
  };
  struct Named {
    std::string_view type;
    std::vector<std::pair<uint32_t, uint32_t>> places;  // where a mention begins, and which it is
    size_t seen = 0;                                    // mentions of the document looked at
  };

  const Speaker* Latest(std::string_view pronoun) const;
  const Mention* NamedBefore(std::string_view type, uint32_t place, const Document& doc);

  std::vector<Speaker> speakers_;  // the last one of each kind
  std::vector<Named> named_;
  size_t claims_ = 0;
};

}  // namespace kaoju
