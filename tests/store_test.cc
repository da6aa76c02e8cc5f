#include "store/store.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/error.h"
#include "store/query.h"
#include "store/schema.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

TEST_F(StoreTest, SavesEveryField) {
  {
    Store store = Store::Open(Path());
    const int64_t run = store.BeginRun({"sha256:r1", "0.1.0", {"a.jsonl", "b.jsonl"}});
    EXPECT_EQ(run, 1);
    store.SaveRules("sha256:r1", {{"money/amount", "v1", "figure", "rule money/amount"}});
    EXPECT_EQ(store.Save(run, MakeArticle("a"), MakeExtraction(), "sha256:r1",
                         {"k", "a.jsonl", 3, {{"", 4, "hash", "bits"}, {"u", 5, "other", ""}}}),
              Store::Saved::kNew);
    store.SaveFailure(run, {"b.jsonl", 7}, "not JSON");
    store.SaveManifest(run, {"a.jsonl", 2, 1, 345, "h"});
    store.EndRun(run, {1, 1, 0, 0, 0, 7});
  }
  EXPECT_EQ(
      Dump(Path()),
      "article|1|a|NULL|NULL|某报|2024-12-27|2024-12-27|CN|李开复表示，豆包投流费用不下10亿元。|"
      "38e304b23f3fe44ced021c60a630fc8e00c79f957295af52cb9377c81f9c4583|sha256:r1|1\n"
      "claim|1|0|0|50|李开复表示，豆包投流费用不下10亿元|李开复|person|0|9|表示|said|9|15|18|50|0|"
      "0|1|"
      "1|fact|claim/said\n"
      "claim|1|1|0|50|李开复表示，豆包投流费用不下10亿元|NULL|author|NULL|NULL|表示|said|9|15|18|"
      "50|1|"
      "0|0|NULL|fact|claim/said\n"
      "failure|b.jsonl|7|not JSON|1\n"
      "figure|1|0|42|50|10亿元|money|1000000000|1000000000|1000000000.0|1000000000.0|CNY|at_least|"
      "投流费用|豆包|NULL|NULL|yoy|up|NULL|NULL|fact|money/amount\n"
      "input|k|1\n"
      "manifest|1|a.jsonl|2|1|345|h\n"
      "mention|1|0|0|9|李开复|person|李开复|person/name\n"
      "mention|1|1|18|24|豆包|product|豆包|product/lexicon\n"
      "provenance|1|38e304b23f3fe44ced021c60a630fc8e00c79f957295af52cb9377c81f9c4583|0|a.jsonl|3|"
      "NULL|4|hash\n"
      "provenance|1|38e304b23f3fe44ced021c60a630fc8e00c79f957295af52cb9377c81f9c4583|1|a.jsonl|3|u|"
      "5|other\n"
      "raw|hash|bits\n"
      "relation|1|0|0|24|李开复表示，豆包|product_of|relation/product\n"
      "repair|1|0|0|3|pinyin-gloss|李|李\n"
      "role|1|0|0|18|24|product|豆包\n"
      "role|1|0|1|0|9|company|字节跳动\n"
      "rule|money/amount|v1|figure|rule money/amount\n"
      "rule_set|sha256:r1|money/amount|v1\n"
      "run|1|sha256:r1|0.1.0|1|1|0|0|0|7|1\n"
      "run_input|1|0|a.jsonl\n"
      "run_input|1|1|b.jsonl\n"
      "time|1|0|0|3|李|DATE|NULL|NULL|time/none\n");
}

TEST_F(StoreTest, TheSameArticleTwiceAddsNothing) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  store.Save(run, MakeArticle("a"), MakeExtraction(), "r1");
  const std::string before = Dump(Path());
  EXPECT_TRUE(store.Has(MakeArticle("a"), "r1"));
  EXPECT_EQ(store.Save(run, MakeArticle("a"), MakeExtraction(), "r1"), Store::Saved::kSame);
  EXPECT_EQ(Dump(Path()), before);
}

TEST_F(StoreTest, WhatChangedIsReplaced) {
  struct Row {
    std::string name;
    void (*change)(Article&, std::string& rules);
  };
  const std::vector<Row> rows = {
      {"text", [](Article& a, std::string&) { a.text += "又及。"; }},
      {"title", [](Article& a, std::string&) { a.title = "题"; }},
      {"url", [](Article& a, std::string&) { a.url = "https://example.org/"; }},
      {"source", [](Article& a, std::string&) { a.source.clear(); }},
      {"published", [](Article& a, std::string&) { a.published = "2024-12-28"; }},
      {"region", [](Article& a, std::string&) { a.region = "TW"; }},
      {"rules", [](Article&, std::string& rules) { rules = "r2"; }},
  };
  Extraction fewer = MakeExtraction();
  fewer.mentions.pop_back();
  for (const Row& row : rows) {
    const std::string path = Path(row.name);
    Store store = Store::Open(path);
    const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
    store.Save(run, MakeArticle("a"), MakeExtraction(), "r1");
    store.Save(run, MakeArticle("b"), MakeExtraction(), "r1");
    Article changed = MakeArticle("a");
    std::string rules = "r1";
    row.change(changed, rules);
    EXPECT_FALSE(store.Has(changed, rules)) << row.name;
    EXPECT_EQ(store.Save(run, changed, fewer, rules), Store::Saved::kReplaced) << row.name;
    EXPECT_TRUE(store.Has(changed, rules)) << row.name;
    EXPECT_EQ(CountOf(path, "SELECT count(*) FROM article"), 2) << row.name;
    EXPECT_EQ(CountOf(path, "SELECT count(*) FROM mention"), 3) << row.name;
    EXPECT_EQ(CountOf(path, "SELECT count(*) FROM claim"), 4) << row.name;
    EXPECT_EQ(CountOf(path, "SELECT count(*) FROM role"), 4) << row.name;
  }
}

