// Persons whom nothing around them gives away, and what only looks like one.
#include "extract/person_shape.h"

#include <gtest/gtest.h>

#include <string>

#include "rules/words.h"
#include "tests/cli_fixture.h"
#include "tests/extract_fixture.h"

namespace kaoju {
namespace {

// The persons that are found by their shape, separated by commas.
std::string Persons(const std::string& text) {
  const testing_extract::Read read = testing_extract::ReadText(text);
  std::string out;
  for (const Mention& m : read.found.mentions) {
    if (m.rule != kShapeRule && m.rule != kForeignShapeRule) continue;
    out += (out.empty() ? "" : ",") + std::string(Slice(read.article.text, m.span));
  }
  return out;
}

struct Case {
  const char* name;
  std::string text;
  std::string persons;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class PersonShapeTest : public testing::TestWithParam<Case> {};

TEST_P(PersonShapeTest, Finds) { EXPECT_EQ(Persons(GetParam().text), GetParam().persons); }

INSTANTIATE_TEST_SUITE_P(
    Table, PersonShapeTest,
    testing::Values(
        Case{"NoContext", "去年春天吴雅婷搬到了山里。", "吴雅婷"},
        Case{"Traditional", "去年春天吳雅婷搬到了山裡。", "吳雅婷"},
        Case{"BetweenWords", "大家都说陈振邦的手艺好。", "陈振邦"},
        Case{"TwoSurnames", "下午张李佳蕙走进会场。", "张李佳蕙"},
        Case{"Word", "杨树苗已经种下，高新区很大。", ""},
        Case{"WordAcross", "他们严格执行规定。", ""}, Case{"Idiom", "海晏河清，时和岁丰。", ""},
        Case{"WordAndMore", "宏大的蓝图绘到了底。", ""}, Case{"PlaceBehind", "车到吴雅婷镇。", ""},
        Case{"ForeignName", "昨天马尔科抵达，莫塞涅夫也来。", "莫塞涅夫"},
        Case{"ForeignMet", "部长会见卡列茨基。", "卡列茨基"},
        Case{"ForeignTraditional", "部長會見卡列茨基。", "卡列茨基"},
        Case{"ForeignAlone", "从莫塞涅夫出发。", ""},
        Case{"ForeignPlace", "莫塞涅夫地区下雪。", ""},
        Case{"ForeignWord", "会见高尔夫选手，马拉松也结束。", ""},
        Case{"ForeignTooLong", "会见莫塞涅夫卡列茨基戈尔。", ""},
        Case{"ForeignOfWords", "会见加利福来。", ""}, Case{"Dotted", "路易·吴雅婷来了。", ""},
        Case{"WeakSurname", "他和文雅婷说话。", ""},
        Case{"WordAndSurname", "他和何雅婷说话。", "何雅婷"},
        Case{"SeldomGiven", "吴克雅来信，陈会雅回信。", "吴克雅,陈会雅"},
        Case{"SeldomTwice", "吴克会来信。", ""}, Case{"SeldomBehindWord", "曾受雅托。", ""},
        Case{"GivenWord", "据说周建国来了，周会议结束。", "周建国"},
        Case{"Transliterated", "去年李富林来信。", "李富林"},
        Case{"PieceOfForeign", "球员桑普森来信。", ""},
        Case{"Short", "王芳、李昕和吴雅婷", "王芳,吴雅婷"},
        Case{"ShortGoes", "吴雅就走了。", "吴雅"}, Case{"ShortInWords", "在吴雅家里。", ""},
        Case{"ShortWord", "黄金，", ""}, Case{"ShortSeldom", "周会，", ""},
        Case{"OneLetter", "吴", ""}),
    [](const auto& c) { return std::string(c.param.name); });

using CommonWordsTest = testing_cli::CliTest;

std::string ErrorOf(const std::string& dir) {
  try {
    CommonWords::Load(dir);
  } catch (const RulesError& e) {
    return std::string(e.what()).substr(dir.size() + 1);
  }
  return "no error";
}

TEST_F(CommonWordsTest, Tables) {
  EXPECT_TRUE(CommonWords::Load(Path("absent")).empty());
  testing_cli::fs::create_directory(Path("w"));
  EXPECT_EQ(ErrorOf(Path("w")), "common.tsv: cannot be opened");
  File("w/common.tsv", "# x\n高山\t7\n高山流水\t3\n");
  File("w/edges.tsv", "的\tend\n市\tbehind\n·\tbefore\n");
  const CommonWords words = CommonWords::Load(Path("w"));
  EXPECT_TRUE(words.of(CommonWords::Edge::kEnd).contains(U'的') &&
              words.of(CommonWords::Edge::kBehind).contains(U'市'));
  File("w/edges.tsv", "的\tinside\n");
  EXPECT_EQ(ErrorOf(Path("w")), "edges.tsv:1: there is no 'inside'");
  File("w/common.tsv", "高山\tmany\n");
  EXPECT_EQ(ErrorOf(Path("w")), "common.tsv:1: 'many' is no count");
  File("w/common.tsv", "高山\t1\n高山\t2\n");
  EXPECT_EQ(ErrorOf(Path("w")), "common.tsv:2: '高山' stands twice");
  File("w/common.tsv", "高山\n");
  EXPECT_EQ(ErrorOf(Path("w")), "common.tsv:1: two cells were expected");
}

}  // namespace
}  // namespace kaoju
