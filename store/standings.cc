#include "store/standings.h"

#include "store/row.h"

namespace kaoju {

Standings::Standings(SQLite::Database& db)
    : verdicts_(db),
      facts_(db),
      article_(db, "SELECT seq, text, text_sha256 FROM article WHERE id = ?"),
      write_(db, "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?)"),
      show_again_(db,
                  "DELETE FROM suppression WHERE verdict IN (SELECT hash FROM verdict WHERE "
                  "article = ? AND kind = ? AND surface = ? AND reading = ? AND passage = ? "
                  "AND start_byte - passage_start = ?)"),
      hide_(db, "INSERT INTO suppression VALUES (?, ?, ?, ?, ?, ?, ?)") {}

std::vector<std::pair<Verdict, StandingRow>> Standings::Find(const std::string& article) {
  std::vector<std::pair<Verdict, StandingRow>> out;
  for (Verdict& v : verdicts_.Of(article)) out.emplace_back(std::move(v), StandingRow());
  if (out.empty()) return out;
  Row row(article_);
  if (!row.Text(article).Next()) return out;
  const int64_t seq = row.GetInt(0);
  const std::string text = row.GetText(1);
  const std::string hash = row.GetText(2);
  const std::vector<StoredFact> facts = facts_.Read(seq);
  for (auto& [verdict, standing] : out) standing = {seq, Carry(verdict.judged, text, hash, facts)};
  return out;
}

void Standings::Update(const std::string& article) {
  for (const auto& [verdict, standing] : Find(article)) {
    Row row(write_);
    row.Text(verdict.hash).Int(standing.article).Text(NameOf(standing.carried.standing));
    row.Int(standing.carried.n).Run();
  }
}

void Standings::Hide(const Verdict& v) {
  const Judged& j = v.judged;
  Row(show_again_)
      .Text(j.article)
      .Text(j.kind)
      .Text(j.surface)
      .Text(j.reading)
      .Text(j.passage)
      .Int(j.start - j.passage_start)
      .Run();
  if (v.scope.empty()) return;
  Row row(hide_);
  row.Text(v.hash).Text(v.scope).TextOrNull(v.within).Text(j.kind).Text(j.surface);
  row.Text(j.reading).Text(j.rule).Run();
}

}  // namespace kaoju
