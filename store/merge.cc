#include "store/merge.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "rules/error.h"
#include "store/conflict_table.h"
#include "store/content.h"
#include "store/database.h"
#include "store/row.h"
#include "store/schema.h"
#include "store/search_text.h"
#include "store/standings.h"

namespace kaoju {
namespace {

constexpr int64_t kAtOnce = 2000;  // articles in a transaction

std::string Shown(const ContentRow::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return "t" + *text;
  if (const auto* number = std::get_if<int64_t>(&value)) return "i" + std::to_string(*number);
  if (const auto* real = std::get_if<double>(&value)) return "r" + std::to_string(*real);
  return "n";
}

std::string Written(const ContentRow& row) {
  std::string out = row.table + '\n';
  for (const auto& column : row.columns) out += column.name + '=' + Shown(column.value) + '\n';
  return out;
}

const ContentRow::Column* Find(const ContentRow& row, std::string_view name) {
  const auto at = std::find_if(row.columns.begin(), row.columns.end(),
                               [&](const ContentRow::Column& c) { return c.name == name; });
  return at == row.columns.end() ? nullptr : &*at;
}

std::string TextOf(const ContentRow& row, std::string_view name) {
  const ContentRow::Column* column = Find(row, name);
  const auto* text = column == nullptr ? nullptr : std::get_if<std::string>(&column->value);
  return text == nullptr ? std::string() : *text;
}

void Set(ContentRow& row, std::string_view name, ContentRow::Value value) {
  for (ContentRow::Column& column : row.columns) {
    if (column.name == name) column.value = std::move(value);
  }
}

// An article with all that belongs to it, as one store holds it.
struct Held {
  std::vector<ContentRow> rows;  // the article's own first; without those below
  std::vector<ContentRow> revisions;
  std::vector<ContentRow> provenance;
  const ContentRow& article() const { return rows.front(); }
  std::vector<ContentRow>& Of(std::string_view table) {
    return table == "revision" ? revisions : table == "provenance" ? provenance : rows;
  }

  // By which one of several is chosen.
  std::tuple<std::string, std::string, std::string, std::string> key() const {
    std::string all;
    for (const ContentRow& row : rows) all += Written(row);
    return {TextOf(article(), "published"), TextOf(article(), "text_sha256"),
            TextOf(article(), "rules"), std::move(all)};
  }
};

// One store, article by article, then what is of none.
class Source {
 public:
  explicit Source(const std::string& path) : content_(Content::Open(path)) { Advance(); }

  // The id of the next article; nullopt: there is none.
  std::optional<std::string> article() const {
    if (!row_ || row_->table != "article") return std::nullopt;
    return row_->article;
  }
  // REQUIRES article().
  Held Take() {
    Held held;
    held.rows.push_back(std::move(*row_));
    for (Advance(); row_ && row_->table != "article" && !row_->article.empty(); Advance())
      held.Of(row_->table).push_back(std::move(*row_));
    return held;
  }
  // The next row of no article. REQUIRES !article().
  std::optional<ContentRow> TakeBeside() {
    std::optional<ContentRow> out = std::move(row_);
    if (out) Advance();
    return out;
  }

 private:
  void Advance() {
    ContentRow row;
    row_.reset();
    if (content_.Next(row)) row_ = std::move(row);
  }

