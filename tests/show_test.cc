#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "cli/cmd_show.h"
#include "cli/table.h"
#include "rules/error.h"
#include "store/store.h"

namespace kaoju {
namespace {

TEST(DisplayWidth, Table) {
  struct Row {
    std::string text;
    size_t width;
  };
  const std::vector<Row> rows = {
      {"", 0},         {"abc", 3},  {"李开复", 6},     {"10亿元", 6},
      {"，", 2},       {"Ａ", 2},   {"ｱ", 1},          {"e\u0301", 1},
      {"\xE6\x9D", 2}, {"\xff", 1}, {"\U00020000", 2}, {"\U0001F600", 2},
  };
  for (const Row& row : rows) EXPECT_EQ(DisplayWidth(row.text), row.width) << row.text;
}

TEST(FitWidth, Table) {
  struct Row {
    std::string text;
    size_t width;
    std::string fitting;
  };
  const std::vector<Row> rows = {
      {"abc", 3, "abc"},
      {"abcd", 3, "ab…"},
      {"李开复", 6, "李开复"},
      {"李开复", 5, "李开…"},
      {"李开复", 4, "李…"},
      {"李开复", 1, "…"},
      {"a\nb\x1b[1m", 9, "a b [1m"},
      {"\u202Eabc", 9, " abc"},
      {"\xff\xfe", 9, "??"},
      {std::string(100000, 'x'), 2, "x…"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(FitWidth(row.text, row.width), row.fitting) << row.text.substr(0, 40);
    EXPECT_LE(DisplayWidth(FitWidth(row.text, row.width)), row.width);
  }
}

TEST(PrintTable, AlignsWideCharacters) {
  std::ostringstream out;
  PrintTable({{"name"}, {"n", 5, true}, {"more", 6}},
             {{"李开复", "7", "abc"}, {"ab", "12345", "甲乙丙丁"}, {"", "", ""}}, out);
  EXPECT_EQ(out.str(),
            "name        n  more\n"
            "------  -----  -----\n"
            "李开复      7  abc\n"
            "ab      12345  甲乙…\n"
            "\n");
}

// The whole output of the command on a store of two articles.
class ShowTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "kaoju_show_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    Store store = Store::Open(Path());
    const int64_t run = store.BeginRun({"sha256:r1", "0.1.0", {"a.jsonl"}});
    Article article;
    article.id = "a";
    article.title = "豆包的投流";
    article.source = "某报";
    article.day = CivilDate{2024, 12, 27};
    article.text = "李开复在北京";
    Extraction x;
    x.mentions.push_back({{0, 9}, "person", "李开复", "person/name"});
    x.mentions.push_back({{12, 18}, "place", "北京", "place/lexicon"});
    store.Save(run, article, x, "sha256:r1");
    store.EndRun(run, {1, 1, 0, 0, 0, 2});
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::string Path() const { return (folder_ / "facts.db").string(); }

  std::string Show(std::vector<std::string> arguments) const {
    CLI::App app;
    ShowOptions options;
    AddShowOptions(app, options);
    arguments.insert(arguments.end(), {"--db", Path()});
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    std::ostringstream out;
    EXPECT_EQ(RunShow(options, out), 0);
    return out.str();
  }

  std::filesystem::path folder_;
};

TEST_F(ShowTest, Summary) {
  EXPECT_EQ(Show({}),
            "articles: 1\n"
            "rules:    0\n"
            "\n"
            "facts     count\n"
            "--------  -----\n"
            "entity        2\n"
            "time          0\n"
            "figure        0\n"
            "claim         0\n"
            "relation      0\n"
            "\n"
            "run  docs  failed  facts  complete  version  rules\n"
            "---  ----  ------  -----  --------  -------  ---------\n"
            "  1     1       0      2  yes       0.1.0    sha256:r1\n");
}

TEST_F(ShowTest, Facts) {
  EXPECT_EQ(Show({"facts", "--kind", "entity", "--limit", "1"}),
            "article  start  end  kind    surface  detail          rule\n"
            "-------  -----  ---  ------  -------  --------------  -----------\n"
            "a            0    9  entity  李开复   person(李开复)  person/name\n");
  EXPECT_EQ(Show({"facts", "--name", "北京"}),
            "article  start  end  kind    surface  detail       rule\n"
            "-------  -----  ---  ------  -------  -----------  -------------\n"
            "a           12   18  entity  北京     place(北京)  place/lexicon\n");
}

TEST_F(ShowTest, EntitiesAndArticles) {
  EXPECT_EQ(Show({"entities", "--type", "place"}),
            "name  type   times  articles\n"
            "----  -----  -----  --------\n"
            "北京  place      1         1\n");
  EXPECT_EQ(Show({"articles"}),
            "article  day         region  source  facts  title\n"
            "-------  ----------  ------  ------  -----  ----------\n"
            "a        2024-12-27          某报        2  豆包的投流\n");
  EXPECT_EQ(Show({"sources"}), "name  kind  times  articles\n----  ----  -----  --------\n");
}

TEST_F(ShowTest, SourcesByOutletAndDay) {
  Store store = Store::Open(Path());
  const int64_t run = store.BeginRun({"sha256:r1", "0.1.0", {"b.jsonl"}});
  const auto save = [&](std::string id, std::string outlet, int day,
                        std::vector<std::string_view> kinds) {
    Article article;
    article.id = std::move(id);
    article.source = std::move(outlet);
    article.day = CivilDate{2024, 12, day};
    article.text = "甲表示，路通了";
    Extraction x;
    for (const std::string_view kind : kinds) {
      Claim& claim = x.claims.emplace_back();
      claim.span = {0, 21};
      claim.source = kind == "anonymous" ? "" : "甲";
      claim.source_kind = kind;
      claim.cue = "表示";
      claim.cue_kind = "said";
      claim.cue_span = {3, 9};
      claim.content = {12, 21};
      claim.modality = "fact";
      claim.rule = "claim/said";
    }
    store.Save(run, article, x, "sha256:r1");
  };
  save("b", "晨报", 27, {"person", "person", "anonymous"});
  save("c", "晚报", 26, {"org", "media", "author", "anonymous"});
  store.EndRun(run, {2, 2, 0, 0, 0, 7});
  EXPECT_EQ(Show({"sources", "--by", "outlet"}),
            "outlet  claims  person  org  media  anonymous  author  articles\n"
            "------  ------  ------  ---  -----  ---------  ------  --------\n"
            "晚报         4       0    1      1          1       1         1\n"
            "晨报         3       2    0      0          1       0         1\n");
  EXPECT_EQ(Show({"sources", "--by", "day", "--limit", "1"}),
            "day         claims  person  org  media  anonymous  author  articles\n"
            "----------  ------  ------  ---  -----  ---------  ------  --------\n"
            "2024-12-26       4       0    1      1          1       1         1\n");
  EXPECT_THROW(Show({"sources", "--by", "nonsense"}), CLI::ParseError);
  EXPECT_THROW(Show({"entities", "--by", "day"}), CLI::ParseError);
}

TEST_F(ShowTest, RefusesWhatItCannotDo) {
  EXPECT_THROW(Show({"nonsense"}), CLI::ParseError);
  EXPECT_THROW(Show({"facts", "--kind", "nonsense"}), CLI::ParseError);
  EXPECT_THROW(Show({"facts", "--limit", "-1"}), CLI::ParseError);
  EXPECT_THROW(Show({"entities", "--kind", "figure"}), CLI::ParseError);
  std::ostringstream out;
  ShowOptions options;
  options.db = Path() + ".missing";
  EXPECT_THROW(RunShow(options, out), IoError);
  options.db = Path();
  out.setstate(std::ios::badbit);
  EXPECT_THROW(RunShow(options, out), IoError);
}

}  // namespace
}  // namespace kaoju
