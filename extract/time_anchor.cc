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

// 16:11 of 2024-06-15T16:11, in minutes.
std::optional<int> MinuteOf(const TimeExpr& t) {
  constexpr size_t kHour = 11;
  const std::string_view v = t.value;
  if (v.size() < kHour + 5 || v[kHour + 2] != ':') return std::nullopt;
  const auto hour = Digits(v.substr(kHour, 2));
  const auto minute = Digits(v.substr(kHour + 3, 2));
  return hour && minute ? std::optional(*hour * 60 + *minute) : std::nullopt;
}

}  // namespace

void AnchorWindows(Document& doc, const KnownTypes& types, const TimeResolver& resolver) {
  auto window = doc.windows.begin();
  for (const Sentence& s : doc.sentences) {
    if (window == doc.windows.end()) return;
    std::optional<CivilDate> day;
    std::optional<int> minute;  // of that day
    auto fact = s.facts.begin();
    for (; window != doc.windows.end() && doc.times[window->time].span.begin < s.span.end;
         ++window) {
      TimeExpr& t = doc.times[window->time];
      for (; fact != s.facts.end() && fact->span.end <= t.span.begin; ++fact) {
        if (fact->type != types.date) continue;
        const auto named = DayOf(doc.times[fact->value]);
        if (!named) continue;
        day = named;
        minute = MinuteOf(doc.times[fact->value]);
      }
      if (!day) continue;
      if (window->parts.kind == TimeParts::Kind::kWindow) {
        t.value = resolver.Window(window->parts, day).value;
        continue;
      }
      const TimeExpr then = resolver.Offset(window->parts, day, minute);
      if (then.value.find('_') != std::string_view::npos) continue;  // FUTURE_REF: no clock
      t.type = then.type;
      t.value = then.value;
    }
  }
}

}  // namespace kaoju
