#include "store/verify.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "extract/decimal.h"
#include "rules/error.h"
#include "rules/hash.h"
#include "store/conflict_table.h"
#include "store/database.h"
#include "store/raw_bytes.h"
#include "store/row.h"
#include "store/standings.h"

namespace kaoju {
namespace {

// A range of bytes that a row claims, and the column that repeats the text there; nullptr: none.
struct Evidence {
  const char* table;
  const char* start;
  const char* end;
  const char* words;
};

constexpr std::array kEvidence = {
    Evidence{"repair", "start_byte", "end_byte", "before_text"},
    Evidence{"mention", "start_byte", "end_byte", "surface"},
    Evidence{"time", "start_byte", "end_byte", "surface"},
    Evidence{"figure", "start_byte", "end_byte", "surface"},
    Evidence{"claim", "start_byte", "end_byte", "surface"},
    Evidence{"claim", "source_start", "source_end", nullptr},
    Evidence{"claim", "cue_start", "cue_end", nullptr},
    Evidence{"claim", "content_start", "content_end", nullptr},
    Evidence{"relation", "start_byte", "end_byte", "surface"},
    Evidence{"role", "start_byte", "end_byte", nullptr},
};
constexpr std::array kFacts = {"mention", "time", "figure", "claim", "relation"};

bool IsBoundary(std::string_view text, int64_t at) {
  return at == static_cast<int64_t>(text.size()) ||
         (static_cast<unsigned char>(text[static_cast<size_t>(at)]) & 0xC0) != 0x80;
}

// What is wrong with the span, or nullopt.
std::optional<std::string> Fault(std::string_view text, int64_t start, int64_t end,
                                 const std::optional<std::string>& words) {
  const std::string span = "bytes " + std::to_string(start) + ".." + std::to_string(end);
  if (start < 0 || end < start || end > static_cast<int64_t>(text.size()))
    return span + " are not within the text of " + std::to_string(text.size()) + " bytes";
  if (!IsBoundary(text, start) || !IsBoundary(text, end)) return span + " cut a character";
  const auto there = text.substr(static_cast<size_t>(start), static_cast<size_t>(end - start));
  if (words && *words != there)
    return span + " read '" + std::string(there) + "', not '" + *words + "'";
  return std::nullopt;
}

class Verifier {
 public:
  Verifier(const std::string& path, const std::function<void(const Problem&)>& report)
      : db_(OpenDatabase(path, Access::kRead)), report_(report) {
    for (const Evidence& e : kEvidence) {
      const std::string words = e.words == nullptr ? "NULL" : e.words;
      const std::string n = std::string_view(e.table) == "role" ? "relation" : "n";
      spans_.push_back(
          {&e, SQLite::Statement(db_, "SELECT " + n + ", " + e.start + ", " + e.end + ", " + words +
                                          " FROM " + e.table + " WHERE article = ? AND " + e.start +
                                          " IS NOT NULL")});
    }
  }

  Verified Run() {
    Pages();
    References();
    Articles();
    Figures();
    Rules();
    Runs();
    Verdicts();
    Searchable();
    Raw();
    Conflicts();
    for (const char* table : kFacts)
      counts_.facts += db_.execAndGet(std::string("SELECT count(*) FROM ") + table).getInt64();
    return counts_;
  }

 private:
  struct Spans {
    const Evidence* evidence;
    SQLite::Statement rows;
  };

  void Report(const std::string& where, const std::string& what) {
    ++counts_.problems;
    report_({where, what});
  }

  void Pages() {
    SQLite::Statement check(db_, "PRAGMA integrity_check");
    for (Row row(check); row.Next();) {
      const std::string said = row.GetText(0);
      if (said != "ok") Report("database", said);
    }
  }

  void References() {
    SQLite::Statement check(db_, "PRAGMA foreign_key_check");
    for (Row row(check); row.Next();)
      Report("table " + row.GetText(0), "a row refers to a missing row of " + row.GetText(2));
  }

  void Articles() {
    SQLite::Statement all(db_, "SELECT seq, id, text, text_sha256 FROM article ORDER BY seq");
    for (Row row(all); row.Next(); ++counts_.articles) {
      const std::string where = "article " + row.GetText(1);
      const std::string text = row.GetText(2);
      if (Sha256(text) != row.GetText(3)) Report(where, "its text differs from its hash");
      for (Spans& s : spans_) Evident(s, row.GetInt(0), where, text);
    }
  }

  void Evident(Spans& s, int64_t seq, const std::string& where, const std::string& text) {
    Row row(s.rows);
    row.Int(seq);
    while (row.Next()) {
      std::optional<std::string> words;
      if (s.evidence->words != nullptr) words = row.GetText(3);
      const auto fault = Fault(text, row.GetInt(1), row.GetInt(2), words);
      if (fault) Report(where + ", " + s.evidence->table + ' ' + row.GetText(0), *fault);
    }
  }

  void Figures() {
    SQLite::Statement all(db_,
                          "SELECT id, n, value_min, value_max FROM figure JOIN article ON seq = "
                          "article ORDER BY article, n");
    for (Row row(all); row.Next();) {
      const auto low = Decimal::Parse(row.GetText(2));
      const auto high = Decimal::Parse(row.GetText(3));
      const std::string where = "article " + row.GetText(0) + ", figure " + row.GetText(1);
      if (!low || !high) {
        Report(where, "its value does not read as a decimal");
      } else if (*high < *low) {
        Report(where, "its value runs from " + row.GetText(2) + " down to " + row.GetText(3));
      }
    }
  }

