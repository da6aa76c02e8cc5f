#include "cli/cmd_diff.h"

#include <map>
#include <vector>

#include "cli/exit_codes.h"
#include "cli/table.h"
#include "rules/error.h"
#include "store/query.h"

namespace kaoju {
namespace {

struct Counts {
  int64_t added = 0;
  int64_t removed = 0;
  int64_t judged = 0;
};

void PrintCounts(const std::vector<ChangeRow>& changes, std::ostream& out) {
  std::map<std::string, Counts> by_rule;
  for (const ChangeRow& c : changes) {
    Counts& counts = by_rule[c.rule];
    ++(c.added ? counts.added : counts.removed);
    if (!c.added && !c.decision.empty()) ++counts.judged;
  }
  std::vector<std::vector<std::string>> cells;
  for (const auto& [rule, c] : by_rule) {
    cells.push_back(
        {rule, std::to_string(c.added), std::to_string(c.removed), std::to_string(c.judged)});
  }
  PrintTable({{"rule", 48}, {"added", 12, true}, {"removed", 12, true}, {"judged", 12, true}},
             cells, out);
}

void PrintChanges(const std::vector<ChangeRow>& changes, std::ostream& out) {
  std::vector<std::vector<std::string>> cells;
  for (const ChangeRow& c : changes) {
    cells.push_back({c.added ? "+" : "-", c.rule, c.article, std::to_string(c.start),
                     std::to_string(c.end), c.surface, c.reading, c.added ? "" : c.decision});
  }
  PrintTable({{"", 1},
              {"rule", 32},
              {"article", 24},
              {"start", 10, true},
              {"end", 10, true},
              {"surface", 36},
              {"reading", 72},
              {"verdict", 8}},
             cells, out);
}

}  // namespace

void AddDiffOptions(CLI::App& sub, DiffCommand& o) {
  sub.add_option("RUN1", o.first, "a run (kaoju show lists them)")->required();
  sub.add_option("RUN2", o.last, "a later one")->required();
  sub.add_option("--db", o.db, "the fact store")->required()->type_name("FILE");
  sub.add_flag("--summary", o.summary, "the counts of the rules only");
  sub.footer(
      "Examples:\n"
      "  kaoju diff 1 2 --db facts.db --summary      how many facts each rule has gained and lost\n"
      "  kaoju diff 1 2 --db facts.db                which, and which of them had been judged\n"
      "To try rules: run, change them, run again over the same input, diff. Of articles that were "
      "there at RUN1. Exit code: 0 nothing differs, 2 something does.");
}

int RunDiff(const DiffCommand& o, std::ostream& out) {
  Query query = Query::Open(o.db);
  const std::vector<ChangeRow> changes = query.Changes(o.first, o.last);
  PrintCounts(changes, out);
  if (!o.summary && !changes.empty()) {
    out << '\n';
    PrintChanges(changes, out);
  }
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return changes.empty() ? kGood : kSomeFailed;
}

}  // namespace kaoju
