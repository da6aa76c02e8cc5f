// RuleMatch: where a rule matched a view, and what it captured. Shared by the matcher and its slow
// twin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace kaoju {

// A stretch of a view; kUnsetPlace where the capture took no part.
inline constexpr uint32_t kUnsetPlace = 0xFFFFFFFF;
struct Capture {
  uint32_t begin = kUnsetPlace;
  uint32_t end = 0;
};

struct RuleMatch {
  const Variant* variant = nullptr;
  uint32_t begin = 0;  // places of the view
  uint32_t end = 0;
  uint32_t trigger_begin = 0;
  uint32_t trigger_end = 0;
  uint32_t captures = 0;  // where those of the pattern begin in MatchList::captures
};

struct MatchList {
  std::vector<RuleMatch> matches;
  std::vector<Capture> captures;  // of each match as many as its pattern has, in that order

  void clear() {
    matches.clear();
    captures.clear();
  }
  // Capture `slot` of the match, or nullptr where it took no part.
  const Capture* Find(const RuleMatch& m, uint8_t slot) const {
    const Capture& c = captures[m.captures + slot];
    return c.begin == kUnsetPlace ? nullptr : &c;
  }
};

// What a group of a side's regex is to its pattern: capture `slot`, or one end of it where the
// capture holds the trigger.
struct GroupSlot {
  enum class Part : uint8_t { kNone, kWhole, kBegin, kEnd };
  Part part = Part::kNone;
  uint8_t slot = 0;
};

// By group number of the left and the right side; and the capture that is the trigger itself.
struct VariantSlots {
  std::vector<GroupSlot> left;
  std::vector<GroupSlot> right;
  uint8_t trigger = kNoCapture;
  uint8_t count = 0;  // captures of the pattern
};

// `left` and `right`: the groups' names by number, "" where unnamed.
VariantSlots MakeSlots(const SplitPattern& pattern, const std::vector<std::string>& left,
                       const std::vector<std::string>& right);

// Sets the captures that a group of the left (or right) side gives. A capture that is set already
// stays: the left side comes first, then the trigger, then the right side.
void SetCapture(GroupSlot slot, uint32_t begin, uint32_t end, Capture* captures);
// Sets the capture that is the trigger, and ends those that hold it where they have no end yet.
void SetTrigger(const VariantSlots& slots, uint32_t begin, uint32_t end, Capture* captures);

}  // namespace kaoju