  Content content_;
  std::optional<ContentRow> row_;
};

// The texts that the article had, or has in another store, and that are not its own now.
std::vector<ContentRow> Revisions(const std::vector<Held>& all, const Held& best) {
  std::map<std::pair<std::string, std::string>, ContentRow> out;  // by publication and hash
  const std::string own = TextOf(best.article(), "text_sha256");
  const auto add = [&](const ContentRow& from, const std::string& change) {
    ContentRow row;
    row.table = "revision";
    for (const char* name : {"n", "title", "published", "text", "text_sha256", "change"}) {
      const ContentRow::Column* column = Find(from, name);
      row.columns.push_back({name, column == nullptr ? ContentRow::Value() : column->value});
    }
    Set(row, "change", change);
    const std::string hash = TextOf(row, "text_sha256");
    if (hash == own) return;
    const auto [at, fresh] = out.emplace(std::pair(TextOf(row, "published"), hash), row);
    if (!fresh && TextOf(at->second, "change") < change) at->second = row;
  };
  for (const Held& held : all) {
    for (const ContentRow& row : held.revisions) add(row, TextOf(row, "change"));
    add(held.article(), "update");
  }
  std::vector<ContentRow> rows;
  for (auto& [key, row] : out) {
    Set(row, "n", static_cast<int64_t>(rows.size() + 1));
    rows.push_back(std::move(row));
  }
  return rows;
}

// Where each of the texts was read: of what several stores say of a text, one of them is taken as a
// whole.
std::vector<ContentRow> Provenances(const std::vector<Held>& all, const Held& best,
                                    const std::vector<ContentRow>& revisions) {
  std::map<std::string, std::pair<std::string, std::vector<ContentRow>>> out;  // by text_sha256
  out[TextOf(best.article(), "text_sha256")];
  for (const ContentRow& row : revisions) out[TextOf(row, "text_sha256")];
  for (const Held& held : all) {
    for (auto& [hash, chosen] : out) {
      std::pair<std::string, std::vector<ContentRow>> own;
      for (const ContentRow& row : held.provenance) {
        if (TextOf(row, "text_sha256") != hash) continue;
        own.first += Written(row);
        own.second.push_back(row);
      }
      if (own.first > chosen.first) chosen = std::move(own);
    }
  }
  std::vector<ContentRow> rows;
  for (auto& [hash, chosen] : out) {
    for (ContentRow& row : chosen.second) rows.push_back(std::move(row));
  }
  return rows;
}

class Target {
 public:
  Target(const std::string& path, const std::string& version,
         const std::vector<std::string>& inputs)
      : db_(OpenDatabase(path, Access::kWrite)) {
    SQLite::Statement run(db_, "INSERT INTO run (rules, version) VALUES ('merged', ?)");
    Row(run).Text(version).Run();
    run_ = db_.getLastInsertRowid();
    SQLite::Statement input(db_, "INSERT OR IGNORE INTO run_input VALUES (?, ?, ?)");
    const std::set<std::string> sorted(inputs.begin(), inputs.end());
    int64_t n = 0;
    for (const std::string& path_in : sorted) Row(input).Int(run_).Int(n++).Text(path_in).Run();
  }

  void Begin() { transaction_.emplace(db_); }
  void Commit() {
    if (transaction_) transaction_->commit();
    transaction_.reset();
  }

  void Add(const Held& held, const std::vector<ContentRow>& revisions,
           const std::vector<ContentRow>& provenances, const std::string& words) {
    Insert(held.article(), {{"run", run_}});
    const int64_t seq = db_.getLastInsertRowid();
    for (size_t i = 1; i < held.rows.size(); ++i) Insert(held.rows[i], {{"article", seq}});
    for (const ContentRow& row : revisions) Insert(row, {{"article", seq}, {"run", run_}});
    for (const ContentRow& row : provenances) Insert(row, {{"article", seq}});
    SQLite::Statement search(db_, "INSERT INTO search (rowid, words) VALUES (?, ?)");
    Row(search).Int(seq).Text(words).Run();
    SQLite::Statement row(db_, "INSERT INTO search_row VALUES (?, ?)");
    Row(row).Int(seq).Int(seq).Run();
  }

  void AddBeside(ContentRow row) {
    if (row.table == "verdict") {
      for (ContentRow::Column& column : row.columns) {
        if (column.name == "document") column.name = "article";
      }
    }
    if (row.table == "failure") {
      Insert(row, {{"run", run_}},
             " ON CONFLICT (path, line) DO UPDATE SET reason = max(reason, excluded.reason)");
    } else {
      Insert(row, {}, " ON CONFLICT DO NOTHING");
    }
  }

  void CopyRuleSets(const std::string& path) {
    SQLite::Database from = OpenDatabase(path, Access::kRead);
    SQLite::Statement rows(from, "SELECT rules, rule, version FROM rule_set");
    SQLite::Statement insert(db_, "INSERT OR IGNORE INTO rule_set VALUES (?, ?, ?)");
    for (Row row(rows); row.Next();) {
      const std::string rules = row.GetText(0);
      const std::string rule = row.GetText(1);
      const std::string version = row.GetText(2);
      Row(insert).Text(rules).Text(rule).Text(version).Run();
    }
  }

  void CopyRaw(const std::string& path) {
    SQLite::Database from = OpenDatabase(path, Access::kRead);
    SQLite::Transaction all(db_);
    SQLite::Statement rows(from, "SELECT sha256, bytes FROM raw ORDER BY sha256");
    SQLite::Statement insert(db_, "INSERT OR IGNORE INTO raw VALUES (?, ?)");
    for (Row row(rows); row.Next();) {
      const std::string hash = row.GetText(0);
      const std::string bytes = row.GetText(1);
      Row(insert).Text(hash).Bytes(bytes).Run();
    }
    all.commit();
  }

