#include "store/fact_stream.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <utility>

#include "rules/error.h"
#include "store/database.h"
#include "store/fact_sql.h"
#include "store/row.h"

namespace kaoju {
namespace {

// What precedes a fact's own columns in SelectOf.
enum Leading { kN, kStart, kEnd, kSurface, kReading, kRule, kRuleVersion, kVerdict, kOwn };
// Those of `SELECT *` that are among the leading ones, or mean nothing elsewhere.
constexpr std::array<std::string_view, 6> kSaid = {"article",  "n",       "start_byte",
                                                   "end_byte", "surface", "rule"};

// ?1: the article's number, ?2: the name, ?3: the metric, ?4: the rule, ?5: the article's rule set.
std::string SelectOf(const FactKind& kind, const StreamFilter& filter) {
  std::string sql = "SELECT f.n, f.start_byte, f.end_byte, f.surface, " + std::string(kind.detail) +
                    ", f.rule, (SELECT s.version FROM rule_set s WHERE s.rules = ?5 AND s.rule = "
                    "f.rule), " +
                    VerdictOf(kind) + " AS verdict, f.* FROM " + kind.table +
                    " f WHERE f.article = ?1 AND ?2 IS ?2 AND ?3 IS ?3";
  if (!filter.name.empty()) sql += std::string(" AND ") + kind.about;
  if (!filter.metric.empty())
    sql += std::string_view(kind.table) == "figure" ? " AND f.metric = ?3" : " AND 0";
  if (!filter.rule.empty()) sql += " AND f.rule = ?4";
  if (filter.verdict == "open") sql += " AND verdict IS NULL";
  if (!filter.verdict.empty() && filter.verdict != "open") sql += " AND verdict = ?6";
  if (!filter.hidden) sql += " AND NOT " + IsHidden(kind);
  return sql + " ORDER BY f.n";
}

std::string ArticlesSql(const StreamFilter& filter) {
  std::string sql =
      "SELECT a.seq, a.id, a.url, a.title, a.source, a.published, a.day, a.region, a.text, "
      "a.text_sha256, a.rules, r.version FROM article a JOIN run r ON r.id = a.run WHERE ?1 IS ?1 "
      "AND ?2 IS ?2 AND ?3 IS ?3 AND ?4 IS ?4";
  if (!filter.article.empty()) sql += " AND a.id = ?1";
  if (!filter.outlet.empty()) sql += " AND a.source = ?2";
  if (!filter.first_day.empty()) sql += " AND a.day >= ?3";
  if (!filter.last_day.empty()) sql += " AND a.day <= ?4";
  return sql + " ORDER BY a.id COLLATE BINARY";
}

const ContentRow::Value* Find(const std::vector<ContentRow::Column>& columns,
                              std::string_view name) {
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const ContentRow::Column& c) { return c.name == name; });
  return at == columns.end() ? nullptr : &at->value;
}

}  // namespace

std::string StreamedFact::Text(std::string_view column) const {
  const auto* value = Find(columns, column);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return text == nullptr ? std::string() : *text;
}

