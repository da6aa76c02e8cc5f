// All repairs together: what becomes what, and that each can be undone.
#include "ingest/repairer.h"

#include <gtest/gtest.h>

#include <string>

#include "ingest/ingest.h"

namespace kaoju {
namespace {

const Ingest& TheIngest() {
  static const Ingest ingest(std::string(KAOJU_SOURCE_DIR) + "/rules");
  return ingest;
}

struct Row {
  const char* name;
  std::string text;
  std::string read;     // the text as it is read
  std::string repairs;  // kind:certainty, separated by spaces
};

class RepairerTest : public testing::TestWithParam<Row> {};

TEST_P(RepairerTest, Reads) {
  const Repairer& repairer = TheIngest().repairer();
  const std::string& text = GetParam().text;
  const auto repairs = repairer.Find(text, repairer.surveyor().Look(text));
  std::string print;
  std::string undone;
  const Folded read = ApplyRepairs(text, repairs);
  size_t at = 0;
  for (const Repair& r : repairs) {
    print += (print.empty() ? "" : " ") + r.kind + ":" + r.certainty;
    EXPECT_EQ(Slice(text, r.source), r.before);
    const Span target = read.alignment.ToTarget(r.source);
    undone += read.text.substr(at, target.begin - at) + r.before;
    at = target.begin + r.after.size();
  }
  undone += read.text.substr(at);
  EXPECT_EQ(read.text, GetParam().read);
  EXPECT_EQ(print, GetParam().repairs);
  EXPECT_EQ(undone, text);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RepairerTest,
    testing::Values(
        Row{"Clean", "澜桥控股（Lanqiao）表示：“好。”？", "澜桥控股（Lanqiao）表示：“好。”？", ""},
        Row{"Utf8AsLatin", "他說Ã¤Â¸Â­Ã¦Â–Â‡", "他說中文", "utf8-as-1252:exact"},
        Row{"Utf8As1252", "ä¸­æ–‡", "中文", "utf8-as-1252:exact"},
        Row{"Big5AsLatin", "¤¤¤å³ø¾É", "中文報導", "big5-as-1252:exact"},
        Row{"GbkAsLatin", "ÖÐÎÄÐÂÎÅ", "中文新闻", "gbk-as-1252:exact"},
        Row{"Utf8AsGbk", "鏂伴椈", "新闻", "utf8-as-gbk:exact"},
        Row{"SignAndQuote", "“要素×”大会", "“要素×”大会", ""},
        Row{"Accents", "巴黎Café的naïve与résumé", "巴黎Café的naïve与résumé", ""},
        Row{"Lost", "好\uFFFD\uFFFD吗", "好\uFFFD\uFFFD吗", "lost:lost"},
        Row{"LostAsGbk", "好锟斤拷吗", "好\uFFFD\uFFFD吗", "lost:lost"},
        Row{"Entity", "&ldquo;好&#12290;&amp;rdquo;&unknown;A&B", "“好。”&unknown;A&B",
            "entity:exact entity:exact entity:exact"},
        Row{"Tags", "好。/p>下<br/>去</p>3<5", "好。下去3<5", "tag:exact tag:exact tag:exact"},
        Row{"Path", "w/p>x，a/b>c", "w/p>x，a/b>c", ""},
        Row{"ZeroWidth", "一\u200B\uFEFF二", "一二", "control:exact"},
        Row{"SpacedHan", "全 年 研 发 投 入", "全年研发投入",
            "spaced-han:exact spaced-han:exact spaced-han:exact spaced-han:exact "
            "spaced-han:exact"},
        Row{"Wide", "共２０２４人（ＡＢ），占５％。", "共2024人（AB），占5%。",
            "width:exact width:exact width:exact"},
        Row{"TwoSpaced", "目 录", "目 录", ""},
        Row{"HkscsPrivate", "這裡說\uE000的話與經濟發展", "這裡說𠕇的話與經濟發展",
            "private-use:likely"},
        Row{"Question", "項目結束??紤]到成本", "項目結束。考慮到成本", "byte-slip:likely"},
        Row{"SlipOfOneLetter", "規(guī)??s減，業(yè)者質(zhì)疑", "規模縮減，業者質疑",
            "pinyin-gloss:exact byte-slip:likely pinyin-gloss:exact pinyin-gloss:exact"},
        Row{"SlipBehindALongWord", "碼頭工程大規(guī)??紤]到", "碼頭工程大規模考慮到",
            "pinyin-gloss:exact byte-slip:likely"},
        Row{"SlipBehindASchool", "她入讀大學??萍颊n程N班", "她入讀大學。科技課程N班",
            "byte-slip:likely"},
        Row{"SlipUpToALetter", "船公司有意投資??萍脊煞磸棧琋X公司上升",
            "船公司有意投資。科技股反彈，NX公司上升", "byte-slip:likely"},
        Row{"GlossSlipOfRareWords", "船隻在當?shù)氐你枇_江停泊", "船隻在當地的汨羅江停泊",
            "byte-slip:exact"},
        Row{"GlossSlipUpToALetter", "當?shù)劁囯姵貜S擴產(chǎn)，N公司", "當地鋰電池廠擴產，N公司",
            "byte-slip:exact pinyin-gloss:exact"},
        Row{"Explained", "犇(bēn)是牛跑的意思？", "犇(bēn)是牛跑的意思？", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ScriptTest, Mixed) {
  const auto script = [](const std::string& text) {
    return ScriptOf(TheIngest().repairer().surveyor().Look(text));
  };
  EXPECT_EQ(script("全年研发投入将超过预期，发展经济"), "Hans");
  EXPECT_EQ(script("全年研發投入將超過預期，發展經濟"), "Hant");
  EXPECT_EQ(script("全年研发投入將超過預期，发展經濟关係"), "mixed");
  EXPECT_EQ(script("關于發展，之后對于經濟，隨后"), "mixed");
  EXPECT_EQ(script("好"), "");
}

TEST(RegionTest, Evidence) {
  const auto region = [](const std::string& url, const std::string& text) {
    Article a;
    a.url = url;
    a.text = text;
    TheIngest().Prepare(a);
    return a.region;
  };
  EXPECT_EQ(region("https://news.example.tw/1", "好"), "TW");
  EXPECT_EQ(region("", "計程車漲價，立法院說發展經濟"), "TW");
  EXPECT_EQ(region("", "的士加價，特首說發展經濟"), "HK");
  EXPECT_EQ(region("", "发改委说发展经济"), "CN");
  EXPECT_EQ(region("", "發展經濟與關係"), "");
}

TEST(RawTest, ReachesTheBytesAsFetched) {
  const auto raw = [](RawDocument::Format format, const std::string& bytes,
                      const std::string& part) {
    const Article a = TheIngest().Read(
        {.format = format, .path = "in", .line = 1, .bytes = bytes, .problem = ""}, true);
    const auto begin = static_cast<uint32_t>(a.text.find(part));
    const Span span{begin, begin + static_cast<uint32_t>(part.size())};
    return std::string(Slice(bytes, a.raw.ToSource(span)));
  };
  using Format = RawDocument::Format;
  EXPECT_EQ(raw(Format::kText, "\xD6\xD0\xCE\xC4\xD0\xC2\xCE\xC5", "文新"), "\xCE\xC4\xD0\xC2");
  EXPECT_EQ(raw(Format::kJsonLine, R"({"id":"1","text":"\u597d\n中文"})", "好\n中"),
            R"(\u597d\n中)");
  EXPECT_EQ(raw(Format::kHtml, "<p>甲&amp;乙</p><p>丙 <b>丁</b></p>", "&乙"), "&amp;乙");
  EXPECT_EQ(raw(Format::kHtml, "<p>甲&amp;乙</p><p>丙 <b>丁</b></p>", "丁"), "丁");
  EXPECT_EQ(raw(Format::kHtml, "<p>长&nbsp20km</p>", "0k"), "0k");
  EXPECT_EQ(raw(Format::kHtml, "<p>甲&copykm;乙</p>", "m;"), "m;");
  EXPECT_EQ(raw(Format::kHtml, "<p>甲&amp;amp;乙</p>", "&"), "&amp;");
  EXPECT_EQ(raw(Format::kHtml, "<p>甲&amp;amp;乙</p>", "乙"), "乙");
  EXPECT_EQ(raw(Format::kHtml, "<p>甲&#38;#38;乙&x;丙</p>", "&x;丙"), "&x;丙");
}

}  // namespace
}  // namespace kaoju