  // Where all verdicts stand, and what they hide.
  int64_t FindStandings() {
    Standings standings(db_);
    std::vector<std::string> ids;
    SQLite::Statement judged(db_, "SELECT DISTINCT article FROM verdict ORDER BY article");
    while (judged.executeStep()) ids.push_back(judged.getColumn(0).getString());
    int64_t count = 0;
    for (const std::string& id : ids) {
      for (const auto& [verdict, row] : standings.Find(id)) {
        standings.Hide(verdict);
        ++count;
      }
      standings.Update(id);
    }
    return count;
  }

  void Finish(const MergeCounts& counts) {
    SQLite::Statement run(db_, "UPDATE run SET docs = ?1, added = ?1, complete = 1 WHERE id = ?2");
    Row(run).Int(counts.articles).Int(run_).Run();
    BuildIndexes(db_);
    ConflictTable(db_).Rebuild();
  }

 private:
  void Insert(const ContentRow& row, const std::vector<std::pair<const char*, int64_t>>& more,
              const char* conflict = "") {
    std::string names;
    std::string marks;
    for (const auto& column : row.columns) names += (names.empty() ? "" : ", ") + column.name;
    for (const auto& [name, value] : more) names += (names.empty() ? "" : ", ") + std::string(name);
    for (size_t i = 0; i < row.columns.size() + more.size(); ++i) marks += i == 0 ? "?" : ", ?";
    const std::string sql =
        "INSERT INTO " + row.table + " (" + names + ") VALUES (" + marks + ')' + conflict;
    auto& statement = statements_[sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(db_, sql);
    Row values(*statement);
    for (const auto& column : row.columns) {
      if (const auto* text = std::get_if<std::string>(&column.value)) {
        values.Text(*text);
      } else if (const auto* number = std::get_if<int64_t>(&column.value)) {
        values.Int(*number);
      } else if (const auto* real = std::get_if<double>(&column.value)) {
        values.Real(*real);
      } else {
        values.Null();
      }
    }
    for (const auto& [name, value] : more) values.Int(value);
    values.Run();
  }

  SQLite::Database db_;
  int64_t run_ = 0;
  std::map<std::string, std::unique_ptr<SQLite::Statement>> statements_;
  std::optional<SQLite::Transaction> transaction_;
};

MergeCounts Merge(std::vector<Source>& sources, Target& target,
                  const std::function<std::string(std::string_view text)>& fold,
                  const std::function<void(int64_t)>& done) {
  MergeCounts counts;
  target.Begin();
  for (;;) {
    std::optional<std::string> next;
    for (const Source& source : sources) {
      if (source.article() && (!next || *source.article() < *next)) next = source.article();
    }
    if (!next) break;
    std::vector<Held> all;
    for (Source& source : sources) {
      if (source.article() == next) all.push_back(source.Take());
    }
    const auto best = std::max_element(
        all.begin(), all.end(), [](const Held& a, const Held& b) { return a.key() < b.key(); });
    const bool same = std::all_of(all.begin(), all.end(),
                                  [&](const Held& held) { return held.key() == best->key(); });
    counts.differing += same ? 0 : 1;
    const std::vector<ContentRow> revisions = Revisions(all, *best);
    target.Add(*best, revisions, Provenances(all, *best, revisions),
               SearchWords(fold(TextOf(best->article(), "text"))));
    if (++counts.articles % kAtOnce == 0) {
      target.Commit();
      target.Begin();
      done(counts.articles);
    }
  }
  for (Source& source : sources) {
    while (auto row = source.TakeBeside()) target.AddBeside(std::move(*row));
  }
  counts.verdicts = target.FindStandings();
  target.Finish(counts);
  target.Commit();
  done(counts.articles);
  return counts;
}

}  // namespace

MergeCounts MergeStores(const std::vector<std::string>& from, const std::string& into,
                        const std::string& version,
                        const std::function<std::string(std::string_view text)>& fold,
                        const std::function<void(int64_t articles)>& done) {
  namespace fs = std::filesystem;
  if (fs::exists(into)) throw IoError(into + ": exists already; a new file is wanted");
  std::vector<Source> sources;
  for (const std::string& path : from) sources.emplace_back(path);
  try {
    return WithIoErrors(into, [&] {
      Target target(into, version, from);
      for (const std::string& path : from) {
        target.CopyRuleSets(path);
        target.CopyRaw(path);
      }
      return Merge(sources, target, fold, done);
    });
  } catch (...) {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(into + ending, ignored);
    throw;
  }
}

}  // namespace kaoju
