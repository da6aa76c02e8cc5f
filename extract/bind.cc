#include "extract/bind.h"

#include <algorithm>

#include "extract/measure.h"

namespace kaoju {
namespace {

class Binder {
 public:
  Binder(Document& doc, ClauseWords& words, const KnownTypes& types)
      : doc_(doc), words_(words), types_(types), measurer_(doc, words, types) {}

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
  Speakers speakers_;
  std::vector<Chunk> chunks_;  // of the sentence at hand
};

// A claim inside the content of another is nested in the smallest such.
void Binder::NestClaims() {
  for (size_t i = 0; i < doc_.claims.size(); ++i) {
    Claim& inner = doc_.claims[i];
    for (size_t k = 0; k < doc_.claims.size(); ++k) {
      const Claim& outer = doc_.claims[k];
      if (i == k || !outer.content.Contains(inner.cue_span) ||
          outer.content.Contains(outer.cue_span))
        continue;
      if (outer.cue_span == inner.cue_span) continue;
      if (!inner.parent || outer.content.size() < doc_.claims[*inner.parent].content.size())
        inner.parent = k;
    }
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
  const Claim* best = nullptr;
  for (const Claim& c : doc_.claims) {
    if (c.content.Contains(f.span) && (best == nullptr || c.content.size() < best->content.size()))
      best = &c;
  }
  if (best == nullptr) return;
  f.attribution = best->source;
  if (f.modality == "fact") f.modality = best->modality;
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
