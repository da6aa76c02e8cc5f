#include "store/query.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

#include "rules/error.h"
#include "rules/hash.h"
#include "store/database.h"
#include "store/fact_kind.h"
#include "store/fact_sql.h"
#include "store/raw_bytes.h"
#include "store/row.h"
#include "store/verdict_rows.h"

namespace kaoju {
namespace {

std::string SelectOf(const FactKind& kind, const FactFilter& filter, bool judged) {
  std::string sql = std::string("SELECT f.article AS seq, f.start_byte AS s, f.end_byte AS e, '") +
                    kind.name + "' AS kind, f.rule AS rule, f.surface AS surface, " + kind.detail +
                    " AS detail, " + (judged ? VerdictOf(kind) : "NULL") + " AS verdict FROM " +
                    kind.table + " f WHERE 1";
  if (!filter.article.empty()) sql += " AND f.article = (SELECT seq FROM article WHERE id = ?1)";
  if (!filter.name.empty()) sql += std::string(" AND ") + kind.about;
  if (judged && !filter.hidden) sql += " AND NOT " + IsHidden(kind);
  return sql;
}

// A merge of the tables, each already in order of its articles, so that a limit ends the work
// early. `judged`: there are verdicts.
std::string FactsSql(const FactFilter& filter, bool judged) {
  std::string all;
  for (const FactKind& kind : kFactKinds) {
    if (!filter.kind.empty() && filter.kind != kind.name) continue;
    if (!all.empty()) all += " UNION ALL ";
    all += SelectOf(kind, filter, judged);
  }
  if (all.empty()) throw Error("there is no kind of fact named \"" + filter.kind + "\"");
  return "SELECT kind, (SELECT id FROM article WHERE article.seq = u.seq), s, e, surface, detail, "
         "rule, verdict"
         " FROM (" +
         all +
         " ORDER BY 1, 2, 3, 4, 5 LIMIT ?3) u WHERE ?1 IS ?1 AND ?2 IS ?2"
         " ORDER BY u.seq, s, e, kind, rule";
}

// SQLite's LIMIT takes a negative number for no limit.
int64_t Limit(int64_t limit) { return limit == 0 ? -1 : limit; }

}  // namespace

struct Query::Impl {
  explicit Impl(const std::string& store_path)
      : path(store_path), db(OpenDatabase(store_path, Access::kRead)) {}

  int64_t Count(const std::string& table) {
    return db.execAndGet("SELECT count(*) FROM " + table).getInt64();
  }

  std::string path;
  SQLite::Database db;
};

Query::Query(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Query::Query(Query&&) noexcept = default;
Query::~Query() = default;

Query Query::Open(const std::string& path) { return Query(std::make_unique<Impl>(path)); }

Summary Query::Summarize() {
  return WithIoErrors(impl_->path, [&] {
    Summary summary;
    summary.articles = impl_->Count("article");
    summary.rules = impl_->Count("rule");
    for (const FactKind& kind : kFactKinds)
      summary.facts.push_back({kind.name, impl_->Count(kind.table)});
    SQLite::Statement figures(impl_->db,
                              "SELECT kind, count(*) FROM figure GROUP BY kind ORDER BY 2 DESC, 1");
    for (Row row(figures); row.Next();) {
      summary.figures.push_back({row.GetText(0), row.GetInt(1)});
    }
    SQLite::Statement runs(impl_->db,
                           "SELECT id, rules, version, docs, failed, facts, complete FROM run "
                           "ORDER BY id DESC LIMIT 5");
    for (Row row(runs); row.Next();) {
      summary.runs.push_back({row.GetInt(0), row.GetText(1), row.GetText(2), row.GetInt(3),
                              row.GetInt(4), row.GetInt(5), row.GetInt(6) != 0});
    }
    return summary;
  });
}

std::vector<FactRow> Query::Facts(const FactFilter& filter) {
  return WithIoErrors(impl_->path, [&] {
    const bool judged = impl_->db.execAndGet("SELECT EXISTS (SELECT 1 FROM verdict)").getInt() != 0;
    SQLite::Statement statement(impl_->db, FactsSql(filter, judged));
    std::vector<FactRow> facts;
    Row row(statement);
    row.Text(filter.article).Text(filter.name).Int(Limit(filter.limit));
    while (row.Next()) {
      facts.push_back({row.GetText(0), row.GetText(1), row.GetInt(2), row.GetInt(3), row.GetText(4),
                       row.GetText(5), row.GetText(6), row.GetText(7)});
    }
    return facts;
  });
}

std::vector<NameRow> Query::TopEntities(const std::string& type, int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement statement(
        impl_->db,
        "SELECT canonical, type, count(*), count(DISTINCT article) FROM mention "
        "WHERE ?1 = '' OR type = ?1 GROUP BY canonical, type ORDER BY 3 DESC, 1, 2 LIMIT ?2");
    std::vector<NameRow> names;
    Row row(statement);
    row.Text(type).Int(Limit(limit));
    while (row.Next()) {
      names.push_back({row.GetText(0), row.GetText(1), row.GetInt(2), row.GetInt(3)});
    }
    return names;
  });
}

