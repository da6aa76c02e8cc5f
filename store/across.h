// Across: what articles say together: the same figure over time, who agrees on it, and who does
// not.
#pragma once

#include <cstdint>
#include <memory>
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
  int64_t independent =
      0;                  // articles, less those that say what another of them says (duplicates.h)
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

// One thread at a time may use it.
class Across {
 public:
  // Opens an existing store. Throws IoError, as its other functions do.
  static Across Open(const std::string& path);
  Across(Across&&) noexcept;
  ~Across();

  // All values for a metric of a subject by period; empty `metric`: for all metrics. 0: no limit.
  std::vector<Reported> Timeline(const std::string& subject, const std::string& metric,
                                 int64_t limit);
  // Values for the same subject, metric, period, kind, unit and comparison that do not agree, true
  // conflicts first. Forecasts are left out: they may differ. Empty: any.
  std::vector<Conflict> Conflicts(const std::string& subject, const std::string& metric,
                                  int64_t limit);

 private:
  struct Impl;
  explicit Across(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
