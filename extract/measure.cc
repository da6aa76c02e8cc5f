#include "extract/measure.h"

#include <algorithm>

namespace kaoju {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr size_t kOfficer = 3;     // chunks between a body and its 董事长 who speaks
constexpr size_t kFarthest = 240;  // chunks that are looked back over
constexpr size_t kBareMost = 6;    // code points of a metric that nothing joins to its figure
constexpr size_t kJoinedMost = 12;
constexpr size_t kOwnerMost = 10;  // of 夜市灯光的成本: whose

bool EndsClause(Part p) { return p == Part::kStop || p == Part::kComma; }

// 超过 and 约 join a figure to its metric as 为 does.
bool Hedged(const Figure& f) { return f.qualifier != "exact" && f.qualifier != "range"; }

// 30人 and 30次 are counted in a word that says nothing of what is counted.
bool Counts(const Figure& f) { return f.kind == "count" || f.kind == "other"; }

bool Speaks(const Speakers& speakers, Span name) {
  return std::binary_search(speakers.begin(), speakers.end(), name,
                            [](Span a, Span b) { return a.begin < b.begin; });
}

}  // namespace

std::string_view Measurer::Text(Span s) const {
  const Span head = Head(doc_.article.folded, s);
  return Slice(doc_.article.folded, head);
}

std::string_view Measurer::Join(std::string_view a, std::string_view b) const {
  return doc_.texts->Keep(std::string(a).append(b));
}

// 较两年前增长, 是去年全年的3倍.
void Measurer::MarkBaselines() {
  const auto& c = *chunks_;
  baseline_.assign(c.size(), 0);
  for (size_t i = 0; i < c.size(); ++i) {
    if (c[i].part == Part::kThan) {
      for (size_t k = i + 1; k < c.size() && !EndsClause(c[k].part) && c[k].part != Part::kFigure &&
                             c[k].part != Part::kDirection;
           ++k) {
        if (c[k].part == Part::kTime) baseline_[k] = 1;
      }
    }
    if (c[i].part == Part::kFigure && doc_.figures[c[i].value].kind == "ratio" && i > 1 &&
        c[i - 1].part == Part::kOf) {
      for (size_t k = i - 1; k-- > 0 && (c[k].part == Part::kText || c[k].part == Part::kTime);) {
        if (c[k].part == Part::kTime) baseline_[k] = 1;
      }
    }
  }
}

void Measurer::Read(const std::vector<Chunk>& chunks, const Speakers& speakers) {
  chunks_ = &chunks;
  speakers_ = &speakers;
  readings_.clear();
  MarkBaselines();
  reading_of_.assign(chunks.size(), 0);
  for (size_t i = 0; i < chunks.size(); ++i) {
    if (chunks[i].part == Part::kFigure) ReadFigure(i);
  }
  if (readings_.empty()) return;
  if (!readings_.back().metric.empty()) topic_.metric = readings_.back().metric;
}

void Measurer::ReadFigure(size_t chunk) {
  reading_of_[chunk] = readings_.size();
  Reading& r = readings_.emplace_back();
  r.chunk = chunk;
  const Figure& figure = FigureAt(chunk);
  r.predicate = ReadPredicate(*chunks_, chunk, figure.unit == "%" || figure.kind == "ratio");
  r.before = NounBefore(*chunks_, r.predicate.begin, doc_.article.folded);
  if (!r.before.empty() && r.before.begin > 0 && r.predicate.direction.empty() &&
      (*chunks_)[r.before.begin - 1].part == Part::kDirection)
    r.predicate.direction = (*chunks_)[r.before.begin - 1].direction;
  FindMetric(r);
  FindSubject(r);
  SetComparison(r);
  Figure& f = FigureAt(chunk);
  f.metric = r.metric;
  f.subject = r.subject;
  if (!r.predicate.modality.empty()) f.modality = r.predicate.modality;
}

