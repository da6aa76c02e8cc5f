// The store as people ask it: views, and what is said of tables and columns.
#include "store/schema.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <string>

#include "tests/cli_fixture.h"

namespace kaoju {
namespace {

using testing_cli::CliTest;
using testing_cli::Outcome;

TEST(SchemaTest, EveryColumnOfATableIsDescribed) {
  size_t views = 0;
  for (const SchemaTable& table : DescribeSchema()) {
    views += table.view ? 1 : 0;
    EXPECT_EQ(table.about.empty(), !table.view) << table.name;
    EXPECT_FALSE(table.columns.empty()) << table.name;
    for (const SchemaColumn& column : table.columns)
      EXPECT_TRUE(table.view || !column.about.empty()) << table.name << '.' << column.name;
  }
  EXPECT_EQ(views, 7U);
}

using SchemaCommandTest = CliTest;

TEST_F(SchemaCommandTest, Datasette) {
  const Outcome o = Run({"schema", "--format", "datasette", "--database", "news"});
  ASSERT_EQ(o.code, 0) << o.err;
  rapidjson::Document json;
  json.Parse(o.out.c_str());
  ASSERT_FALSE(json.HasParseError());
  const auto& tables = json["databases"]["news"]["tables"];
  EXPECT_STREQ(tables["figures"]["description"].GetString(),
               "numbers with what they measure, of whom and when");
  EXPECT_STREQ(tables["figures"]["columns"]["metric"].GetString(), "what is measured");
  EXPECT_FALSE(tables["figures"].HasMember("hidden"));
  EXPECT_TRUE(tables["figure"]["hidden"].GetBool());
  EXPECT_EQ(Run({"schema", "--format", "xml"}).code, 1);
  EXPECT_TRUE(testing_cli::Has(Run({"schema"}).out, "### claims"));
}

TEST_F(SchemaCommandTest, ViewsSayWhatStandsThere) {
  ASSERT_EQ(
      Run({"run", "-q", File("in.jsonl", testing_cli::ThreeArticles()), "--db", Path("f.db")}).code,
      0);
  SQLite::Database db(Path("f.db"), SQLite::OPEN_READONLY);
  for (const SchemaTable& table : DescribeSchema()) {
    if (!table.view) continue;
    SQLite::Statement rows(db, "SELECT * FROM " + table.name);
    size_t count = 0;
    while (rows.executeStep()) ++count;
    EXPECT_EQ(count > 0, table.name != "verdicts" && table.name != "relations") << table.name;
  }
  // The content of a claim is the bytes of its span.
  SQLite::Statement claims(
      db, "SELECT c.content, a.text FROM claims c JOIN article a ON a.id = c.article");
  size_t seen = 0;
  for (; claims.executeStep(); ++seen) {
    const std::string content = claims.getColumn(0).getString();
    EXPECT_NE(claims.getColumn(1).getString().find(content), std::string::npos) << content;
  }
  EXPECT_GT(seen, 0U);
}

}  // namespace
}  // namespace kaoju
