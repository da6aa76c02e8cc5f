#include "extract/predicate.h"

namespace kaoju {
namespace {

constexpr size_t kMostChunks = 12;  // that a baseline, or the base of a share, may have

bool EndsPredicate(Part p) { return EndsClause(p) || p == Part::kFigure; }

bool IsNominal(const Chunk& p) {
  return p.part == Part::kText || p.part == Part::kMetric || p.part == Part::kMention ||
         p.part == Part::kTime || p.part == Part::kTimeTail || p.part == Part::kRate ||
         p.part == Part::kMannerNoun || p.part == Part::kOwnMetric || p.part == Part::kOf ||
         p.part == Part::kEvent || p.part == Part::kScope || p.part == Part::kAnd || p.near;
}

// Where 较 or 比 stands, if chunks[last] ends its baseline (较去年同期); else kNone.
size_t ThanBefore(const std::vector<Chunk>& chunks, size_t last) {
  for (size_t k = last + 1, n = 0; k-- > 0 && n < kMostChunks; ++n) {
    if (chunks[k].part == Part::kThan) return k < last ? k : Predicate::kNone;
    if (!IsNominal(chunks[k])) return Predicate::kNone;
  }
  return Predicate::kNone;
}

// 按年及按季分别升: a joint and another comparison stand before the one at chunks[begin].
bool ComparesTwice(const std::vector<Chunk>& chunks, size_t begin) {
  if (begin < 2 || chunks[begin].part != Part::kCompare) return false;
  const Part joint = chunks[begin - 1].part;
  return (joint == Part::kAnd || joint == Part::kEnum) && chunks[begin - 2].part == Part::kCompare;
}

// 连续9年: chunks[last] is how long, and says nothing of what is measured.
bool Lasts(const std::vector<Chunk>& chunks, size_t last) {
  return last > 0 && chunks[last].part == Part::kTime && chunks[last - 1].entry != nullptr &&
         chunks[last - 1].entry->Has("lasts");
}

// Where 占 stands, if only its base is between it and chunks[last].
size_t ShareBefore(const std::vector<Chunk>& chunks, size_t last) {
  for (size_t k = last + 1, n = 0; k-- > 0 && n < kMostChunks; ++n) {
    if (chunks[k].part == Part::kShare) return k;
    if (!IsNominal(chunks[k]) && chunks[k].part != Part::kManner && chunks[k].part != Part::kLink &&
        chunks[k].part != Part::kModal && chunks[k].part != Part::kBreak)
      return Predicate::kNone;
  }
  return Predicate::kNone;
}

void SetBaseline(const std::vector<Chunk>& chunks, size_t than, size_t last, Predicate& out) {
  out.than = than;
  out.baseline = {chunks[than + 1].span.begin, chunks[last].span.end};
  if (out.compare.empty()) out.compare = "versus";
  for (size_t k = than + 1; k <= last; ++k) {
    if (chunks[k].part == Part::kTime) out.baseline_time = k;
  }
}

// Takes one piece of the predicate; false: it is none.
// `direct`: nothing stands between it and a figure without 超过 or 不到.
bool Take(const std::vector<Chunk>& chunks, size_t at, bool direct, Predicate& out) {
  const Chunk& p = chunks[at];
  switch (p.part) {
    case Part::kLink:
      out.link = true;
      return true;
    case Part::kManner:
    case Part::kMannerNoun:
    case Part::kTimeTail:
      return true;
    case Part::kEach:
      out.each = out.link = true;
      return true;
    case Part::kModal:
      if (out.modality.empty()) out.modality = p.entry->canonical;
      return true;
    case Part::kPrep:  // 将达10人, but 将10人带走
      if (direct || p.entry == nullptr || !p.entry->Has("modal")) return false;
      out.prep = at;
      return true;
    case Part::kDirection:
      if (out.direction.empty()) out.direction = p.direction;
      return true;
    case Part::kDirectionNoun:
      if (out.direction.empty()) out.direction = p.direction;
      if (out.noun == Predicate::kNone) out.noun = at;
      return true;
    case Part::kDirectionAction:
      if (out.own != Predicate::kNone) return false;
      out.direction = p.direction;
      out.own = at;
      return true;
    case Part::kShare:
      out.link = true;
      return true;
    case Part::kCompare:
      if (out.compare.empty() || out.compare == "versus") out.compare = p.entry->canonical;
      if (out.direction.empty()) out.direction = p.direction;
      return true;
    default:
      return false;
  }
}

}  // namespace

Predicate ReadPredicate(const std::vector<Chunk>& chunks, size_t figure, bool part_of, bool bound) {
  Predicate out;
  size_t begin = figure;
  if (begin > 0 && part_of) out.share = ShareBefore(chunks, begin - 1);
  if (out.share != Predicate::kNone) begin = out.share;
  while (begin > 0) {
    const Part part = chunks[begin - 1].part;
    if (EndsPredicate(part)) break;
    if (Take(chunks, begin - 1, begin == figure && !bound, out)) {
      --begin;
      continue;
    }
    if (out.each && ComparesTwice(chunks, begin)) {
      begin -= 2;
      continue;
    }
    if (Lasts(chunks, begin - 1)) {
      begin -= 2;
      continue;
    }
    const size_t than = ThanBefore(chunks, begin - 1);
    if (than == Predicate::kNone) break;
    SetBaseline(chunks, than, begin - 1, out);
    begin = than;
  }
  out.begin = begin;
  if (out.modality.empty() && out.prep != Predicate::kNone)
    out.modality = chunks[out.prep].entry->Flag("modal");
  if (begin > 0) {
    const Part before = chunks[begin - 1].part;
    const bool mark = before == Part::kComma || before == Part::kEnum || before == Part::kAnd ||
                      before == Part::kOpen;
    out.follows =
        before == Part::kFigure || (mark && begin > 1 && chunks[begin - 2].part == Part::kFigure);
    out.to = before == Part::kFigure && out.link && out.direction.empty();
  }
  return out;
}

Predicate PredicateFrom(const std::vector<Chunk>& chunks, size_t from) {
  Predicate out;
  out.begin = from;
  out.link = true;
  out.each = from > 0 && chunks[from - 1].part == Part::kEach;
  if (out.each) --out.begin;
  return out;
}

}  // namespace kaoju