void Measurer::FindMetric(Reading& r) {
  const Figure& f = FigureAt(r.chunk);
  if (f.kind == "rank" || f.kind == "score") {
    r.metric = words_.MeasureOf(f.kind, f.unit);
    return;
  }
  if (r.predicate.each) Distribute(r);
  if (!r.metric.empty()) return;
  if (r.predicate.own != Predicate::kNone) {
    r.metric = Text((*chunks_)[r.predicate.own].span);
    return;
  }
  if (const auto own = words_.OwnMeasureOf(f.unit); !own.empty()) {
    r.metric = r.before.headed ? Text(r.before.span) : own;
    return;
  }
  const bool share = f.unit == "%" || f.kind == "ratio";
  const bool counted_first = Counts(f) && !r.before.headed;
  if (FromShare(r) || FromMove(r) || FromSeries(r) || (share && FromBase(r))) return;
  if (counted_first && FromAfter(r)) return;
  if (FromBefore(r) || FromAfter(r) || FromVerb(r) || FromChain(r)) return;
  if (f.unit != "%") r.metric = words_.MeasureOf(f.kind, f.unit);
}

// The base of a share in the form in which shares are named: 占总支出比例.
std::string_view Measurer::ShareOf(std::string_view base) const {
  const std::string_view form = words_.MeasureOf({}, "share");
  const size_t gap = form.find(kEllipsis);
  if (gap == std::string_view::npos) return base;
  std::string out(form.substr(0, gap));
  out += base;
  out += form.substr(gap + kEllipsis.size());
  return doc_.texts->Keep(out);
}

// 占总支出的15%.
bool Measurer::FromShare(Reading& r) {
  if (r.predicate.share == Predicate::kNone) return false;
  const auto& c = *chunks_;
  size_t first = r.predicate.share + 1;
  size_t last = r.chunk;
  const auto empty = [](Part p) {
    return p == Part::kOf || p == Part::kManner || p == Part::kLink || p == Part::kModal;
  };
  while (last > first && empty(c[last - 1].part)) --last;
  while (first < last && empty(c[first].part)) ++first;
  if (first < last) {
    r.metric = ShareOf(Slice(doc_.article.folded, {c[first].span.begin, c[last - 1].span.end}));
    return true;
  }
  const std::string_view share = words_.MeasureOf({}, "%");
  r.metric = r.before.empty() ? share : Join(Text(r.before.span), share);
  return true;
}

// 不到预算的三分之一, 总支出的60%: the base stands before 的.
bool Measurer::FromBase(Reading& r) {
  const auto& c = *chunks_;
  const size_t of = r.predicate.begin - 1;
  if (r.predicate.begin < 2 || c[of].part != Part::kOf) return false;
  if (FigureAt(r.chunk).kind == "ratio") return FromChain(r);
  const NounPhrase base = NounBefore(c, of, doc_.article.folded);
  if (base.empty()) return false;
  size_t end = base.begin;
  while (end > 0 && (c[end - 1].part == Part::kManner || c[end - 1].part == Part::kLink)) --end;
  const NounPhrase whole = NounBefore(c, end, doc_.article.folded);
  if (end < base.begin && whole.headed) {
    r.metric = Text(whole.span);
  } else if (base.headed) {
    r.metric = ShareOf(Text(base.span));
  }
  return !r.metric.empty();
}

// 澜桥控股跌逾2%: nothing but a company before a word that is said of what it is traded at.
bool Measurer::FromMove(Reading& r) const {
  const auto& c = *chunks_;
  const size_t at = r.predicate.begin;
  if (FigureAt(r.chunk).unit != "%" || !r.before.empty() || at == 0) return false;
  if (r.predicate.direction.empty() || !r.predicate.compare.empty()) return false;
  if (c[at - 1].part != Part::kMention || doc_.mentions[c[at - 1].value].type != "org")
    return false;
  for (size_t k = at; k < r.chunk && r.metric.empty(); ++k)
    r.metric = words_.MoveMeasureOf(Slice(doc_.article.folded, c[k].span));
  return !r.metric.empty();
}

