#include "extract/bind.h"

#include <algorithm>

#include "extract/measure.h"

namespace kaoju {
namespace {

// Finds the claims whose content holds a span without a walk over all of them.
class Contents {
 public:
  explicit Contents(const std::vector<Claim>& claims) : claims_(claims) {
    for (uint32_t i = 0; i < claims.size(); ++i) order_.push_back(i);
    std::stable_sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
      return claims[a].content.begin < claims[b].content.begin;
    });
    for (const uint32_t i : order_)
      ends_.push_back(std::max(ends_.empty() ? 0 : ends_.back(), claims[i].content.end));
  }

  // The claim with the smallest content that holds `span` and of which fits(claim) is true; of
  // equals the first of the list. nullopt: none.
  template <typename Fits>
  std::optional<size_t> Smallest(Span span, Fits fits) const {
    std::optional<size_t> best;
    const auto after = std::upper_bound(
        order_.begin(), order_.end(), span.begin,
        [&](uint32_t place, uint32_t i) { return place < claims_[i].content.begin; });
    for (auto n = static_cast<size_t>(after - order_.begin()); n-- > 0 && ends_[n] >= span.end;) {
      const size_t i = order_[n];
      const Claim& c = claims_[i];
      if (!c.content.Contains(span) || !fits(c)) continue;
      if (!best || std::pair(c.content.size(), i) < std::pair(claims_[*best].content.size(), *best))
        best = i;
    }
    return best;
  }

 private:
  const std::vector<Claim>& claims_;
  std::vector<uint32_t> order_;  // by where the contents begin
  std::vector<uint32_t> ends_;   // in that order, the farthest end so far
};

class Binder {
 public:
  Binder(Document& doc, ClauseWords& words, const KnownTypes& types)
      : doc_(doc),
        words_(words),
        types_(types),
        measurer_(doc, words, types),
        contents_(doc.claims) {}

  void Run() {
    NestClaims();
    FindSpeakers();
    for (const Sentence& s : doc_.sentences) {
      if (types_.figure != KnownTypes::kNoType && s.types.test(types_.figure)) BindFigures(s);
      Remember(s);
    }
  }

 private:
  void NestClaims();
  void FindSpeakers();
  void BindFigures(const Sentence& s);
  void BindPeriod(size_t chunk, Figure& f);
  void BindClaim(Figure& f);
  void Remember(const Sentence& s);
  const TimeExpr* Governs(size_t chunk) const;

  Document& doc_;
  ClauseWords& words_;
  const KnownTypes& types_;
  Measurer measurer_;
  Contents contents_;
  Speakers speakers_;
  std::vector<Chunk> chunks_;  // of the sentence at hand
};

// A claim inside the content of another is nested in the smallest such.
void Binder::NestClaims() {
  for (Claim& inner : doc_.claims) {
    inner.parent = contents_.Smallest(inner.cue_span, [&](const Claim& outer) {
      return &outer != &inner && !outer.content.Contains(outer.cue_span) &&
             outer.cue_span != inner.cue_span;
    });
    inner.nested = inner.parent.has_value();
  }
}

void Binder::FindSpeakers() {
  for (const Claim& c : doc_.claims) {
    if (c.source_span) speakers_.push_back(*c.source_span);
  }
  std::sort(speakers_.begin(), speakers_.end(), [](Span a, Span b) { return a.begin < b.begin; });
}

void Binder::BindFigures(const Sentence& s) {
  words_.Cut(doc_, s, types_, chunks_);
  measurer_.Read(chunks_, speakers_);
  for (size_t i = 0; i < chunks_.size(); ++i) {
    if (chunks_[i].part != Part::kFigure) continue;
    Figure& f = doc_.figures[chunks_[i].value];
    BindPeriod(i, f);
    BindClaim(f);
  }
}

bool IsVague(const TimeExpr& t) { return t.value.find("_REF") != std::string_view::npos; }

// The time at chunks[at], if figures may be bound to it: no duration, and none that the figures
// are only compared with.
const TimeExpr* Binder::Governs(size_t at) const {
  if (chunks_[at].part != Part::kTime || measurer_.IsBaseline(at)) return nullptr;
  const TimeExpr& t = doc_.times[chunks_[at].value];
  return t.type == "DATE" || t.type == "TIME" ? &t : nullptr;
}

// The time that stands nearest before the figure in its sentence; else the first after it. None
// is carried over from the sentence before: 占地20万平方米 holds at no time in particular.
void Binder::BindPeriod(size_t chunk, Figure& f) {
  const TimeExpr* best = nullptr;
  for (size_t k = chunk; k-- > 0 && best == nullptr;) best = Governs(k);
  for (size_t k = chunk; k < chunks_.size() && best == nullptr; ++k) best = Governs(k);
  if (best == nullptr || IsVague(*best)) return;
  f.period = best->value;
  if (best->mod == "START" || best->mod == "MID" || best->mod == "END") f.period_mod = best->mod;
}

void Binder::BindClaim(Figure& f) {
  const auto claim = contents_.Smallest(f.span, [](const Claim&) { return true; });
  if (!claim) return;
  const Claim& c = doc_.claims[*claim];
  f.attribution = c.source;
  if (f.modality == "fact") f.modality = c.modality;
}

void Binder::Remember(const Sentence& s) {
  const bool line_ends =
      s.span.end >= doc_.article.folded.size() || doc_.article.folded[s.span.end] == '\n';
  measurer_.Follow(s, speakers_);
  if (line_ends) measurer_.EndLine();
}

}  // namespace

void Bind(Document& doc, ClauseWords& words, const KnownTypes& types) {
  Binder(doc, words, types).Run();
}

}  // namespace kaoju
