// Short forms: of organisations, which count only in an article that has the full name, too, of
// persons by their surname, and of countries by one character.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "extract/names.h"
#include "tests/extract_fixture.h"

namespace kaoju {
namespace {

// "surface=canonical" of all mentions of a type, in order.
std::string Mentions(const std::string& text, std::string_view type) {
  const testing_extract::Read read = testing_extract::ReadText(text);
  std::string out;
  for (const Mention& m : read.found.mentions) {
    if (m.type != type) continue;
    out += (out.empty() ? "" : " ") + std::string(Slice(read.article.text, m.span)) + "=" +
           std::string(m.canonical);
  }
  return out;
}
std::string Orgs(const std::string& text) { return Mentions(text, "org"); }
std::string Persons(const std::string& text) { return Mentions(text, "person"); }

TEST(ShortFormTest, CountsBesideTheFullName) {
  EXPECT_EQ(Orgs("星宇航空开航。后来星宇又开两条航线。"), "星宇航空=星宇航空 星宇=星宇航空");
  EXPECT_EQ(Orgs("昨天星宇又開兩條航線，星宇航空說。"), "星宇=星宇航空 星宇航空=星宇航空");
  EXPECT_EQ(Orgs("后来星宇又开两条航线。"), "");
}

TEST(ShortFormTest, ARepeatedWordKeepsItsGuards) {
  EXPECT_EQ(Orgs("商务部宣布开会。商务部门很忙。"), "商务部=商务部");
  EXPECT_EQ(Orgs("商务部宣布开会。后来商务部很忙。"), "商务部=商务部 商务部=商务部");
}

TEST(ShortFormTest, AnArmyIsNoPartOfAnotherWord) {
  EXPECT_EQ(Orgs("俄军击退进攻。俄军人员撤离。"), "俄军=俄罗斯军队 俄军=俄罗斯军队");
  EXPECT_EQ(Orgs("俄军击退进攻。俄军事装备受损。"), "俄军=俄罗斯军队");
}

TEST(ShortFormTest, AFigureKeepsItsUnit) {
  EXPECT_EQ(Orgs("字节跳动招人，字节的产品很多，文件有512字节。"),
            "字节跳动=字节跳动 字节=字节跳动");
}

TEST(SurnameTest, IsOfTheOneNamedBefore) {
  EXPECT_EQ(Persons("吴雅婷来信。吴女士说很好。"), "吴雅婷=吴雅婷 吴=吴雅婷");
  EXPECT_EQ(Persons("吳雅婷來信。吳女士說很好。"), "吳雅婷=吴雅婷 吳=吴雅婷");
  EXPECT_EQ(Persons("吴雅婷主任来信。据吴主任介绍，很好。"), "吴雅婷=吴雅婷 吴=吴雅婷");
}

TEST(SurnameTest, IsNobodysElse) {
  EXPECT_EQ(Persons("吴女士说很好。吴雅婷来信。"), "吴=吴女士 吴雅婷=吴雅婷");
  EXPECT_EQ(Persons("陈雅婷来信。吴女士说很好。"), "陈雅婷=陈雅婷 吴=吴女士");
  EXPECT_EQ(Persons("吴雅婷和吴志强来信。吴女士说很好。"), "吴雅婷=吴雅婷 吴志强=吴志强 吴=吴女士");
}

TEST(SurnameTest, BehindAnotherWordItIsSaidForTheFirstTime) {
  EXPECT_EQ(Persons("吴雅婷来信。居民吴女士说很好。吴女士还说，"),
            "吴雅婷=吴雅婷 吴=吴女士 吴=吴女士");
}

std::string Places(const std::string& text) { return Mentions(text, "place"); }

TEST(CountryTest, PairsAreTwo) {
  EXPECT_EQ(Places("这是中美海运的事。"), "中=中国 美=美国");
  EXPECT_EQ(Places("這是中美海運的事。"), "中=中国 美=美国");
  EXPECT_EQ(Places("推动中哈命运共同体建设。"), "中=中国 哈=哈萨克斯坦");
  EXPECT_EQ(Places("其中美德最重要，超越中部，南南合作。"), "");
}

TEST(CountryTest, IsTheOneThatTheArticleNames) {
  EXPECT_EQ(Places("巴方表示欢迎。"), "巴方=巴基斯坦");
  EXPECT_EQ(Places("客人来自巴西。巴方表示欢迎。"), "巴西=巴西 巴方=巴西");
  EXPECT_EQ(Places("巴方表示欢迎。客人来自巴西。"), "巴方=巴西 巴西=巴西");
  EXPECT_EQ(Places("客人来自巴西和巴基斯坦。巴方表示欢迎。"),
            "巴西=巴西 巴基斯坦=巴基斯坦 巴方=巴基斯坦");
  EXPECT_EQ(Places("客人来自巴西和巴拿马。巴方表示欢迎。"),
            "巴西=巴西 巴拿马=巴拿马 巴方=巴基斯坦");
}

TEST(ShortFormTest, EachHasAFullNameInTheLexicon) {
  const RuleSet& rules = testing_rules::Rules();
  const auto type = rules.symbols().Find("ORG_SHORT");
  const auto org = rules.symbols().Find("ORG_NAME");
  ASSERT_TRUE(type && org);
  std::set<std::string_view> full;
  for (const LexiconEntry* e : rules.lexicon().OfType(*org)) full.insert(e->canonical);
  for (const LexiconEntry* e : rules.lexicon().OfType(*type))
    EXPECT_TRUE(full.contains(e->canonical)) << e->surface << " of " << e->canonical;
}

}  // namespace
}  // namespace kaoju
