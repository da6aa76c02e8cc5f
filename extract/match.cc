#include "extract/match.h"

#include <algorithm>

namespace kaoju {
namespace {

// The end of a capture that holds the trigger, until it is known.
constexpr uint32_t kOpenEnd = 0xFFFFFFFE;

// A capture that holds the trigger arrives as name__b and name__e (rules/pattern.h).
GroupSlot SlotOf(const std::string& name, const std::vector<std::string>& captures) {
  if (name.empty()) return {};
  GroupSlot slot{GroupSlot::Part::kWhole, 0};
  std::string_view base = name;
  if (base.ends_with("__b") || base.ends_with("__e")) {
    slot.part = base.ends_with("__b") ? GroupSlot::Part::kBegin : GroupSlot::Part::kEnd;
    base.remove_suffix(3);
  }
  const auto it = std::find(captures.begin(), captures.end(), base);
  if (it == captures.end()) return {};
  slot.slot = static_cast<uint8_t>(it - captures.begin());
  return slot;
}

std::vector<GroupSlot> SlotsOf(const std::vector<std::string>& names,
                               const std::vector<std::string>& captures) {
  std::vector<GroupSlot> out;
  for (const std::string& name : names) out.push_back(SlotOf(name, captures));
  return out;
}

}  // namespace

VariantSlots MakeSlots(const SplitPattern& pattern, const std::vector<std::string>& left,
                       const std::vector<std::string>& right) {
  VariantSlots out{SlotsOf(left, pattern.captures), SlotsOf(right, pattern.captures), kNoCapture,
                   static_cast<uint8_t>(pattern.captures.size())};
  const auto it =
      std::find(pattern.captures.begin(), pattern.captures.end(), pattern.trigger.capture);
  if (it != pattern.captures.end())
    out.trigger = static_cast<uint8_t>(it - pattern.captures.begin());
  return out;
}

void SetCapture(GroupSlot slot, uint32_t begin, uint32_t end, Capture* captures) {
  if (slot.part == GroupSlot::Part::kNone) return;
  Capture& c = captures[slot.slot];
  switch (slot.part) {
    case GroupSlot::Part::kBegin:
      c = {begin, kOpenEnd};
      break;
    case GroupSlot::Part::kEnd:
      if (c.begin != kUnsetPlace) c.end = end;
      break;
    default:
      if (c.begin == kUnsetPlace) c = {begin, end};
  }
}

void SetTrigger(const VariantSlots& slots, uint32_t begin, uint32_t end, Capture* captures) {
  if (slots.trigger != kNoCapture && captures[slots.trigger].begin == kUnsetPlace)
    captures[slots.trigger] = {begin, end};
  for (uint8_t i = 0; i < slots.count; ++i) {
    if (captures[i].begin != kUnsetPlace && captures[i].end == kOpenEnd) captures[i].end = end;
  }
}

}  // namespace kaoju
