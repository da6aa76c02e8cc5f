#include "extract/regex.h"

#include "rules/error.h"

namespace kaoju {

std::unique_ptr<RE2> CompileRegex(const std::string& regex, const std::string& where) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_max_mem(16 << 20);
  auto re = std::make_unique<RE2>(regex, options);
  if (!re->ok())
    throw RulesError(where + ": no regular expression: " + re->error() + " in " + regex);
  return re;
}

std::vector<std::string> GroupNames(const RE2& re) {
  std::vector<std::string> names(static_cast<size_t>(re.NumberOfCapturingGroups()) + 1);
  for (const auto& [index, name] : re.CapturingGroupNames())
    names[static_cast<size_t>(index)] = name;
  return names;
}

}  // namespace kaoju
