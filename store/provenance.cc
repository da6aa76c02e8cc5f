#include "store/provenance.h"

#include "store/row.h"

namespace kaoju {

ProvenanceWriter::ProvenanceWriter(SQLite::Database& db)
    : remove_(db, "DELETE FROM provenance WHERE article = ? AND text_sha256 = ?"),
      insert_(db, "INSERT INTO provenance VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      keep_(db, "INSERT OR IGNORE INTO raw VALUES (?, ?)") {}

void ProvenanceWriter::Write(int64_t seq, const std::string& text_sha256,
                             const Provenance& provenance) {
  if (provenance.pages.empty()) return;
  Row(remove_).Int(seq).Text(text_sha256).Run();
  int64_t n = 0;
  for (const ProvenancePage& page : provenance.pages) {
    Row row(insert_);
    row.Int(seq).Text(text_sha256).Int(n++).Text(provenance.path).Int(provenance.line);
    row.TextOrNull(page.url).Int(page.size).Text(page.sha256).Run();
    if (!page.packed.empty()) Row(keep_).Text(page.sha256).Bytes(page.packed).Run();
  }
}

}  // namespace kaoju
