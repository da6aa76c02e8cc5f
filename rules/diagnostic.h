// Diagnostics of rule files: `file:line:col: error: message [code]`, the line, a caret.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace kaoju {

struct Diagnostic {
  enum class Level { kError, kWarning };
  Level level = Level::kError;
  std::string file;
  size_t line = 0;  // from 1; 0: the file as a whole
  size_t col = 0;   // in code points, from 1; 0: the line as a whole
  std::string code;
  std::string message;
  std::string source_line;
  std::string hint = {};  // what to do about it; may be empty
};

// The rendered form, several lines, each ended by a newline. The caret stands below the column,
// with wide (East Asian) characters counted as two.
std::string Render(const Diagnostic& d);
std::string Render(const std::vector<Diagnostic>& all);
bool HasErrors(const std::vector<Diagnostic>& all);

}  // namespace kaoju