// 报5000点，升50点，升幅1%: nothing of its own stands between it and the figure before.
bool Measurer::FromSeries(Reading& r) const {
  if (!r.predicate.follows || readings_.size() < 2 || !r.before.empty()) return false;
  const Reading& last = readings_[readings_.size() - 2];
  const bool list = !last.list.empty() && last.place + 1 < last.list.size();
  if (list) {
    r.list = last.list;
    r.place = last.place + 1;
    r.metric = Text(r.list[r.place]);
    return true;
  }
  if (!r.predicate.relates() && FigureAt(r.chunk).unit != FigureAt(last.chunk).unit &&
      Counts(FigureAt(r.chunk)))
    return false;
  if (Counts(FigureAt(r.chunk)) && !r.predicate.to) return false;
  r.metric = last.metric;
  return !r.metric.empty();
}

// 营业收入和净利润分别为: the list, its last member being the phrase before.
void Measurer::Distribute(Reading& r) {
  const auto& c = *chunks_;
  NounPhrase np = r.before;
  while (!np.empty()) {
    r.list.push_back(np.span);
    if (np.begin == 0) break;
    const Part joint = c[np.begin - 1].part;
    if (joint != Part::kAnd && joint != Part::kEnum) break;
    np = NounBefore(c, np.begin - 1, doc_.article.folded);
  }
  std::reverse(r.list.begin(), r.list.end());
  size_t figures = 1;
  for (size_t k = r.chunk + 1; k < c.size() && c[k].part != Part::kStop; ++k)
    figures += c[k].part == Part::kFigure ? 1 : 0;
  if (r.list.size() < 2 || figures < r.list.size()) {
    r.list.clear();
    return;
  }
  r.metric = Text(r.list.front());
}

bool Measurer::FromBefore(Reading& r) {
  const Figure& f = FigureAt(r.chunk);
  const auto& c = *chunks_;
  if (r.before.empty()) {
    if (r.predicate.noun == Predicate::kNone) return false;
    if (!FromChain(r)) r.metric = Text(c[r.predicate.noun].span);
    return true;
  }
  if (!r.before.headed && f.kind == "money" && r.chunk + 1 < c.size() &&
      c[r.chunk + 1].part == Part::kOf && FromAfter(r))
    return true;
  std::string_view text = Text(r.before.span);
  if (c[r.before.end - 1].part == Part::kOwnMetric) text = c[r.before.end - 1].entry->canonical;
  const size_t length = CodePointCount(text);
  const bool joined =
      r.predicate.relates() || !r.predicate.modality.empty() || r.before.headed || Hedged(f);
  const auto plain = [](char b) { return static_cast<unsigned char>(b) < 0x80; };
  if (std::all_of(text.begin(), text.end(), plain) && !r.before.headed) return false;
  if (length < 2 || length > (joined ? kJoinedMost : kBareMost)) return false;
  if (!joined && Counts(f) && FromAfter(r)) return true;
  r.metric = r.before.event ? Join(text, words_.MeasureOf({}, f.unit)) : text;
  return true;
}

// 3000名工人, 2亿元的仓储费用, 5人受伤.
bool Measurer::FromAfter(Reading& r) {
  const auto& c = *chunks_;
  const Figure& f = FigureAt(r.chunk);
  size_t first = r.chunk + 1;
  const bool of = first < c.size() && c[first].part == Part::kOf;
  if (of) ++first;
  const NounPhrase np = NounAfter(c, first, doc_.article.folded);
  if (np.empty()) {
    const bool mention = first < c.size() && c[first].part == Part::kMention;
    if (!mention || !Counts(f)) return false;
    r.metric = doc_.mentions[c[first].value].canonical;
    return true;
  }
  if (np.event) {
    const Span event = c[np.end - 1].span;
    r.metric = Join(Slice(doc_.article.folded, event), words_.MeasureOf({}, f.unit));
    return true;
  }
  const bool percent = f.unit == "%";
  if (of && !percent && !Counts(f) && !np.headed) return false;
  if (!of && !Counts(f) && !np.headed) return false;
  const std::string_view text = Text(np.span);
  if (CodePointCount(text) < 2 && !np.headed) return false;  // 二度之余, 东经112度附近
  r.metric = text;
  return !r.metric.empty();
}

