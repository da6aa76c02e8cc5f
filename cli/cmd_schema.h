// kaoju schema: what stands in a fact store, for people who ask it with SQL.
#pragma once

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

namespace kaoju {

struct SchemaCommand {
  std::string format = "markdown";  // or datasette
  std::string database = "facts";   // as Datasette calls the store: its file without .db
};

void AddSchemaOptions(CLI::App& sub, SchemaCommand& o);
int RunSchema(const SchemaCommand& o, std::ostream& out);

}  // namespace kaoju
