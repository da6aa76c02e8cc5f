#include "extract/finish.h"

#include <algorithm>
#include <tuple>

namespace kaoju {
namespace {

template <typename Fact>
bool Before(const Fact& a, const Fact& b) {
  return std::tie(a.span.begin, a.span.end, a.rule) < std::tie(b.span.begin, b.span.end, b.rule);
}

template <typename Fact>
void SortFacts(std::vector<Fact>& facts) {
  if (!std::is_sorted(facts.begin(), facts.end(), Before<Fact>))
    std::stable_sort(facts.begin(), facts.end(), Before<Fact>);
}

template <typename Fact>
std::vector<Fact> Uncovered(std::vector<Fact> facts, const std::vector<char>& covered) {
  size_t kept = 0;
  for (size_t i = 0; i < facts.size(); ++i) {
    if (covered[i]) continue;
    if (kept != i) facts[kept] = std::move(facts[i]);
    ++kept;
  }
  facts.resize(kept);
  return facts;
}

// Claims keep their parents through sorting.
void SortClaims(std::vector<Claim>& claims) {
  if (std::is_sorted(claims.begin(), claims.end(), Before<Claim>)) return;
  std::vector<size_t> order(claims.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::tie(claims[a].span.begin, claims[a].span.end, claims[a].rule) <
           std::tie(claims[b].span.begin, claims[b].span.end, claims[b].rule);
  });
  std::vector<size_t> place(order.size());
  for (size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<Claim> sorted;
  for (size_t i : order) sorted.push_back(std::move(claims[i]));
  for (Claim& c : sorted) {
    if (c.parent) c.parent = place[*c.parent];
  }
  claims = std::move(sorted);
}

}  // namespace

// From the folded view back to the text that the editor sees.
Extraction Finish(Document doc) {
  const Alignment& alignment = doc.article.alignment;
  const auto back = [&](Span& span) { span = alignment.ToSource(span); };
  Extraction x;
  x.mentions = Uncovered(std::move(doc.mentions), doc.mention_covered);
  x.times = Uncovered(std::move(doc.times), doc.time_covered);
  x.figures = std::move(doc.figures);
  x.claims = std::move(doc.claims);
  x.relations = std::move(doc.relations);
  x.candidates = std::move(doc.trace);
  x.views = std::move(doc.views);
  x.nothings = std::move(doc.nothings);
  x.texts = std::move(doc.texts);
  for (const Sentence& s : doc.sentences) x.sentences.push_back(s.span);
  for (Mention& m : x.mentions) back(m.span);
  for (TimeExpr& t : x.times) back(t.span);
  for (Figure& f : x.figures) back(f.span);
  for (Claim& c : x.claims) {
    back(c.span);
    back(c.cue_span);
    back(c.content);
    if (c.source_span) back(*c.source_span);
  }
  for (Relation& r : x.relations) {
    back(r.span);
    for (Role& role : r.roles) back(role.span);
  }
  for (Span& s : x.nothings) back(s);
  for (Candidate& c : x.candidates) c.span = alignment.ToSource(c.folded);
  SortFacts(x.mentions);
  SortFacts(x.times);
  SortFacts(x.figures);
  SortFacts(x.relations);
  SortClaims(x.claims);
  return x;
}

}  // namespace kaoju