  void Rules() {
    for (const char* table : kFacts) {
      SQLite::Statement lost(db_, std::string("SELECT DISTINCT rule FROM ") + table +
                                      " WHERE rule NOT IN (SELECT id FROM rule) ORDER BY 1");
      for (Row row(lost); row.Next();)
        Report("rule " + row.GetText(0),
               std::string("its text is not kept, but a ") + table + " was found by it");
    }
  }

  void Runs() {
    SQLite::Statement broken(
        db_,
        "WITH inputs AS (SELECT r.id, r.complete, (SELECT group_concat(input, char(10)) FROM "
        "(SELECT input FROM run_input WHERE run = r.id ORDER BY n)) AS list FROM run r) "
        "SELECT a.id FROM inputs a WHERE a.complete = 0 AND NOT EXISTS (SELECT 1 FROM inputs b "
        "WHERE b.id > a.id AND b.complete = 1 AND b.list IS a.list) ORDER BY a.id");
    for (Row row(broken); row.Next();)
      Report("run " + row.GetText(0), "it did not come to its end; start it again to go on");
    SQLite::Statement counts(db_,
                             "SELECT id FROM run WHERE complete = 1 AND docs <> added + replaced + "
                             "same + failed ORDER BY id");
    for (Row row(counts); row.Next();)
      Report("run " + row.GetText(0), "its counts do not add up to its documents");
  }

  void Verdicts() {
    std::map<std::string, int64_t> places;
    std::set<std::string> articles;
    VerdictRows rows(db_);
    for (const Verdict& v : rows.All()) {
      const std::string where = "verdict " + v.hash.substr(0, 12);
      if (HashOf(v) != v.hash) Report(where, "it differs from its hash");
      if (!v.previous.empty() && !places.contains(v.previous))
        Report(where, "the verdict before it, " + v.previous.substr(0, 12) + ", is missing");
      if (!v.previous.empty() && places.contains(v.previous) && places[v.previous] >= v.place)
        Report(where, "it does not come after the verdict before it");
      places[v.hash] = v.place;
      articles.insert(v.judged.article);
    }
    for (const std::string& article : articles) Stand(article);
  }

  void Stand(const std::string& article) {
    SQLite::Statement stored(db_, "SELECT standing, n FROM standing WHERE verdict = ?");
    Standings standings(db_);
    for (const auto& [verdict, row] : standings.Find(article)) {
      Row there(stored);
      const bool found = there.Text(verdict.hash).Next();
      const std::string n = row.carried.n ? std::to_string(*row.carried.n) : "";
      if (!found || there.GetText(0) != NameOf(row.carried.standing) || there.GetText(1) != n)
        Report("verdict " + verdict.hash.substr(0, 12),
               "its standing is " + std::string(NameOf(row.carried.standing)) +
                   ", the store says otherwise");
    }
  }

  void Searchable() {
    SQLite::Statement missing(
        db_, "SELECT id FROM article WHERE seq NOT IN (SELECT article FROM search_row)");
    for (Row row(missing); row.Next();)
      Report("article " + row.GetText(0), "search does not know it; run over its input again");
  }

  void Raw() {
    SQLite::Statement pages(db_,
                            "SELECT a.id, p.n, p.size, p.sha256, raw.bytes FROM provenance p JOIN "
                            "article a ON a.seq = p.article JOIN raw USING (sha256) "
                            "ORDER BY p.article, p.text_sha256, p.n");
    for (Row row(pages); row.Next();) {
      const std::string where = "article " + row.GetText(0) + ", page " + row.GetText(1);
      try {
        if (Sha256(UnpackRaw(row.GetText(4), row.GetInt(2))) != row.GetText(3))
          Report(where, "the bytes that are kept differ from their hash");
      } catch (const Error& e) {
        Report(where, e.what());
      }
    }
    SQLite::Statement lost(
        db_,
        "SELECT DISTINCT a.id FROM provenance p JOIN article a ON a.seq = "
        "p.article WHERE p.text_sha256 <> a.text_sha256 AND NOT EXISTS (SELECT 1 "
        "FROM revision r WHERE r.article = a.seq AND r.text_sha256 = "
        "p.text_sha256) ORDER BY a.id");
    for (Row row(lost); row.Next();)
      Report("article " + row.GetText(0), "its bytes are those of a text that it never had");
  }

  // Where a run was cut short some are still due, which Runs() has said.
  void Conflicts() {
    if (HasConflictsDue(db_)) return;
    SQLite::Statement stored(db_,
                             "SELECT subject, metric, period, kind FROM conflict ORDER BY 1, 2, 3, "
                             "4");
    const auto next = [&]() -> std::optional<ConflictRow> {
      if (stored.isDone() || !stored.executeStep()) return std::nullopt;
      const auto text = [&](int column) { return stored.getColumn(column).getString(); };
      return ConflictRow{text(0), text(1), text(2), text(3)};
    };
    bool same = true;
    CompareAll(db_, [&](const ConflictRow& row) { same = same && next() == row; });
    if (!same || next()) Report("conflicts", "those that are stored are not those that there are");
  }

  SQLite::Database db_;
  const std::function<void(const Problem&)>& report_;
  std::vector<Spans> spans_;
  Verified counts_;
};

}  // namespace

Verified Verify(const std::string& path, const std::function<void(const Problem&)>& report) {
  return WithIoErrors(path, [&] { return Verifier(path, report).Run(); });
}

}  // namespace kaoju
