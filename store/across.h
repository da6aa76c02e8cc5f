// Across: what articles say together: the same figure over time, who agrees on it, and who does
// not.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/reported.h"

namespace kaoju {

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
