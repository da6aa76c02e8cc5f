#include "rules/words.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string_view>

#include "rules/error.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr std::array<std::string_view, CommonWords::kEdges> kEdgeNames = {
    "end",     "behind",        "before",       "stop",           "cut",
    "foreign", "foreign-first", "foreign-last", "foreign-behind", "foreign-before"};

// Calls take(first, second, place) for each row of two cells.
void ForRows(
    const std::string& path,
    const std::function<void(std::string_view, std::string_view, const std::string&)>& take) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw RulesError(path + ": cannot be opened");
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const std::string place = path + ':' + std::to_string(number);
    const size_t tab = line.find('\t');
    if (tab == 0 || tab == line.npos || line.find('\t', tab + 1) != line.npos)
      throw RulesError(place + ": two cells were expected");
    if (!IsRuleText(line)) throw RulesError(place + ": is no UTF-8");
    take(std::string_view(line).substr(0, tab), std::string_view(line).substr(tab + 1), place);
  }
}

}  // namespace

CommonWords CommonWords::Load(const std::string& dir) {
  CommonWords out;
  if (!std::filesystem::is_directory(dir)) return out;
  std::map<std::string, uint32_t, std::less<>> words;  // UTF-8 sorts as its code points do
  ForRows(dir + "/common.tsv", [&](auto word, auto count, const std::string& place) {
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), value);
    if (error != std::errc() || end != count.data() + count.size())
      throw RulesError(place + ": '" + std::string(count) + "' is no count");
    if (!words.emplace(word, value).second)
      throw RulesError(place + ": '" + std::string(word) + "' stands twice");
  });
  ForRows(dir + "/edges.tsv", [&](auto character, auto where, const std::string& place) {
    if (Utf8Width(character[0]) != character.size())
      throw RulesError(place + ": one character was expected");
    const char32_t c = Utf8At(character, 0);
    const auto known = std::find(kEdgeNames.begin(), kEdgeNames.end(), where);
    if (known == kEdgeNames.end())
      throw RulesError(place + ": there is no '" + std::string(where) + "'");
    out.edges_[static_cast<size_t>(known - kEdgeNames.begin())].insert(c);
  });
  std::vector<std::string_view> keys;
  for (const auto& [word, count] : words) {
    keys.push_back(word);
    out.counts_.push_back(count);
  }
  if (!keys.empty()) out.trie_.Build(keys);
  return out;
}

}  // namespace kaoju
