// What figures measure, of whom and when: metric, subject, period and comparison off the clause.
#include <gtest/gtest.h>

#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_rules::MakeArticle;
using testing_rules::Rules;

struct Row {
  const char* name;
  const char* text;
  const char* said;
};

// surface: metric | subject | period | comparison direction; for each figure.
std::string Said(const std::string& text) {
  Extractor extractor(Rules());
  const Article a = MakeArticle(text);
  const Extraction x = extractor.Extract(a);
  std::string out;
  for (const Figure& f : x.figures) {
    out += (out.empty() ? "" : "; ") + std::string(Slice(a.text, f.span)) + ": ";
    out.append(f.metric).append(" | ").append(f.subject).append(" | ").append(f.period);
    if (f.comparison)
      out.append(" | ").append(f.comparison->kind).append(" ").append(f.comparison->direction);
  }
  return out;
}

// The modality of each figure.
std::string Modalities(const std::string& text) {
  Extractor extractor(Rules());
  const Extraction x = extractor.Extract(MakeArticle(text));
  std::string out;
  for (const Figure& f : x.figures) out.append(f.modality).append(";");
  return out;
}

TEST(ModalityTest, OfThePredicate) {
  EXPECT_EQ(Modalities("总产能将超过150万台。"), "forecast;");
  EXPECT_EQ(Modalities("總產能將超過150萬台。"), "forecast;");
  EXPECT_EQ(Modalities("全年研发投入将达6亿元。"), "forecast;");
  EXPECT_EQ(Modalities("气温可能将升至39度。"), "hedged;");
  EXPECT_EQ(Modalities("今天将20间工厂列入名单。"), "fact;");
  EXPECT_EQ(Modalities("公司将价格下调2%。"), "fact;");
}

class MeasureTest : public testing::TestWithParam<Row> {};

TEST_P(MeasureTest, OffTheClause) { EXPECT_EQ(Said(GetParam().text), GetParam().said); }

