#include "extract/last_speaker.h"

#include <algorithm>

namespace kaoju {

void LastSpeaker::Resolve(std::string_view pronoun, const Document& doc, Claim& claim) {
  claim.source = {};
  claim.source_kind = "anonymous";
  if (const Speaker* speaker = Latest(pronoun)) {
    claim.source = speaker->source;
    claim.source_kind = speaker->kind;
    return;
  }
  if (pronoun == "org") return;
  const std::string_view type = pronoun == "media" ? "media" : "person";
  if (const Mention* named = NamedBefore(type, claim.span.begin, doc)) {
    claim.source = named->canonical;
    claim.source_kind = type;
  }
}

void LastSpeaker::Remember(const Claim& claim) {
  ++claims_;
  if (claim.source.empty()) return;
  const auto it = std::find_if(speakers_.begin(), speakers_.end(),
                               [&](const Speaker& s) { return s.kind == claim.source_kind; });
  const Speaker speaker{claim.source_kind, claim.source, claims_};
  if (it == speakers_.end()) {
    speakers_.push_back(speaker);
  } else {
    *it = speaker;
  }
}

// The author is nobody's pronoun.
const LastSpeaker::Speaker* LastSpeaker::Latest(std::string_view pronoun) const {
  const Speaker* best = nullptr;
  for (const Speaker& s : speakers_) {
    const bool fits = pronoun == "any" ? s.kind != "author" : s.kind == pronoun;
    if (fits && (best == nullptr || s.number > best->number)) best = &s;
  }
  return best;
}

// Mentions come by layers, not by place, so the places are sorted when there are new ones.
const Mention* LastSpeaker::NamedBefore(std::string_view type, uint32_t place,
                                        const Document& doc) {
  auto it =
      std::find_if(named_.begin(), named_.end(), [&](const Named& n) { return n.type == type; });
  if (it == named_.end()) it = named_.insert(named_.end(), Named{type, {}, 0});
  if (it->seen != doc.mentions.size()) {
    for (size_t i = it->seen; i < doc.mentions.size(); ++i) {
      const Mention& m = doc.mentions[i];
      if (m.type == type) it->places.emplace_back(m.span.begin, static_cast<uint32_t>(i));
    }
    std::sort(it->places.begin(), it->places.end());
    it->seen = doc.mentions.size();
  }
  const auto after = std::lower_bound(it->places.begin(), it->places.end(),
                                      std::pair<uint32_t, uint32_t>(place, 0));
  return after == it->places.begin() ? nullptr : &doc.mentions[std::prev(after)->second];
}

}  // namespace kaoju
