#include "store/store.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "extract/civil.h"
#include "rules/error.h"
#include "rules/hash.h"
#include "store/change_log.h"
#include "store/conflict_table.h"
#include "store/database.h"
#include "store/fact_writer.h"
#include "store/provenance.h"
#include "store/revision.h"
#include "store/row.h"
#include "store/schema.h"
#include "store/search_text.h"
#include "store/standings.h"

namespace kaoju {
namespace {

std::string AuthorsOf(const Article& article) {
  std::string out;
  for (const std::string& author : article.authors) out += (out.empty() ? "" : "\n") + author;
  return out;
}

}  // namespace

struct Store::Impl {
  explicit Impl(const std::string& store_path)
      : path(store_path), db(OpenDatabase(store_path, Access::kWrite)) {}

  // What is stored of an article.
  struct Known {
    int64_t seq = 0;
    std::string rules;
    bool same_text = false;
    bool found = false;  // by search, with this text
    bool same = false;   // in all: text, metadata, rules, program
  };

  std::optional<Known> Find(const Article& article, const std::string& hash,
                            const std::string& rules_id) {
    Row row(find);
    if (!row.Text(article.id).Next()) return std::nullopt;
    const bool same_text = row.GetText(1) == hash;
    const bool same = same_text && row.GetText(2) == rules_id && row.GetText(3) == article.url &&
                      row.GetText(4) == article.title && row.GetText(5) == article.source &&
                      row.GetText(6) == article.published && row.GetText(7) == article.region &&
                      row.GetText(8) == AuthorsOf(article) && row.GetText(9) == article.editor &&
                      row.GetText(10) == version;
    const bool indexed = row.GetInt(11) != 0;
    return Known{row.GetInt(0), row.GetText(2), same_text, same_text && indexed, same && indexed};
  }

  int64_t Insert(int64_t run, const Article& article, const std::string& hash,
                 const std::string& rules_id) {
    Write(insert, run, article, hash, rules_id);
    return db.getLastInsertRowid();
  }

  void Write(SQLite::Statement& statement, int64_t run, const Article& article,
             const std::string& hash, const std::string& rules_id) {
    const std::string day = article.day ? Iso(*article.day) : std::string();
    Row(statement)
        .Text(article.id)
        .TextOrNull(article.url)
        .TextOrNull(article.title)
        .TextOrNull(article.source)
        .TextOrNull(article.published)
        .TextOrNull(day)
        .TextOrNull(article.region)
        .Text(article.text)
        .Text(hash)
        .Text(rules_id)
        .Int(run)
        .Run();
  }

  void WriteByline(int64_t seq, const Article& article) {
    const std::string authors = AuthorsOf(article);
    Row(delete_byline).Int(seq).Run();
    if (authors.empty() && article.editor.empty()) return;
    Row(insert_byline).Int(seq).TextOrNull(authors).TextOrNull(article.editor).Run();
  }

  // Keeps the text that the article has, before another takes its place; returns its number.
  int64_t KeepText(int64_t run, int64_t seq) {
    Row(insert_revision).Int(run).Int(seq).Run();
    Row row(last_revision);
    row.Int(seq).Next();
    return row.GetInt(0);
  }
  std::string KeptText(int64_t seq, int64_t n) {
    Row row(revision_text);
    row.Int(seq).Int(n).Next();
    return row.GetText(0);
  }

  void Index(int64_t seq, const Article& article) {
    const std::string words = SearchWords(article.folded);
    int64_t next = 0;
    {
      Row row(last_search_row);
      row.Next();
      next = row.GetInt(0) + 1;
    }
    Row(index_text).Int(next).Text(words).Run();
    Row(delete_index_row).Int(seq).Run();
    Row(insert_index_row).Int(seq).Int(next).Run();
  }

  void WriteInput(const std::string& key, int64_t seq) {
    Row(delete_input).Text(key).Run();
    Row(insert_input).Text(key).Int(seq).Run();
  }

  bool in_transaction() const { return sqlite3_get_autocommit(db.getHandle()) == 0; }

  // Runs `work` all or nothing: in a transaction of its own, or in that of the open group, which is
  // then lost as a whole. Savepoints in the group would cost a quarter of a load's time: at each,
  // FTS5 writes out its index, and pages are kept twice.
  template <typename Work>
  auto Atomically(Work work) {
    return WithIoErrors(path, [&] {
      if (grouped) {
        RequireGroup();
      } else {
        Row(begin).Run();
      }
      try {
        auto result = work();
        if (!grouped) Row(commit).Run();
        return result;
      } catch (...) {
        Undo();
        throw;
      }
    });
  }

  void RequireGroup() const {
    if (in_transaction()) return;
    throw IoError(path + ": the last articles are not stored, an earlier error undid them");
  }

  // Errors are ignored: a full disk or a lost file may have rolled back the transaction already.
  void Undo() noexcept {
    if (!in_transaction()) return;
    rollback.tryExecuteStep();
    rollback.tryReset();
  }

