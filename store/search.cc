#include "store/search.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "rules/error.h"
#include "store/database.h"
#include "store/search_text.h"

namespace kaoju {

struct Search::Impl {
  Impl(const std::string& p, const std::string& q)
      : path(p), question(q), db(OpenDatabase(p, Access::kRead)) {
    hits.bindNoCopy(1, question);
  }
  std::string path;
  std::string question;
  SQLite::Database db;
  SQLite::Statement hits{
      db,
      "SELECT a.id, coalesce(a.title, ''), coalesce(a.published, ''), coalesce(a.region, ''), "
      "coalesce(a.source, ''), a.text FROM search s JOIN search_row r ON r.row = s.rowid "
      "JOIN article a ON a.seq = r.article WHERE search MATCH ?1 ORDER BY s.rowid DESC"};
  bool ended = false;
};

Search::Search(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Search::Search(Search&&) noexcept = default;
Search::~Search() = default;

Search Search::Open(const std::string& path, const std::vector<std::string>& folded) {
  const std::string question = SearchQuestion(folded);
  if (question.empty()) throw Error("there is no letter or digit to look for");
  return WithIoErrors(path, [&] { return Search(std::make_unique<Impl>(path, question)); });
}

bool Search::Next(StoredText& out) {
  return WithIoErrors(impl_->path, [&] {
    // SQLite would begin anew, or fail, where a statement that has ended is stepped again.
    impl_->ended = impl_->ended || !impl_->hits.executeStep();
    if (impl_->ended) return false;
    const auto text = [&](int column) { return impl_->hits.getColumn(column).getString(); };
    out = {text(0), text(1), text(2), text(3), text(4), text(5)};
    return true;
  });
}

}  // namespace kaoju