TEST_F(StoreTest, AGroupIsCommittedWithoutItsBrokenArticle) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  Extraction broken = MakeExtraction();
  broken.relations[0].span.end = 10000;
  store.Begin();
  store.Save(run, MakeArticle("a"), MakeExtraction(), "r1");
  EXPECT_THROW(store.Save(run, MakeArticle("b"), broken, "r1"), Error);
  store.Save(run, MakeArticle("c"), MakeExtraction(), "r1");
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM article"), 0);
  store.Commit();
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM article"), 2);
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM mention"), 4);
  EXPECT_THROW(store.Commit(), Error);
}

TEST_F(StoreTest, AGroupThatIsNotCommittedIsLost) {
  {
    Store store = Store::Open(Path());
    const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
    store.Begin();
    store.Save(run, MakeArticle("a"), MakeExtraction(), "r1");
  }
  EXPECT_EQ(CountOf(Path(), "SELECT count(*) FROM article"), 0);
}

TEST_F(StoreTest, ForeignKeysHold) {
  { Store::Open(Path()); }
  SQLite::Database db(Path(), SQLite::OPEN_READWRITE);
  db.exec("PRAGMA foreign_keys = ON");
  EXPECT_THROW(db.exec("INSERT INTO mention VALUES (7, 0, 0, 1, 'x', 'person', 'x', 'r')"),
               SQLite::Exception);
  EXPECT_EQ(db.execAndGet("PRAGMA journal_mode").getString(), "wal");
}

TEST_F(StoreTest, EveryColumnIsCommentedAndEveryTableStrict) {
  { Store::Open(Path()); }
  SQLite::Database db(Path(), SQLite::OPEN_READONLY);
  SQLite::Statement columns(db,
                            "SELECT t.name, c.name, t.sql FROM sqlite_schema t "
                            "JOIN pragma_table_list l ON l.name = t.name AND l.type = 'table', "
                            "pragma_table_info(t.name) c WHERE t.name NOT LIKE 'sqlite%'");
  int count = 0;
  while (columns.executeStep()) {
    const std::string table = columns.getColumn(0).getString();
    const std::string column = columns.getColumn(1).getString();
    const std::string sql = columns.getColumn(2).getString();
    const size_t at = sql.find("\n  " + column + " ");
    ASSERT_NE(at, std::string::npos) << table << "." << column;
    const std::string line = sql.substr(at + 1, sql.find('\n', at + 1) - at - 1);
    EXPECT_NE(line.find("  -- "), std::string::npos) << table << ": " << line;
    EXPECT_NE(sql.rfind("STRICT"), std::string::npos) << table;
    ++count;
  }
  EXPECT_GT(count, 90);
}

TEST_F(StoreTest, AnInputIsKnownWhileItsArticleStandsUnchanged) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  const auto save = [&](const Article& article, const std::string& rules, const std::string& key) {
    return store.Save(run, article, MakeExtraction(), rules, {key, "a.jsonl", 1, {}});
  };
  save(MakeArticle("a"), "r1", "k1");
  EXPECT_TRUE(store.HasInput("k1", "r1"));
  EXPECT_FALSE(store.HasInput("k1", "r2"));
  EXPECT_FALSE(store.HasInput("k2", "r1"));
  EXPECT_EQ(save(MakeArticle("a"), "r1", "k2"), Store::Saved::kSame);
  EXPECT_TRUE(store.HasInput("k1", "r1") && store.HasInput("k2", "r1")) << "two places";
  Article changed = MakeArticle("a");
  changed.title = "x";
  EXPECT_EQ(save(changed, "r1", "k3"), Store::Saved::kReplaced);
  EXPECT_FALSE(store.HasInput("k1", "r1") || store.HasInput("k2", "r1"));
  EXPECT_TRUE(store.HasInput("k3", "r1"));
  store.BeginRun({"r1", "0.2.0", {}});
  EXPECT_FALSE(store.HasInput("k3", "r1") || store.Has(changed, "r1")) << "another program";
}

TEST_F(StoreTest, AFailureIsForgottenByItsPlace) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  for (const int64_t line : {9, 10, 9}) store.SaveFailure(run, {"b", line}, "why");
  store.SaveFailure(run, {"a", 12}, "why");
  const auto places = [&] {
    std::string out;
    for (const Place& p : store.Failures()) out += p.path + std::to_string(p.line) + ' ';
    return out;
  };
  EXPECT_EQ(places(), "a12 b9 b10 ");
  store.ForgetFailure({"b", 9});
  store.ForgetFailure({"c", 9});
  EXPECT_EQ(places(), "a12 b10 ");
}