INSTANTIATE_TEST_SUITE_P(
    Rows, MeasureTest,
    testing::Values(
        Row{"Chain", "营业收入为12亿元，同比增长7%。",
            "12亿元: 营业收入 |  | ; 7%: 营业收入 |  |  | yoy up"},
        Row{"OwnMetric", "营业收入为12亿元，净利润为3亿元。",
            "12亿元: 营业收入 |  | ; 3亿元: 净利润 |  | "},
        Row{"Distributed", "出口和进口分别增长5%和3%。",
            "5%: 出口 |  |  | change up; 3%: 进口 |  |  | change up"},
        Row{"Counted", "工厂里有3000名工人。", "3000名: 工人 |  | "},
        Row{"CountedTraditional", "工廠裏有3000名工人。", "3000名: 工人 |  | "},
        Row{"Verb", "警方拘捕12人。", "12人: 拘捕人数 |  | "},
        Row{"AgeBefore", "37岁的厂长沈映秋表示乐观。", "37岁: 年龄 | 沈映秋 | "},
        Row{"NobodyBehindAQuake", "4.2级地震专家沈映秋表示乐观。", "4.2级地震: 震级 |  | "},
        Row{"AgeOfGroup", "事故波及15岁以下儿童。", "15岁以下: 年龄 | 儿童 | "},
        Row{"SharePrice", "中国银行跌2%。", "2%: 股价 | 中国银行 |  | change down"},
        Row{"NoSharePrice", "中国银行同比增长2%。", "2%:  | 中国银行 |  | yoy up"},
        Row{"Score", "主队以3比1战胜客队。", "3比1: 比分 |  | "},
        Row{"NoOneCharacter", "前锋梅开二度之余，主队取胜。", "二度: 次数 |  | "},
        Row{"Event", "事故造成5人受伤。", "5人: 受伤人数 |  | "},
        Row{"Share", "女工占员工总数的40%。", "40%: 占员工总数比例 |  |  | share "},
        Row{"Baseline", "游客人数11月较去年同期增加20%。", "20%: 游客人数 |  | 2024-11 | yoy up"},
        Row{"Series", "海岳指数报5000点，升50点，升幅1%。",
            "5000点: 海岳指数 |  | ; 50点: 海岳指数 |  |  | change up; 1%: 海岳指数 |  |  | "
            "change up"},
        Row{"Possessor", "华为的研发投入预计达到6亿元。", "6亿元: 研发投入 | 华为 | "},
        Row{"Topic", "去年，华为出口额下降2.3%，进口额增长1.5%。",
            "2.3%: 出口额 | 华为 | 2023 | change down; 1.5%: 进口额 | 华为 | 2023 | change up"},
        Row{"Scope", "全国共有5.4万个公园。", "5.4万个: 公园 | 全国 | "},
        Row{"PeriodStaysInItsSentence", "去年风大。园区占地20万平方米。",
            "20万平方米: 占地面积 |  | "},
        Row{"PeriodGoesOnWithTheComparison", "去年营业收入为12亿元。净利润为3亿元，同比下降5%。",
            "12亿元: 营业收入 |  | 2023; 3亿元: 净利润 |  | 2023; 5%: 净利润 |  | 2023 | yoy down"},
        Row{"SubjectGoesOnWithAPart", "去年中国出口20万吨。其中，煤炭出口5万吨。",
            "20万吨: 出口 | 中国 | 2023; 5万吨: 煤炭出口 | 中国 | 2023"},
        Row{"ADemonstrativeIsNoPart", "这家公司估值为10亿美元。", "10亿美元: 公司估值 |  | "},
        Row{"AfterItIsDoneYearly", "项目建成后年产能将达到20万吨。", "20万吨: 年产能 |  | "},
        Row{"PeriodGoesOnWithAPart", "去年出口20万吨。其中煤炭出口5万吨。",
            "20万吨: 出口 |  | 2023; 5万吨: 煤炭出口 |  | 2023"},
        Row{"PeriodEndsWithTheLine", "去年营业收入为12亿元。\n净利润同比下降5%。",
            "12亿元: 营业收入 |  | 2023; 5%: 净利润 |  |  | yoy down"},
        Row{"PeriodOfASentenceBetween", "去年营业收入为12亿元。今年增资。净利润同比下降5%。",
            "12亿元: 营业收入 |  | 2023; 5%: 净利润 |  |  | yoy down"},
        Row{"PeriodOfTheOwnClause", "12月交付2台机床，还有4台机床预计明年初交付。",
            "2台: 机床 |  | 2023-12; 4台: 机床 |  | 2025"},
        Row{"PeriodsDistributed", "2022年、2023年净利润分别为3亿元、5亿元。",
            "3亿元: 净利润 |  | 2022; 5亿元: 净利润 |  | 2023"},
        Row{"QuartersDistributed", "一、二季度出口分别下降21.4%、12.7%。",
            "21.4%: 出口 |  | 2024-Q1 | change down; 12.7%: 出口 |  | 2024-Q2 | change down"},
        Row{"NotAsManyPeriods", "2022年、2023年出口分别为3亿元。", "3亿元: 出口 |  | 2023"},
        Row{"PartOfTheSameMetric", "资本开支为16亿元，其中9亿元用于采购。",
            "16亿元: 资本开支 |  | ; 9亿元: 资本开支 |  | "},
        Row{"Reach", "震中距离棠洛约66公里。", "约66公里: 距离 |  | "},
        Row{"ReachOfADirection", "风暴集结在本澳东南约610公里。", "约610公里: 距离 |  | "},
        Row{"ReachOfItsOwn", "枢纽的换乘距离为120米。", "120米: 换乘距离 |  | "},
        Row{"HeadBehindNames", "当日击毁4枚乌克兰军队发射的美国战术导弹。",
            "4枚: 战术导弹 | 乌克兰军队 | 2024-06-15"},
        Row{"NoMarkInAMetric", "委员提出四点建议。", "四点: 建议 |  | "},
        Row{"NobodyInBrackets", "新安电（记者沈映秋）当地水位上涨2米。",
            "2米: 水位 |  |  | change up"},
        Row{"Temperature", "气温达到37度。", "37度: 气温 |  | "},
        Row{"ModalBeforeItsPredicate", "总产能将超过150万台。", "超过150万台: 总产能 |  | "},
        Row{"ModalBeforeADirection", "产量将增至10万吨。", "10万吨: 产量 |  |  | change up"},
        Row{"NoModalBeforeAnObject", "今天将20间工厂列入名单。", "20间: 工厂 |  | 2024-06-15"},
        Row{"RelativeClause", "当地有9间设有托儿所的医院。", "9间: 医院 |  | "},
        Row{"OwnerOfTheBase", "华为总支出的60%用于研发。", "60%: 占总支出比例 | 华为 | "},
        Row{"NoBaseOwnsItself", "总支出的60%用于研发。", "60%: 占总支出比例 |  | "},
        Row{"Deeds", "今年两次下调政策利率。", "两次: 下调政策利率次数 |  | 2024"},
        Row{"LightDeeds", "工人三次进行设备检修。", "三次: 设备检修次数 |  | "},
        Row{"DeedsWithTheirVerb", "专家四次考察湖泊水质。", "四次: 考察湖泊水质次数 |  | "},
        Row{"DeedsThatGoOn", "机组三次执行载人飞行任务。", "三次: 次数 |  | "},
        Row{"DirectionBehind", "今年业务录得20%的增长。", "20%: 业务 |  | 2024 | change up"},
        Row{"NoDirectionOfWhatIsCounted", "今年新增20个增长点。", "20个: 增长点 |  | 2024"},
        Row{"ComparedBehind", "与2022年版相比，新版目录增加205条。",
            "205条: 新版目录 |  |  | change up"},
        Row{"NotComparedBehind", "2022年相比往年，目录增加205条。",
            "205条: 目录 |  | 2022 | change up"},
        Row{"Passive", "双方交换386名被扣押人员。", "386名: 被扣押人员 |  | "},
        Row{"PassiveVerb", "昨天有3人被拘捕。", "3人: 人数 |  | 2024-06-14"},
        Row{"Term", "昨天有3名7天期学员。", "3名: 学员 |  | 2024-06-14"},
        Row{"NameTail", "3名日本籍海员获救。", "3名: 海员 | 日本 | "},
        Row{"MeasuredBehind", "134公里的跨省铁路开通。", "134公里: 长度 | 跨省铁路 | "},
        Row{"NotMeasuredBehind", "走完134公里的路途。", "134公里: 路途 |  | "},
        Row{"Lasting", "粮食产量连续9年稳定在1.3万亿斤以上。", "1.3万亿斤以上: 粮食产量 |  | "},
        Row{"Anniversary", "今年是友好合作关系建立75周年。", "75周年: 建立 |  | 2024"},
        Row{"OwnerIsNoVerb", "已处理的3宗上市申请，", "3宗: 上市申请 |  | "},
        Row{"OwnerOfTwoWords", "本地银行的3间分行。", "3间: 分行 | 本地银行 | "},
        Row{"AgedBeforeVerb", "一名28岁本地男子报案。", "28岁: 年龄 | 本地男子 | "},
        Row{"AgedName", "现年28岁的秋映，获释。", "28岁: 年龄 | 秋映 | "},
        Row{"WordsInWords", "公共充电场站有3303座。", "3303座: 公共充电场站 |  | "},
        Row{"WordsInWordsBehind", "昨天新增3宗不良贷款。", "3宗: 不良贷款 |  | 2024-06-14"},
        Row{"OneCharacterCounted", "道路上其中3辆车，", "3辆: 车 |  | "},
        Row{"PeopleAsUnit", "20万妇女参加。", "20万妇女: 妇女 |  | "},
        Row{"TitleBetween", "纪念沈映秋同志诞辰120周年。", "120周年: 诞辰 | 沈映秋 | "},
        Row{"ForIsNoNoun", "产业为本地带来20亿元。", "20亿元:  |  | "},
        Row{"MovedBase", "营业收入的增幅已超过10%。", "10%: 营业收入 |  |  | change up"},
        Row{"MeasureInTheClauseBefore", "综合指数反复偏软，收市报40539点。",
            "40539点: 综合指数 |  | "},
        Row{"NoCountInTheClauseBefore", "净利润见涨，新增3间工厂。", "3间: 工厂 |  | "},
        Row{"VerbMadeAMetric", "每日厨余收集量约310公吨。", "约310公吨: 每日厨余收集量 |  | "},
        Row{"VerbAndAnotherWord", "每日收集数据310公吨。", "310公吨: 数据 |  | "},
        Row{"AllOfThem", "客机上62人全部遇难。", "62人: 遇难人数 |  | "},
        Row{"WhoHaveDoneIt", "5人已接种疫苗。", "5人: 接种人数 |  | "},
        Row{"Population", "中国14亿多人口，", "14亿多: 人口 | 中国 | "},
        Row{"NoGradeAtSchool", "八成的中三学生达标。", "八成:  |  | "},
        Row{"ShareOfPeople", "超过4成受访企业认为市场好转。", "超过4成: 占受访企业比例 |  | "},
        Row{"NoShareOfWhatMoves", "成本增长四成企业仍盈利。", "四成: 成本 |  |  | change up"},
        Row{"CountedBeforeTheEnd", "累计排查重大事故隐患39.4万件。",
            "39.4万件: 累计排查重大事故隐患 |  | "},
        Row{"EachMonth", "津贴上限则上调至每月12000港元。",
            "12000港元: 津贴上限 |  |  | change up"},
        Row{"NewlyAdded", "特殊监管区域新增19个。", "19个: 特殊监管区域 |  | "},
        Row{"OneAndOnly", "他是唯一一个负责的人。", ""},
        Row{"ListWithOneHead", "煤炭、粮食运量分别增长22%、9%。",
            "22%: 煤炭运量 |  |  | change up; 9%: 粮食运量 |  |  | change up"},
        Row{"ListOfRates", "资本充足率、不良贷款率分别为14%、2%。",
            "14%: 资本充足率 |  | ; 2%: 不良贷款率 |  | "},
        Row{"ListOfNames", "日本和韩国的出口分别增长5%和3%。",
            "5%: 出口 | 日本 |  | change up; 3%: 出口 | 韩国 |  | change up"},
        Row{"ListOfTargets", "对日本、韩国出口分别增长5%、3%。",
            "5%: 对日本出口 |  |  | change up; 3%: 对韩国出口 |  |  | change up"},
        Row{"ListBeforeAComma", "中国银行及农业银行，分别升2%及跌6%。",
            "2%: 股价 | 中国银行 |  | change up; 6%: 股价 | 中国农业银行 |  | change down"},
        Row{"ListOfComparisons", "收入5亿元，按年和按季分别升11%和3%。",
            "5亿元: 收入 |  | ; 11%: 收入 |  |  | yoy up; 3%: 收入 |  |  | mom up"},
        Row{"ListOfTheFiguresBefore", "成交量为7亿股，成交额为5亿元，环比分别增长23%和16%。",
            "7亿股: 成交量 |  | ; 5亿元: 成交额 |  | ; 23%: 成交量 |  |  | mom up; "
            "16%: 成交额 |  |  | mom up"},
        Row{"NoListOfOneMetric", "收入5亿元，收入6亿元，分别升11%和3%。",
            "5亿元: 收入 |  | ; 6亿元: 收入 |  | ; 11%: 收入 |  |  | change up; "
            "3%: 收入 |  |  | change up"},
        Row{"NoListOfOtherLength", "煤炭、粮食、木材运量分别增长22%、9%。",
            "22%: 木材运量 |  |  | change up; 9%: 木材运量 |  |  | change up"},
        Row{"StretchOfARecord", "指数创近9个月新高，收报18963点。", "18963点: 指数 |  | "},
        Row{"MonthOfAHigh", "指数在5月高位回落，收报18963点。", "18963点: 指数 |  | 2024-05"},
        Row{"Range", "民众比例呈下降趋势，从2020年的46%降至2022年的31%。",
            "46%: 民众比例 |  | 2020; 31%: 民众比例 |  | 2022 | change down"},
        Row{"RangeOfCounts", "监管证件由86种精简到41种。",
            "86种: 监管证件 |  | ; 41种: 监管证件 |  |  | change down"},
        Row{"RangeOverAComma", "交易额从2014年的9亿元，升至今年平均440亿元。",
            "9亿元: 交易额 |  | 2014; 440亿元: 交易额 |  | 2024 | change up"},
        Row{"RangesInARow", "树木、灌木数量分别从50棵、60棵增长到70棵、80棵。",
            "50棵: 树木数量 |  | ; 60棵: 灌木数量 |  | ; 70棵: 树木数量 |  |  | change up; "
            "80棵: 灌木数量 |  |  | change up"},
        Row{"NoRangeOfOtherUnits", "工厂由3间公司负责，产值升至5亿元。",
            "3间: 公司 |  | ; 5亿元: 产值 |  |  | change up"},
        Row{"Expected", "出口增长3%，高于市场预期的2%。",
            "3%: 出口 |  |  | change up; 2%: 出口 |  | "},
        Row{"NoExpectation", "3名预期中的证人到庭。", "3名: 人数 |  | "},
        Row{"BehindResults", "中国银行业绩后升2%。", "2%: 股价 | 中国银行 |  | change up"},
        Row{"Bought", "美方提供4亿美元军事装备。", "4亿美元: 军事装备 | 美国 | "},
        Row{"NoDeedOfOneCharacter", "小队三次进入洞中。", "三次: 次数 |  | "}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace kaoju
