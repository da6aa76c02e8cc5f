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
  Binder(Document& doc, ClauseWords& clauses, const MeasureWords& words, const KnownTypes& types)
      : doc_(doc),
        clauses_(clauses),
        types_(types),
        measurer_(doc, clauses, words, types),
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
  bool GoesOn() const;
  void CarryOver(Figure& f) const;
  const TimeExpr* Period(size_t chunk) const;
  const TimeExpr* Distributed(size_t chunk) const;
  void Remember(const Sentence& s);
  const TimeExpr* Governs(size_t chunk) const;

  // What the first figure of the sentence before, in the same line, is bound to.
  struct Before {
    std::string_view period;
    std::string_view period_mod;
    std::string_view attribution;
    std::string_view modality;
    std::string_view subject;
  };

  Document& doc_;
  ClauseWords& clauses_;
  const KnownTypes& types_;
  Measurer measurer_;
  Contents contents_;
  Speakers speakers_;
  std::vector<Chunk> chunks_;  // of the sentence at hand
  std::optional<Before> before_;
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
  clauses_.Cut(doc_, s, types_, chunks_);
  measurer_.Read(chunks_, speakers_);
  const bool goes_on = before_ && GoesOn();
  const Figure* first = nullptr;
  for (size_t i = 0; i < chunks_.size(); ++i) {
    if (chunks_[i].part != Part::kFigure) continue;
    Figure& f = doc_.figures[chunks_[i].value];
    BindPeriod(i, f);
    BindClaim(f);
    if (goes_on) CarryOver(f);
    if (first == nullptr) first = &f;
  }
  if (first != nullptr)
    before_ = Before{first->period, first->period_mod, first->attribution, first->modality,
                     first->subject};
}

// True iff the sentence goes on with the figures of the one before: it begins with 其中, or it
// compares (同比下降3%), and it names no time of its own.
bool Binder::GoesOn() const {
  bool goes_on = !chunks_.empty() && chunks_.front().part == Part::kPartOf;
  for (size_t i = 0; i < chunks_.size(); ++i) {
    if (Governs(i) != nullptr) return false;
    goes_on |= chunks_[i].part == Part::kCompare;
  }
  return goes_on;
}

void Binder::CarryOver(Figure& f) const {
  if (f.period.empty()) {
    f.period = before_->period;
    f.period_mod = before_->period_mod;
  }
  if (chunks_.front().part != Part::kPartOf) return;
  if (f.subject.empty()) f.subject = before_->subject;
  if (f.attribution.empty()) {
    f.attribution = before_->attribution;
    if (f.modality == "fact") f.modality = before_->modality;
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

// The time that stands nearest before the figure in its clause, else the first behind it there
// (还有两台预计明年初投产); else that nearest before in the sentence, else the first behind.
const TimeExpr* Binder::Period(size_t chunk) const {
  const auto ends = [&](size_t k) { return EndsClause(chunks_[k].part); };
  const TimeExpr* found = nullptr;
  size_t k = chunk;
  while (k > 0 && found == nullptr && !ends(k - 1)) found = Governs(--k);
  if (found != nullptr) return found;
  size_t next = chunk + 1;
  for (; next < chunks_.size() && !ends(next) && chunks_[next].part != Part::kFigure; ++next) {
    if (found = Governs(next); found != nullptr) return found;
    if (chunks_[next].part == Part::kOpen) break;
  }
  while (k > 0 && found == nullptr) found = Governs(--k);
  for (; next < chunks_.size() && found == nullptr; ++next) {
    const TimeExpr* t = Governs(next);
    if (t != nullptr && t->value.find('/') == std::string_view::npos) found = t;  // 创近三年新低
  }
  return found;
}

// 2022年、2023年利润分别为3亿元、5亿元: the nth figure behind 分别 is of the nth time before it,
// where there are as many.
const TimeExpr* Binder::Distributed(size_t chunk) const {
  const auto joins = [&](size_t k) {
    return chunks_[k].part == Part::kEnum || chunks_[k].part == Part::kAnd;
  };
  size_t each = chunk;
  size_t place = 0;  // of the figure in its list
  for (; each > 0 && chunks_[each].part != Part::kEach; --each) {
    const Part p = chunks_[each - 1].part;
    if (p == Part::kFigure) ++place;
    if (p == Part::kStop || p == Part::kTime) return nullptr;
  }
  if (chunks_[each].part != Part::kEach) return nullptr;
  size_t last = each;  // of the times
  while (last > 0 && chunks_[last - 1].part != Part::kTime) {
    const Part p = chunks_[last - 1].part;
    if (p == Part::kStop || p == Part::kFigure) return nullptr;
    --last;
  }
  std::vector<const TimeExpr*> times;
  for (size_t k = last; k-- > 0 && chunks_[k].part == Part::kTime;) {
    const TimeExpr* t = Governs(k);
    if (t == nullptr) break;
    times.push_back(t);
    if (k == 0 || !joins(k - 1)) break;
    --k;
  }
  size_t figures = place + 1;
  for (size_t k = chunk + 1; k < chunks_.size(); ++k) {
    if (chunks_[k].part == Part::kFigure)
      ++figures;
    else if (!joins(k))
      break;
  }
  if (times.size() < 2 || times.size() != figures) return nullptr;
  return times[times.size() - 1 - place];
}

// A sentence without a time takes none from the one before, unless it goes on with its figures:
// 占地20万平方米 holds at no time in particular.
void Binder::BindPeriod(size_t chunk, Figure& f) {
  const TimeExpr* best = Distributed(chunk);
  if (best == nullptr) best = Period(chunk);
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
  const bool figures = types_.figure != KnownTypes::kNoType && s.types.test(types_.figure);
  if (!figures && types_.date != KnownTypes::kNoType && s.types.test(types_.date)) before_.reset();
  if (line_ends) {
    measurer_.EndLine();
    before_.reset();
  }
}

}  // namespace

void Bind(Document& doc, ClauseWords& clauses, const MeasureWords& words, const KnownTypes& types) {
  Binder(doc, clauses, words, types).Run();
}

}  // namespace kaoju
