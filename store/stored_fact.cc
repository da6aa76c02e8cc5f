#include "store/stored_fact.h"

#include "store/fact_sql.h"
#include "store/row.h"

namespace kaoju {
namespace {

std::string AllKinds() {
  std::string sql;
  for (size_t i = 0; i < kFactKinds.size(); ++i) {
    const FactKind& kind = kFactKinds[i];
    if (i > 0) sql += " UNION ALL ";
    sql += "SELECT " + std::to_string(i) + ", n, start_byte, end_byte, surface, " +
           ReadingOf(kind) + ", rule FROM " + kind.table + " f WHERE article = ?1";
  }
  return sql + " ORDER BY 1, 2";
}

}  // namespace

FactReader::FactReader(SQLite::Database& db) : facts_(db, AllKinds()) {}

std::vector<StoredFact> FactReader::Read(int64_t seq) {
  std::vector<StoredFact> out;
  Row row(facts_);
  row.Int(seq);
  while (row.Next()) {
    out.push_back({kFactKinds[static_cast<size_t>(row.GetInt(0))].name, row.GetInt(1),
                   row.GetInt(2), row.GetInt(3), row.GetText(4), row.GetText(5), row.GetText(6)});
  }
  return out;
}

}  // namespace kaoju
