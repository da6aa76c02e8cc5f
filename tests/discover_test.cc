// kaoju discover: what is unknown in a text, which of it are words, and the command.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/discovery.h"
#include "extract/unknown_words.h"
#include "tests/cli_fixture.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_cli::CliTest;
using testing_cli::Has;
using testing_cli::Lines;
using testing_cli::Outcome;
using testing_cli::ReadAll;
using testing_rules::MakeArticle;
using testing_rules::Rules;

// "before【word】behind; …" of all strings, words of the dictionary apart.
std::string Unknown(const std::string& text) {
  const Article a = MakeArticle(text);
  Extractor extractor(Rules(), {.nothings = true});
  std::string out;
  for (const UnknownWord& w : UnknownWordReader(Rules()).Read(a, extractor.Extract(a))) {
    if (w.part) continue;
    out +=
        w.before.label + "【" + std::string(Slice(a.folded, w.span)) + "】" + w.behind.label + "; ";
  }
  return out;
}

TEST(UnknownWordTest, IsWhatNothingAccountsFor) {
  EXPECT_EQ(Unknown("看着翠澜谷，"), "着【翠澜】谷; 着【翠澜谷】，; 翠【澜谷】，; ");
  EXPECT_EQ(Unknown("看著翠瀾谷，"), "着【翠澜】谷; 着【翠澜谷】，; 翠【澜谷】，; ");
  EXPECT_EQ(Unknown("局长林家诚介绍翠澜的"), "CUE_EVENT【翠澜】的; ");
  EXPECT_EQ(Unknown("林家诚局长，"), "");
  EXPECT_EQ(Unknown("我们到了昨天"), "");
  EXPECT_EQ(Unknown("翠x澜"), "");
}

TEST(UnknownWordTest, ClassesByCharacters) {
  EXPECT_EQ(NameGuess(Rules()).ClassOf("吴雅婷", 0), "PERSON_NAME");
  EXPECT_EQ(NameGuess(Rules()).ClassOf("吴雅婷", 2), "");
  EXPECT_EQ(NameGuess(Rules()).ClassOf("何雅婷", 0), "PERSON_NAME");
  EXPECT_EQ(NameGuess(Rules()).ClassOf("莫塞涅夫", 0), "PERSON_NAME");
  EXPECT_EQ(NameGuess(Rules()).ClassOf("翠澜河", 0), "PLACE_NAME");
  EXPECT_EQ(NameGuess(Rules()).ClassOf("翠澜制药", 2), "ORG_NAME");
  EXPECT_EQ(NameGuess(Rules()).ClassOf("翠澜科技", 2), "ORG_NAME");
  EXPECT_EQ(NameGuess(Rules()).ClassOf("重点科技", 4), "");
  EXPECT_EQ(NameGuess(Rules()).ClassOf("澜", 0), "");
}

// An article with a word between others.
Article Saying(const std::string& before, const std::string& word, const std::string& behind) {
  return MakeArticle(before + word + behind);
}
UnknownWord Whole(const std::string& before, const std::string& word) {
  UnknownWord w;
  w.span = {static_cast<uint32_t>(before.size()),
            static_cast<uint32_t>(before.size() + word.size())};
  w.before = {before, before};
  w.behind = {before, before};
  return w;
}

std::string Words(const Discovery& d) {
  std::string out;
  for (const Found& f : d.Words()) out += f.word + ' ' + std::to_string(f.count) + "; ";
  return out;
}

// `times` articles of the word, each between other words of `variety`.
void Say(Discovery& d, const std::string& word, int times, int variety) {
  for (int i = 0; i < times; ++i) {
    const std::string side = "邻" + std::to_string(i % variety);
    const Article a = Saying(side, word, side);
    d.Add(a, {Whole(side, word)});
  }
}

TEST(DiscoveryTest, VarietyOnBothSidesMakesAWord) {
  Discovery d({.least_cohesion = -100});
  Say(d, "翠澜", 20, 20);
  Say(d, "澜谷", 20, 1);
  Say(d, "谷雾", 9, 9);  // too seldom
  EXPECT_EQ(Words(d), "翠澜 20; ");
}

TEST(DiscoveryTest, APartIsExplainedByItsWhole) {
  Discovery d({.least_cohesion = -100});
  Say(d, "翠澜谷", 20, 20);
  Say(d, "翠澜", 25, 25);
  EXPECT_EQ(Words(d), "翠澜谷 20; ");
  Say(d, "翠澜", 40, 25);
  EXPECT_EQ(Words(d), "翠澜 65; ");
}

