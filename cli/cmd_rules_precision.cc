// kaoju rules precision: the rate of right hits in a judged sample.
#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>

#include "cli/exit_codes.h"
#include "cli/reservoir.h"
#include "cli/table.h"
#include "cli/text_file.h"
#include "cli/workshop.h"
#include "rules/error.h"

namespace kaoju {
namespace {

struct Counts {
  size_t good = 0;
  size_t edge = 0;
  size_t bad = 0;
  size_t all() const { return good + edge + bad; }
};

std::vector<std::string> Row(const std::string& name, const Counts& c) {
  const auto rate = [&](size_t good) {
    const auto [low, high] = WilsonInterval(good, c.all());
    return fmt::format("{:.1f} % ({:.1f}-{:.1f})",
                       100.0 * static_cast<double>(good) / static_cast<double>(c.all()), 100 * low,
                       100 * high);
  };
  return {name,
          std::to_string(c.all()),
          std::to_string(c.good),
          std::to_string(c.edge),
          std::to_string(c.bad),
          rate(c.good),
          rate(c.good + c.edge)};
}

int RunPrecision(const std::string& path) {
  std::map<std::string, Counts> rules;
  Counts all;
  std::istringstream lines(ReadTextFile(path));
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const size_t tab = line.find('\t');
    if (tab != 1 || std::string("yne").find(line[0]) == std::string::npos) {
      throw IoError(fmt::format("{}:{}: y, n or e, a tab and the hit expected, found '{}'", path,
                                number, line.substr(0, 20)));
    }
    const std::string rule = line.substr(2, line.find('\t', 2) - 2);
    for (Counts* c : {&rules[rule], &all})
      ++(line[0] == 'y' ? c->good : line[0] == 'e' ? c->edge : c->bad);
  }
  if (all.all() == 0) throw IoError(path + ": nothing is judged here");
  std::vector<std::vector<std::string>> table;
  for (const auto& [rule, counts] : rules) table.push_back(Row(rule, counts));
  if (rules.size() > 1) table.push_back(Row("all", all));
  PrintTable({{"rule", 32},
              {"judged", 8, true},
              {"y", 6, true},
              {"e", 6, true},
              {"n", 6, true},
              {"right (95 % Wilson)", 24, true},
              {"right or nearly", 24, true}},
             table, std::cout);
  return kGood;
}

}  // namespace

void AddRulesPrecision(CLI::App& above, int& code) {
  const auto path = std::make_shared<std::string>();
  CLI::App& sub = *above.add_subcommand("precision", "the rate of right hits in a judged sample");
  sub.add_option("TSV", *path, "what `kaoju rules sample --judge` wrote")->required();
  sub.footer(
      "Examples:\n"
      "  kaoju rules precision person.tsv\n"
      "For each rule and in all: how many are right, with the Wilson interval at 95 %; the last "
      "column counts those with a wrong edge or value (e) as right, too.");
  sub.callback([path, &code] { code = RunPrecision(*path); });
}

}  // namespace kaoju