// 拘捕12人: 拘捕人数; 支付50万元: 支付.
bool Measurer::FromVerb(Reading& r) {
  const auto& c = *chunks_;
  const Figure& f = FigureAt(r.chunk);
  const std::string_view measure = Counts(f) ? words_.MeasureOf({}, f.unit) : std::string_view();
  const Chunk* verb = nullptr;
  if (r.before.empty() && r.predicate.begin > 0 && c[r.predicate.begin - 1].part == Part::kAction)
    verb = &c[r.predicate.begin - 1];
  const Part after = r.chunk + 1 < c.size() ? c[r.chunk + 1].part : Part::kStop;
  if (verb == nullptr && !measure.empty() &&
      (after == Part::kAction || after == Part::kDirectionAction))
    verb = &c[r.chunk + 1];
  if (verb == nullptr) return false;
  r.metric = Join(verb->entry->canonical, measure);
  return true;
}

// ，按年下降1%: the nearest metric before; in its own clause one is taken without 为, too.
bool Measurer::FromChain(Reading& r) {
  const auto& c = *chunks_;
  bool own_clause = true;
  for (size_t k = r.predicate.begin; k-- > 0 && r.predicate.begin - k < kFarthest;) {
    if (EndsClause(c[k].part)) own_clause = false;
    if (!own_clause && !r.predicate.relates()) return false;
    if (c[k].part == Part::kMetric && !Counts(FigureAt(r.chunk))) {
      r.metric = Text(NounBefore(c, k + 1, doc_.article.folded).span);
      return true;
    }
    if (c[k].part != Part::kFigure) continue;
    r.metric = readings_[reading_of_[k]].metric;
    if (!r.metric.empty()) return true;
  }
  if (r.predicate.compare.empty() && r.predicate.direction.empty()) return false;
  r.metric = topic_.metric;
  return !r.metric.empty();
}

// Not behind a preposition, not in brackets, and not who speaks, or whose officer speaks.
bool Measurer::IsTopic(size_t at) const {
  const auto& c = *chunks_;
  if (c[at].part == Part::kScope) return true;
  if (c[at].part != Part::kMention) return false;
  const Mention& m = doc_.mentions[c[at].value];
  if (m.type == "media" || m.type == "work") return false;
  const Part next = at + 1 < c.size() ? c[at + 1].part : Part::kStop;
  if (Speaks(*speakers_, c[at].span)) return m.type == "org" && next == Part::kManner;
  for (size_t k = at + 1; k < c.size() && k <= at + kOfficer; ++k) {
    if (c[k].part == Part::kMention && Speaks(*speakers_, c[k].span)) return false;
    if (c[k].part != Part::kText && c[k].part != Part::kMention) break;
  }
  size_t first = at;  // of 棠洛、澜桥
  while (first > 1 && at - first < kFarthest &&
         (c[first - 1].part == Part::kEnum || c[first - 1].part == Part::kAnd) &&
         c[first - 2].part == Part::kMention)
    first -= 2;
  if (first == 0) return true;
  const Part before = c[first - 1].part;
  if (before == Part::kMention && doc_.mentions[c[first - 1].value].type == "media") return false;
  return before != Part::kPrep && before != Part::kThan && before != Part::kOpen;
}

// 澜桥控股的研发投入, 棠洛11月游客人数: who stands directly before the phrase.
std::string_view Measurer::Possessor(size_t before) const {
  const auto& c = *chunks_;
  size_t at = before;
  while (at > 0 && (c[at - 1].part == Part::kOf || c[at - 1].part == Part::kTime ||
                    c[at - 1].part == Part::kManner))
    --at;
  if (at == 0) return {};
  if (c[at - 1].part == Part::kMention && IsTopic(at - 1))
    return doc_.mentions[c[at - 1].value].canonical;
  if (at == before || c[before - 1].part != Part::kOf) return {};
  const NounPhrase owner = NounBefore(c, before - 1, doc_.article.folded);
  if (owner.empty()) return {};
  const std::string_view text = Text(owner.span);
  const size_t length = CodePointCount(text);
  return length < 2 || length > kOwnerMost ? std::string_view() : text;
}

