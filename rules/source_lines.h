// SourceLines: the lines of rule files, read once each, so that a diagnostic can show its line and
// point into it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"

namespace kaoju {

class SourceLines {
 public:
  // Line `number` of the file, from 1, without its end; "" when there is none.
  std::string_view Line(const std::string& path, size_t number);

  // Fills source_line from d.file and d.line, and col with the place of `needle` in it; where the
  // line does not hold it (it came by a macro), with that of the line's value behind its keyword.
  void Place(Diagnostic& d, std::string_view needle);

 private:
  std::map<std::string, std::vector<std::string>> files_;
};

}  // namespace kaoju
