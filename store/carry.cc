#include "store/carry.h"

#include <algorithm>

#include "extract/sentences.h"

namespace kaoju {
namespace {

// Where `passage` stands in `text` as whole sentences.
std::vector<int64_t> PlacesOf(std::string_view passage, std::string_view text) {
  std::vector<int64_t> out;
  const std::vector<Span> sentences = SplitSentences(text);
  std::vector<uint32_t> ends;
  for (const Span s : sentences) ends.push_back(s.end);
  for (const Span s : sentences) {
    const size_t end = s.begin + passage.size();
    if (text.substr(s.begin, passage.size()) == passage &&
        std::binary_search(ends.begin(), ends.end(), end))
      out.push_back(s.begin);
  }
  return out;
}

Carried At(const Judged& judged, int64_t start, Standing held,
           const std::vector<StoredFact>& facts) {
  const int64_t end = start + (judged.end - judged.start);
  Carried out;
  for (const StoredFact& f : facts) {
    if (f.kind != judged.kind || f.end <= start || f.start >= end) continue;
    if (f.start == start && f.end == end && f.reading == judged.reading) return {held, f.n};
    out.standing = Standing::kRevalued;
  }
  return out;
}

}  // namespace

std::string_view NameOf(Standing standing) {
  switch (standing) {
    case Standing::kSame:
      return "same";
    case Standing::kMoved:
      return "moved";
    case Standing::kRevalued:
      return "revalued";
    case Standing::kAmbiguous:
      return "ambiguous";
    case Standing::kVanished:
      return "vanished";
  }
  return {};
}

Span PassageOf(std::string_view text, Span span) {
  Span out = span;
  for (const Span s : SplitSentences(text)) {
    if (s.end <= span.begin || s.begin >= span.end) continue;
    out.begin = std::min(out.begin, s.begin);
    out.end = std::max(out.end, s.end);
  }
  return out;
}

Carried Carry(const Judged& judged, std::string_view text, std::string_view text_sha256,
              const std::vector<StoredFact>& facts) {
  if (judged.text_sha256 == text_sha256) return At(judged, judged.start, Standing::kSame, facts);
  const std::vector<int64_t> places = PlacesOf(judged.passage, text);
  if (places.empty()) return {};
  if (places.size() > 1) return {Standing::kAmbiguous, std::nullopt};
  return At(judged, places[0] + judged.start - judged.passage_start, Standing::kMoved, facts);
}

}  // namespace kaoju
