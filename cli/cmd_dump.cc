#include "cli/cmd_dump.h"

#include "cli/exit_codes.h"
#include "cli/json.h"
#include "rules/error.h"
#include "store/content.h"

namespace kaoju {
void AddDumpOptions(CLI::App& sub, DumpCommand& o) {
  sub.add_option("--db", o.db, "the fact store")->required()->type_name("FILE");
  sub.footer(
      "Examples:\n"
      "  kaoju dump --db facts.db | sha256sum\n"
      "  diff <(kaoju dump --db a.db) <(kaoju dump --db b.db)\n"
      "Articles by id with their facts, then rules, then failures; no numbers of runs. Two stores "
      "with the same dump hold the same, however they came about.");
}

int RunDump(const DumpCommand& o, std::ostream& out) {
  Content content = Content::Open(o.db);
  rapidjson::StringBuffer line;
  for (ContentRow row; content.Next(row);) {
    line.Clear();
    JsonWriter w(line);
    w.StartObject();
    PutText(w, "table", row.table);
    if (!row.article.empty()) PutText(w, "article", row.article);
    // Where the bytes stood is no matter of what is held.
    const bool placed = row.table == "provenance";
    for (const ContentRow::Column& column : row.columns) {
      if (placed && (column.name == "path" || column.name == "line")) continue;
      w.Key(column.name.c_str());
      PutValue(w, column.value);
    }
    w.EndObject();
    out.write(line.GetString(), static_cast<std::streamsize>(line.GetSize())) << '\n';
    if (!out) break;
  }
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return kGood;
}

}  // namespace kaoju
