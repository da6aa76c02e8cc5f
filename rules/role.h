// Roles: the parts of a fact that a rule's `emit` may name. A role is looked up many times a match,
// so it is a number; the names stand in role.cc.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kaoju {

enum class RoleId : uint8_t {
  kSpan,
  kCanonical,
  kSuffix,
  kLimit,
  kValue,
  kLow,
  kHigh,
  kNegative,
  kCurrency,
  kUnit,
  kLowUnit,
  kRest,
  kRestUnit,
  kLast,
  kLastUnit,
  kHedge,
  kBound,
  kDenominator,
  kFactor,
  kPer,
  kPerValue,
  kOne,
  kMinScale,
  kYear,
  kRelYear,
  kMonth,
  kRelMonth,
  kDay,
  kRelDay,
  kRelWeek,
  kWeekday,
  kQuarter,
  kRelQuarter,
  kHalf,
  kSeason,
  kFirstMonths,
  kFirstDays,
  kHour,
  kMinute,
  kSecond,
  kMinuteDigits,
  kDayPart,
  kSame,
  kSamePeriod,
  kSaid,
  kEra,
  kMod,
  kHow,
  kFrom,
  kTo,
  kBase,
  kAmount,
  kDirection,
  kReference,
  kFeast,
  kLunar,
  kLeap,
  kNth,
  kDecade,
  kCentury,
  kContent,
  kCue,
  kSource,
  kHead,
  kKind,
  kSourceKind,
};
inline constexpr size_t kRoleCount = static_cast<size_t>(RoleId::kSourceKind) + 1;

// The role of that name; nullopt: no builder reads one (relations have roles of their own).
std::optional<RoleId> FindRole(std::string_view name);

}  // namespace kaoju
