#include "store/change_log.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "store/row.h"

namespace kaoju {

ChangeLog::ChangeLog(SQLite::Database& db)
    : insert_(db,
              "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
              "(SELECT version FROM rule_set WHERE rules = ? AND rule = ?))"),
      last_(db, "SELECT coalesce(max(n), -1) FROM change WHERE run = ? AND article = ?") {}

size_t ChangeLog::Write(int64_t run, int64_t article, Reading before, Reading after,
                        bool same_text) {
  const auto less = [same_text](const StoredFact& a, const StoredFact& b) {
    if (same_text && std::tie(a.start, a.end) != std::tie(b.start, b.end))
      return std::tie(a.start, a.end) < std::tie(b.start, b.end);
    return std::tie(a.kind, a.surface, a.reading, a.rule) <
           std::tie(b.kind, b.surface, b.reading, b.rule);
  };
  std::stable_sort(before.facts.begin(), before.facts.end(), less);
  std::stable_sort(after.facts.begin(), after.facts.end(), less);
  std::vector<StoredFact> gone;
  std::vector<StoredFact> come;
  std::set_difference(before.facts.begin(), before.facts.end(), after.facts.begin(),
                      after.facts.end(), std::back_inserter(gone), less);
  std::set_difference(after.facts.begin(), after.facts.end(), before.facts.begin(),
                      before.facts.end(), std::back_inserter(come), less);
  run_ = run;
  article_ = article;
  n_ = Next();
  Write(gone, -1, before.rules);
  Write(come, 1, after.rules);
  return static_cast<size_t>(std::count_if(gone.begin(), gone.end(), [](const StoredFact& f) {
    return f.kind != "claim" && f.kind != "relation";  // they change with what is in them
  }));
}

// Where an article comes twice in a run, its changes follow each other.
int64_t ChangeLog::Next() {
  Row row(last_);
  row.Int(run_).Int(article_).Next();
  return row.GetInt(0) + 1;
}

void ChangeLog::Write(const std::vector<StoredFact>& facts, int64_t added,
                      const std::string& rules) {
  for (const StoredFact& f : facts) {
    Row row(insert_);
    row.Int(run_).Int(article_).Int(n_++).Int(added).Text(f.kind).Int(f.start).Int(f.end);
    row.Text(f.surface).Text(f.reading).Text(f.rule).Text(rules).Text(f.rule).Run();
  }
}

}  // namespace kaoju
