#include "store/across.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <array>

#include "store/conflict_table.h"
#include "store/database.h"
#include "store/row.h"

namespace kaoju {
namespace {

constexpr std::array kWorstFirst = {Disagreement::kConflict, Disagreement::kBasis,
                                    Disagreement::kCorrection, Disagreement::kRounding};

std::vector<Reported> ReadAll(SQLite::Statement& rows) {
  std::vector<Reported> out;
  while (rows.executeStep()) out.push_back(ReadReported(rows));
  return out;
}

}  // namespace

struct Across::Impl {
  explicit Impl(const std::string& p) : path(p), db(OpenDatabase(p, Access::kRead)) {}

  // All of a subject, a metric, or both; empty: any.
  std::vector<Conflict> Among(const std::string& subject, const std::string& metric);
  // The same for any subject, as the table of conflicts names them: no more than `limit`.
  std::vector<Conflict> FromTable(const std::string& metric, size_t limit);

  std::string path;
  SQLite::Database db;
};

Across::Across(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Across::Across(Across&&) noexcept = default;
Across::~Across() = default;

Across Across::Open(const std::string& path) {
  return WithIoErrors(path, [&] { return Across(std::make_unique<Impl>(path)); });
}

std::vector<Reported> Across::Timeline(const std::string& subject, const std::string& metric,
                                       int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement groups(
        impl_->db,
        SelectReported("figure f", std::string("f.subject = ?1") +
                                       (metric.empty() ? " AND ?2 IS ?2" : " AND f.metric = ?2")) +
            " ORDER BY 2, f.period IS NULL, 3, 4, 5, 12 DESC, f.value_min_real LIMIT ?3");
    Row row(groups);
    row.Text(subject).Text(metric).Int(limit == 0 ? -1 : limit);
    return ReadAll(groups);
  });
}

std::vector<Conflict> Across::Impl::Among(const std::string& subject, const std::string& metric) {
  std::string where = kComparable;
  where += subject.empty() ? " AND ?1 IS ?1" : " AND f.subject = ?1";
  where += metric.empty() ? " AND ?2 IS ?2" : " AND f.metric = ?2";
  SQLite::Statement groups(db, SelectReported("figure f", where) + " ORDER BY " + kConflictOrder);
  groups.bindNoCopy(1, subject);
  groups.bindNoCopy(2, metric);
  std::vector<Conflict> out = FindConflicts(ReadAll(groups));
  std::stable_sort(out.begin(), out.end(), [](const Conflict& a, const Conflict& b) {
    return a.disagreement > b.disagreement;
  });
  return out;
}

std::vector<Conflict> Across::Impl::FromTable(const std::string& metric, size_t limit) {
  SQLite::Statement questions(db, std::string("SELECT subject, metric, period FROM conflict WHERE "
                                              "kind = ?1 AND ") +
                                      (metric.empty() ? "?2 IS ?2" : "metric = ?2") +
                                      " ORDER BY subject, metric, period");
  SQLite::Statement groups(
      db,
      SelectReported("figure f", std::string(kComparable) +
                                     " AND f.subject = ?1 AND f.metric = ?2 AND f.period = ?3") +
          " ORDER BY " + kConflictOrder);
  std::vector<Conflict> out;
  for (const Disagreement kind : kWorstFirst) {
    const std::string name(NameOf(kind));
    Row question(questions);
    question.Text(name).Text(metric);
    while (out.size() < limit && question.Next()) {
      const std::array asked = {question.GetText(0), question.GetText(1), question.GetText(2)};
      const Row values(groups);
      for (size_t i = 0; i < asked.size(); ++i)
        groups.bindNoCopy(static_cast<int>(i) + 1, asked[i]);
      for (Conflict& c : FindConflicts(ReadAll(groups))) {
        if (c.disagreement == kind) out.push_back(std::move(c));
      }
    }
  }
  return out;
}

std::vector<Conflict> Across::Conflicts(const std::string& subject, const std::string& metric,
                                        int64_t limit) {
  const size_t most = limit > 0 ? static_cast<size_t>(limit) : SIZE_MAX;
  return WithIoErrors(impl_->path, [&] {
    const bool known = subject.empty() && !HasConflictsDue(impl_->db);
    std::vector<Conflict> out =
        known ? impl_->FromTable(metric, most) : impl_->Among(subject, metric);
    if (out.size() > most) out.resize(most);
    return out;
  });
}

}  // namespace kaoju
