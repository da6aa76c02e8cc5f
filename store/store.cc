#include "store/store.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <openssl/evp.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "rules/error.h"
#include "store/database.h"
#include "store/fact_writer.h"
#include "store/row.h"

namespace kaoju {
namespace {

std::string Sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw Error("OpenSSL cannot compute SHA-256");
  }
  constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(size_t{2} * size);
  for (unsigned int i = 0; i < size; ++i) {
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  return hex;
}

std::string IsoDay(const std::optional<CivilDate>& day) {
  if (!day) return {};
  const auto padded = [](int value, size_t width) {
    const std::string digits = std::to_string(value);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
  };
  return padded(day->year, 4) + "-" + padded(day->month, 2) + "-" + padded(day->day, 2);
}

}  // namespace

struct Store::Impl {
  explicit Impl(const std::string& store_path)
      : path(store_path), db(OpenDatabase(store_path, Access::kWrite)) {}

  // What is stored of an article.
  struct Known {
    int64_t seq = 0;
    bool same = false;  // text, metadata and rules
  };

  std::optional<Known> Find(const Article& article, const std::string& hash,
                            const std::string& rules_id) {
    Row row(find);
    if (!row.Text(article.id).Next()) return std::nullopt;
    const bool same = row.GetText(1) == hash && row.GetText(2) == rules_id &&
                      row.GetText(3) == article.url && row.GetText(4) == article.title &&
                      row.GetText(5) == article.source && row.GetText(6) == article.published &&
                      row.GetText(7) == article.region;
    return Known{row.GetInt(0), same};
  }

  int64_t Insert(int64_t run, const Article& article, const std::string& hash,
                 const std::string& rules_id) {
    Write(insert, run, article, hash, rules_id);
    return db.getLastInsertRowid();
  }

  void Write(SQLite::Statement& statement, int64_t run, const Article& article,
             const std::string& hash, const std::string& rules_id) {
    const std::string day = IsoDay(article.day);
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

  bool in_transaction() const { return sqlite3_get_autocommit(db.getHandle()) == 0; }

  // Runs `work` all or nothing: in a transaction of its own, or in a savepoint of the open group.
  template <typename Work>
  auto Atomically(Work work) {
    return WithIoErrors(path, [&] {
      const bool nested = in_transaction();
      Row(nested ? savepoint : begin).Run();
      try {
        auto result = work();
        Row(nested ? release : commit).Run();
        return result;
      } catch (...) {
        Undo(nested);
        throw;
      }
    });
  }

  // Errors are ignored: a full disk or a lost file may have rolled back the whole transaction
  // already.
  void Undo(bool nested) noexcept {
    if (!in_transaction()) return;
    for (SQLite::Statement* step :
         nested ? std::array{&rollback_to, &release} : std::array{&rollback, &rollback}) {
      if (!in_transaction()) return;
      step->tryExecuteStep();
      step->tryReset();
    }
  }

  std::string path;
  SQLite::Database db;
  SQLite::Statement begin{db, "BEGIN IMMEDIATE"};
  SQLite::Statement commit{db, "COMMIT"};
  SQLite::Statement rollback{db, "ROLLBACK"};
  SQLite::Statement savepoint{db, "SAVEPOINT one"};
  SQLite::Statement release{db, "RELEASE one"};
  SQLite::Statement rollback_to{db, "ROLLBACK TO one"};
  SQLite::Statement find{db,
                         "SELECT seq, text_sha256, rules, url, title, source, published, region "
                         "FROM article WHERE id = ?"};
  SQLite::Statement insert{db,
                           "INSERT INTO article (id, url, title, source, published, day, region, "
                           "text, text_sha256, rules, run) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  SQLite::Statement update{db,
                           "UPDATE article SET url = ?2, title = ?3, source = ?4, published = ?5, "
                           "day = ?6, region = ?7, text = ?8, text_sha256 = ?9, rules = ?10, "
                           "run = ?11 WHERE id = ?1"};
  SQLite::Statement insert_rule{db, "INSERT OR IGNORE INTO rule VALUES (?, ?, ?, ?)"};
  FactWriter facts{db};
  bool grouped = false;  // between Begin and Commit
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::Open(const std::string& path) {
  return WithIoErrors(path, [&] { return Store(std::make_unique<Impl>(path)); });
}

int64_t Store::BeginRun(const RunInfo& info) {
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
    return true;
  });
}

void Store::SaveRules(const std::vector<RuleRow>& rules) {
  impl_->Atomically([&] {
    for (const RuleRow& rule : rules) {
      Row row(impl_->insert_rule);
      row.Text(rule.id).Text(rule.version).Text(rule.layer).Text(rule.text).Run();
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

Store::Saved Store::Save(int64_t run, const Article& article, const Extraction& x,
                         const std::string& rules_id) {
  const std::string hash = Sha256(article.text);
  return impl_->Atomically([&] {
    const auto known = impl_->Find(article, hash, rules_id);
    if (known && known->same) return Saved::kSame;
    if (!known) {
      const int64_t seq = impl_->Insert(run, article, hash, rules_id);
      impl_->facts.Write(seq, article, x);
      return Saved::kNew;
    }
    impl_->Write(impl_->update, run, article, hash, rules_id);
    impl_->facts.Remove(known->seq);
    impl_->facts.Write(known->seq, article, x);
    return Saved::kReplaced;
  });
}

void Store::Begin() {
  WithIoErrors(impl_->path, [&] { Row(impl_->begin).Run(); });
  impl_->grouped = true;
}

void Store::Commit() {
  if (!std::exchange(impl_->grouped, false)) throw Error("Store::Commit without Begin");
  if (!impl_->in_transaction()) {
    throw IoError(impl_->path + ": the last articles are not stored, an earlier error undid them");
  }
  WithIoErrors(impl_->path, [&] {
    try {
      Row(impl_->commit).Run();
    } catch (...) {
      impl_->Undo(false);
      throw;
    }
  });
}

void Store::LimitPages(int64_t pages) {
  WithIoErrors(impl_->path,
               [&] { impl_->db.execAndGet("PRAGMA max_page_count = " + std::to_string(pages)); });
}

}  // namespace kaoju
