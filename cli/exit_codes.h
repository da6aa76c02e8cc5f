// Exit codes of every command (DESIGN.md §6).
#pragma once

namespace kaoju {

inline constexpr int kGood = 0;
inline constexpr int kUsage = 1;
inline constexpr int kSomeFailed = 2;
inline constexpr int kTooManyFailed = 3;
inline constexpr int kIoBroke = 4;
inline constexpr int kRulesBroke = 5;

}  // namespace kaoju
