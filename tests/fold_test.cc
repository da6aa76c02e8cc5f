// Folding: what becomes what, that all offsets hold, and that the table pass agrees with its slow
// twin.
#include "ingest/fold.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

const std::string kFoldDir = std::string(KAOJU_SOURCE_DIR) + "/rules/fold";

const FoldMap& Map() {
  static const FoldMap map = FoldMap::Load(kFoldDir);
  return map;
}

const FoldTable& Table() {
  static const FoldTable table(Map());
  return table;
}

struct Row {
  const char* name;
  std::string in;
  std::string out;
};

class FoldTest : public testing::TestWithParam<Row> {};

TEST_P(FoldTest, FoldsTo) { EXPECT_EQ(Table().Fold(GetParam().in).text, GetParam().out); }

INSTANTIATE_TEST_SUITE_P(
    Width, FoldTest,
    testing::Values(Row{"Digits", "２０２４", "2024"}, Row{"Letters", "ＡＩ，ｋｍ", "AI，km"},
                    Row{"Signs", "％＄＋－．～／＆", "%$+-.~/&"}, Row{"Yen", "￥５", "¥5"},
                    Row{"Punctuation", "，。：；？！（）「」『』“”‘’《》、…—·",
                        "，。：；？！（）「」『』“”‘’《》、…—·"},
                    Row{"AsciiPunctuation", ",.:;?!()\"'", ",.:;?!()\"'"},
                    Row{"Spaces", "一\u3000二\u00A0三\u2009四", "一 二 三 四"},
                    Row{"SmallForms", "3﹒5﹪﹐﹕（﹙﹚", "3.5%，：（（）"},
                    Row{"Vertical", "﹁引﹂", "「引」"},
                    Row{"MiddleDots", "约翰‧史密斯・李•王", "约翰·史密斯·李·王"},
                    Row{"Minus", "−3.5", "-3.5"}, Row{"Zero", "二○二四", "二〇二四"},
                    Row{"Katakana", "ｱｲｳ", "ｱｲｳ"}, Row{"HalfWidthStop", "｡｢｣", "｡｢｣"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Compatibility, FoldTest,
    testing::Values(Row{"Square", "100㎡ 5㎞ 3㎏ 2㏄", "100m2 5km 3kg 2cc"},
                    Row{"Circled", "①⑩", "110"}, Row{"Roman", "Ⅲ期 ⅳ", "III期 iv"},
                    Row{"Half", "½", "½"}, Row{"Parenthesized", "㈠⑴", "㈠⑴"},
                    Row{"Superscript", "10²", "10²"}, Row{"TradeMark", "豆包™", "豆包™"},
                    Row{"Celsius", "37℃", "37℃"},
                    Row{"CompatibilityIdeograph", "\uF9B5\uFA1A", "例祥"},
                    Row{"Radical", "⽔⼈", "水人"}, Row{"Mathematical", "𝐀𝟏", "A1"},
                    Row{"Emoji", "好😀", "好😀"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Invisible, FoldTest,
    testing::Values(Row{"ByteOrderMark", "\uFEFF一", "一"},
                    Row{"ZeroWidth", "一\u200B二\u2060三\u00AD四", "一二三四"},
                    Row{"Controls", std::string("一\x01\x7F\u0090二", 10), "一二"},
                    Row{"LineEnds", "a\r\nb\rc\nd\u2028e\u0085f\tg", "a\nb\nc\nd\ne\nf\tg"},
                    Row{"TwoReturns", "\r\r\n\n", "\n\n\n"},
                    Row{"Selector", "葛\U000E0100城\uFE0F", "葛城"},
                    Row{"PrivateUse", "\uE000一\uF8FF\U000F0000\U0010FFFD", "□一□□□"},
                    Row{"IllFormed", "a\xFF\xE4\xB8", "a□□□"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Simplified, FoldTest,
    testing::Values(
        Row{"Plain", "臺灣與香港發展經濟", "台湾与香港发展经济"},
        Row{"Quotes", "他說：「好。」", "他说：「好。」"},
        Row{"Variants", "為爲裏裡峰峯麵麪台臺衞綫", "为为里里峰峰面面台台卫线"},
        Row{"Lacking", "諮詢 五嶽 復甦 噁心 囌 外滙 揹 菴", "咨询 五岳 复苏 恶心 苏 外汇 背 庵"},
        Row{"Kept", "姊妹 俱樂部 氹仔 大阪 摔跤 甯漢豪", "姊妹 俱乐部 氹仔 大阪 摔跤 甯汉豪"},
        Row{"Gan", "乾隆 乾坤 乾淨 餅乾 幹部 徐乾學", "乾隆 乾坤 干净 饼干 干部 徐乾学"},
        Row{"Zhu", "著名著作 顯著 名著 隨著 看著", "著名著作 显著 名著 随着 看着"},
        Row{"ZhuEnds", "評論著重 彰顯著 接著作出", "评论着重 彰显着 接着作出"},
        Row{"ZhuSimplified", "显著 原著 土著", "显著 原著 土著"},
        Row{"Fu", "回覆 答覆 司法覆核 覆蓋 顛覆 重覆蓋", "回复 答复 司法复核 覆盖 颠覆 重覆盖"},
        Row{"Liao", "瞭解 瞭望塔 一目瞭然", "了解 瞭望塔 一目了然"},
        Row{"Jie", "藉口 憑藉 狼藉 慰藉", "借口 凭借 狼藉 慰藉"},
        Row{"Ju", "鉅額 艱鉅 李澤鉅 傢俱", "巨额 艰巨 李泽钜 家具"},
        Row{"Hua", "計畫 計劃 設計畫面 規畫", "计划 计划 设计画面 规划"},
        Row{"Shen", "沈默 沈陽 沈先生 沉没", "沉默 沈阳 沈先生 沉没"},
        Row{"Zhi", "祇有 神祇 神祇有", "只有 神祇 神祇有"}, Row{"Shenme", "甚麼 甚至", "什么 甚至"},
        Row{"Fen", "部份 恐怖份子 股份", "部分 恐怖分子 股份"}, Row{"Astral", "\U0002F85A", "売"},
        Row{"NamesKept",
            "李松仁 徐乾學 乾清宮 乾安縣 樊於期 於梨華 畢昇 洪昇 余光中 范仲淹 姜文 岳飛",
            "李松仁 徐乾学 乾清宫 乾安县 樊於期 於梨华 毕昇 洪昇 余光中 范仲淹 姜文 岳飞"},
        Row{"NamesChanged", "劉發泉 林鬆緊 王餘慶 鍾南山 沈從文",
            "刘发泉 林松紧 王余庆 钟南山 沈从文"},
        Row{"AcrossWords", "改變量子計算 少數組織 被發明 展示了如何 參與製造 重量產品",
            "改变量子计算 少数组织 被发明 展示了如何 参与制造 重量产品"},
        Row{"GanPlaces", "宋干節 若干 乾陵 乾縣 乾元 康乾盛世 乾嘉 魚乾 烘乾",
            "宋干节 若干 乾陵 乾县 乾元 康乾盛世 乾嘉 鱼干 烘干"},
        Row{"Empress", "皇后 王后 先後 後天", "皇后 王后 先后 后天"},
        Row{"RareVariants", "吿訴 凖備 高尙 陷穽 呉", "告诉 准备 高尚 陷阱 吴"},
        Row{"Ning", "甯靜 甯波路的甯先生", "宁静 甯波路的甯先生"},
        Row{"BadNotUnfired", "坏 壞 坏了", "坏 坏 坏了"},
        Row{"SimplifiedStays", "里程 后面 余额 发展", "里程 后面 余额 发展"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(FoldAlignmentTest, RunsStandWhereSizesChange) {
  const Folded folded = Table().Fold("\uFEFF廣告２㎡\r\nⅢ臺");
  EXPECT_EQ(folded.text, "广告2m2\nIII台");
  const std::vector<EditRun> runs = {
      {0, 3, 0, 0}, {9, 3, 6, 1}, {12, 3, 7, 2}, {15, 2, 9, 1}, {17, 3, 10, 3}};
  EXPECT_EQ(folded.alignment.runs(), runs);
}

TEST(FoldAlignmentTest, SimplifyingNeedsNoRun) {
  EXPECT_TRUE(Table().Fold("發展經濟，答覆著名").alignment.identity());
}

TEST(FoldRepairTest, AlignsWithTheUnrepairedText) {
  const std::string text = "２節(jié)，內(nèi)外";
  const std::string gloss = "節(jié)";
  const std::string second = "內(nèi)";
  const auto at = static_cast<uint32_t>(text.find(gloss));
  const auto then = static_cast<uint32_t>(text.find(second));
  const std::vector<Repair> repairs = {
      {{at, at + static_cast<uint32_t>(gloss.size())}, "pinyin-gloss", gloss, "節"},
      {{then, then + static_cast<uint32_t>(second.size())}, "pinyin-gloss", second, "內"}};
  const Folded folded = Table().Fold(text, repairs);
  ASSERT_EQ(folded.text, "2节，内外");
  const auto slice = [&](std::string_view part) {
    const auto begin = static_cast<uint32_t>(folded.text.find(part));
    const Span span{begin, begin + static_cast<uint32_t>(part.size())};
    return std::string(Slice(text, folded.alignment.ToSource(span)));
  };
  EXPECT_EQ(slice("2"), "２");
  EXPECT_EQ(slice("节"), gloss);
  EXPECT_EQ(slice("内"), second);
  EXPECT_EQ(slice("外"), "外");
  EXPECT_EQ(slice("2节，内外"), text);
}

// Texts that mix everything that folding looks at, and every character of the overlay.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {
    for (const auto& [c, to] : Map().characters) all_ += c;
    for (const FoldPhrase& phrase : Map().phrases) {
      phrases_.push_back(phrase.context);
      phrases_.back()[phrase.pivot] = phrase.raw;
    }
  }

  std::string Text() {
    static const std::vector<std::u32string> kPieces = {
        U"\r\n", U"\r",         U"\n",     U"\uFEFF", U"㎡",     U"２",         U"Ａ",
        U"，",   U"「",         U"\u3000", U"\u200B", U"\uE123", U"\U000F1234", U"😀",
        U"𝐀",    U"\U0002F85A", U"a",      U"7",      U" ",      U"é",          U"\u00AD"};
    std::u32string text;
    for (size_t size = Below(40); size > 0; --size) {
      switch (Below(5)) {
        case 0:
          text += kPieces[Below(kPieces.size())];
          break;
        case 1:
          text += all_[Below(all_.size())];
          break;
        case 2:
          text += phrases_[Below(phrases_.size())];
          break;
        case 3:
          text += phrases_[Below(phrases_.size())].substr(0, 1);
          break;
        default:
          text += static_cast<char32_t>(0x4E00 + Below(0x5200));
      }
    }
    return ToUtf8(text);
  }

  size_t Below(size_t limit) { return random_() % limit; }

 private:
  std::mt19937 random_;
  std::u32string all_;
  std::vector<std::u32string> phrases_;
};

void ExpectSound(const std::string& text, const Folded& folded) {
  ASSERT_FALSE(FindInvalidUtf8(folded.text)) << text;
  const auto size = static_cast<uint32_t>(folded.text.size());
  const auto whole = static_cast<uint32_t>(text.size());
  if (size > 0) {
    // Removals at the very start belong to no character.
    const Span source = folded.alignment.ToSource({0, size});
    EXPECT_EQ(source.end, whole) << text;
    EXPECT_TRUE(Table().Fold(text.substr(0, source.begin)).text.empty()) << text;
    EXPECT_EQ(folded.alignment.ToTarget({0, whole}), (Span{0, size})) << text;
  }
  Span last{0, 0};
  for (uint32_t at = 0; at < size;) {
    const auto end = static_cast<uint32_t>(CodePointAt(folded.text, at).end);
    const Span source = folded.alignment.ToSource({at, end});
    ASSERT_LE(source.end, whole);
    EXPECT_TRUE(OnCodePoint(text, source.begin) && OnCodePoint(text, source.end)) << text;
    EXPECT_FALSE(source.empty()) << text;
    EXPECT_LE(last.begin, source.begin) << text;
    EXPECT_LE(last.end, source.end) << text;
    last = source;
    at = end;
  }
}

TEST(FoldPropertyTest, GeneratedTexts) {
  Generator generator(20240501);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = generator.Text();
    const Folded folded = Table().Fold(text);
    const Folded slow = FoldSlow(Map(), text);
    ASSERT_EQ(folded.text, slow.text) << text;
    ASSERT_EQ(folded.alignment.runs(), slow.alignment.runs()) << text;
    const Folded twice = Table().Fold(folded.text);
    ASSERT_EQ(twice.text, folded.text) << text;
    ASSERT_TRUE(twice.alignment.identity()) << text;
    ExpectSound(text, folded);
    if (HasFailure()) return;
  }
}

TEST(FoldPropertyTest, BrokenBytes) {
  std::mt19937 random(7);
  Generator generator(8);
  for (int i = 0; i < 5000; ++i) {
    std::string text = generator.Text();
    for (int k = 0; k < 3 && !text.empty(); ++k)
      text[random() % text.size()] = static_cast<char>(random());
    EXPECT_FALSE(FindInvalidUtf8(Table().Fold(text.substr(0, random() % (text.size() + 1))).text));
  }
}

TEST(FoldPropertyTest, EveryCodePoint) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string text = ToUtf8({&c, 1});
    const std::string folded = Table().Fold(text).text;
    const std::string expected = c == '\r' ? "\n" : ToUtf8(Map().Character(c));
    ASSERT_EQ(folded, expected) << std::hex << static_cast<uint32_t>(c);
    for (const char32_t f : FromUtf8(folded)) {
      ASSERT_FALSE(IsForbidden(f)) << std::hex << static_cast<uint32_t>(c);
      ASSERT_EQ(Map().Character(f), std::u32string(1, f)) << std::hex << static_cast<uint32_t>(c);
    }
  }
}

TEST(FoldPropertyTest, EveryPairOfPhrases) {
  for (const FoldPhrase& a : Map().phrases) {
    for (const FoldPhrase& b : Map().phrases) {
      std::u32string text = a.context;
      text[a.pivot] = a.raw;
      text += b.context;
      text[a.context.size() + b.pivot] = b.raw;
      // Once apart, and once with a shared character.
      for (const std::u32string& t :
           {text, text.substr(0, a.context.size()) + text.substr(a.context.size() + 1)}) {
        const std::string once = Table().Fold(ToUtf8(t)).text;
        ASSERT_EQ(Table().Fold(once).text, once) << ToUtf8(t);
      }
    }
  }
}

// The overlay itself: each section sorted, and every row of one character says something.
TEST(FoldOverlayTest, RowsAreSorted) {
  std::ifstream in(kFoldDir + "/overlay.tsv");
  std::string line;
  std::string before;
  while (std::getline(in, line)) {
    if (line.empty() || line.front() == '#') {
      before.clear();
      continue;
    }
    const std::string key = line.substr(0, line.find('\t'));
    EXPECT_LT(before, key) << line;
    before = key;
  }
}

TEST(FoldOverlayTest, BrokenOverlaysAreRefused) {
  const std::string dir = testing::TempDir() + "/fold_overlay_test";
  for (const char* rows : {"諮\n", "諮\t\n", "諮\t咨\t\n", "諮\t咨\n諮\t谘\n", "回覆\t回复了\n",
                           "山水\t山水\n", "一\xFF\t一\n", "甲\t乙\n乙\t甲\n"}) {
    ASSERT_EQ(std::system(("mkdir -p '" + dir + "'").c_str()), 0);
    std::ofstream(dir + "/overlay.tsv") << rows;
    EXPECT_THROW(FoldMap::Load(dir), RulesError) << rows;
  }
  EXPECT_THROW(FoldMap::Load(dir + "/absent"), RulesError);
}

}  // namespace
}  // namespace kaoju