  std::string path;
  SQLite::Database db;
  SQLite::Statement begin{db, "BEGIN IMMEDIATE"};
  SQLite::Statement commit{db, "COMMIT"};
  SQLite::Statement rollback{db, "ROLLBACK"};
  SQLite::Statement find{
      db,
      "SELECT seq, text_sha256, a.rules, url, title, source, published, region, "
      "authors, editor, r.version, EXISTS (SELECT 1 FROM search_row WHERE article = seq) "
      "FROM article a JOIN run r ON r.id = a.run LEFT JOIN byline b ON b.article = a.seq "
      "WHERE a.id = ?"};
  static constexpr const char* kFindInput =
      "SELECT 1 FROM input i JOIN article a ON a.seq = i.article "
      "JOIN search_row s ON s.article = a.seq JOIN run r ON r.id = a.run "
      "WHERE i.key = ? AND a.rules = ? AND r.version = ?";
  SQLite::Statement find_input{db, kFindInput};
  SQLite::Statement find_input_with_bytes{
      db, std::string(kFindInput) +
              " AND EXISTS (SELECT 1 FROM provenance p JOIN raw USING (sha256) WHERE "
              "p.article = a.seq AND p.text_sha256 = a.text_sha256)"};
  SQLite::Statement insert{db,
                           "INSERT INTO article (id, url, title, source, published, day, region, "
                           "text, text_sha256, rules, run) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  SQLite::Statement update{db,
                           "UPDATE article SET url = ?2, title = ?3, source = ?4, published = ?5, "
                           "day = ?6, region = ?7, text = ?8, text_sha256 = ?9, rules = ?10, "
                           "run = ?11 WHERE id = ?1"};
  // Rows are removed and inserted, not replaced: REPLACE opens a savepoint of its own.
  SQLite::Statement insert_byline{db, "INSERT INTO byline VALUES (?, ?, ?)"};
  SQLite::Statement delete_byline{db, "DELETE FROM byline WHERE article = ?"};
  SQLite::Statement insert_revision{
      db,
      "INSERT INTO revision SELECT seq, (SELECT coalesce(max(n), 0) + 1 FROM revision WHERE "
      "article = seq), ?1, title, published, text, text_sha256, 'update' FROM article "
      "WHERE seq = ?2"};
  SQLite::Statement last_revision{db, "SELECT max(n) FROM revision WHERE article = ?"};
  SQLite::Statement revision_text{db, "SELECT text FROM revision WHERE article = ? AND n = ?"};
  SQLite::Statement name_revision{db,
                                  "UPDATE revision SET change = ?3 WHERE article = ?1 AND n = ?2"};
  SQLite::Statement last_search_row{db, "SELECT coalesce(max(row), 0) FROM search_row"};
  SQLite::Statement index_text{db, "INSERT INTO search (rowid, words) VALUES (?, ?)"};
  SQLite::Statement insert_index_row{db, "INSERT INTO search_row VALUES (?, ?)"};
  SQLite::Statement delete_index_row{db, "DELETE FROM search_row WHERE article = ?"};
  SQLite::Statement insert_input{db, "INSERT INTO input VALUES (?, ?)"};
  SQLite::Statement delete_input{db, "DELETE FROM input WHERE key = ?"};
  SQLite::Statement delete_inputs{db, "DELETE FROM input WHERE article = ?"};
  SQLite::Statement insert_failure{db, "INSERT INTO failure VALUES (?, ?, ?, ?)"};
  SQLite::Statement delete_failure{db, "DELETE FROM failure WHERE path = ? AND line = ?"};
  SQLite::Statement insert_manifest{db,
                                    "INSERT OR REPLACE INTO manifest VALUES (?, ?, ?, ?, ?, ?)"};
  SQLite::Statement insert_rule{db, "INSERT OR IGNORE INTO rule VALUES (?, ?, ?, ?)"};
  SQLite::Statement insert_rule_set{db, "INSERT OR IGNORE INTO rule_set VALUES (?, ?, ?)"};
  FactWriter facts{db};
  FactReader reader{db};
  ChangeLog changes{db};
  ConflictTable conflicts{db};
  ProvenanceWriter origins{db};
  Standings standings{db};
  bool grouped = false;  // between Begin and Commit
  std::string version;   // of the program of the run at hand
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::Open(const std::string& path) {
  return WithIoErrors(path, [&] { return Store(std::make_unique<Impl>(path)); });
}

int64_t Store::BeginRun(const RunInfo& info) {
  impl_->version = info.version;
  return impl_->Atomically([&] {
    SQLite::Statement run(impl_->db, "INSERT INTO run (rules, version) VALUES (?, ?)");
    Row(run).Text(info.rules_id).Text(info.version).Run();
    const int64_t id = impl_->db.getLastInsertRowid();
    SQLite::Statement insert(impl_->db, "INSERT INTO run_input VALUES (?, ?, ?)");
    int64_t n = 0;
    for (const std::string& input : info.inputs) Row(insert).Int(id).Int(n++).Text(input).Run();
    return id;
  });
}

void Store::EndRun(int64_t run, const RunCounts& counts) {
  impl_->Atomically([&] {
    SQLite::Statement update(impl_->db,
                             "UPDATE run SET docs = ?, added = ?, replaced = ?, same = ?, "
                             "failed = ?, facts = ?, complete = 1 WHERE id = ?");
    Row row(update);
    row.Int(counts.docs).Int(counts.added).Int(counts.replaced).Int(counts.same);
    row.Int(counts.failed).Int(counts.facts).Int(run).Run();
    BuildIndexes(impl_->db);
    impl_->conflicts.Update();
    return true;
  });
}

void Store::SaveRules(const std::string& rules_id, const std::vector<RuleRow>& rules) {
  impl_->Atomically([&] {
    for (const RuleRow& rule : rules) {
      Row row(impl_->insert_rule);
      row.Text(rule.id).Text(rule.version).Text(rule.layer).Text(rule.text).Run();
      Row(impl_->insert_rule_set).Text(rules_id).Text(rule.id).Text(rule.version).Run();
    }
    return true;
  });
}

bool Store::Has(const Article& article, const std::string& rules_id) {
  return WithIoErrors(impl_->path, [&] {
    const auto known = impl_->Find(article, Sha256(article.text), rules_id);
    return known && known->same;
  });
}

bool Store::HasInput(const std::string& key, const std::string& rules_id, bool with_bytes) {
  return WithIoErrors(impl_->path, [&] {
    Row row(with_bytes ? impl_->find_input_with_bytes : impl_->find_input);
    return row.Text(key).Text(rules_id).Text(impl_->version).Next();
  });
}

Store::Saved Store::Save(int64_t run, const Article& article, const Extraction& x,
                         const std::string& rules_id, const Provenance& provenance) {
  RequireWritable(article, x);
  const std::string hash = Sha256(article.text);
  return impl_->Atomically([&] {
    const auto known = impl_->Find(article, hash, rules_id);
    const int64_t seq = known ? known->seq : impl_->Insert(run, article, hash, rules_id);
    const bool same = known && known->same;
    Reading before;
    int64_t revision = 0;  // of the text that is replaced; 0: none is
    if (known && !same) {
      if (!known->same_text) revision = impl_->KeepText(run, seq);
      before = {known->rules, impl_->reader.Read(seq)};
      impl_->conflicts.Note(seq);
      impl_->Write(impl_->update, run, article, hash, rules_id);
      impl_->facts.Remove(seq);
      Row(impl_->delete_inputs).Int(seq).Run();
    }
    if (!provenance.key.empty()) impl_->WriteInput(provenance.key, seq);
    impl_->origins.Write(seq, hash, provenance);
    if (same) return Saved::kSame;
    if (known || !article.authors.empty() || !article.editor.empty())
      impl_->WriteByline(seq, article);
    if (!known || !known->found) impl_->Index(seq, article);
    impl_->facts.Write(seq, article, x);
    impl_->conflicts.Note(seq);
    if (known) {
      const size_t gone = impl_->changes.Write(
          run, seq, std::move(before), {rules_id, impl_->reader.Read(seq)}, known->same_text);
      if (revision > 0) {
        const std::string_view change =
            KindOfRevision(impl_->KeptText(seq, revision), article.text, gone);
        Row(impl_->name_revision).Int(seq).Int(revision).Text(change).Run();
      }
    }
    impl_->standings.Update(article.id);
    return known ? Saved::kReplaced : Saved::kNew;
  });
}

void Store::SaveFailure(int64_t run, const Place& place, const std::string& reason) {
  ForgetFailure(place);
  WithIoErrors(impl_->path, [&] {
    Row(impl_->insert_failure).Text(place.path).Int(place.line).Text(reason).Int(run).Run();
  });
}

void Store::ForgetFailure(const Place& place) {
  WithIoErrors(impl_->path,
               [&] { Row(impl_->delete_failure).Text(place.path).Int(place.line).Run(); });
}

std::vector<Place> Store::Failures() {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement all(impl_->db, "SELECT path, line FROM failure ORDER BY path, line");
    std::vector<Place> out;
    for (Row row(all); row.Next();) out.push_back({row.GetText(0), row.GetInt(1)});
    return out;
  });
}

void Store::SaveManifest(int64_t run, const ManifestRow& row) {
  WithIoErrors(impl_->path, [&] {
    Row(impl_->insert_manifest)
        .Int(run)
        .Text(row.path)
        .Int(row.docs)
        .Int(row.failed)
        .Int(row.bytes)
        .Text(row.sha256)
        .Run();
  });
}

void Store::Begin() {
  WithIoErrors(impl_->path, [&] { Row(impl_->begin).Run(); });
  impl_->grouped = true;
}

void Store::Commit() {
  if (!std::exchange(impl_->grouped, false)) throw Error("Store::Commit without Begin");
  impl_->RequireGroup();
  WithIoErrors(impl_->path, [&] {
    try {
      Row(impl_->commit).Run();
    } catch (...) {
      impl_->Undo();
      throw;
    }
  });
}

void Store::LimitPages(int64_t pages) {
  WithIoErrors(impl_->path,
               [&] { impl_->db.execAndGet("PRAGMA max_page_count = " + std::to_string(pages)); });
}

}  // namespace kaoju
