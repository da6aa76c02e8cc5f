#include "extract/cue_types.h"

namespace kaoju {

TypeSet CueTypes(const RuleSet& rules) {
  TypeSet out;
  for (const Rule& r : rules.rules()) {
    const EmitRole* cue = r.emit.kind == "claim" ? r.emit.Find("cue") : nullptr;
    if (cue == nullptr) continue;
    for (const SplitPattern& p : r.patterns) {
      if (p.trigger.capture != cue->capture) continue;
      for (const TypeId t : p.trigger.types) out.set(t);
    }
  }
  return out;
}

}  // namespace kaoju
