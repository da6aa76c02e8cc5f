// Claims: who says what, where what they say ends, and what is said inside of what.
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

// source (its words) cue: content; for each claim; those inside of another in brackets.
std::string Said(const std::string& text) {
  Extractor extractor(Rules());
  const Article a = MakeArticle(text);
  const Extraction x = extractor.Extract(a);
  std::string out;
  for (const Claim& c : x.claims) {
    out += out.empty() ? "" : " / ";
    std::string one(c.source.empty() ? c.source_kind : c.source);
    if (c.source_span && Slice(a.text, *c.source_span) != c.source)
      one.append("(").append(Slice(a.text, *c.source_span)).append(")");
    one.append(" ").append(c.cue).append(": ").append(Slice(a.text, c.content));
    out += c.nested ? "[" + one + "]" : one;
  }
  return out;
}

class ClaimTest : public testing::TestWithParam<Row> {};

TEST_P(ClaimTest, WhoSaysWhat) { EXPECT_EQ(Said(GetParam().text), GetParam().said); }

INSTANTIATE_TEST_SUITE_P(
    Turns, ClaimTest,
    testing::Values(Row{"NextSpeaker", "林家诚表示，桥已修好，沈映秋指出，路还没通。",
                        "林家诚 表示: 桥已修好 / 沈映秋 指出: 路还没通"},
                    Row{"SameSpeakerAgain", "林家诚表示，桥已修好，他认为路也会通。",
                        "林家诚 表示: 桥已修好 / 林家诚(他) 认为: 路也会通"},
                    Row{"DroppedSubject", "林家诚表示，桥已修好，又指路也会通。",
                        "林家诚 表示: 桥已修好 / 林家诚 又指: 路也会通"},
                    Row{"WishIsPartOfIt", "林家诚表示，桥已修好，希望路也会通。",
                        "林家诚 表示: 桥已修好，希望路也会通 / [林家诚 希望: 路也会通]"},
                    Row{"Semicolon", "官员说桥已修好；居民说路还没通。",
                        "官员 说: 桥已修好 / 居民 说: 路还没通"},
                    Row{"UnnamedAfterComma", "林家诚表示，桥已修好，有居民说路还没通。",
                        "林家诚 表示: 桥已修好，有居民说路还没通 / [居民 说: 路还没通]"},
                    Row{"Headlines", "林家诚称桥已修好 沈映秋称路还没通",
                        "林家诚 称: 桥已修好 / 沈映秋 称: 路还没通"},
                    Row{"ReportHoldsOthers", "新华社报道，桥已修好，林家诚表示，路还没通。",
                        "新华社 报道: 桥已修好，林家诚表示，路还没通 / [林家诚 表示: 路还没通]"},
                    Row{"DroppedInReport", "新华社报道，林家诚到访桥边，强调路也会通。",
                        "新华社 报道: 林家诚到访桥边，强调路也会通 / [林家诚 强调: 路也会通]"},
                    Row{"SpeakerInTheMiddle", "“桥已修好，”林家诚说，“路也会通。”",
                        "林家诚 说: 桥已修好， / 林家诚 说: 路也会通。"},
                    Row{"Chain", "据新华社援引路透社报道，知情人士称，路也会通。",
                        "新华社 援引: 路透社报道，知情人士称，路也会通 / [路透社 报道: "
                        "知情人士称，路也会通] / [知情人士 称: 路也会通]"},
                    Row{"Quotation", "林家诚说：“桥已修好，沈映秋指出，路还没通。”",
                        "林家诚 说: 桥已修好，沈映秋指出，路还没通。 / [沈映秋 指出: 路还没通]"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Sources, ClaimTest,
    testing::Values(
        Row{"DeedsAreNoSource", "局方在社交专页表示，桥已修好。", "局方 表示: 桥已修好"},
        Row{"Interview", "局长林家诚3日在接受媒体采访时说，桥已修好。", "林家诚 说: 桥已修好"},
        Row{"WhoComesIsTheSource", "出席论坛的马克龙说，桥已修好。", "马克龙 说: 桥已修好"},
        Row{"OnlyDeeds", "林家诚到访桥边。被问到工期时表示，桥已修好。", "林家诚 表示: 桥已修好"},
        Row{"Day", "据消息人士5日透露，桥已修好。", "消息人士 透露: 桥已修好"},
        Row{"Publisher", "联合国公布的最新数据显示，粮价上升。", "联合国 显示: 粮价上升"},
        Row{"DataOfNobody", "据初步统计，超过300人到场。", "anonymous 统计: 超过300人到场"},
        Row{"WhoIsCited", "报道引述消防员说，桥已修好。", "消防员 说: 桥已修好"},
        Row{"Caller", "警方接报，指桥边有人打斗。", "anonymous 指: 桥边有人打斗"},
        Row{"TitleOfMedium", "据日本《竹林新报》报道，桥已修好。", "《竹林新报》 报道: 桥已修好"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Hearers, ClaimTest,
    testing::Values(
        Row{"Told", "林家诚对记者表示，桥已修好。", "林家诚 表示: 桥已修好"},
        Row{"ToldByAPronoun", "林家诚到访桥边。他向传媒说，桥已修好。", "林家诚(他) 说: 桥已修好"},
        Row{"AccordingToWhoTold", "据知情人士向新华社透露，桥已修好。", "知情人士 透露: 桥已修好"},
        Row{"HearerBehindTheCue", "林家诚告诉新华社记者，桥已修好。", "林家诚 告诉: 桥已修好"},
        Row{"HearerOfNoKind", "林家诚告诉妻子，桥已修好。", "林家诚 告诉: 桥已修好"},
        Row{"HearerBehindAQuotation", "“桥已修好”，一名船工告诉新华社，“路也会通。”",
            "一名船工 告诉: 桥已修好 / 一名船工 告诉: 路也会通。"}));

INSTANTIATE_TEST_SUITE_P(
    Documents, ClaimTest,
    testing::Values(
        Row{"Statement", "联合国18日发表媒体声明，对此表示关切。", "联合国 声明: 对此表示关切"},
        Row{"StatementOn", "海关总署就出口措施发布公告，明确自即日起施行。",
            "海关总署 公告: 明确自即日起施行"},
        Row{"AccordingToADocument", "根据公告，公司将回购股份。",
            "anonymous 根据公告: 公司将回购股份"},
        Row{"ForecastAccordingTo", "据气象部门预测，未来三天有暴雨。",
            "气象部门 预测: 未来三天有暴雨"},
        Row{"ReportThatCites", "报道援引一名官员的话说，谈判将继续。", "一名官员 说: 谈判将继续"},
        Row{"QuotedName", "网友“青鹭”评论说，票价太高。", "网友“青鹭” 评论说: 票价太高"},
        Row{"WordsNotCodes", "收费模式将稍后公布，桥已修好。", "收费模式将稍后 公布: 桥已修好"}));

INSTANTIATE_TEST_SUITE_P(NoClaims, ClaimTest,
                         testing::Values(Row{"Noun", "大会通过了林家诚的提议，休会一天。", ""},
                                         Row{"AfterIt", "林家诚宣布方案后，股价上升。", ""},
                                         Row{"Facts", "事实表明，此路可行。", ""},
                                         Row{"Basis", "根据林家诚的建议，工程延期。", ""},
                                         Row{"Attribute", "居民举行反对建桥的集会，随后散去。", ""},
                                         Row{"ThanExpected", "增幅高于政府预测，股价上升。", ""}),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace kaoju
