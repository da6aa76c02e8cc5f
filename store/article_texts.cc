#include "store/article_texts.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "store/database.h"

namespace kaoju {

struct ArticleTexts::Impl {
  explicit Impl(const std::string& p)
      : path(p),
        db(OpenDatabase(p, Access::kRead)),
        next(db,
             "SELECT id, coalesce(title, ''), coalesce(published, ''), coalesce(region, ''), "
             "coalesce(source, ''), text FROM article ORDER BY seq") {}
  std::string path;
  SQLite::Database db;
  SQLite::Statement next;
  bool ended = false;
};

ArticleTexts::ArticleTexts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArticleTexts::ArticleTexts(ArticleTexts&&) noexcept = default;
ArticleTexts::~ArticleTexts() = default;

ArticleTexts ArticleTexts::Open(const std::string& path) {
  return WithIoErrors(path, [&] { return ArticleTexts(std::make_unique<Impl>(path)); });
}

bool ArticleTexts::Next(StoredText& out) {
  return WithIoErrors(impl_->path, [&] {
    // SQLite would begin anew, or fail, where a statement that has ended is stepped again.
    impl_->ended = impl_->ended || !impl_->next.executeStep();
    if (impl_->ended) return false;
    const auto text = [&](int column) { return impl_->next.getColumn(column).getString(); };
    out = {text(0), text(1), text(2), text(3), text(4), text(5)};
    return true;
  });
}

}  // namespace kaoju
