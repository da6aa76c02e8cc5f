#include "extract/time_anchor.h"

#include <algorithm>
#include <charconv>

namespace kaoju {
namespace {

std::optional<int> Digits(std::string_view s) {
  int v = 0;
  const auto r = std::from_chars(s.data(), s.data() + s.size(), v);
  return r.ec == std::errc() && r.ptr == s.data() + s.size() ? std::optional(v) : std::nullopt;
}

// The day that the time names: 2024-10-29, also with a time of it; the last day of 9月底 and of
// 2023年底. nullopt for whatever is longer.
std::optional<CivilDate> DayOf(const TimeExpr& t) {
  constexpr size_t kYearSize = 4;
  constexpr size_t kMonthSize = 7;
  constexpr size_t kDaySize = 10;
  const std::string_view v = t.value;
  const bool end = t.mod == "END" && (v.size() == kYearSize || v.size() == kMonthSize);
  const bool day = v.size() == kDaySize || (v.size() > kDaySize && v[kDaySize] == 'T');
  if ((!day && !end) || v.find('/') != std::string_view::npos) return std::nullopt;
  const auto year = Digits(v.substr(0, kYearSize));
  const auto month = v.size() == kYearSize ? 12 : Digits(v.substr(kYearSize + 1, 2));
  if (!year || !month || *month < 1 || *month > 12) return std::nullopt;
  const auto of_month = end ? DaysInMonth(*year, *month) : Digits(v.substr(kMonthSize + 1, 2));
  if (!of_month) return std::nullopt;
  return CivilDate{*year, *month, *of_month};
}

}  // namespace

void AnchorWindows(Document& doc, const KnownTypes& types, const TimeResolver& resolver) {
  auto window = doc.windows.begin();
  for (const Sentence& s : doc.sentences) {
    if (window == doc.windows.end()) return;
    std::optional<CivilDate> day;
    auto fact = s.facts.begin();
    for (; window != doc.windows.end() && doc.times[window->time].span.begin < s.span.end;
         ++window) {
      TimeExpr& t = doc.times[window->time];
      for (; fact != s.facts.end() && fact->span.end <= t.span.begin; ++fact) {
        if (fact->type != types.date) continue;
        if (const auto named = DayOf(doc.times[fact->value])) day = named;
      }
      if (day) t.value = resolver.Window(window->parts, day).value;
    }
  }
}

}  // namespace kaoju
