#include "extract/measure.h"

#include <algorithm>

namespace kaoju {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr size_t kBareMost = 6;  // code points of a metric that nothing joins to its figure
constexpr size_t kJoinedMost = 12;
constexpr size_t kLeastDeed = 2;  // of what is done

// 超过 and 约 join a figure to its metric as 为 does.
bool Hedged(const Figure& f) { return f.qualifier != "exact" && f.qualifier != "range"; }

// 30人 and 30次 are counted in a word that says nothing of what is counted.
bool Counts(const Figure& f) { return f.kind == "count" || f.kind == "other"; }

// Whether what is done is said to its end at chunks[at]: a clause, a list, how or how much.
bool EndsDeed(const std::vector<Chunk>& chunks, size_t at) {
  if (at == chunks.size() || EndsClause(chunks[at].part)) return true;
  switch (chunks[at].part) {
    case Part::kEnum:
    case Part::kAnd:
    case Part::kClose:
    case Part::kManner:
    case Part::kMannerNoun:
    case Part::kEach:
    case Part::kFigure:
    case Part::kTime:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool Speaks(const Speakers& speakers, Span name) {
  return std::binary_search(speakers.begin(), speakers.end(), name,
                            [](Span a, Span b) { return a.begin < b.begin; });
}

std::string_view Measurer::Text(Span s) const {
  const Span head = Head(doc_.article.folded, s);
  return Slice(doc_.article.folded, head);
}

std::string_view Measurer::Join(std::string_view a, std::string_view b) const {
  return doc_.texts->Keep(std::string(a).append(b));
}

// （记者沈映秋、周望）: who stands in brackets is not what the sentence is about outside of them.
void Measurer::MarkBrackets() {
  const auto& c = *chunks_;
  bracket_.assign(c.size(), 0);
  uint32_t pair = 0;
  bool open = false;
  for (size_t i = 0; i < c.size(); ++i) {
    if (c[i].part == Part::kOpen && !open) open = true, ++pair;
    if (c[i].part == Part::kClose) open = false;
    if (open) bracket_[i] = pair;
  }
}

void Measurer::Read(const std::vector<Chunk>& chunks, const Speakers& speakers) {
  chunks_ = &chunks;
  speakers_ = &speakers;
  readings_.clear();
  MarkBaselines();
  MarkBrackets();
  MarkRanges();
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
  r.predicate = from_[chunk] != Predicate::kNone
                    ? PredicateFrom(*chunks_, from_[chunk])
                    : ReadPredicate(*chunks_, chunk, figure.unit == "%" || figure.kind == "ratio",
                                    Hedged(figure) && figure.qualifier != "approx");
  r.before = NounBefore(*chunks_, r.predicate.begin, doc_.article.folded);
  if (!r.before.empty() && r.before.begin > 0 && r.predicate.direction.empty() &&
      (*chunks_)[r.before.begin - 1].part == Part::kDirection)
    r.predicate.direction = (*chunks_)[r.before.begin - 1].direction;
  if (!FromStart(r) && !FromActual(r)) {
    FindMetric(r);
    FindSubject(r);
  }
  SetComparison(r);
  Figure& f = FigureAt(chunk);
  f.metric = r.metric;
  f.subject = r.subject;
  if (!r.predicate.modality.empty()) f.modality = r.predicate.modality;
  SetQualifier(r);
  SetUnit(r);
}

// 不到预算的四分之一, 几乎占总投放量的84%: the hedge stands before the whole phrase.
void Measurer::SetQualifier(const Reading& r) {
  constexpr size_t kNear = 6;
  const auto& c = *chunks_;
  Figure& f = FigureAt(r.chunk);
  if (f.qualifier != "exact" || (f.unit != "%" && f.kind != "ratio")) return;
  if (r.chunk == 0 || c[r.chunk - 1].part != Part::kOf) return;
  for (size_t k = r.chunk - 1; k-- > 0 && r.chunk - k < kNear;) {
    const Part part = c[k].part;
    if (EndsClause(part) || part == Part::kFigure || part == Part::kDirection) return;
    if (part == Part::kTime || part == Part::kMention) return;  // 接近去年的12%: another value
    if (const auto q = clauses_.QualifierOf(c[k]); !q.empty()) {
      f.qualifier = q;
      return;
    }
  }
}

// 月活跃用户有1267万: people, as the word before says.
void Measurer::SetUnit(const Reading& r) {
  Figure& f = FigureAt(r.chunk);
  if (!f.unit.empty() || f.kind != "count" || r.before.empty()) return;
  const LexiconEntry* head = (*chunks_)[r.before.end - 1].entry;
  if (head != nullptr) f.unit = head->Flag("unit");
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
  const bool starts = from_[r.chunk] != Predicate::kNone;  // 由86种精简到
  const bool counted_first = Counts(f) && !r.before.headed && !starts;
  if (FromShare(r) || FromMove(r) || FromSeries(r) || (share && FromBase(r))) return;
  if (counted_first && (FromDeed(r) || FromAfter(r))) return;
  if (FromReach(r) || FromBefore(r) || FromAfter(r) || FromPart(r) || FromVerb(r) || FromChain(r))
    return;
  if (f.kind == "money" && FromBought(r)) return;
  if (f.unit != "%") r.metric = words_.MeasureOf(f.kind, f.unit);
  if (r.metric.empty() && Counts(f) && CodePointCount(f.unit) > 1 && words_.Owns(f.unit))
    r.metric = f.unit;  // 20万妇女, 五部门
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
    r.owned = whole.begin;
  } else if (base.headed) {
    const bool moved = r.predicate.noun != Predicate::kNone;  // 营业收入的增幅为7%
    r.metric = moved ? Text(base.span) : ShareOf(Text(base.span));
    r.owned = base.begin;
  }
  return !r.metric.empty();
}

// 澜桥控股跌逾2%: nothing but a company before a word that is said of what it is traded at.
bool Measurer::FromMove(Reading& r) const {
  const auto& c = *chunks_;
  size_t at = r.predicate.begin;
  if (FigureAt(r.chunk).unit != "%" || !r.before.empty() || at == 0) return false;
  if (r.predicate.direction.empty() || !r.predicate.compare.empty()) return false;
  if (!r.list.empty() && at > 1 && c[at - 1].part == Part::kComma) --at;
  if (c[at - 1].part != Part::kMention || doc_.mentions[c[at - 1].value].type != "org")
    return false;
  for (size_t k = r.predicate.begin; k < r.chunk && r.metric.empty(); ++k)
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
    r.metric = r.list[r.place].metric.empty() ? last.metric : r.list[r.place].metric;
    return true;
  }
  if (!r.predicate.relates() && FigureAt(r.chunk).unit != FigureAt(last.chunk).unit &&
      Counts(FigureAt(r.chunk)))
    return false;
  if (Counts(FigureAt(r.chunk)) && !r.predicate.to) return false;
  r.metric = last.metric;
  return !r.metric.empty();
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
  const bool joined = r.predicate.relates() || !r.predicate.modality.empty() || r.before.headed ||
                      Hedged(f) || words_.SaidBefore(f.unit) ||
                      (Counts(f) && EndsDeed(c, r.chunk + 1));
  const auto plain = [](char b) { return static_cast<unsigned char>(b) < 0x80; };
  if (std::all_of(text.begin(), text.end(), plain) && !r.before.headed) return false;
  if (length < 2 || length > (joined ? kJoinedMost : kBareMost)) return false;
  if (!joined && Counts(f) && FromAfter(r)) return true;
  r.metric = r.before.event ? Join(text, words_.MeasureOf({}, f.unit)) : text;
  return true;
}

// 300亩的果园, 57公里的棠洛运河: the unit says what is measured, and what stands behind of whom.
bool Measurer::FromOwner(Reading& r, size_t first) const {
  const std::string_view measure = words_.MeasureBehind(FigureAt(r.chunk).unit);
  if (measure.empty()) return false;
  const NounPhrase np = NounAfter(*chunks_, first, doc_.article.folded);
  std::string_view owner;
  if (!np.empty()) {
    owner = Text(np.span);
  } else if (first < chunks_->size() && (*chunks_)[first].part == Part::kMention) {
    owner = doc_.mentions[(*chunks_)[first].value].canonical;
  }
  if (np.headed || !words_.Owns(owner)) return false;
  r.subject = owner;
  r.metric = measure;
  return true;
}

// 3000名工人, 2亿元的仓储费用, 5人受伤.
bool Measurer::FromAfter(Reading& r) {
  const auto& c = *chunks_;
  const Figure& f = FigureAt(r.chunk);
  size_t first = r.chunk + 1;
  size_t happens = first;  // 62人全部遇难
  while (happens < c.size() && c[happens].part == Part::kManner) ++happens;
  if (happens < c.size() && c[happens].part == Part::kEvent) first = happens;
  const bool of = first < c.size() && c[first].part == Part::kOf;
  if (of) ++first;
  if (of && FromOwner(r, first)) return true;
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
  const bool moves = !r.predicate.direction.empty() || !r.predicate.compare.empty();
  const std::string_view group = Text(np.span);
  if (percent && !of && !moves && !np.headed && CodePointCount(group) > 1 && words_.Owns(group)) {
    r.metric = ShareOf(group);  // 四成受访企业认为
    return true;
  }
  if (of && !percent && !Counts(f) && !np.headed) return false;
  if (!of && !Counts(f) && !np.headed) return false;
  const std::string_view text = Text(np.span);
  if (CodePointCount(text) < 2 && !np.headed && !words_.MayCount(text))
    return false;  // 二度之余, 东经112度附近
  r.metric = text;
  return !r.metric.empty();
}

// 提供4亿美元军事装备, 发行2亿元的置换债券: what the money is for, where nothing else says it.
bool Measurer::FromBought(Reading& r) const {
  constexpr size_t kLeast = 3;  // code points
  constexpr size_t kMost = 8;
  const auto& c = *chunks_;
  size_t first = r.chunk + 1;
  if (first < c.size() && c[first].part == Part::kOf) ++first;
  const NounPhrase np = NounAfter(c, first, doc_.article.folded);
  if (!r.before.empty() || np.empty() || np.event) return false;
  const std::string_view text = Text(np.span);
  const size_t length = CodePointCount(text);
  if (length >= kLeast && length <= kMost) r.metric = text;
  return !r.metric.empty();
}

// 拘捕12人: 拘捕人数; 支付50万元: 支付.
bool Measurer::FromVerb(Reading& r) {
  const auto& c = *chunks_;
  const Figure& f = FigureAt(r.chunk);
  const std::string_view measure = Counts(f) ? words_.MeasureOf({}, f.unit) : std::string_view();
  const Chunk* verb = nullptr;
  if (r.before.empty() && r.predicate.begin > 0) {
    const Chunk& before = c[r.predicate.begin - 1];
    if (before.part == Part::kAction ||
        (before.part == Part::kLight && words_.SaidBefore(f.unit)))  // 建立75周年
      verb = &before;
  }
  size_t next = r.chunk + 1;
  while (next < c.size() && c[next].part == Part::kManner) ++next;  // 5人已接种疫苗
  const Part after = next < c.size() ? c[next].part : Part::kStop;
  if (verb == nullptr && !measure.empty() &&
      (after == Part::kAction || after == Part::kDirectionAction))
    verb = &c[next];
  if (verb == nullptr) return false;
  r.metric = Join(verb->entry->canonical, measure);
  return true;
}

// 4次进行设备检修: 设备检修次数; 两次下调政策利率: 下调政策利率次数. Where the object goes on
// (3次执行 载人飞行任务) it is no more than 次数, and never what stands before.
bool Measurer::FromDeed(Reading& r) const {
  const auto& c = *chunks_;
  const size_t at = r.chunk + 1;
  const std::string_view unit = FigureAt(r.chunk).unit;
  if (!words_.CountsDeeds(unit) || at + 1 >= c.size()) return false;
  const bool light = c[at].part == Part::kLight;
  if (!light && c[at].part != Part::kDirection) return false;
  const std::string_view times = words_.MeasureOf({}, unit);
  const NounPhrase object = NounAfter(c, at + 1, doc_.article.folded);
  const bool said_by_object = light && c[at].entry->Has("deed");
  const Span deed{said_by_object ? object.span.begin : c[at].span.begin, object.span.end};
  const bool whole = !object.empty() && object.begin == at + 1 && EndsDeed(c, object.end) &&
                     CodePointCount(Text(object.span)) >= kLeastDeed &&
                     CodePointCount(Text(deed)) <= kJoinedMost;
  r.metric = whole ? Join(Text(deed), times) : times;
  return true;
}

// 其中900万元用于采购: of what the figure before measures, if it is in the same unit.
bool Measurer::FromPart(Reading& r) const {
  const auto& c = *chunks_;
  size_t at = r.predicate.begin;
  if (at > 0 && c[at - 1].part == Part::kComma) --at;
  if (at == 0 || c[at - 1].part != Part::kPartOf || readings_.size() < 2) return false;
  const Reading& whole = readings_[readings_.size() - 2];
  if (FigureAt(whole.chunk).unit != FigureAt(r.chunk).unit) return false;
  r.metric = whole.metric;
  return !r.metric.empty();
}

// 距离棠洛约660公里, 棠洛以南500公里: nothing but names and nouns stands between.
bool Measurer::FromReach(Reading& r) const {
  constexpr size_t kMost = 6;  // chunks between
  const std::string_view measure = words_.ReachMeasureOf(FigureAt(r.chunk).unit);
  if (measure.empty()) return false;
  const auto& c = *chunks_;
  for (size_t k = r.predicate.begin, n = 0; k-- > 0 && n < kMost; ++n) {
    if (c[k].part == Part::kReach) {
      const bool compound = k + 1 == r.predicate.begin && k > 0 && c[k - 1].part == Part::kText &&
                            c[k - 1].span.end == c[k].span.begin;
      const Span whole{compound ? c[k - 1].span.begin : c[k].span.begin, c[k].span.end};
      const std::string_view text = Text(whole);  // 换乘距离
      r.metric = compound && text.ends_with(measure) && CodePointCount(text) <= kJoinedMost
                     ? text
                     : measure;
      return true;
    }
    if (c[k].part != Part::kMention && c[k].part != Part::kText && c[k].part != Part::kAnd &&
        c[k].part != Part::kOf && c[k].part != Part::kEnum)
      return false;
  }
  return false;
}

// ，按年下降1%: the nearest metric before; in its own clause one is taken without 为, too.
bool Measurer::FromChain(Reading& r) {
  const auto& c = *chunks_;
  const Figure& f = FigureAt(r.chunk);
  bool own_clause = true;
  for (size_t k = r.predicate.begin; k-- > 0 && r.predicate.begin - k < kFarthest;) {
    if (EndsClause(c[k].part)) own_clause = false;
    if (!own_clause && !r.predicate.relates()) return false;
    if (c[k].part == Part::kMetric &&
        (!Counts(f) ||
         (r.predicate.link && (f.kind != "count" || words_.EndsAsMetric(Text(c[k].span)))))) {
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

void Measurer::Follow(const Sentence& s, const Speakers& speakers) {
  for (const Token& t : s.facts) {
    if ((t.type != types_.org && t.type != types_.product) || Speaks(speakers, t.span)) continue;
    topic_.subject = doc_.mentions[t.value].canonical;
    return;
  }
}

}  // namespace kaoju
