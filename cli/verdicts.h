// Verdicts: what a person said of facts, as `kaoju rules sample --judge` writes it.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "extract/notation.h"

namespace kaoju {

// A hit of a rule on one line, without its end: rule, document, bytes, notation, context.
std::string HitLine(const std::string& doc, std::string_view text, const Written& w);

// The columns of a file of verdicts: verdict, then those of HitLine.
class Verdicts {
 public:
  // Adds those of a file; of two on the same fact the later one counts. Throws IoError that names
  // the file and line.
  void Load(const std::string& path);

  // y right, n wrong, e right with a wrong edge or value; '\0': nobody judged this fact.
  char Of(const std::string& doc, const Written& w) const;
  size_t size() const { return by_fact_.size(); }

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  // document, bytes, notation
  std::map<Key, char> by_fact_;
};

}  // namespace kaoju
