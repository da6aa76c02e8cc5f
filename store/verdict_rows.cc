#include "store/verdict_rows.h"

#include <array>

namespace kaoju {
namespace {

constexpr std::array kColumns = {
    "hash",     "previous", "place",   "at",      "who",          "decision", "why",
    "edited",   "scope",    "within",  "article", "text_sha256",  "kind",     "start_byte",
    "end_byte", "surface",  "reading", "rule",    "rule_version", "passage",  "passage_start"};

std::string Columns(const std::string& before) {
  std::string out;
  for (const char* column : kColumns) out += (out.empty() ? "" : ", ") + before + column;
  return out;
}

std::string Select(const std::string& where) {
  return "SELECT " + VerdictColumns() + " FROM verdict v " + where + " ORDER BY place, hash";
}

std::vector<Verdict> ReadAll(Row& row) {
  std::vector<Verdict> out;
  while (row.Next()) out.push_back(ReadVerdict(row));
  return out;
}

}  // namespace

std::string VerdictColumns() { return Columns("v."); }

Verdict ReadVerdict(Row& row) {
  Verdict v;
  v.hash = row.GetText(0);
  v.previous = row.GetText(1);
  v.place = row.GetInt(2);
  v.at = row.GetText(3);
  v.who = row.GetText(4);
  v.decision = row.GetText(5);
  v.why = row.GetText(6);
  v.edited = row.GetText(7);
  v.scope = row.GetText(8);
  v.within = row.GetText(9);
  v.judged = {row.GetText(10), row.GetText(11), row.GetText(12), row.GetInt(13),
              row.GetInt(14),  row.GetText(15), row.GetText(16), row.GetText(17),
              row.GetText(18), row.GetText(19), row.GetInt(20)};
  return v;
}

VerdictRows::VerdictRows(SQLite::Database& db)
    : insert_(db, "INSERT OR IGNORE INTO verdict (" + Columns("") +
                      ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      of_article_(db, Select("WHERE article = ?")),
      all_(db, Select("")) {}

void VerdictRows::Add(const Verdict& v) {
  Row row(insert_);
  row.Text(v.hash).TextOrNull(v.previous).Int(v.place).Text(v.at).Text(v.who).Text(v.decision);
  row.TextOrNull(v.why).TextOrNull(v.edited).TextOrNull(v.scope).TextOrNull(v.within);
  const Judged& j = v.judged;
  row.Text(j.article).Text(j.text_sha256).Text(j.kind).Int(j.start).Int(j.end).Text(j.surface);
  row.Text(j.reading).Text(j.rule).TextOrNull(j.rule_version).Text(j.passage);
  row.Int(j.passage_start).Run();
}

std::vector<Verdict> VerdictRows::Of(const std::string& article) {
  Row row(of_article_);
  row.Text(article);
  return ReadAll(row);
}

std::vector<Verdict> VerdictRows::All() {
  Row row(all_);
  return ReadAll(row);
}

}  // namespace kaoju
