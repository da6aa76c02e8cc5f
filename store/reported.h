// Reported: a value that articles give for a metric of a subject in a period, and how two such
// values go together.
#pragma once

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

// One value that articles give for a metric of a subject in a period.
struct Reported {
  std::string subject;
  std::string metric;
  std::string period;  // TIMEX3 value; empty: none is said
  std::string kind;    // money, count …
  std::string unit;
  std::string comparison;  // its kind; empty: none
  std::string baseline;    // what it is compared with
  std::string qualifier;
  std::string modality;
  std::string low;  // exact decimals
  std::string high;
  int64_t articles = 0;
  int64_t outlets = 0;  // different ones, as the articles name them
  // Articles, less those that say what another of them says (duplicates.h).
  int64_t independent = 0;
  std::string first_day;  // of publication, YYYY-MM-DD; may be empty
  std::string last_day;
  std::string outlet;   // of the first article by day and id
  std::string article;  // its id
  std::string surface;  // its words
};

enum class Disagreement {
  kNone,        // bounds that allow each other
  kRounding,    // one is the other, rounded
  kCorrection,  // the same outlet, later
  kBasis,       // compared with something else
  kConflict,
};
// none, rounding, correction, basis, conflict.
std::string_view NameOf(Disagreement disagreement);

// How two values for the same subject, metric, period and unit go together. A value rounds another
// iff they differ by no more than half of its last place that is not zero, and by no more than 5 %
// (which keeps 10亿 from being 14亿, rounded).
Disagreement Compare(const Reported& a, const Reported& b);

struct Conflict {
  Reported most;  // the value that most outlets give
  Reported other;
  Disagreement disagreement = Disagreement::kConflict;
};

// Selects values that articles give: the columns of ReadReported, a row for each of them. In `from`
// and `where`, f is a figure and a its article; `from` is "figure f" or joins something to it.
std::string SelectReported(const std::string& from, const std::string& where);
// The order in which FindConflicts wants them, after ORDER BY.
extern const char* const kConflictOrder;
// What figures must be for that, as a condition on f: facts with subject, metric and period.
// Forecasts are left out: they may differ.
extern const char* const kComparable;

Reported ReadReported(SQLite::Statement& row);

// The values that disagree with what most outlets say of the same question (subject, metric,
// period, kind, unit, comparison). REQUIRES kConflictOrder.
std::vector<Conflict> FindConflicts(const std::vector<Reported>& all);

}  // namespace kaoju
