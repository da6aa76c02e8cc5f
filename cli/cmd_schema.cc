#include "cli/cmd_schema.h"

#include <rapidjson/ostreamwrapper.h>
#include <rapidjson/prettywriter.h>

#include <vector>

#include "cli/exit_codes.h"
#include "rules/error.h"
#include "store/schema.h"

namespace kaoju {
namespace {

void PrintMarkdown(const std::vector<SchemaTable>& tables, std::ostream& out) {
  out << "# A fact store of kaoju, schema " << SchemaVersion() << "\n\n"
      << "An SQLite file. Spans are bytes of the article's text, start inclusive, end exclusive.\n"
      << "NULL: the article does not say.\n";
  for (const bool views : {true, false}) {
    out << (views ? "\n## Views, to be asked\n" : "\n## Tables\n");
    for (const SchemaTable& table : tables) {
      if (table.view != views) continue;
      out << "\n### " << table.name << "\n\n";
      if (!table.about.empty()) out << table.about << "\n\n";
      for (const SchemaColumn& column : table.columns)
        out << "- `" << column.name << '`' << (column.about.empty() ? "" : ": ") << column.about
            << '\n';
    }
  }
}

// https://docs.datasette.io/en/stable/metadata.html
void PrintDatasette(const std::vector<SchemaTable>& tables, const std::string& database,
                    std::ostream& out) {
  rapidjson::OStreamWrapper stream(out);
  rapidjson::PrettyWriter<rapidjson::OStreamWrapper> json(stream);
  const auto text = [&](const char* key, const std::string& value) {
    json.Key(key);
    json.String(value.c_str());
  };
  json.StartObject();
  text("title", "Facts from Chinese news");
  json.Key("databases");
  json.StartObject();
  json.Key(database.c_str());
  json.StartObject();
  json.Key("tables");
  json.StartObject();
  for (const SchemaTable& table : tables) {
    json.Key(table.name.c_str());
    json.StartObject();
    if (!table.about.empty()) text("description", table.about);
    if (!table.view) {
      json.Key("hidden");  // the views say it better
      json.Bool(true);
    }
    json.Key("columns");
    json.StartObject();
    for (const SchemaColumn& column : table.columns) {
      if (!column.about.empty()) text(column.name.c_str(), column.about);
    }
    json.EndObject();
    json.EndObject();
  }
  for (int i = 0; i < 4; ++i) json.EndObject();
  out << '\n';
}

}  // namespace

void AddSchemaOptions(CLI::App& sub, SchemaCommand& o) {
  sub.add_option("--format", o.format, "a page of documentation, or Datasette's metadata.json")
      ->check(CLI::IsMember({"markdown", "datasette"}))
      ->capture_default_str();
  sub.add_option("--database", o.database, "datasette: the name of the store, its file without .db")
      ->capture_default_str();
  sub.footer(
      "Examples:\n"
      "  kaoju schema\n"
      "  kaoju schema --format datasette > metadata.json && datasette facts.db -m metadata.json\n"
      "  sqlite3 facts.db 'SELECT subject, metric, value_min, unit FROM figures LIMIT 5'");
}

int RunSchema(const SchemaCommand& o, std::ostream& out) {
  const std::vector<SchemaTable> tables = DescribeSchema();
  if (o.format == "datasette") {
    PrintDatasette(tables, o.database, out);
  } else {
    PrintMarkdown(tables, out);
  }
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return kGood;
}

}  // namespace kaoju