std::vector<NameRow> Query::TopSources(int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement statement(
        impl_->db,
        "SELECT source, source_kind, count(*), count(DISTINCT article) FROM claim "
        "WHERE source IS NOT NULL GROUP BY source, source_kind ORDER BY 3 DESC, 1, 2 LIMIT ?1");
    std::vector<NameRow> names;
    Row row(statement);
    row.Int(Limit(limit));
    while (row.Next()) {
      names.push_back({row.GetText(0), row.GetText(1), row.GetInt(2), row.GetInt(3)});
    }
    return names;
  });
}

std::vector<SourcesRow> Query::Sources(SourcesBy by, int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    const std::string group = by == SourcesBy::kDay ? "a.day" : "a.source";
    const std::string order = by == SourcesBy::kDay ? "1" : "2 DESC, 1";
    SQLite::Statement statement(
        impl_->db, "SELECT coalesce(" + group +
                       ", ''), count(*), sum(c.source_kind = 'person'), sum(c.source_kind = 'org'),"
                       " sum(c.source_kind = 'media'), sum(c.source_kind = 'anonymous'),"
                       " sum(c.source_kind = 'author'), count(DISTINCT c.article)"
                       " FROM claim c JOIN article a ON a.seq = c.article"
                       " GROUP BY 1 ORDER BY " +
                       order + " LIMIT ?1");
    std::vector<SourcesRow> groups;
    Row row(statement);
    row.Int(Limit(limit));
    while (row.Next()) {
      groups.push_back({row.GetText(0), row.GetInt(1), row.GetInt(2), row.GetInt(3), row.GetInt(4),
                        row.GetInt(5), row.GetInt(6), row.GetInt(7)});
    }
    return groups;
  });
}

std::vector<ArticleRow> Query::Articles(const std::string& id, int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    std::string facts = "0";
    for (const FactKind& kind : kFactKinds) {
      facts +=
          std::string(" + (SELECT count(*) FROM ") + kind.table + " f WHERE f.article = a.seq)";
    }
    SQLite::Statement statement(
        impl_->db, "SELECT id, day, source, region, title, " + facts +
                       " FROM article a WHERE ?1 = '' OR id = ?1 ORDER BY seq LIMIT ?2");
    std::vector<ArticleRow> articles;
    Row row(statement);
    row.Text(id).Int(Limit(limit));
    while (row.Next()) {
      articles.push_back({row.GetText(0), row.GetText(1), row.GetText(2), row.GetText(3),
                          row.GetText(4), row.GetInt(5)});
    }
    return articles;
  });
}

std::vector<FailureRow> Query::Failures(int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement statement(
        impl_->db, "SELECT path, line, reason FROM failure ORDER BY path, line LIMIT ?");
    std::vector<FailureRow> failures;
    Row row(statement);
    row.Int(Limit(limit));
    while (row.Next()) failures.push_back({row.GetText(0), row.GetInt(1), row.GetText(2)});
    return failures;
  });
}

std::vector<DuplicateRow> Query::Duplicates(const std::string& id, int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement rows(
        impl_->db,
        "SELECT l.id, a.id, coalesce(a.day, ''), coalesce(a.source, ''), d.kind, d.share, "
        "coalesce(a.title, '') FROM duplicate d JOIN article a ON a.seq = d.article "
        "JOIN article l ON l.seq = d.lead WHERE ?1 = '' OR d.lead IN (SELECT lead FROM duplicate "
        "JOIN article ON seq = article WHERE id = ?1) OR l.id = ?1 "
        "ORDER BY d.lead, d.kind <> 'lead', a.day, a.published, a.seq LIMIT ?2");
    std::vector<DuplicateRow> out;
    Row row(rows);
    row.Text(id).Int(Limit(limit));
    while (row.Next()) {
      out.push_back({row.GetText(0), row.GetText(1), row.GetText(2), row.GetText(3), row.GetText(4),
                     rows.getColumn(5).getDouble(), row.GetText(6)});
    }
    return out;
  });
}

std::vector<RevisionRow> Query::Revisions(const std::string& id, int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement rows(
        impl_->db,
        "SELECT a.id, r.n, r.run, r.change, coalesce(r.title, '') FROM revision r "
        "JOIN article a ON a.seq = r.article WHERE ?1 = '' OR a.id = ?1 "
        "ORDER BY r.article, r.n LIMIT ?2");
    std::vector<RevisionRow> out;
    Row row(rows);
    row.Text(id).Int(Limit(limit));
    while (row.Next())
      out.push_back({row.GetText(0), row.GetInt(1), row.GetInt(2), row.GetText(3), row.GetText(4)});
    return out;
  });
}

