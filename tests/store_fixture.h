// What the tests of the store share: a folder of one's own, an article with facts of every kind,
// dumps of a database.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "store/store.h"

namespace kaoju {

namespace fs = std::filesystem;

// A folder of its own for one test.
class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "kaoju_store_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  std::string Path(const std::string& name = "facts.db") const { return (folder_ / name).string(); }

  fs::path folder_;
};

inline Decimal Of(std::string_view text) { return Decimal::Parse(text).value(); }

// 李开复表示，豆包投流费用不下10亿元。
inline Article MakeArticle(const std::string& id) {
  Article article;
  article.id = id;
  article.source = "某报";
  article.published = "2024-12-27";
  article.day = CivilDate{2024, 12, 27};
  article.region = "CN";
  article.text = "李开复表示，豆包投流费用不下10亿元。";
  article.repairs.push_back({{0, 3}, "pinyin-gloss", "李", "李"});
  return article;
}

inline Extraction MakeExtraction() {
  Extraction x;
  x.mentions.push_back({{0, 9}, "person", "李开复", "person/name"});
  x.mentions.push_back({{18, 24}, "product", "豆包", "product/lexicon"});
  x.times.push_back({{0, 3}, "DATE", "", "", "time/none"});
  Figure figure;
  figure.span = {42, 50};
  figure.kind = "money";
  figure.low = Of("1000000000");
  figure.high = figure.low;
  figure.unit = "CNY";
  figure.qualifier = "at_least";
  figure.metric = "投流费用";
  figure.subject = "豆包";
  figure.comparison = Comparison{"yoy", "up", ""};
  figure.modality = "fact";
  figure.rule = "money/amount";
  x.figures.push_back(figure);
  Claim claim;
  claim.span = {0, 50};
  claim.source = "李开复";
  claim.source_kind = "person";
  claim.source_span = Span{0, 9};
  claim.cue = "表示";
  claim.cue_kind = "said";
  claim.cue_span = {9, 15};
  claim.content = {18, 50};
  claim.modality = "fact";
  claim.rule = "claim/said";
  claim.parent = 1;  // one that is written later
  claim.nested = true;
  x.claims.push_back(claim);
  claim.source = {};
  claim.source_span.reset();
  claim.source_kind = "author";
  claim.parent.reset();
  claim.nested = false;
  claim.direct_quote = true;
  x.claims.push_back(claim);
  x.relations.push_back({{0, 24},
                         "product_of",
                         {{"product", {18, 24}, "豆包"}, {"company", {0, 9}, "字节跳动"}},
                         "relation/product"});
  return x;
}

// All rows of all tables but those of search, which are an index.
inline std::string Dump(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  SQLite::Statement tables(db,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' "
                           "AND name NOT LIKE 'search%' ORDER BY 1");
  std::string dump;
  while (tables.executeStep()) {
    const std::string table = tables.getColumn(0).getString();
    SQLite::Statement rows(db, "SELECT * FROM " + table + " ORDER BY 1, 2");
    while (rows.executeStep()) {
      dump += table;
      for (int i = 0; i < rows.getColumnCount(); ++i) {
        const SQLite::Column column = rows.getColumn(i);
        dump += '|' + (column.isNull() ? std::string("NULL") : column.getString());
      }
      dump += '\n';
    }
  }
  return dump;
}

inline int64_t CountOf(const std::string& path, const std::string& sql) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  return db.execAndGet(sql).getInt64();
}

}  // namespace kaoju
