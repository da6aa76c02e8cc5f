// Short forms of organisations: they count only in an article that has the full name, too.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "extract/names.h"
#include "tests/extract_fixture.h"

namespace kaoju {
namespace {

// "surface=canonical" of all organisations, in order.
std::string Orgs(const std::string& text) {
  const testing_extract::Read read = testing_extract::ReadText(text);
  std::string out;
  for (const Mention& m : read.found.mentions) {
    if (m.type != "org") continue;
    out += (out.empty() ? "" : " ") + std::string(Slice(read.article.text, m.span)) + "=" +
           std::string(m.canonical);
  }
  return out;
}

TEST(ShortFormTest, CountsBesideTheFullName) {
  EXPECT_EQ(Orgs("星宇航空开航。后来星宇又开两条航线。"), "星宇航空=星宇航空 星宇=星宇航空");
  EXPECT_EQ(Orgs("昨天星宇又開兩條航線，星宇航空說。"), "星宇=星宇航空 星宇航空=星宇航空");
  EXPECT_EQ(Orgs("后来星宇又开两条航线。"), "");
}

TEST(ShortFormTest, AFigureKeepsItsUnit) {
  EXPECT_EQ(Orgs("字节跳动招人，字节的产品很多，文件有512字节。"),
            "字节跳动=字节跳动 字节=字节跳动");
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
