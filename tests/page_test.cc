// Web pages: which lines are the article, its headline, and what the lines around it say.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ingest/byline.h"
#include "ingest/headline.h"
#include "ingest/html.h"

namespace kaoju {
namespace {

const PageTables& Tables() {
  static const PageTables tables(std::string(KAOJU_SOURCE_DIR) + "/rules");
  return tables;
}

// "kind text" of all lines but the running ones.
std::string Kinds(const std::string& html) {
  std::string out;
  for (const JudgedLine& line : JudgeHtml(html, {}, Tables()).lines) {
    if (line.kind == BlockKind::kParagraph) continue;
    out += (out.empty() ? "" : "|") + std::string(NameOf(line.kind)) + ' ' + line.text;
  }
  return out;
}

std::string Join(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ",") + text;
  return out;
}

constexpr std::string_view kRunning =
    "<p>澜桥控股今天发布年报，营业收入为三亿元，比去年多。</p>"
    "<p>公司表示，明年将继续投入研发，并在北方开设新厂。</p>";

// The article between two pieces of a page; what is kept of it besides the running text, with what
// each other line is.
std::string Fates(const std::string& before, const std::string& behind) {
  std::string out;
  const std::string html = "<body>" + before + std::string(kRunning) + behind;
  for (const JudgedLine& line : JudgeHtml(html, {}, Tables()).lines) {
    if (kRunning.find(line.text) != kRunning.npos) {
      if (line.fate != BlockFate::kKept) out += "lost:";
      continue;
    }
    out += (out.empty() ? "" : "|") + std::string(NameOf(line.fate)) + " " + line.text;
  }
  return out;
}

struct LineCase {
  const char* name;
  std::string before;
  std::string behind;
  std::string fates;
};
void PrintTo(const LineCase& c, std::ostream* out) { *out << c.name; }

class PageLineTest : public testing::TestWithParam<LineCase> {};

TEST_P(PageLineTest, IsJudged) {
  EXPECT_EQ(Fates(GetParam().before, GetParam().behind), GetParam().fates);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PageLineTest,
    testing::Values(
        LineCase{"LabelEnds", "", "<p>相关报道</p><p>别的，别的，别的。</p>",
                 "cue 相关报道|end 别的，别的，别的。"},
        LineCase{"LabelWithColon", "", "<p>相关报道：甲</p>", "cue 相关报道：甲"},
        LineCase{"SentenceIsNoLabel", "", "<p>相关报道没有得到证实，公司不作评论。</p>",
                 "kept 相关报道没有得到证实，公司不作评论。"},
        LineCase{"ListIsNoLabel", "", "<p>编辑、记者都在现场，没有离开。</p>",
                 "kept 编辑、记者都在现场，没有离开。"},
        LineCase{"IndentedByline", "", "<p>\u3000\u3000来源：虚构日报</p>",
                 "byline \u3000\u3000来源：虚构日报"},
        LineCase{"EditorBehind", "", "<p>责任编辑：甲乙</p>", "cue 责任编辑：甲乙"},
        LineCase{"EditorInBrackets", "", "<p>（责任编辑：甲乙）</p>", "cue （责任编辑：甲乙）"},
        LineCase{"BylineBefore", "<p>来源：虚构日报，本地版</p>", "",
                 "byline 来源：虚构日报，本地版"},
        LineCase{"DateBefore", "<p>2024-05-06 07:08</p>", "", "byline 2024-05-06 07:08"},
        LineCase{"BylineBehind", "", "<p>来源：虚构日报</p>", "byline 来源：虚构日报"},
        LineCase{"NextArticle", "",
                 "<p>往下滑看下一篇</p><p>别的文章，说的是别的，很长，很长。</p>",
                 "cue 往下滑看下一篇|end 别的文章，说的是别的，很长，很长。"},
        LineCase{"Class", "", "<div class=\"hot-comments\"><p>好，很好。</p></div>",
                 "noise 好，很好。"},
        LineCase{"CamelCaseClass", "", "<div id=hotComments><p>好，很好。</p></div>",
                 "noise 好，很好。"},
        LineCase{"WordInsideClass", "", "<div class=advanced><p>还有，第三段。</p></div>",
                 "kept 还有，第三段。"},
        LineCase{"Links", "", "<p><a href=x>别的新闻一条</a></p>", "links 别的新闻一条"},
        LineCase{"Caption", "<figure><figcaption>厂房一角</figcaption></figure>", "",
                 "kept 厂房一角"},
        LineCase{"Subheading", "", "<h3>展望</h3><p>明年会更好，一定。</p>",
                 "kept 展望|kept 明年会更好，一定。"}),
    [](const auto& c) { return std::string(c.param.name); });

struct BylineCase {
  const char* name;
  std::string line;
  std::string said;  // source|published|editor|authors
};
void PrintTo(const BylineCase& c, std::ostream* out) { *out << c.name; }

class BylineTest : public testing::TestWithParam<BylineCase> {};

TEST_P(BylineTest, Reads) {
  Byline b;
  ReadByline(GetParam().line, Tables(), b);
  EXPECT_EQ(b.source + "|" + b.published + "|" + b.editor + "|" + Join(b.authors), GetParam().said);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BylineTest,
    testing::Values(BylineCase{"All", "来源：虚构日报 作者：甲乙、丙丁 2024-05-06 责任编辑：戊己",
                               "虚构日报||戊己|甲乙,丙丁"},
                    BylineCase{"Time", "发布时间：2024-05-06 07:08 来源：虚构网",
                               "虚构网|2024-05-06T07:08||"},
                    BylineCase{"ChineseDate", "时间：2024年5月6日 7:08", "|2024-05-06T07:08||"},
                    BylineCase{"UpdatedIsNotPublished", "更新时间：2024-05-06", "|||"},
                    BylineCase{"PublishedThenUpdated", "发布时间：2024-05-06 更新时间：2024-05-07",
                               "|2024-05-06||"},
                    BylineCase{"Bar", "編輯｜甲乙", "||甲乙|"},
                    BylineCase{"NoLabelInAWord", "原作者：甲乙", "|||"},
                    BylineCase{"Slash", "文/甲乙 图/丙丁", "|||甲乙"},
                    BylineCase{"Quoted", "（本文由「虚构时报」授權轉載）", "虚构时报|||"},
                    BylineCase{"NoColon", "记者甲乙报道", "|||"},
                    BylineCase{"Digits", "作者：12345", "|||"}, BylineCase{"Empty", "", "|||"}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(PlainBylineTest, Reads) {
  const auto said = [](std::string_view line) {
    Byline b;
    ReadPlainByline(line, "_甲网 Kaoyu", Tables(), b);
    return b.source + "|" + Join(b.authors);
  };
  EXPECT_EQ(said("甲乙/虚构日报"), "虚构日报|甲乙");
  EXPECT_EQ(said("2024-05-06 07:08 虚构网"), "虚构网|");
  EXPECT_EQ(said("2024-05-06 · 虚构晚报"), "虚构晚报|");
  EXPECT_EQ(said("2024-05-06 07:08 甲乙 丙丁"), "|");
  EXPECT_EQ(said("2024-05-06 07:08 甲乙"), "|");
  EXPECT_EQ(said("2024-05-06 07:08 Kaoyu[整理] 1"), "Kaoyu|");
  EXPECT_EQ(said("虚构网"), "|");
  EXPECT_EQ(said("财经/国际"), "|");
}

TEST(DateInUrlTest, Reads) {
  EXPECT_EQ(DateInUrl("https://e.cn/2024/05/06/a.html"), "2024-05-06");
  EXPECT_EQ(DateInUrl("https://e.cn/n/2024-05/06/c_1.htm"), "2024-05-06");
  EXPECT_EQ(DateInUrl("https://e.cn/c/20240506/1"), "2024-05-06");
  EXPECT_EQ(DateInUrl("https://e.cn/c/20241306/1"), "");
  EXPECT_EQ(DateInUrl("https://e.cn/c/120240506/1"), "");
}

std::string Credits(std::string_view paragraph) {
  Byline b;
  ReadCredits(paragraph, Tables(), b);
  return Join(b.authors);
}

TEST(CreditsTest, AtTheEndsOfAParagraph) {
  EXPECT_EQ(Credits("厂房已经建成。（记者 甲乙 丙丁）"), "甲乙,丙丁");
  EXPECT_EQ(Credits("虚构日报讯（记者甲乙）厂房已经建成。"), "甲乙");
  EXPECT_EQ(Credits("記者甲乙／台北報導"), "甲乙");
  EXPECT_EQ(Credits("厂房已经建成。（图文无关）"), "");
  EXPECT_EQ(Credits("记者在现场看到，厂房已经建成。"), "");
  std::string far = "厂房";
  for (int i = 0; i < 40; ++i) far += "已经建成";
  EXPECT_EQ(Credits(far + "（记者甲乙）。后来又停了。"), "");
}

TEST(FindDateTest, FirstRealDay) {
  EXPECT_EQ(FindDate("第1234号 2024-13-40 2024/05/06 23:59:01"), "2024-05-06T23:59");
  EXPECT_EQ(FindDate("２０２４"), "");
  EXPECT_EQ(FindDate("120240506"), "");
  EXPECT_EQ(FindDate("电话2024050"), "");
}

TEST(HeadlineTest, WithoutSite) {
  EXPECT_EQ(WithoutSite("甲公司发布年报_财经频道_虚构网", "", Tables()), "甲公司发布年报");
  EXPECT_EQ(WithoutSite("甲公司发布年报 - 虚构日报", "", Tables()), "甲公司发布年报");
  EXPECT_EQ(WithoutSite("甲公司发布年报-第二部分", "", Tables()), "甲公司发布年报-第二部分");
  EXPECT_EQ(WithoutSite("甲公司发布年报 - Kaoyu", "Kaoyu", Tables()), "甲公司发布年报");
  EXPECT_EQ(WithoutSite("虚构网", "", Tables()), "虚构网");
  EXPECT_TRUE(IsHeadlineOf("甲公司今天发布年报", "甲公司今天发布年报-EDN 设计"));
  EXPECT_FALSE(IsHeadlineOf("甲公司今天发布年报", "甲公司今天发布年报了"));
  EXPECT_FALSE(IsHeadlineOf("甲公司", "甲公司-EDN 设计"));
}

TEST(PageTest, HeadlineIsTheHeadingThatTheTitleHolds) {
  const HtmlPage page =
      ReadHtml("<title>甲公司：发布年报_虚构网</title><h1>虚构网</h1><h1>甲公司 发布年报</h1>" +
                   std::string(kRunning),
               {}, Tables());
  EXPECT_EQ(page.title, "甲公司 发布年报");
}

TEST(BlockKindTest, IsTold) {
  EXPECT_EQ(Kinds("<h2>甲</h2><p>乙</p>丙<ul><li>丁<li>戊</ul><blockquote><p>己</p></blockquote>"
                  "<figure><figcaption>庚</figcaption></figure>辛"),
            "heading 甲|list_item 丁|list_item 戊|quote 己|caption 庚");
  EXPECT_EQ(Kinds("<ul><li><h3>甲</h3>乙</ul>"), "heading 甲|list_item 乙");
}

TEST(BlockKindTest, RowsOfATableAreLines) {
  EXPECT_EQ(Kinds("<table><caption>表</caption><tr><th>年<th>万吨<tr><td>2023<td> 30 </table>"),
            "caption 表|table_row 年\t万吨|table_row 2023\t30");
  EXPECT_EQ(Kinds("<table><tr><td><td>甲<td><td>乙<td></table>"), "table_row \t甲\t\t乙");
  EXPECT_EQ(Kinds("<table><tr><td><p>甲</p><p>乙</p><td>丙<br>丁</table>"),
            "table_row 甲 乙\t丙 丁");
  EXPECT_EQ(Kinds("<table><tr><td> <td></table>"), "");
}

TEST(BlockKindTest, TablesThatArrangeThePageAreNone) {
  EXPECT_EQ(Kinds("<table><tr><td>甲</table>"), "");
  EXPECT_EQ(Kinds("<table><tr><td>甲<td><table><tr><td>乙</table></table>"), "");
  EXPECT_EQ(Kinds("<table><tr><td>甲<td><ul><li>乙</ul></table>"), "list_item 乙");
  std::string text;
  for (int i = 0; i < 101; ++i) text += "长";
  EXPECT_EQ(Kinds("<table><tr><td>甲<td>" + text + "</table>"), "");
}

TEST(PageTest, JsonLdFirst) {
  const HtmlPage page = ReadHtml(
      "<meta property='article:published_time' content='2024-05-07'>"
      "<script type='application/ld+json'>[{\"@graph\":[{\"@type\":[\"NewsArticle\"],"
      "\"headline\":\"年报\",\"datePublished\":\"2024-05-06\",\"author\":{\"name\":\"甲乙\"}}]}]"
      "</script><p>时间：2024-05-06 07:08</p>" +
          std::string(kRunning),
      {}, Tables());
  EXPECT_EQ(page.title + "|" + page.published + "|" + Join(page.authors),
            "年报|2024-05-06T07:08|甲乙");
}

TEST(PageTest, TimeInAScript) {
  const HtmlPage page = ReadHtml(
      "<script>var x = {\"time\":\"2023-01-01\",\"publishTime\": \"2024-05-06 07:08\"}</script>" +
          std::string(kRunning),
      {}, Tables());
  EXPECT_EQ(page.published, "2024-05-06 07:08");
}

TEST(PageTest, BrokenJsonLdSaysNothing) {
  const HtmlPage page = ReadHtml(
      "<title>年报</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",</script>" +
          std::string(kRunning),
      {}, Tables());
  EXPECT_EQ(page.title, "年报");
}

}  // namespace
}  // namespace kaoju