std::optional<int64_t> StreamedFact::Int(std::string_view column) const {
  const auto* value = Find(columns, column);
  const auto* number = value == nullptr ? nullptr : std::get_if<int64_t>(value);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

struct FactStream::Impl {
  struct Part {
    const FactKind* kind;
    SQLite::Statement rows;
    std::vector<std::pair<int, std::string>> own;  // columns: place in the row, name
  };

  Impl(const std::string& p, StreamFilter f)
      : path(p),
        filter(std::move(f)),
        db(OpenDatabase(p, Access::kRead)),
        articles(db, ArticlesSql(filter)),
        roles(db,
              "SELECT name, value, start_byte, end_byte FROM role WHERE article = ? AND relation = "
              "? ORDER BY n") {
    articles.bindNoCopy(1, filter.article);
    articles.bindNoCopy(2, filter.outlet);
    articles.bindNoCopy(3, filter.first_day);
    articles.bindNoCopy(4, filter.last_day);
    for (const FactKind& kind : kFactKinds) {
      if (filter.kind.empty() || filter.kind == kind.name) Add(kind);
    }
    if (parts.empty()) throw Error("there is no kind of fact named \"" + filter.kind + "\"");
    part = parts.size();
  }

  void Add(const FactKind& kind) {
    Part p{&kind, {db, SelectOf(kind, filter)}, {}};
    for (int i = kOwn; i < p.rows.getColumnCount(); ++i) {
      const std::string name = p.rows.getColumnName(i);
      if (std::find(kSaid.begin(), kSaid.end(), name) == kSaid.end()) p.own.emplace_back(i, name);
    }
    parts.push_back(std::move(p));
  }

  bool NextArticle() {
    if (ended) return false;
    ended = !articles.executeStep();
    if (ended) return false;
    const auto text = [&](int column) { return articles.getColumn(column).getString(); };
    seq = articles.getColumn(0).getInt64();
    article = {text(1), text(2), text(3), text(4),  text(5), text(6),
               text(7), text(8), text(9), text(10), text(11)};
    for (Part& p : parts) Ask(p);
    part = 0;
    return true;
  }

  void Ask(Part& p) {
    p.rows.reset();
    p.rows.bind(1, seq);
    p.rows.bindNoCopy(2, filter.name);
    p.rows.bindNoCopy(3, filter.metric);
    if (!filter.rule.empty()) p.rows.bindNoCopy(4, filter.rule);
    p.rows.bindNoCopy(5, article.rules);
    if (!filter.verdict.empty() && filter.verdict != "open") p.rows.bindNoCopy(6, filter.verdict);
  }

  void Fill(Part& p, StreamedFact& out) {
    const auto text = [&](int column) { return p.rows.getColumn(column).getString(); };
    out.kind = p.kind->name;
    out.n = p.rows.getColumn(kN).getInt64();
    out.start = p.rows.getColumn(kStart).getInt64();
    out.end = p.rows.getColumn(kEnd).getInt64();
    out.surface = text(kSurface);
    out.reading = text(kReading);
    out.rule = text(kRule);
    out.rule_version = text(kRuleVersion);
    out.verdict = text(kVerdict);
    out.columns.clear();
    for (const auto& [i, name] : p.own) out.columns.push_back({name, ValueOf(p.rows.getColumn(i))});
    out.roles.clear();
    if (out.kind == "relation") FillRoles(out);
  }

  void FillRoles(StreamedFact& out) {
    Row row(roles);
    row.Int(seq).Int(out.n);
    while (row.Next())
      out.roles.push_back({row.GetText(0), row.GetText(1), row.GetInt(2), row.GetInt(3)});
  }

  bool Next(StreamedFact& out) {
    do {
      for (; part < parts.size(); ++part) {
        if (!parts[part].rows.executeStep()) continue;
        Fill(parts[part], out);
        return true;
      }
    } while (NextArticle());
    return false;
  }

  std::string path;
  StreamFilter filter;
  SQLite::Database db;
  SQLite::Statement articles;
  SQLite::Statement roles;
  std::vector<Part> parts;
  size_t part = 0;
  int64_t seq = 0;
  StreamedArticle article;
  bool ended = false;
};

FactStream::FactStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FactStream::FactStream(FactStream&&) noexcept = default;
FactStream::~FactStream() = default;

FactStream FactStream::Open(const std::string& path, const StreamFilter& filter) {
  return WithIoErrors(path, [&] { return FactStream(std::make_unique<Impl>(path, filter)); });
}

bool FactStream::Next(StreamedFact& out) {
  return WithIoErrors(impl_->path, [&] { return impl_->Next(out); });
}

const StreamedArticle& FactStream::article() const { return impl_->article; }

std::vector<std::string> FactStream::ColumnsOf(std::string_view kind) const {
  std::vector<std::string> out;
  for (const Impl::Part& p : impl_->parts) {
    if (kind != p.kind->name) continue;
    for (const auto& [i, name] : p.own) out.push_back(name);
  }
  return out;
}

}  // namespace kaoju
