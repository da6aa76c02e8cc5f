#include "extract/turns.h"

#include <algorithm>
#include <optional>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr int kMostLinks = 4;  // letters between the comma and who speaks: 但另一边, 不过

bool OneOf(std::string_view c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

struct Boundary {
  uint32_t at = 0;
  bool strong = false;  // a semicolon, or the space between two headlines
};

// The mark before `turn` at which the content that begins at `begin` would end.
std::optional<Boundary> BoundaryBefore(std::string_view folded, uint32_t begin, uint32_t turn) {
  uint32_t at = turn;
  for (int letters = 0; at > begin && letters <= kMostLinks; ++letters) {
    const auto mark = static_cast<uint32_t>(Utf8Back(folded, at));
    const std::string_view c = folded.substr(mark, at - mark);
    if (OneOf(c, "；;")) return Boundary{mark, true};
    if (OneOf(c, "，,")) return Boundary{mark, false};
    if (c == " " && letters == 0) {
      const std::string_view content = folded.substr(begin, mark - begin);
      return Boundary{mark, content.find("，") == std::string_view::npos};
    }
    at = mark;
  }
  return std::nullopt;
}

// Whether a comma is enough: the next one must be known for another speaker, or the same again.
bool Speaks(const ClaimParts& next, const Claim& before) {
  if (!next.turn) return false;
  const Claim& claim = next.claim;
  if (claim.source == before.source && !claim.source.empty()) return true;
  return before.cue_kind != "reported" && claim.source_span && claim.source_kind != "anonymous";
}

}  // namespace

void EndContents(const ClaimParts& next, std::string_view folded, std::span<Claim> before) {
  for (Claim& claim : before) {
    const uint32_t turn = next.claim.span.begin > claim.content.begin ? next.claim.span.begin
                                                                      : next.claim.cue_span.begin;
    if (claim.direct_quote || turn <= claim.content.begin || turn >= claim.content.end) continue;
    const auto boundary = BoundaryBefore(folded, claim.content.begin, turn);
    if (!boundary || boundary->at <= claim.content.begin) continue;
    if (!boundary->strong && !Speaks(next, claim)) continue;
    const bool last = claim.span.end == claim.content.end;
    claim.content.end = boundary->at;
    if (last) claim.span.end = std::max(boundary->at, claim.cue_span.end);
  }
}

void GoOn(const Claim& before, Claim& next) {
  next.source = before.source;
  next.source_kind = before.source_kind;
  next.source_span.reset();
  next.span.begin = next.cue_span.begin;
}

void GoOnInside(const Claim& report, const Sentence& s, const Document& doc,
                const KnownTypes& types, Claim& next) {
  const Mention* who = nullptr;
  const std::string_view folded = doc.article.folded;
  for (const Token& t : s.facts) {
    if (t.span.begin < report.content.begin || !types.IsMention(t.type)) continue;
    if (t.span.end > next.cue_span.begin) break;
    const Mention& m = doc.mentions[t.value];
    const bool person = t.type == types.person;
    if (who == nullptr || (person && who->type != m.type)) who = &m;
    const std::string_view gap = folded.substr(t.span.end, 3);
    if (person || gap == "，") break;  // the first clause is enough
  }
  next.source = who != nullptr ? who->canonical : std::string_view();
  next.source_kind = who == nullptr          ? "anonymous"
                     : who->type == "person" ? "person"
                     : who->type == "media"  ? "media"
                                             : "org";
  next.source_span.reset();
  next.span.begin = next.cue_span.begin;
}

}  // namespace kaoju
