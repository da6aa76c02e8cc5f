// Lists that the figures of a series distribute over: 营业收入和净利润分别为12亿元、3亿元.
#include <algorithm>

#include "extract/measure.h"

namespace kaoju {
namespace {

constexpr size_t kLeastMetric = 2;  // code points

bool Joins(Part p) { return p == Part::kEnum || p == Part::kAnd; }

// What may stand between a joint and the figure behind it: 24%和跌25%.
bool Leads(Part p) {
  return p == Part::kDirection || p == Part::kLink || p == Part::kManner || p == Part::kTimeTail;
}

}  // namespace

// The figures that stand in a row from chunks[figure], with nothing but joints between them.
std::vector<size_t> Measurer::SeriesFrom(size_t figure) const {
  const auto& c = *chunks_;
  std::vector<size_t> out{figure};
  for (size_t at = figure + 1; at < c.size() && Joins(c[at].part); ++at) {
    ++at;
    while (at < c.size() && Leads(c[at].part)) ++at;
    if (at >= c.size() || c[at].part != Part::kFigure) break;
    out.push_back(at);
  }
  return out;
}

// The known word at the end of a phrase with more words: 运量 of 粮食运量; "" when there is none.
std::string_view Measurer::OwnHead(const NounPhrase& phrase) const {
  const auto& c = *chunks_;
  if (phrase.empty() || phrase.end - phrase.begin < 2 || c[phrase.end - 1].part != Part::kMetric)
    return {};
  return Text(c[phrase.end - 1].span);
}

// 煤炭、粮食运量: the list whose last member is the phrase `last`; each may stand behind whose it
// is (棠洛、澜桥客运量 are two names and one phrase, which OwnersBefore sees).
std::vector<Measurer::Member> Measurer::MetricsBefore(const NounPhrase& last) const {
  const auto& c = *chunks_;
  std::vector<Member> out;
  const std::string_view head = OwnHead(last);
  for (NounPhrase np = last; !np.empty();) {
    std::string_view metric = Text(np.span);
    if (CodePointCount(metric) < kLeastMetric) return {};
    if (!np.headed && !head.empty() && !words_.EndsAsMetric(metric)) metric = Join(metric, head);
    size_t at = np.begin;
    const bool of = at > 1 && c[at - 1].part == Part::kOf;
    if (of) --at;
    const bool owned = at > 0 && c[at - 1].part == Part::kMention && IsTopic(at - 1, at);
    if (owned && !of && !np.headed) return {};  // 内地及港澳区
    if (owned) --at;
    out.push_back({metric, owned ? doc_.mentions[c[at].value].canonical : std::string_view(), {}});
    if (at == 0 || !Joins(c[at - 1].part)) break;
    np = NounBefore(c, at - 1, doc_.article.folded);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// 棠洛和澜桥: the names that end before the phrase, or before a comma. Behind a preposition they
// are whom it is done to: 对棠洛、澜桥投资.
std::vector<Measurer::Member> Measurer::OwnersBefore(const NounPhrase& phrase) const {
  const auto& c = *chunks_;
  std::vector<Member> out;
  size_t end = phrase.begin;
  if (end > 0 && (c[end - 1].part == Part::kComma || c[end - 1].part == Part::kOf)) --end;
  const size_t last = end;
  while (end > 0 && c[end - 1].part == Part::kMention) {
    out.push_back({{}, doc_.mentions[c[end - 1].value].canonical, {}});
    --end;
    if (end < 1 || !Joins(c[end - 1].part)) break;
    --end;
  }
  std::reverse(out.begin(), out.end());
  if (out.empty() || IsTopic(last - 1, last)) return out;
  if (phrase.empty() || end == 0 || c[end - 1].part != Part::kPrep) return {};
  for (Member& m : out) {
    m.metric = Join(Join(Text(c[end - 1].span), m.subject), Text(phrase.span));
    m.subject = {};
  }
  return out;
}

// 按年及按季分别升: the comparisons in the predicate.
std::vector<Measurer::Member> Measurer::ComparesOf(const Reading& r) const {
  std::vector<Member> out;
  for (size_t k = r.predicate.begin; k < r.chunk; ++k) {
    const Chunk& chunk = (*chunks_)[k];
    if (chunk.part == Part::kCompare) out.push_back({{}, {}, chunk.entry->canonical});
  }
  return out;
}

// 收入、利润分别为12亿元、3亿元，同比分别增长7%、9%: what the last `count` figures measure, if it
// is something else each time.
std::vector<Measurer::Member> Measurer::MetricsOfTheLast(const Reading& r, size_t count) const {
  std::vector<Member> out;
  const size_t before = readings_.size() - 1;  // r is the last
  const bool own = !r.before.empty() || r.predicate.share != Predicate::kNone;
  if (before < count || own) return out;
  for (size_t k = before - count; k < before; ++k) {
    const Reading& last = readings_[k];
    const auto same = [&](const Member& m) {
      return m.metric == last.metric && m.subject == last.subject;
    };
    if (last.metric.empty() || std::any_of(out.begin(), out.end(), same)) return {};
    out.push_back({last.metric, last.subject, {}});
  }
  return out;
}

// What the figure and those that follow it are each of, behind 分别.
void Measurer::Distribute(Reading& r) const {
  const size_t count = SeriesFrom(r.chunk).size();
  if (count < 2) return;
  const auto fits = [&](std::vector<Member> list) {
    if (list.size() != count) return false;
    r.list = std::move(list);
    r.metric = r.list.front().metric;
    return true;
  };
  fits(ComparesOf(r)) || fits(MetricsBefore(r.before)) || fits(OwnersBefore(r.before)) ||
      fits(MetricsOfTheLast(r, count));
}

}  // namespace kaoju