// Whom the clauses up to chunks[before] are about. The nearest clause decides, but a place in a
// clause before the figure's own only where there is nobody else.
std::string_view Measurer::TopicOf(size_t before) const {
  const auto& c = *chunks_;
  std::string_view found;
  std::string_view place;
  bool own_clause = true;
  for (size_t k = before; k-- > 0 && before - k < kFarthest;) {
    if (EndsClause(c[k].part)) {
      if (!found.empty()) return found;
      own_clause = false;
    } else if (c[k].part == Part::kFigure && found.empty()) {
      const std::string_view other = readings_[reading_of_[k]].subject;
      if (!other.empty()) return other;
    } else if (IsTopic(k)) {
      if (c[k].part == Part::kScope) {
        if (own_clause) found = c[k].entry->canonical;
      } else if (own_clause || doc_.mentions[c[k].value].type != "place") {
        found = doc_.mentions[c[k].value].canonical;
      } else {
        place = doc_.mentions[c[k].value].canonical;
      }
    }
  }
  return found.empty() ? place : found;
}

// 37岁的厂长沈映秋, 15岁以下儿童: who stands behind the age; 37岁，沈映秋 is another clause.
std::string_view Measurer::AgedPerson(size_t figure) const {
  constexpr size_t kNearby = 4;
  const auto& c = *chunks_;
  if (!words_.OwnerBehind(FigureAt(figure).unit)) return {};
  for (size_t k = figure + 1; k < c.size() && k <= figure + kNearby; ++k) {
    if (c[k].part != Part::kMention && c[k].part != Part::kText && c[k].part != Part::kOf) break;
    if (c[k].part == Part::kMention && doc_.mentions[c[k].value].type == "person")
      return doc_.mentions[c[k].value].canonical;
  }
  const size_t first = figure + 1 + (figure + 1 < c.size() && c[figure + 1].part == Part::kOf);
  const NounPhrase aged = NounAfter(c, first, doc_.article.folded);
  if (aged.empty() || aged.event) return {};
  const std::string_view text = Text(aged.span);
  const size_t length = CodePointCount(text);
  return length < 2 || length > kOwnerMost ? std::string_view() : text;
}

// 3名日本学生: whose they are, where the sentence has no other topic.
std::string_view Measurer::CountedOf(size_t figure) const {
  const auto& c = *chunks_;
  if (figure + 1 >= c.size() || c[figure + 1].part != Part::kMention) return {};
  return doc_.mentions[c[figure + 1].value].canonical;
}

void Measurer::FindSubject(Reading& r) {
  r.subject = AgedPerson(r.chunk);
  if (r.subject.empty()) r.subject = Possessor(r.before.begin);
  if (r.subject.empty()) r.subject = TopicOf(r.predicate.begin);
  if (r.subject.empty()) r.subject = CountedOf(r.chunk);
  if (r.subject.empty()) r.subject = topic_.subject;
}

void Measurer::SetComparison(const Reading& r) {
  Comparison c;
  const Predicate& p = r.predicate;
  if (p.share != Predicate::kNone) {
    c.kind = "share";
  } else if ((p.to || r.place > 0) && readings_.size() > 1 &&
             FigureAt(readings_[readings_.size() - 2].chunk).comparison) {
    c = *FigureAt(readings_[readings_.size() - 2].chunk).comparison;
  } else if (!p.compare.empty() || !p.direction.empty()) {
    c.kind = p.compare.empty() ? std::string_view("change") : p.compare;
    c.direction = p.direction;
    if (p.baseline_time != Predicate::kNone) {
      const Chunk& time = (*chunks_)[p.baseline_time];
      const auto known = words_.ComparisonOf(
          Slice(doc_.article.folded, {(*chunks_)[p.than].span.begin, time.span.end}));
      if (!known.empty() && c.kind == "versus") c.kind = known;
      c.baseline = doc_.times[time.value].value;
    } else if (!p.baseline.empty()) {
      c.baseline = Text(p.baseline);
    }
  } else {
    return;
  }
  FigureAt(r.chunk).comparison = c;
}

void Measurer::Follow(const Sentence& s, const Speakers& speakers) {
  for (const Token& t : s.facts) {
    if ((t.type != types_.org && t.type != types_.product) || Speaks(speakers, t.span)) continue;
    topic_.subject = doc_.mentions[t.value].canonical;
    return;
  }
}

}  // namespace kaoju
