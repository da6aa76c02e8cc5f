#include "store/verdict_book.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <filesystem>

#include "rules/error.h"
#include "store/database.h"
#include "store/row.h"
#include "store/standings.h"

namespace kaoju {

struct VerdictBook::Impl {
  explicit Impl(const std::string& p) : path(p), db(OpenDatabase(p, Access::kWrite)) {
    db.exec("PRAGMA synchronous = FULL");  // a verdict that was acknowledged is on the disk
  }

  StoredFact FactAt(const Judgement& j, int64_t seq) {
    const std::string there = "article " + j.article + ", bytes " + std::to_string(j.start) + ".." +
                              std::to_string(j.end);
    std::vector<StoredFact> found;
    for (StoredFact& f : facts.Read(seq)) {
      if (f.start == j.start && f.end == j.end && (j.kind.empty() || f.kind == j.kind) &&
          (j.rule.empty() || f.rule == j.rule))
        found.push_back(std::move(f));
    }
    if (found.empty()) throw Error(there + ": there is no such fact");
    if (found.size() > 1) {
      std::string list;
      for (const StoredFact& f : found) list += "\n  " + f.kind + " " + f.reading + " by " + f.rule;
      throw Error(there + ": more than one fact; say which by its kind or rule:" + list);
    }
    return found[0];
  }

  Judged See(const Judgement& j, std::string& source) {
    Row row(article);
    if (!row.Text(j.article).Next()) throw Error("there is no article with the id " + j.article);
    const StoredFact f = FactAt(j, row.GetInt(0));
    const std::string text = row.GetText(1);
    source = row.GetText(3);
    const std::string rules = row.GetText(4);
    const Span passage =
        PassageOf(text, {static_cast<uint32_t>(f.start), static_cast<uint32_t>(f.end)});
    Judged out{j.article,    row.GetText(2), f.kind, f.start, f.end,
               f.surface,    f.reading,      f.rule, {},      std::string(Slice(text, passage)),
               passage.begin};
    Row rule(version);
    if (rule.Text(rules).Text(f.rule).Next()) out.rule_version = rule.GetText(0);
    return out;
  }

  Verdict After(const Judgement& j) {
    Verdict v;
    std::string source;
    v.judged = See(j, source);
    v.at = j.at;
    v.who = j.who;
    v.decision = j.decision;
    v.why = j.why;
    v.edited = j.edited;
    v.scope = j.scope;
    if (j.scope == "article") v.within = j.article;
    if (j.scope == "source") v.within = source;
    if (j.scope == "source" && source.empty())
      throw Error("article " + j.article + " names no source, so nothing can be hidden there");
    Row row(last);
    if (row.Next()) {
      v.previous = row.GetText(0);
      v.place = row.GetInt(1);
    }
    ++v.place;
    v.hash = HashOf(v);
    return v;
  }

  std::string path;
  SQLite::Database db;
  SQLite::Statement article{
      db, "SELECT seq, text, text_sha256, source, rules FROM article WHERE id = ?"};
  SQLite::Statement version{db, "SELECT version FROM rule_set WHERE rules = ? AND rule = ?"};
  SQLite::Statement last{db,
                         "SELECT hash, place FROM verdict ORDER BY place DESC, hash DESC LIMIT 1"};
  FactReader facts{db};
  VerdictRows rows{db};
  Standings standings{db};
};

VerdictBook::VerdictBook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VerdictBook::VerdictBook(VerdictBook&&) noexcept = default;
VerdictBook::~VerdictBook() = default;

VerdictBook VerdictBook::Open(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) throw IoError(path + ": the file does not exist");
  return WithIoErrors(path, [&] { return VerdictBook(std::make_unique<Impl>(path)); });
}

Verdict VerdictBook::Add(const Judgement& judgement) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    Verdict verdict = impl_->After(judgement);
    impl_->rows.Add(verdict);
    impl_->standings.Hide(verdict);
    impl_->standings.Update(verdict.judged.article);
    transaction.commit();
    return verdict;
  });
}

}  // namespace kaoju
