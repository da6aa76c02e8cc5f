#include "extract/alignment.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace kaoju {
namespace {

// One side of a run: its offset and its size.
struct Side {
  uint32_t EditRun::*at;
  uint32_t EditRun::*size;
};

constexpr Side kSource{&EditRun::source, &EditRun::source_size};
constexpr Side kTarget{&EditRun::target, &EditRun::target_size};

// The last run that begins at or before `position` on side `side`; nullptr iff there is none.
const EditRun* RunAt(const std::vector<EditRun>& runs, Side side, uint32_t position) {
  auto after =
      std::upper_bound(runs.begin(), runs.end(), position,
                       [side](uint32_t p, const EditRun& run) { return p < run.*side.at; });
  return after == runs.begin() ? nullptr : &*(after - 1);
}

// Carries a position that is not strictly inside a run from one side to the other. A run that is
// empty on the side `from` lies before the position, which is what gives a removed gloss to the
// character before it.
uint32_t Carry(const std::vector<EditRun>& runs, Side from, Side to, uint32_t position) {
  const EditRun* run = RunAt(runs, from, position);
  if (run == nullptr) return position;
  if (position == run->*from.at && run->*from.size > 0) return run->*to.at;
  return run->*to.at + run->*to.size + (position - run->*from.at - run->*from.size);
}

// Both directions are one algorithm with the sides exchanged.
Span Map(const std::vector<EditRun>& runs, Side from, Side to, Span span) {
  if (const EditRun* run = RunAt(runs, from, span.begin);
      run != nullptr && span.begin - run->*from.at < run->*from.size) {
    if (span.empty()) span.end = run->*from.at;
    span.begin = run->*from.at;
  }
  const uint32_t begin = Carry(runs, from, to, span.begin);
  if (span.empty()) return {begin, begin};
  if (const EditRun* run = RunAt(runs, from, span.end);
      run != nullptr && run->*from.at < span.end && span.end - run->*from.at < run->*from.size) {
    span.end = run->*from.at + run->*from.size;
  }
  return {begin, Carry(runs, from, to, span.end)};
}

}  // namespace

void Alignment::Add(EditRun run) {
  if (run.source_size == 0 && run.target_size == 0) return;
  [[maybe_unused]] const EditRun last = runs_.empty() ? EditRun{} : runs_.back();
  assert(run.source >= last.source + last.source_size);
  assert(run.target >= last.target + last.target_size);
  assert(run.source - (last.source + last.source_size) ==
         run.target - (last.target + last.target_size));
  runs_.push_back(run);
}

Span Alignment::ToSource(Span target) const { return Map(runs_, kTarget, kSource, target); }

Span Alignment::ToTarget(Span source) const { return Map(runs_, kSource, kTarget, source); }

namespace {

// A cursor over the runs of one step, seen from the middle text b.
struct Cursor {
  const std::vector<EditRun>& runs;
  Side middle;  // the side of the runs that is b
  Side outer;   // the other one
  size_t next = 0;
  uint32_t shift = 0;  // outer - middle after the runs taken so far, modulo 2^32

  bool done() const { return next == runs.size(); }
  uint32_t begin() const { return runs[next].*middle.at; }
  uint32_t end() const { return begin() + runs[next].*middle.size; }
  bool empty() const { return runs[next].*middle.size == 0; }
  void Take() {
    shift = runs[next].*outer.at + runs[next].*outer.size - end();
    ++next;
  }
};

// True iff the next run of `first` comes before that of `second`. At one place of b, what is empty
// there comes before what is not, and a removal before an insertion, as mapping twice has it.
bool FirstComes(const Cursor& first, const Cursor& second) {
  if (first.done() || second.done()) return !first.done();
  if (first.begin() != second.begin()) return first.begin() < second.begin();
  return first.empty() || !second.empty();
}

}  // namespace

// Runs of the two steps that overlap in b become one run; runs that only touch stay apart. The
// result equals mapping twice for spans that cut no run, as long as one of two overlapping runs
// holds the other (which character-wise steps keep to); else it is coarser.
Alignment Compose(const Alignment& first, const Alignment& second) {
  Alignment result;
  Cursor a{first.runs(), kTarget, kSource};
  Cursor c{second.runs(), kSource, kTarget};
  while (!a.done() || !c.done()) {
    Cursor& head = FirstComes(a, c) ? a : c;
    const uint32_t begin = head.begin();
    const uint32_t source = begin + a.shift;
    const uint32_t target = begin + c.shift;
    uint32_t end = head.end();
    head.Take();
    for (bool grown = true; grown;) {
      grown = false;
      for (Cursor* cursor : {&a, &c}) {
        if (cursor->done() || cursor->begin() >= end) continue;
        end = std::max(end, cursor->end());
        cursor->Take();
        grown = true;
      }
    }
    result.Add({source, end + a.shift - source, target, end + c.shift - target});
  }
  return result;
}

}  // namespace kaoju
