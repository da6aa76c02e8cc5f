// 巴方 is Pakistan's, Brazil's or Palestine's: the one that the article names, where it does not
// name the usual one.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "rules/rule_set.h"

namespace kaoju {

// The readings of entries of countries by one character (COUNTRY_ABBR, COUNTRY_SIDE,
// COUNTRY_SIDE_RARE): their canonical form, and those of the flag alt.
class CountryReadings {
 public:
  // `rules` must outlive it.
  explicit CountryReadings(const RuleSet& rules);

  // Gives mentions whose rule says that they are a country's by such a character (`same="country"`)
  // the one other reading that stands in the article by its name, where the usual one does not.
  void Resolve(Document& doc) const;

 private:
  struct Readings {
    std::string_view usual;
    std::vector<std::string_view> others;
  };
  std::map<std::string_view, Readings> readings_;  // by the character
};

}  // namespace kaoju