std::vector<ProvenanceRow> Query::Provenances(const std::string& id, int64_t limit) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement rows(
        impl_->db,
        "SELECT a.id, coalesce((SELECT r.n FROM revision r WHERE r.article = a.seq AND "
        "r.text_sha256 = p.text_sha256 AND p.text_sha256 <> a.text_sha256 ORDER BY r.n DESC "
        "LIMIT 1), 0) AS revision, p.n, p.path, p.line, p.size, p.sha256, "
        "EXISTS (SELECT 1 FROM raw WHERE raw.sha256 = p.sha256) "
        "FROM article a JOIN provenance p ON p.article = a.seq WHERE " +
            std::string(id.empty() ? "?1 IS ?1" : "a.id = ?1") +
            " ORDER BY a.seq, revision > 0, revision DESC, p.n LIMIT ?2");
    std::vector<ProvenanceRow> out;
    Row row(rows);
    row.Text(id).Int(Limit(limit));
    while (row.Next()) {
      out.push_back({row.GetText(0), row.GetInt(1), row.GetInt(2), row.GetText(3), row.GetInt(4),
                     row.GetInt(5), row.GetText(6), row.GetInt(7) != 0});
    }
    return out;
  });
}

std::string Query::RawBytes(const ProvenanceRow& page) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement kept(impl_->db, "SELECT bytes FROM raw WHERE sha256 = ?");
    Row row(kept);
    if (!row.Text(page.sha256).Next()) {
      throw Error("article " + page.article + ": its bytes are not kept (kaoju run --keep-raw); " +
                  "they stood in " + page.path + ", " + std::to_string(page.line));
    }
    const std::string bytes = UnpackRaw(row.GetText(0), page.size);
    if (Sha256(bytes) != page.sha256)
      throw Error("article " + page.article + ": the bytes that are kept differ from their hash");
    return bytes;
  });
}

std::vector<VerdictRow> Query::Verdicts(const VerdictFilter& filter) {
  return WithIoErrors(impl_->path, [&] {
    SQLite::Statement rows(
        impl_->db, "SELECT " + VerdictColumns() +
                       ", s.standing FROM verdict v JOIN standing s ON s.verdict = v.hash WHERE " +
                       (filter.article.empty() ? "?1 IS ?1" : "v.article = ?1") +
                       (filter.open_only ? " AND s.standing IN ('revalued', 'ambiguous')" : "") +
                       " ORDER BY v.place DESC, v.hash DESC LIMIT ?2");
    const int standing = rows.getColumnCount() - 1;
    std::vector<VerdictRow> out;
    Row row(rows);
    row.Text(filter.article).Int(Limit(filter.limit));
    while (row.Next()) out.push_back({ReadVerdict(row), row.GetText(standing)});
    return out;
  });
}

std::vector<ChangeRow> Query::Changes(int64_t first, int64_t last) {
  return WithIoErrors(impl_->path, [&] {
    for (const int64_t run : {first, last}) {
      SQLite::Statement known(impl_->db, "SELECT 1 FROM run WHERE id = ?");
      if (!Row(known).Int(run).Next()) throw Error("there is no run " + std::to_string(run));
    }
    if (first > last) throw Error("the earlier run comes first");
    SQLite::Statement changes(
        impl_->db,
        "SELECT sum(added) AS net, a.id, c.kind, c.start_byte, c.end_byte, c.surface, c.reading, "
        "c.rule, max(c.rule_version), (SELECT v.decision FROM verdict v WHERE v.article = a.id "
        "AND v.kind = c.kind AND v.start_byte = c.start_byte AND v.end_byte = c.end_byte AND "
        "v.surface = c.surface AND v.reading = c.reading ORDER BY v.place DESC, v.hash DESC "
        "LIMIT 1) FROM change c JOIN article a ON a.seq = c.article WHERE c.run > ?1 AND c.run <= "
        "?2 GROUP BY c.article, c.kind, c.start_byte, c.end_byte, c.surface, c.reading, c.rule "
        "HAVING net <> 0 ORDER BY c.rule, c.article, c.start_byte, c.end_byte, net, c.reading");
    std::vector<ChangeRow> out;
    Row row(changes);
    row.Int(first).Int(last);
    while (row.Next()) {
      out.push_back({row.GetInt(0) > 0, row.GetText(1), row.GetText(2), row.GetInt(3),
                     row.GetInt(4), row.GetText(5), row.GetText(6), row.GetText(7), row.GetText(8),
                     row.GetText(9)});
    }
    return out;
  });
}

}  // namespace kaoju