TEST(DiscoveryTest, CountsAreLowByTheBoundAtMost) {
  Discovery d({.least_count = 3, .least_articles = 1, .least_cohesion = -100, .least_entropy = 0},
              100);
  for (int i = 0; i < 50; ++i) {
    Say(d, "翠澜", 1, 7);
    for (int k = 0; k < 9; ++k) Say(d, "词" + std::to_string(i * 9 + k), 1, 7);
  }
  EXPECT_EQ(d.ErrorBound(), 5U);
  ASSERT_EQ(d.Words().size(), 1U);
  EXPECT_GE(d.Words()[0].count + d.ErrorBound(), 50U);
}

class DiscoverCommandTest : public CliTest {
 protected:
  // Articles that speak of a river, a body and a person whom no rule finds.
  void WriteCorpus() const {
    const char* beside[] = {"昨天", "后来", "先前", "明天", "今年", "去年", "上午", "下午"};
    const char* behind[] = {"流向", "穿过", "涨水", "经过", "发源", "边上", "里面", "结冰"};
    std::string out;
    for (int i = 0; i < 24; ++i) {
      out += R"({"id":"a)" + std::to_string(i) + R"(","text":")" + beside[i % 8] + "翠澜河" +
             behind[(i / 3) % 8] + "。" + beside[i % 8] + "，莫栾科技，" + behind[(i / 2) % 8] +
             R"("})"
             "\n";
    }
    File("corpus.jsonl", out);
  }
};

TEST_F(DiscoverCommandTest, ProposesRowsThatImportReads) {
  WriteCorpus();
  const Outcome o = Run({"discover", "--corpus", Path("corpus.jsonl"), "--cohesion", "1"});
  ASSERT_EQ(o.code, 0) << o.err;
  EXPECT_TRUE(Has(o.out, "\n翠澜河\t\tPLACE_NAME\t\n")) << o.out;
  EXPECT_TRUE(Has(o.out, "\n莫栾科技\t\tORG_NAME\t\n")) << o.out;
  EXPECT_TRUE(Has(o.out, "# 24 times in 24 articles")) << o.out;
  EXPECT_TRUE(Has(o.out, "【翠澜河】")) << o.out;
  EXPECT_EQ(Run({"discover", "--corpus", Path("corpus.jsonl"), "--cohesion", "1", "-j", "7"}).out,
            o.out);

  std::filesystem::copy(KAOJU_SOURCE_DIR "/rules", Path("rules"),
                        std::filesystem::copy_options::recursive);
  File("new.tsv", o.out);
  const Outcome import = Run({"lexicon", "import", Path("new.tsv"), "--rules", Path("rules")});
  ASSERT_EQ(import.code, 0) << import.err;
  const Outcome again = Run(
      {"discover", "--corpus", Path("corpus.jsonl"), "--cohesion", "1", "--rules", Path("rules")});
  EXPECT_FALSE(Has(again.out, "\n翠澜河\t")) << again.out;
}

TEST_F(DiscoverCommandTest, WhatIsBannedDoesNotComeAgain) {
  WriteCorpus();
  std::filesystem::copy(KAOJU_SOURCE_DIR "/rules", Path("rules"),
                        std::filesystem::copy_options::recursive);
  ASSERT_EQ(Run({"lexicon", "ban", "翠澜河", "--rules", Path("rules")}).code, 0);
  const Outcome o = Run(
      {"discover", "--corpus", Path("corpus.jsonl"), "--cohesion", "1", "--rules", Path("rules")});
  EXPECT_FALSE(Has(o.out, "\n翠澜河\t")) << o.out;
}

TEST_F(DiscoverCommandTest, Json) {
  WriteCorpus();
  const Outcome o = Run({"discover", "--corpus", Path("corpus.jsonl"), "--cohesion", "1", "--json",
                         "--type", "PLACE_NAME", "-n", "1"});
  ASSERT_EQ(o.code, 0) << o.err;
  const auto lines = Lines(o.out);
  ASSERT_EQ(lines.size(), 2U) << o.out;
  EXPECT_TRUE(Has(lines[0], R"("surface":"翠澜河","type":"PLACE_NAME","count":2)")) << lines[0];
  EXPECT_EQ(lines[1], R"({"kind":"end","words":1,"low_by":0})");
}

TEST_F(DiscoverCommandTest, SaysWhatIsWrong) {
  EXPECT_EQ(Run({"discover", "--corpus", Path("absent.jsonl")}).code, 4);
  EXPECT_EQ(Run({"discover"}).code, 4);
  EXPECT_EQ(Run({"discover", "--type", "COLOUR"}).code, 1);
}

}  // namespace
}  // namespace kaoju
