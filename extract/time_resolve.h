// Resolving time expressions: from what the words say to TIMEX3 values (TimeML; ISO 8601 dates),
// against the article's day and the times before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extract/article.h"
#include "extract/civil.h"
#include "extract/facts.h"
#include "extract/feast.h"
#include "extract/token.h"

namespace kaoju {

// ISO 8601 duration: amount 3, unit M -> P3M; 半年 -> P6M; 2小时30分 -> PT2H30M.
std::string IsoLength(const TimeParts& p);

class TimeResolver {
 public:
  // `now`: the article's day; absent: relative expressions get an empty value. `minute`: the time
  // of that day, for 3小时前. What it writes is kept in `texts`, what it reckons of feasts in
  // `feasts`.
  TimeResolver(std::optional<CivilDate> now, std::optional<int> minute, TextPool& texts,
               FeastMemory& feasts)
      : now_(now), minute_(minute), texts_(texts), feasts_(feasts) {}

  // Forgets the times of the sentence before as anchors for bare months and days (but not for
  // 当天).
  void BeginSentence() { sentence_year_.reset(), sentence_month_.reset(), sentence_stop_.reset(); }
  // Forgets the year ahead that the line was about, too.
  void BeginLine() { ahead_year_.reset(); }

  // The value of `parts`; `times` are those resolved so far, for intervals. Times must come in the
  // order of the text.
  TimeExpr Resolve(const TimeParts& parts, const std::vector<TimeExpr>& times);

  // 过去三个月, 未来2天 reckoned from `anchor`.
  TimeExpr Window(const TimeParts& p, std::optional<CivilDate> anchor) const;
  // 两天后, 7个月前 reckoned from `now` and the minute of that day.
  TimeExpr Offset(const TimeParts& p, std::optional<CivilDate> now,
                  std::optional<int> minute) const;

 private:
  TimeExpr Date(const TimeParts& p);
  TimeExpr DateRange(const TimeParts& p);
  TimeExpr OfDay(const TimeParts& p, TimeExpr out, std::optional<CivilDate> day);
  TimeExpr Feast(const TimeParts& p, TimeExpr out);
  TimeExpr Lunar(const TimeParts& p, TimeExpr out);
  TimeExpr Nth(const TimeParts& p, TimeExpr out);
  TimeExpr Edge(const TimeParts& p);
  TimeExpr PieceOf(const TimeParts& p, TimeExpr out, int from, int to);
  TimeExpr Decade(const TimeParts& p, TimeExpr out) const;
  TimeExpr Interval(const TimeParts& p, const std::vector<TimeExpr>& times);
  std::optional<int> Year(const TimeParts& p) const;
  std::optional<CivilDate> RelativeDay(const TimeParts& p) const;
  TimeExpr Clock(const TimeParts& p, TimeExpr out, std::optional<CivilDate> day);
  std::optional<int> AheadYear(const TimeParts& p) const;
  TimeExpr Since(const TimeExpr& from) const;
  void Remember(std::optional<int> year, std::optional<int> month, std::optional<int> day,
                bool explicit_year);

  std::string_view Keep(std::string_view text) const { return texts_.Keep(text); }

  std::optional<CivilDate> now_;
  std::optional<int> minute_;
  TextPool& texts_;
  FeastMemory& feasts_;
  std::optional<int> sentence_year_;
  std::optional<int> sentence_month_;
  std::optional<CivilDate> sentence_stop_;  // the last whole day of the sentence
  std::optional<int> ahead_year_;           // 明年, while the line goes on about it
  std::optional<int> last_year_;
  std::optional<int> last_month_;
  std::optional<int> last_day_;
};

}  // namespace kaoju
