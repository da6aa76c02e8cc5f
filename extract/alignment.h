// Alignment: a monotone map between a source text (what an editor sees) and a target text made from
// it (the folded view), kept as a sorted list of edit runs. Outside the runs both texts have the
// same bytes lengths, so a position moves by a constant; a run says that source bytes [source,
// source + source_size) became target bytes [target, target + target_size) as a whole (either may
// be empty: a removal or an insertion).
#pragma once

#include <cstdint>
#include <vector>

#include "extract/span.h"

namespace kaoju {

struct EditRun {
  uint32_t source = 0;
  uint32_t source_size = 0;
  uint32_t target = 0;
  uint32_t target_size = 0;
  bool operator==(const EditRun&) const = default;
};

class Alignment {
 public:
  // Appends a run. REQUIRES runs come in order and do not overlap in either text, and that the gap
  // between two runs has the same size in both. Runs of equal sizes need not be recorded.
  void Add(EditRun run);

  // The smallest source span that holds all that `target` was made from. A span whose end touches a
  // run is widened to the whole run, so that a character's removed gloss, 节(jié), belongs to the
  // character before it: an empty-target run directly at target.end is taken in, one at
  // target.begin is not. Monotone; an empty span maps to an empty span.
  Span ToSource(Span target) const;

  // The smallest target span that holds all that was made from `source`.
  Span ToTarget(Span source) const;

  const std::vector<EditRun>& runs() const { return runs_; }
  bool identity() const { return runs_.empty(); }

 private:
  std::vector<EditRun> runs_;
};

// The alignment source->c of two steps source->b (`first`) and b->c (`second`).
Alignment Compose(const Alignment& first, const Alignment& second);

}  // namespace kaoju
