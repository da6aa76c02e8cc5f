// From one value to another (从2020年的46%降至2022年的31%), and from what is to what was expected.
#include "extract/measure.h"

namespace kaoju {
namespace {

constexpr size_t kMostBetween = 10;  // chunks between a word and its figure, and between the two

bool Is(const Chunk& c, std::string_view flag) { return c.entry != nullptr && c.entry->Has(flag); }

// Whether a figure, or the time that it holds for, stands at chunks[at].
bool LeadsOn(const std::vector<Chunk>& chunks, size_t at) {
  return at < chunks.size() && (chunks[at].part == Part::kFigure || chunks[at].part == Part::kTime);
}

}  // namespace

// The first figure from chunks[begin] on, in its clause; kNone when there is none near.
size_t Measurer::FigureBehind(size_t begin) const {
  const auto& c = *chunks_;
  for (size_t k = begin; k < c.size() && k < begin + kMostBetween && !EndsClause(c[k].part); ++k) {
    if (c[k].part == Part::kFigure) return k;
  }
  return Predicate::kNone;
}

// 降至: the word before the end of a range, in the clause that chunks[begin] goes on or the next.
size_t Measurer::EndWord(size_t begin) const {
  const auto& c = *chunks_;
  bool next = false;
  for (size_t k = begin; k < c.size() && k < begin + kMostBetween; ++k) {
    const Part part = c[k].part;
    if (part == Part::kStop || part == Part::kFigure || Is(c[k], "from")) break;
    if (part == Part::kComma && next) break;
    next |= part == Part::kComma;
    if (Is(c[k], "to") && (!c[k].near || LeadsOn(c, k + 1))) return k;
  }
  return Predicate::kNone;
}

void Measurer::MarkRange(size_t from) {
  const size_t first = FigureBehind(from + 1);
  if (first == Predicate::kNone) return;
  const std::vector<size_t> starts = SeriesFrom(first);
  const size_t word = EndWord(starts.back() + 1);
  if (word == Predicate::kNone) return;
  const size_t last = FigureBehind(word + 1);
  if (last == Predicate::kNone) return;
  const std::vector<size_t> ends = SeriesFrom(last);
  if (ends.size() != starts.size()) return;
  for (size_t i = 0; i < ends.size(); ++i) {
    if (FigureAt(starts[i]).unit != FigureAt(ends[i]).unit) return;
  }
  from_[first] = from;
  for (size_t i = 0; i < ends.size(); ++i) starts_[ends[i]] = starts[i];
}

void Measurer::MarkRanges() {
  const auto& c = *chunks_;
  from_.assign(c.size(), Predicate::kNone);
  starts_.assign(c.size(), Predicate::kNone);
  for (size_t k = 0; k < c.size(); ++k) {
    if (c[k].part == Part::kPrep && Is(c[k], "from")) MarkRange(k);
  }
}

// The end of a range measures what its start does, of the same.
bool Measurer::FromStart(Reading& r) const {
  const size_t start = starts_[r.chunk];
  if (start == Predicate::kNone) return false;
  const Reading& first = readings_[reading_of_[start]];
  r.metric = first.metric;
  r.subject = first.subject;
  return !r.metric.empty();
}

// 增长3%，高于预期的2%: what was expected measures what the figure before it does, of the same.
bool Measurer::FromActual(Reading& r) const {
  if (r.chunk < 2 || readings_.size() < 2) return false;
  const auto& c = *chunks_;
  const size_t of = c[r.chunk - 1].part == Part::kOf ? r.chunk - 1 : r.chunk;
  const Span before{c[0].span.begin, c[of - 1].span.end};
  if (!words_.EndsExpected(Slice(doc_.article.folded, before))) return false;
  const Reading& actual = readings_[readings_.size() - 2];
  if (actual.metric.empty() || FigureAt(actual.chunk).unit != FigureAt(r.chunk).unit) return false;
  r.metric = actual.metric;
  r.subject = actual.subject;
  r.predicate = Predicate();
  r.predicate.modality = words_.MeasureOf({}, "expected");
  return true;
}

// Which way the range goes that ends at chunks[figure].
std::string_view Measurer::WayTo(size_t figure) const {
  for (size_t k = figure; k-- > starts_[figure];) {
    if (Is((*chunks_)[k], "to")) return (*chunks_)[k].direction;
  }
  return {};
}

}  // namespace kaoju
