#include "rules/role.h"

#include <algorithm>

namespace kaoju {
namespace {

constexpr std::array<std::string_view, kRoleCount> kNames = {
    "span",       "canonical",   "suffix",      "limit",  "value",         "low",
    "high",       "negative",    "currency",    "unit",   "low_unit",      "rest",
    "rest_unit",  "last",        "last_unit",   "hedge",  "bound",         "denominator",
    "factor",     "per",         "per_value",   "one",    "min_scale",     "year",
    "rel_year",   "month",       "rel_month",   "day",    "rel_day",       "rel_week",
    "weekday",    "quarter",     "rel_quarter", "half",   "season",        "first_months",
    "first_days", "hour",        "minute",      "second", "minute_digits", "day_part",
    "same",       "same_period", "said",        "era",    "mod",           "how",
    "from",       "to",          "base",        "amount", "direction",     "reference",
    "feast",      "lunar",       "leap",        "nth",    "decade",        "century",
    "content",    "cue",         "source",      "head",   "kind",          "source_kind"};

}  // namespace

std::optional<RoleId> FindRole(std::string_view name) {
  const auto it = std::find(kNames.begin(), kNames.end(), name);
  if (it == kNames.end()) return std::nullopt;
  return static_cast<RoleId>(it - kNames.begin());
}

}  // namespace kaoju
