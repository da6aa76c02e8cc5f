// Against what a figure is compared, and which way it moves.
#include "extract/measure.h"

namespace kaoju {

// 与2022年版相比: chunks[than] is 相比.
void Measurer::MarkBaselineBefore(size_t than) {
  const auto& c = *chunks_;
  for (size_t k = than; k-- > 0 && !EndsClause(c[k].part) && c[k].part != Part::kFigure;) {
    if (c[k].part != Part::kAnd && c[k].part != Part::kPrep) continue;
    for (size_t in = k; in < than; ++in) {
      if (c[in].part == Part::kTime) baseline_[in] = 1;
    }
    return;
  }
}

// 创近9个月新高, 去年10月以来最大跌幅: the stretch at chunks[time] is that which a record holds
// for.
bool Measurer::IsRecordOf(size_t time) const {
  const auto& c = *chunks_;
  if (doc_.times[c[time].value].value.find('/') == std::string_view::npos) return false;
  size_t at = time + 1;
  while (at < c.size() && (c[at].part == Part::kTimeTail || c[at].part == Part::kOf)) ++at;
  return at < c.size() && words_.BeginsRecord(Slice(doc_.article.folded, c[at].span));
}

// 较两年前增长, 是去年全年的3倍.
void Measurer::MarkBaselines() {
  const auto& c = *chunks_;
  baseline_.assign(c.size(), 0);
  for (size_t i = 0; i < c.size(); ++i) {
    if (c[i].part == Part::kTime && IsRecordOf(i)) baseline_[i] = 1;
    if (c[i].part == Part::kThan && c[i].entry->Has("behind")) MarkBaselineBefore(i);
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

// 分别下降21.4%、12.7%: nothing but a joint stands between it and the last figure.
bool Measurer::JoinsTheLast(const Reading& r) const {
  const auto& c = *chunks_;
  if (r.chunk < 2 || c[r.chunk - 2].part != Part::kFigure) return false;
  const Part joint = c[r.chunk - 1].part;
  return joint == Part::kEnum || joint == Part::kAnd;
}

// 录得20%增长, 有两成的跌幅: the direction of a share that moves, where it stands behind it.
std::string_view Measurer::DirectionBehind(size_t figure) const {
  const auto& c = *chunks_;
  if (FigureAt(figure).unit != "%" && FigureAt(figure).kind != "ratio") return {};
  size_t at = figure + 1;
  if (at < c.size() && c[at].part == Part::kOf) ++at;
  if (at >= c.size() || c[at].direction.empty()) return {};
  const bool moves = c[at].part == Part::kDirection || c[at].part == Part::kDirectionNoun;
  const bool ends = at + 1 == c.size() || EndsClause(c[at + 1].part);
  return moves && ends ? c[at].direction : std::string_view();
}

void Measurer::SetComparison(const Reading& r) {
  Comparison c;
  const Predicate& p = r.predicate;
  if (starts_[r.chunk] != Predicate::kNone) {
    c.kind = "change";
    c.direction = WayTo(r.chunk);
    c.baseline = Text((*chunks_)[starts_[r.chunk]].span);
  } else if (p.share != Predicate::kNone) {
    c.kind = "share";
  } else if ((p.to || r.place > 0 || JoinsTheLast(r)) && readings_.size() > 1 &&
             FigureAt(readings_[readings_.size() - 2].chunk).comparison) {
    c = *FigureAt(readings_[readings_.size() - 2].chunk).comparison;
    if (!p.direction.empty() && !p.to) c.direction = p.direction;  // 分别升2%及跌6%
  } else if (const auto behind = DirectionBehind(r.chunk);
             !p.compare.empty() || !p.direction.empty() || !behind.empty()) {
    c.kind = p.compare.empty() ? std::string_view("change") : p.compare;
    c.direction = p.direction.empty() ? behind : p.direction;
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
  if (!r.list.empty() && !r.list[r.place].compare.empty()) c.kind = r.list[r.place].compare;
  FigureAt(r.chunk).comparison = c;
}

}  // namespace kaoju
