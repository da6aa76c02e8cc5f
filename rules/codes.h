// Codes: the kinds of diagnostics of rules and lexicons, and how each is silenced.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

struct DiagnosticCode {
  enum class Silence {
    kNever,   // it must be put right
    kInRule,  // `allow CODE: reason` in the rule
    kInFile,  // `# allow CODE SURFACE: reason` among the first lines of the lexicon file
  };
  const char* code;
  Silence silence;
  const char* meaning;
};

// All codes, in the order in which rules/README.md lists them.
const std::vector<DiagnosticCode>& DiagnosticCodes();

// The code's row, or nullptr.
const DiagnosticCode* FindCode(std::string_view code);

// How to silence `code`, for the line below a diagnostic; "" when it cannot be silenced. `surface`
// is that of the lexicon entry.
std::string HowToSilence(std::string_view code, std::string_view surface = {});

}  // namespace kaoju
