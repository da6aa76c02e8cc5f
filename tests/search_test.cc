#include "store/search.h"

#include <vector>

#include "rules/error.h"
#include "store/search_text.h"
#include "tests/cli_fixture.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

TEST(SearchWords, Table) {
  struct Row {
    std::string folded;
    std::string words;
  };
  const std::vector<Row> rows = {
      {"", ""},
      {"收购", " 收  购 "},
      {"iPhone 15发布", "iPhone 15 发  布 "},
      {"a，b“c”", "a b c "},
      {"二〇〇八", " 二  〇  〇  八 "},
      {"café", "café"},
      {"\"x\"*", " x  "},
      {"𠀀", " 𠀀 "},
  };
  for (const Row& row : rows) EXPECT_EQ(SearchWords(row.folded), row.words);
}

TEST(SearchQuestion, PhrasesApart) {
  EXPECT_EQ(SearchQuestion({"收购", "ab"}), "\" 收  购 \" \"ab\" ");
  EXPECT_EQ(SearchQuestion({" "}), "");
  EXPECT_EQ(SearchQuestion({"\"*"}), "");
  EXPECT_EQ(SearchQuestion({"a\" OR b"}), "\"a  OR b\" ");
}

std::vector<std::string> Found(const std::string& path, const std::vector<std::string>& folded) {
  Search search = Search::Open(path, folded);
  std::vector<std::string> out;
  for (StoredText text; search.Next(text);) out.push_back(text.id);
  EXPECT_FALSE([&] {
    StoredText text;
    return search.Next(text);
  }());
  return out;
}

class SearchTest : public StoreTest {
 protected:
  void Save(const std::string& id, const std::string& folded, const std::string& rules = "r1") {
    Store store = Store::Open(Path());
    Article article;
    article.id = id;
    article.text = folded;
    article.folded = folded;
    store.Save(store.BeginRun({rules, "0.1.0", {}}), article, Extraction(), rules);
  }
};

TEST_F(SearchTest, FindsTwoCharactersAndAllPhrasesNewestFirst) {
  Save("a", "甲公司收购乙公司。");
  Save("b", "地震之后，甲公司称不再收购。");
  Save("c", "收而不购");
  using Ids = std::vector<std::string>;
  EXPECT_EQ(Found(Path(), {"收购"}), (Ids{"b", "a"}));
  EXPECT_EQ(Found(Path(), {"收购", "地震"}), (Ids{"b"}));
  EXPECT_EQ(Found(Path(), {"购收"}), (Ids{}));
  EXPECT_EQ(Found(Path(), {"甲"}), (Ids{"b", "a"}));
  EXPECT_THROW(Search::Open(Path(), {"。"}), Error);
}

TEST_F(SearchTest, AChangedTextIsFoundByWhatItSaysNow) {
  Save("a", "甲公司收购乙公司。");
  Save("b", "无关");
  Save("a", "甲公司不再购买。");
  using Ids = std::vector<std::string>;
  EXPECT_EQ(Found(Path(), {"收购"}), (Ids{}));
  EXPECT_EQ(Found(Path(), {"购买"}), (Ids{"a"}));
  Save("b", "无关", "r2");  // other rules: nothing to index
  EXPECT_EQ(Found(Path(), {"无关"}), (Ids{"b"}));
  EXPECT_EQ(CountOf(Path(), "SELECT max(row) FROM search_row"), 3);
}

TEST_F(SearchTest, AStoreOfAnOlderSchemaIsIndexedAsItIsReadAgain) {
  Save("a", "甲公司收购乙公司。");
  SQLite::Database(Path(), SQLite::OPEN_READWRITE)
      .exec(
          "DROP TABLE search; DROP TABLE search_row; DROP TABLE suppression; DROP TABLE standing; "
          "DROP TABLE verdict; DROP TABLE change; DROP TABLE rule_set; "
          "DROP VIEW articles; DROP VIEW names; DROP VIEW times; DROP VIEW figures; DROP VIEW "
          "claims; DROP VIEW relations; DROP VIEW verdicts; DROP TABLE revision; DROP TABLE "
          "sketch; DROP TABLE duplicate; DROP TABLE byline; DROP TABLE provenance; DROP TABLE raw; "
          "DROP TABLE conflict; DROP TABLE conflict_due; PRAGMA "
          "user_version = 2");
  Save("a", "甲公司收购乙公司。");
  EXPECT_EQ(Found(Path(), {"收购"}), std::vector<std::string>{"a"});
}

using SearchCommandTest = testing_cli::CliTest;

TEST_F(SearchCommandTest, BothScriptsPunctuationAndLatin) {
  const std::string db = Path("f.db");
  const std::string in = File("in.jsonl",
                              R"({"id": "a", "text": "甲公司宣布收購乙公司，價格不明。"}
{"id": "b", "text": "税收，购物，样样都贵。"}
{"id": "c", "text": "新款IPHONE15将于秋天开卖，iPhone另有一款。"}
{"id": "d", "text": "旧款iPhones停产。"}
)");
  EXPECT_EQ(Run({"run", in, "--db", db}).code, 0);
  const auto found = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "search");
    words.insert(words.end(), {"--db", db});
    std::string ids;
    for (const std::string& line : testing_cli::Lines(Run(words).out))
      if (line.size() > 1 && line[1] == ' ') ids += line[0];
    return ids;
  };
  EXPECT_EQ(found({"收购"}), "a");  // and not b, where a comma stands between
  EXPECT_EQ(found({"收購"}), "a");
  EXPECT_EQ(found({"公司", "价格"}), "a");
  EXPECT_EQ(found({"公司", "秋天"}), "");
  EXPECT_EQ(found({"iphone"}), "c");
  EXPECT_NE(Run({"search", "收购", "--db", db}).out.find("宣布【收購】乙公司"), std::string::npos);
  EXPECT_EQ(Run({"search", "。", "--db", db}).code, 1);
}

}  // namespace
}  // namespace kaoju
