#include "extract/bind.h"

#include <algorithm>

namespace kaoju {
namespace {

class Binder {
 public:
  Binder(Document& doc, const RuleSet& rules, const KnownTypes& types)
      : doc_(doc),
        rules_(rules),
        types_(types),
        metric_(Type("METRIC")),
        compare_(Type("COMPARE")),
        direction_(Type("DIRECTION")) {}

  void Run() {
    NestClaims();
    for (const Sentence& s : doc_.sentences) {
      if (types_.figure != KnownTypes::kNoType && s.types.test(types_.figure)) FindWords(s);
      for (const Token& t : s.facts) {
        if (t.type == types_.figure) BindFigure(s, doc_.figures[t.value]);
      }
      Remember(s);
    }
  }

 private:
  TypeId Type(std::string_view name) const {
    return rules_.symbols().Find(name).value_or(KnownTypes::kNoType);
  }

  void NestClaims();
  void BindFigure(const Sentence& s, Figure& f);
  void BindPeriod(const Sentence& s, Figure& f);
  void BindSubject(const Sentence& s, Figure& f);
  void BindWords(const Sentence& s, Figure& f);
  void BindClaim(Figure& f);
  void Remember(const Sentence& s);
  void FindWords(const Sentence& s);

  Document& doc_;
  const RuleSet& rules_;
  const KnownTypes& types_;
  TypeId metric_;
  TypeId compare_;
  TypeId direction_;
  struct Word {
    uint32_t begin;
    uint32_t end;
    const LexiconEntry* entry;
  };
  std::vector<Word> words_;  // of the sentence at hand
  std::string_view last_period_;
  std::string_view last_period_mod_;
  std::string_view last_subject_;
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

// The time that stands nearest before the figure in its sentence; else the first after it; else
// that of the sentence before in the same paragraph.
void Binder::BindPeriod(const Sentence& s, Figure& f) {
  const TimeExpr* best = nullptr;
  for (const Token& t : s.facts) {
    if (t.type != types_.date || doc_.times[t.value].value.find("_REF") != std::string::npos)
      continue;
    if (t.span.begin >= f.span.begin && best != nullptr) break;
    best = &doc_.times[t.value];
    if (t.span.begin >= f.span.begin) break;
  }
  if (best != nullptr) {
    f.period = best->value;
    if (best->mod == "START" || best->mod == "MID" || best->mod == "END") f.period_mod = best->mod;
  } else {
    f.period = last_period_;
    f.period_mod = last_period_mod_;
  }
}

void Binder::BindSubject(const Sentence& s, Figure& f) {
  for (const Token& t : s.facts) {
    if (t.span.begin >= f.span.begin) break;
    if (types_.IsMention(t.type) && t.type != types_.media)
      f.subject = doc_.mentions[t.value].canonical;
  }
  if (f.subject.empty()) f.subject = last_subject_;
}

// The words of the sentence that figures go by.
void Binder::FindWords(const Sentence& s) {
  words_.clear();
  for (const LexiconHit& hit : s.hits.Of(doc_.hits)) {
    if (hit.type == metric_ || hit.type == compare_ || hit.type == direction_)
      words_.push_back({hit.begin, hit.end, &rules_.lexicon().entries()[hit.entry]});
  }
}

void Binder::BindWords(const Sentence& s, Figure& f) {
  Comparison comparison;
  const std::string_view before = Slice(doc_.article.folded, {s.span.begin, f.span.begin});
  size_t clause = 0;
  for (size_t at : {before.find_last_of(",;"), before.rfind("，")}) {
    if (at != std::string_view::npos) clause = std::max(clause, at);
  }
  clause += s.span.begin;
  uint32_t metric_end = 0;
  for (const Word& w : words_) {
    if (w.begin >= f.span.begin) break;
    if (w.entry->type == metric_ && w.end > metric_end) {
      f.metric = w.entry->canonical;
      metric_end = w.end;
    }
    if (w.begin < clause) continue;
    if (w.entry->type == compare_) comparison.kind = w.entry->canonical;
    if (w.entry->type == direction_) comparison.direction = w.entry->canonical;
  }
  if (!comparison.kind.empty() || !comparison.direction.empty()) {
    if (comparison.kind.empty()) comparison.kind = "change";
    f.comparison = comparison;
  }
}

void Binder::BindClaim(Figure& f) {
  const Claim* best = nullptr;
  for (const Claim& c : doc_.claims) {
    if (c.content.Contains(f.span) && (best == nullptr || c.content.size() < best->content.size()))
      best = &c;
  }
  if (best == nullptr) return;
  f.attribution = best->source;
  f.modality = best->modality;
}

void Binder::BindFigure(const Sentence& s, Figure& f) {
  BindPeriod(s, f);
  BindSubject(s, f);
  BindWords(s, f);
  BindClaim(f);
}

void Binder::Remember(const Sentence& s) {
  const bool line_ends =
      s.span.end >= doc_.article.folded.size() || doc_.article.folded[s.span.end] == '\n';
  for (const Token& t : s.facts) {
    if (t.type == types_.date && doc_.times[t.value].value.find("_REF") == std::string::npos) {
      last_period_ = doc_.times[t.value].value;
      last_period_mod_ = {};
    }
    if (t.type == types_.org || t.type == types_.product)
      last_subject_ = doc_.mentions[t.value].canonical;
  }
  if (line_ends) {
    last_period_ = {};
    last_period_mod_ = {};
  }
}

}  // namespace

void Bind(Document& doc, const RuleSet& rules, const KnownTypes& types) {
  Binder(doc, rules, types).Run();
}

}  // namespace kaoju
