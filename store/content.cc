#include "store/content.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <array>

#include "store/database.h"

namespace kaoju {
namespace {

// ?1: the article's number.
constexpr std::array kPartsOfArticle = {
    std::pair{"byline", "SELECT * FROM byline WHERE article = ?1"},
    std::pair{"provenance", "SELECT * FROM provenance WHERE article = ?1 ORDER BY text_sha256, n"},
    std::pair{"revision", "SELECT * FROM revision WHERE article = ?1 ORDER BY n"},
    std::pair{"repair", "SELECT * FROM repair WHERE article = ?1 ORDER BY n"},
    std::pair{"mention", "SELECT * FROM mention WHERE article = ?1 ORDER BY n"},
    std::pair{"time", "SELECT * FROM time WHERE article = ?1 ORDER BY n"},
    std::pair{"figure", "SELECT * FROM figure WHERE article = ?1 ORDER BY n"},
    std::pair{"claim", "SELECT * FROM claim WHERE article = ?1 ORDER BY n"},
    std::pair{"relation", "SELECT * FROM relation WHERE article = ?1 ORDER BY n"},
    std::pair{"role", "SELECT * FROM role WHERE article = ?1 ORDER BY relation, n"},
};
constexpr std::array kBesides = {
    std::pair{"rule", "SELECT * FROM rule ORDER BY id, version"},
    std::pair{"verdict", "SELECT *, article AS document FROM verdict ORDER BY place, hash"},
    std::pair{"failure", "SELECT * FROM failure ORDER BY path, line"},
};
constexpr std::array<std::string_view, 3> kLeftOut = {"seq", "article", "run"};

}  // namespace

ContentRow::Value ValueOf(const SQLite::Column& column) {
  if (column.isInteger()) return column.getInt64();
  if (column.isFloat()) return column.getDouble();
  if (column.isNull()) return std::monostate{};
  return column.getString();
}

struct Content::Impl {
  struct Part {
    const char* table;
    SQLite::Statement rows;
  };

  explicit Impl(const std::string& p)
      : path(p),
        db(OpenDatabase(p, Access::kRead)),
        articles(db, "SELECT * FROM article ORDER BY id COLLATE BINARY") {
    for (const auto& [table, sql] : kPartsOfArticle) parts.push_back({table, {db, sql}});
    for (const auto& [table, sql] : kBesides) besides.push_back({table, {db, sql}});
    part = parts.size();
  }

  void Fill(const char* table, SQLite::Statement& rows, ContentRow& out) const {
    out.table = table;
    out.article = article;
    out.columns.clear();
    for (int i = 0; i < rows.getColumnCount(); ++i) {
      const std::string name = rows.getColumnName(i);
      if (std::find(kLeftOut.begin(), kLeftOut.end(), name) != kLeftOut.end()) continue;
      out.columns.push_back({name, ValueOf(rows.getColumn(i))});
    }
  }

  bool NextPart(ContentRow& out) {
    for (; part < parts.size(); ++part) {
      if (parts[part].rows.executeStep()) {
        Fill(parts[part].table, parts[part].rows, out);
        return true;
      }
    }
    return false;
  }

  bool NextArticle(ContentRow& out) {
    if (articles_ended) return false;
    articles_ended = !articles.executeStep();
    if (articles_ended) {
      article.clear();
      return false;
    }
    article = articles.getColumn("id").getString();
    Fill("article", articles, out);
    for (Part& p : parts) {
      p.rows.reset();
      p.rows.bind(1, articles.getColumn("seq").getInt64());
    }
    part = 0;
    return true;
  }

  bool NextBeside(ContentRow& out) {
    for (; beside < besides.size(); ++beside) {
      if (besides[beside].rows.executeStep()) {
        Fill(besides[beside].table, besides[beside].rows, out);
        return true;
      }
    }
    return false;
  }

  std::string path;
  SQLite::Database db;
  SQLite::Statement articles;
  std::vector<Part> parts;    // of the article at hand
  std::vector<Part> besides;  // of none
  size_t part = 0;
  size_t beside = 0;
  std::string article;
  bool articles_ended = false;
};

Content::Content(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Content::Content(Content&&) noexcept = default;
Content::~Content() = default;

Content Content::Open(const std::string& path) {
  return WithIoErrors(path, [&] { return Content(std::make_unique<Impl>(path)); });
}

bool Content::Next(ContentRow& out) {
  return WithIoErrors(impl_->path, [&] {
    return impl_->NextPart(out) || impl_->NextArticle(out) || impl_->NextBeside(out);
  });
}

}  // namespace kaoju
