#include "cli/rules_dir.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "rules/error.h"

namespace kaoju {

std::string FindRulesDir(const std::string& option) {
  namespace fs = std::filesystem;
  const auto good = [](const fs::path& p) {
    std::error_code error;
    return fs::is_directory(p / "packs", error) && fs::is_directory(p / "lexicon", error);
  };
  std::vector<fs::path> places;
  if (!option.empty()) {
    places.emplace_back(option);
  } else if (const char* env = std::getenv("KAOJU_RULES"); env != nullptr && *env != '\0') {
    places.emplace_back(env);
  } else {
    std::error_code error;
    const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
    places = {here / "rules", here.parent_path() / "rules",
              here.parent_path() / "share/kaoju/rules"};
  }
  std::string looked;
  for (const fs::path& p : places) {
    if (good(p)) return p.string();
    looked += (looked.empty() ? "" : ", ") + p.string();
  }
  throw RulesError("no rules (a folder with packs/ and lexicon/) at " + looked);
}

}  // namespace kaoju