TEST_F(StoreTest, AnOlderStoreIsBroughtUpAndKeepsItsContent) {
  {
    Store store = Store::Open(Path());
    store.Save(store.BeginRun({"r1", "0.1.0", {}}), MakeArticle("a"), MakeExtraction(), "r1");
  }
  const std::string before = Dump(Path());
  {
    SQLite::Database db(Path(), SQLite::OPEN_READWRITE);
    db.exec(
        "DROP TABLE input; DROP TABLE manifest; DROP TABLE failure; DROP TABLE search; DROP "
        "TABLE suppression; DROP TABLE standing; DROP TABLE verdict; DROP TABLE change; DROP TABLE "
        "rule_set; "
        "DROP TABLE search_row; DROP VIEW articles; DROP VIEW names; DROP VIEW times; DROP VIEW "
        "figures; DROP VIEW claims; DROP VIEW relations; DROP VIEW verdicts; DROP TABLE revision; "
        "DROP TABLE sketch; DROP TABLE duplicate; "
        "DROP TABLE byline; DROP TABLE provenance; DROP TABLE raw; DROP TABLE conflict; "
        "DROP TABLE conflict_due; "
        "PRAGMA user_version = 1");
  }
  { Store::Open(Path()); }
  EXPECT_EQ(Dump(Path()), before);
  EXPECT_EQ(CountOf(Path(), "PRAGMA user_version"), SchemaVersion());
}

TEST_F(StoreTest, OpeningAgainKeepsEverything) {
  {
    Store store = Store::Open(Path());
    store.Save(store.BeginRun({"r1", "0.1.0", {}}), MakeArticle("a"), MakeExtraction(), "r1");
  }
  const std::string before = Dump(Path());
  Store store = Store::Open(Path());
  EXPECT_EQ(Dump(Path()), before);
  EXPECT_EQ(store.BeginRun({"r1", "0.1.0", {}}), 2);
  EXPECT_TRUE(store.Has(MakeArticle("a"), "r1"));
}

TEST_F(StoreTest, QueriesAnswer) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"r1", "0.1.0", {}});
  store.Save(run, MakeArticle("b"), MakeExtraction(), "r1");
  store.Save(run, MakeArticle("a"), MakeExtraction(), "r1");
  store.EndRun(run, {2, 2, 0, 0, 0, 14});
  Query query = Query::Open(Path());

  const Summary summary = query.Summarize();
  EXPECT_EQ(summary.articles, 2);
  ASSERT_EQ(summary.facts.size(), 5U);
  EXPECT_EQ(summary.facts[0].name, "entity");
  EXPECT_EQ(summary.facts[0].count, 4);
  ASSERT_EQ(summary.runs.size(), 1U);
  EXPECT_TRUE(summary.runs[0].complete);

  const auto show = [&query](const FactFilter& filter) {
    std::string all;
    for (const FactRow& f : query.Facts(filter)) {
      all += f.article + " " + std::to_string(f.start) + " " + f.detail + " " + f.rule + "\n";
    }
    return all;
  };
  EXPECT_EQ(show({"", "b", "", 0}),
            "b 0 date(?) time/none\n"
            "b 0 person(李开复) person/name\n"
            "b 0 product_of(product=豆包, company=字节跳动) relation/product\n"
            "b 0 claim(source=李开复, cue=表示, nested) claim/said\n"
            "b 0 claim(source=author, cue=表示, direct) claim/said\n"
            "b 18 product(豆包) product/lexicon\n"
            "b 42 money(at_least 1000000000 CNY, metric=投流费用, subject=豆包, comparison=yoy up) "
            "money/amount\n");
  EXPECT_EQ(show({"entity", "", "", 3}),
            "b 0 person(李开复) person/name\n"
            "b 18 product(豆包) product/lexicon\n"
            "a 0 person(李开复) person/name\n");
  EXPECT_EQ(show({"", "a", "字节跳动", 0}),
            "a 0 product_of(product=豆包, company=字节跳动) relation/product\n");
  EXPECT_EQ(show({"figure", "none", "", 0}), "");
  EXPECT_THROW(query.Facts({"nonsense", "", "", 0}), Error);

  const std::vector<NameRow> entities = query.TopEntities("", 1);
  ASSERT_EQ(entities.size(), 1U);
  EXPECT_EQ(entities[0].name, "李开复");
  EXPECT_EQ(entities[0].articles, 2);
  EXPECT_EQ(query.TopEntities("org", 10).size(), 0U);
  const std::vector<NameRow> sources = query.TopSources(10);
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_EQ(sources[0].facts, 2);
  const std::vector<ArticleRow> articles = query.Articles("", 10);
  ASSERT_EQ(articles.size(), 2U);
  EXPECT_EQ(articles[0].id, "b");
  EXPECT_EQ(articles[0].facts, 7);
}

}  // namespace
}  // namespace kaoju
