#include "store/reported.h"

#include <SQLiteCpp/Column.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>

namespace kaoju {
namespace {

constexpr double kMostRounding = 0.05;

// The first article: its day, id, outlet and words, parted by a control character that no text
// holds in its first three parts.
void FillFirst(const std::string& parts, Reported& r) {
  size_t from = 0;
  for (std::string* part : {&r.first_day, &r.article, &r.outlet}) {
    const size_t to = parts.find('\x1f', from);
    *part = parts.substr(from, to - from);
    from = to + 1;
  }
  r.surface = parts.substr(from);
}

double Number(const std::string& decimal) {
  double value = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  return value;
}

// Half of the last place of an exact decimal that is not zero: 50 of 1200, 0.05 of 3.1.
double HalfPlace(const std::string& decimal) {
  const size_t point = decimal.find('.');
  const size_t last = decimal.find_last_of("123456789");
  if (last == decimal.npos) return 0;
  if (point == decimal.npos) return 0.5 * std::pow(10.0, decimal.size() - 1 - last);
  if (last > point) return 0.5 * std::pow(10.0, -static_cast<double>(last - point));
  return 0.5 * std::pow(10.0, point - 1 - last);
}

bool Rounds(const std::string& rounded, const std::string& exact) {
  const double by = std::abs(Number(rounded) - Number(exact));
  return by <= HalfPlace(rounded) * (1 + 1e-9) && by <= kMostRounding * std::abs(Number(rounded));
}

// Whether `bounded` leaves room for the other.
bool Allows(const Reported& bounded, const Reported& other) {
  const double from = Number(other.low);
  const double to = Number(other.high);
  const std::string& q = bounded.qualifier;
  if (q == "at_least" || q == "more_than") return from >= Number(bounded.low);
  if (q == "at_most" || q == "less_than") return to <= Number(bounded.high);
  return q == "range" && from >= Number(bounded.low) && to <= Number(bounded.high);
}

auto Question(const Reported& r) {
  return std::tie(r.subject, r.metric, r.period, r.kind, r.unit, r.comparison);
}

}  // namespace

const char* const kConflictOrder = "1, 2, 3, 4, 5, 6, 13 DESC, 12 DESC, 15";
const char* const kComparable =
    "f.subject IS NOT NULL AND f.metric IS NOT NULL AND f.period IS NOT NULL AND "
    "f.modality = 'fact'";

std::string SelectReported(const std::string& from, const std::string& where) {
  return "SELECT f.subject, coalesce(f.metric, ''), coalesce(f.period, ''), f.kind, "
         "coalesce(f.unit, ''), coalesce(f.comparison_kind, ''), coalesce(f.comparison_baseline, "
         "''), f.qualifier, f.modality, f.value_min, f.value_max, count(DISTINCT f.article), "
         "count(DISTINCT a.source), coalesce(max(a.day), ''), "
         "min(coalesce(a.day, '') || char(31) || a.id || char(31) || coalesce(a.source, '') || "
         "char(31) || f.surface), "  // see FillFirst
         "count(DISTINCT coalesce(d.lead, f.article)) "
         "FROM " +
         from +
         " JOIN article a ON a.seq = f.article "
         "LEFT JOIN duplicate d ON d.article = f.article WHERE " +
         where +
         " GROUP BY f.subject, f.metric, f.period, f.kind, f.unit, f.comparison_kind, "
         "f.comparison_baseline, f.qualifier, f.modality, f.value_min, f.value_max";
}

Reported ReadReported(SQLite::Statement& row) {
  const auto text = [&](int column) { return row.getColumn(column).getString(); };
  Reported r;
  r.subject = text(0);
  r.metric = text(1);
  r.period = text(2);
  r.kind = text(3);
  r.unit = text(4);
  r.comparison = text(5);
  r.baseline = text(6);
  r.qualifier = text(7);
  r.modality = text(8);
  r.low = text(9);
  r.high = text(10);
  r.articles = row.getColumn(11).getInt64();
  r.outlets = row.getColumn(12).getInt64();
  r.last_day = text(13);
  FillFirst(text(14), r);
  r.independent = row.getColumn(15).getInt64();
  return r;
}

std::string_view NameOf(Disagreement disagreement) {
  switch (disagreement) {
    case Disagreement::kNone:
      return "none";
    case Disagreement::kRounding:
      return "rounding";
    case Disagreement::kCorrection:
      return "correction";
    case Disagreement::kBasis:
      return "basis";
    case Disagreement::kConflict:
      return "conflict";
  }
  return {};
}

Disagreement Compare(const Reported& a, const Reported& b) {
  if (Allows(a, b) || Allows(b, a)) return Disagreement::kNone;
  if (std::tie(a.low, a.high) == std::tie(b.low, b.high)) return Disagreement::kNone;
  if (a.baseline != b.baseline) return Disagreement::kBasis;
  if ((Rounds(a.low, b.low) && Rounds(a.high, b.high)) ||
      (Rounds(b.low, a.low) && Rounds(b.high, a.high)))
    return Disagreement::kRounding;
  const bool one_outlet = a.outlets == 1 && b.outlets == 1 && a.outlet == b.outlet;
  const bool apart = a.last_day < b.first_day || b.last_day < a.first_day;
  return one_outlet && apart ? Disagreement::kCorrection : Disagreement::kConflict;
}

std::vector<Conflict> FindConflicts(const std::vector<Reported>& all) {
  std::vector<Conflict> out;
  for (size_t i = 0, most = 0; i < all.size(); ++i) {
    if (Question(all[i]) != Question(all[most])) most = i;
    const Disagreement is = Compare(all[most], all[i]);
    const bool one_article = all[most].articles == 1 && all[i].article == all[most].article;
    if (i != most && is != Disagreement::kNone && !one_article)
      out.push_back({all[most], all[i], is});
  }
  return out;
}

}  // namespace kaoju
