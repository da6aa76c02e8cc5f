// Profiles of sites: the selectors they are written in, and each one on a page of its site's
// markup around an invented article.
#include "ingest/site_profiles.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "extract/article.h"
#include "ingest/html.h"
#include "ingest/html_tree.h"
#include "ingest/html_walk.h"
#include "ingest/page_tables.h"
#include "ingest/table_file.h"
#include "rules/error.h"

namespace kaoju {
namespace {

const std::string kSites = std::string(KAOJU_SOURCE_DIR) + "/tests/sites/";

const PageTables& Tables() {
  static const PageTables tables(std::string(KAOJU_SOURCE_DIR) + "/rules");
  return tables;
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The ids of the elements that a selector names.
std::string Named(const std::string& selector, const std::string& html) {
  const Selector parsed(selector);
  const HtmlTree tree(html);
  std::string out;
  Walk(
      tree.root(),
      [&](const GumboNode& node, const auto&) {
        if (parsed.Matches(node)) out += std::string(AttributeOf(node, "id")) + " ";
        return true;
      },
      [](const GumboNode&) {});
  if (!out.empty()) out.pop_back();
  return out;
}

struct SelectorCase {
  const char* selector;
  const char* ids;
};
void PrintTo(const SelectorCase& c, std::ostream* out) { *out << c.selector; }

class SelectorTest : public testing::TestWithParam<SelectorCase> {};

TEST_P(SelectorTest, Names) {
  const std::string html =
      "<div id=a class='news wide'><p id=b class=text>甲<span id=c data-role='time stamp'>乙</span>"
      "</p></div><section id=d class=news-list><p id=e>丙</p></section><x-card id=f></x-card>";
  EXPECT_EQ(Named(GetParam().selector, html), GetParam().ids);
}

INSTANTIATE_TEST_SUITE_P(
    Table, SelectorTest,
    testing::Values(SelectorCase{"p", "b e"}, SelectorCase{"P", "b e"}, SelectorCase{".news", "a"},
                    SelectorCase{".wide", "a"}, SelectorCase{"div.news.wide", "a"},
                    SelectorCase{"section.news", ""}, SelectorCase{"#e", "e"},
                    SelectorCase{".news p", "b"}, SelectorCase{".news span", "c"},
                    SelectorCase{".news .text span", "c"}, SelectorCase{".text .news span", ""},
                    SelectorCase{"[class^=news] p", "b e"}, SelectorCase{"*[class*=list]", "d"},
                    SelectorCase{"[data-role]", "c"}, SelectorCase{"[data-role=time]", ""},
                    SelectorCase{"[data-role=time stamp]", "c"}, SelectorCase{"x-card", "f"},
                    SelectorCase{"  #a   #c ", "c"}));

TEST(SelectorTest, RefusesWhatItCannotRead) {
  for (const char* bad :
       {"", " ", ".", "#", "div > p", "a:hover", "[", "[a", "[a~=b]", "[a=]", "p,a"})
    EXPECT_THROW(Selector{bad}, std::invalid_argument) << bad;
}

TEST(SelectorTest, DeepPagesAreNoTrouble) {
  std::string html = "<p id=top class=a>";
  for (int i = 0; i < 900; ++i) html += "<b class=a>";
  EXPECT_EQ(Named("#top .a .a .b", html), "");
}

std::vector<std::vector<std::string>> Expected() {
  std::vector<std::vector<std::string>> out;
  for (TableRow& row : ReadTable(kSites + "expected.tsv", 7)) out.push_back(std::move(row.cells));
  return out;
}

std::string Join(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "、") + text;
  return out;
}

// The one article that all pages here hold, in each script.
constexpr std::string_view kHans =
    "澜桥港新码头开通 首航船只满载粮食\n"
    "澜桥港新码头5月6日开通，首航的“远禾”号当天上午靠泊，船上装有两万吨粮食。\n"
    "港口负责人表示，新码头年吞吐能力为三百万吨，比原来的码头多出一倍，货物可以直接装上火车。\n"
    "当地农户说，过去粮食要先用卡车运到八十公里外的车站，现在省下一半时间，也省下不少运费。";
constexpr std::string_view kHant =
    "瀾橋港新碼頭啟用 首航船隻滿載糧食\n"
    "瀾橋港新碼頭5月6日啟用，首航的「遠禾」號當天上午靠泊，船上裝有兩萬噸糧食。\n"
    "港口負責人表示，新碼頭年吞吐能力為三百萬噸，比原來的碼頭多出一倍，貨物可以直接裝上火車。\n"
    "當地農戶說，過去糧食要先用卡車運到八十公里外的車站，現在省下一半時間，也省下不少運費。";

class SitePageTest : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(SitePageTest, IsReadWhole) {
  const std::vector<std::string>& want = GetParam();
  const HtmlPage page = ReadHtml(ReadAll(kSites + want[0] + ".html"), want[1], Tables());
  EXPECT_EQ(page.title + '\n' + page.text, want[2] == "Hant" ? kHant : kHans);
  EXPECT_EQ(ParsePublished(page.published), ParsePublished(want[3])) << page.published;
  EXPECT_EQ(ParsePublishedMinute(page.published), ParsePublishedMinute(want[3])) << page.published;
  EXPECT_EQ(page.source, want[4]);
  EXPECT_EQ(Join(page.authors), want[5]);
  EXPECT_EQ(page.editor, want[6]);
}

INSTANTIATE_TEST_SUITE_P(All, SitePageTest, testing::ValuesIn(Expected()),
                         [](const auto& site) { return "_" + site.param[0]; });

TEST(SiteProfilesTest, EachHasAPageAndIsUsedOnIt) {
  std::set<std::string> tried;
  for (const auto& row : Expected()) {
    const JudgedHtml page = JudgeHtml(ReadAll(kSites + row[0] + ".html"), row[1], Tables());
    EXPECT_EQ(page.site, row[0]);
    std::set<std::string> fields;
    for (const std::string& used : page.by_it) fields.insert(used.substr(0, used.find(' ')));
    EXPECT_TRUE(fields.contains("body") && fields.contains("title")) << row[0];
    tried.insert(row[0]);
  }
  for (const SiteProfile& profile : Tables().sites().all())
    EXPECT_TRUE(tried.contains(profile.name)) << profile.name << " has no page in tests/sites";
  EXPECT_GE(tried.size(), 40U);
}

TEST(SiteProfilesTest, AreFoundByTheNearestDomain) {
  const SiteProfiles& sites = Tables().sites();
  const auto name = [&](const char* url) {
    const SiteProfile* found = sites.Of(url);
    return found == nullptr ? std::string() : found->name;
  };
  EXPECT_EQ(name("http://finance.people.com.cn/n1/1.html"), "people");
  EXPECT_EQ(name("https://PEOPLE.com.cn:8443/a?b#c"), "people");
  EXPECT_EQ(name("https://me@people.com.cn/"), "people");
  EXPECT_EQ(name("https://notpeople.com.cn/"), "");
  EXPECT_EQ(name("https://people.com.cn.example.org/"), "");
  EXPECT_EQ(name("https://www.nytimes.com/a"), "");
  EXPECT_EQ(name("people.com.cn"), "");
  EXPECT_EQ(name(""), "");
}

TEST(SiteProfilesTest, APageOfAnotherMakeIsReadAsAnyOther) {
  const std::string html =
      "<h1>年报</h1><div class=story><p>澜桥控股今天发布年报，营业收入为三亿元，比去年多。</p>"
      "<p>公司表示，明年将继续投入研发，并在北方开设新厂。</p></div>";
  const JudgedHtml page = JudgeHtml(html, "http://www.people.com.cn/1.html", Tables());
  EXPECT_EQ(page.site, "people");
  EXPECT_TRUE(page.by_it.empty());
  EXPECT_EQ(ReadHtml(html, "http://www.people.com.cn/1.html", Tables()).text,
            ReadHtml(html, {}, Tables()).text);
}

TEST(SiteProfilesTest, ThePageMaySayWhereItIsFrom) {
  std::string html = ReadAll(kSites + "people.html");
  html.insert(html.find("</head>"), "<link rel=canonical href='http://www.people.com.cn/1.html'>");
  EXPECT_EQ(JudgeHtml(html, {}, Tables()).site, "people");
  EXPECT_EQ(JudgeHtml(html, "http://www.example.org/", Tables()).site, "");
}

// What is wrong with a profile, as the loader says it.
std::string Fault(const std::string& rows) {
  std::string folder = (std::filesystem::temp_directory_path() / "kaoju_sites_XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return "no folder";
  std::ofstream(folder + "/made.tsv") << rows;
  std::string fault = "none";
  try {
    const SiteProfiles profiles(folder);
  } catch (const RulesError& error) {
    fault = error.what();
    fault.erase(0, fault.find("made.tsv"));
  }
  std::filesystem::remove_all(folder);
  return fault;
}

TEST(SiteProfilesTest, FaultsAreNamedWithFileAndLine) {
  EXPECT_EQ(Fault("host\ta.cn\nbody\t.text\n"), "none");
  EXPECT_EQ(Fault("body\t.text\n"), "made.tsv: names no host");
  EXPECT_EQ(Fault("host\tA.cn\n"), "made.tsv:1: 'A.cn' is no host in lower case");
  EXPECT_EQ(Fault("host\thttp://a.cn\n"), "made.tsv:1: 'http://a.cn' is no host in lower case");
  EXPECT_EQ(Fault("host\ta.cn\nhost\ta.cn\n"), "made.tsv:2: the host 'a.cn' has a profile already");
  EXPECT_EQ(Fault("host\ta.cn\nBody\t.text\n"), "made.tsv:2: there is no 'Body'");
  EXPECT_EQ(Fault("host\ta.cn\n\nbody\t.a > .b\n"),
            "made.tsv:3: selector '.a > .b': '>' is no part of a selector here");
  EXPECT_EQ(Fault("host\ta.cn\nbody\t.a@\n"),
            "made.tsv:2: selector '.a@': an attribute is missing behind '@'");
  EXPECT_TRUE(SiteProfiles("/no/such/folder").all().empty());
}

}  // namespace
}  // namespace kaoju
