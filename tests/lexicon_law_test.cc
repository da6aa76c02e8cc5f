// Entries are law: bans, `must` and `cue`, as `kaoju lexicon` writes them. The names are invented.
#include <gtest/gtest.h>

#include <algorithm>

#include "extract/examples.h"
#include "rules/lexicon_file.h"
#include "tests/lexicon_fixture.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_cli::Has;
using testing_cli::Outcome;
using testing_lexicon::kHead;
using testing_lexicon::LexiconTest;

// The entities, "org 澜桥|person 沈映秋", the same by both ways.
std::string Found(const RuleSet& rules, const char* text) {
  const Article a = testing_rules::MakeArticle(text);
  std::string ways[2];
  for (const bool slow : {false, true}) {
    for (const Mention& m : Extractor(rules, {.slow = slow}).Extract(a).mentions) {
      ways[slow] += (ways[slow].empty() ? "" : "|") + std::string(m.type) + ' ' +
                    std::string(Slice(a.text, m.span));
    }
  }
  EXPECT_EQ(ways[0], ways[1]);
  return ways[0];
}

struct LawRow {
  const char* name;
  std::vector<std::vector<std::string>> edits;
  const char* text;
  const char* before;
  const char* after;
};

void PrintTo(const LawRow& row, std::ostream* out) { *out << row.name; }

class LawTest : public LexiconTest, public testing::WithParamInterface<LawRow> {};

TEST_P(LawTest, TakesEffect) {
  const LawRow& row = GetParam();
  EXPECT_EQ(Found(testing_rules::Rules(), row.text), row.before);
  for (const auto& edit : row.edits) {
    const Outcome o = Lexicon(edit);
    EXPECT_EQ(o.code, 0) << o.err;
  }
  EXPECT_EQ(Found(LoadCheckedRules(Path("rules")), row.text), row.after);
}

// clang-format off
const LawRow kLaws[] = {
    {"BanOfAnEntry", {{"ban", "西雙版納"}}, "西双版纳很热。", "place 西双版纳", ""},
    {"BanOfTheLongerWordFreesTheShorter", {{"ban", "香港苹果日报"}}, "香港苹果日报停刊。",
     "media 香港苹果日报", "place 香港|media 苹果日报"},
    {"BanOfAnEntryWithCue", {{"ban", "凤凰", "MEDIA_NAME"}}, "凤凰网报道。", "media 凤凰网", "media 凤凰网"},
    {"BanOfARulesName", {{"ban", "岚溪智能集团", "ORG_NAME"}}, "，岚溪智能集团表示，形势很好。岚溪智能集团很大。",
     "org 岚溪智能集团|org 岚溪智能集团", ""},
    {"BanOfAnotherClass", {{"ban", "岚溪智能集团", "PERSON_NAME"}}, "，岚溪智能集团表示，形势很好。",
     "org 岚溪智能集团", "org 岚溪智能集团"},
    {"BanOfAPartOnly", {{"ban", "岚溪"}, {"ban", "智能集团"}}, "，岚溪智能集团表示，形势很好。",
     "org 岚溪智能集团", "org 岚溪智能集团"},
    {"BanOfTheLastPartOfAName", {{"ban", "奥斯特", "PERSON_NAME"}}, "作家加西亚·奥斯特到访。奥斯特说，很好。",
     "person 加西亚·奥斯特|person 奥斯特", "person 加西亚·奥斯特"},
    {"BanOfEveryClass", {{"ban", "沈映秋"}}, "局长沈映秋表示，很好。", "person 沈映秋", ""},
    {"MustAgainstALongerRule", {{"add", "昆明翠岚湖", "PLACE_NAME", "--flags", "must"}}, "昆明翠岚湖东公园很大。",
     "place 昆明翠岚湖东公园", "place 昆明翠岚湖"},
    {"WithoutMustTheRuleTakesIt", {{"add", "昆明翠岚湖", "PLACE_NAME"}}, "昆明翠岚湖东公园很大。",
     "place 昆明翠岚湖东公园", "place 昆明翠岚湖东公园"},
    {"MustAgainstAWordThatBeginsEarlier", {{"add", "市岚溪会", "ORG_NAME", "--flags", "must"}}, "昆明市岚溪会很大。",
     "place 昆明市", "place 昆明|org 市岚溪会"},
    {"MustInsideALongerWord", {{"add", "双版纳", "ORG_NAME", "--flags", "must"}}, "西双版纳很热。",
     "place 西双版纳", "place 西双版纳"},
    {"MustAgainstAnotherKind", {{"add", "沈映秋", "ORG_NAME", "--flags", "must"}}, "局长沈映秋表示，很好。",
     "person 沈映秋", "org 沈映秋"},
    {"MustAgainstATitleOfAWork", {{"add", "岚溪往事", "EVENT_NAME", "--flags", "must"}}, "出版了《岚溪往事》。",
     "work 《岚溪往事》", "event 岚溪往事"},
    {"MustAgainstATime", {{"add", "五一岚溪节", "EVENT_NAME", "--flags", "must"}}, "2024年5月1日岚溪节、五一岚溪节。",
     "", "event 五一岚溪节"},
    {"OnlyWithACue", {{"add", "橡湖", "ORG_NAME", "--flags", "cue"}}, "橡湖宣布新品。", "", "org 橡湖"}, {"NothingWithoutACue", {{"add", "橡湖", "ORG_NAME", "--flags", "cue"}}, "橡湖很大。", "", ""},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Rows, LawTest, testing::ValuesIn(kLaws),
                         [](const auto& row) { return row.param.name; });

TEST_F(LexiconTest, BansAreExplained) {
  ASSERT_EQ(Lexicon({"ban", "西双版纳"}).code, 0);
  ASSERT_EQ(Lexicon({"ban", "岚溪智能集团", "ORG_NAME"}).code, 0);
  const std::string editors = Words("editor.tsv");
  struct Case {
    std::vector<std::string> args;
    std::string part;
  };
  for (const Case& c : {
           Case{{"lexicon", "why", "西雙版納"},
                "banned as ANY by " + editors + ":5: 1 entries out"},
           Case{{"lexicon", "why", "西双版纳"}, "does not count: banned by " + editors + ":5"},
           Case{{"lexicon", "why", "西双版纳", "--json"}, "\"why_not\":\"banned by "},
           Case{{"lexicon", "why", "岚溪智能集团"}, "no rule takes it for a name (org)"},
           Case{{"rules", "why-not", "，岚溪智能集团表示", "岚溪智能集团", "--kind", "org"},
                "lost to the ban of '岚溪智能集团', " + editors + ":4"},
           Case{{"rules", "why-not", "西双版纳很热", "西双版纳", "--kind", "place"},
                "likeliest cause: '西双版纳' is banned as ANY by " + editors + ":5"},
       }) {
    const Outcome o = InRules(c.args);
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_TRUE(Has(o.out, c.part)) << c.part << "\n" << o.out;
  }
  const Outcome again = Lexicon({"ban", "西双版纳", "PLACE_NAME"});
  EXPECT_EQ(again.code, 1);
  EXPECT_TRUE(Has(again.err, "is banned as ANY by " + editors + ":5")) << again.err;
  const Outcome add = Lexicon({"add", "西双版纳", "PLACE_NAME"});
  EXPECT_EQ(add.code, 1);
  EXPECT_TRUE(Has(add.err, "is banned as ANY by " + editors + ":5")) << add.err;
}

TEST_F(LexiconTest, ABanTakesTheLineOfTheEditorsOwnEntry) {
  ASSERT_EQ(Lexicon({"add", "岚溪谷", "PLACE_NAME"}).code, 0);
  const Outcome o = Lexicon({"ban", "岚溪谷", "PLACE_NAME"});
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_TRUE(Has(o.out, "the ban takes its line")) << o.out;
  EXPECT_TRUE(Editors().ends_with("flags\n岚溪谷\tPLACE_NAME\t\tban\n")) << Editors();
}

// Bans and musts of many words, and texts made of what rules look at: both ways agree, no banned
// name is found, and every word that must stand does.
class ManyLawsTest : public LexiconTest {
 protected:
  // True iff the word holds no character of a numeral: a numeral that begins earlier may hide it.
  static bool WithoutNumerals(const LexiconEntry& word) {
    for (const LexiconEntry& e : testing_rules::Rules().lexicon().entries()) {
      if (testing_rules::Rules().symbols().Name(e.type).starts_with("NUM_") &&
          Has(word.surface, e.surface))
        return false;
    }
    return word.surface.find_first_of("0123456789") == std::string::npos;
  }

  RuleSet LawfulRules() const {
    std::vector<LexiconRow> rows;
    const auto& entries = testing_rules::Rules().lexicon().entries();
    for (size_t i = 0; i < entries.size(); i += 7) {
      const LexiconEntry& e = entries[i];
      const std::string& type = testing_rules::Rules().symbols().Name(e.type);
      if (NameKind(type).empty() || e.Has("cue")) continue;
      rows.push_back({e.surface, type, "", i % 2 == 0 || !WithoutNumerals(e) ? "ban" : "must"});
    }
    File("rules/lexicon/editor.tsv", MergeRows(kHead, rows));
    std::vector<Diagnostic> problems;
    RuleSet rules = RuleSet::Load(Path("rules"), problems);
    EXPECT_FALSE(HasErrors(problems)) << Render(problems);
    return rules;
  }
};

// The words of the sentence that must stand: leftmost longest, not inside a longer word.
std::vector<LexiconHit> MustStand(const RuleSet& rules, std::string_view text, Span sentence) {
  std::vector<LexiconHit> hits;
  std::vector<LiteralHit> literals;
  rules.lexicon().ScanSlow(text, sentence.begin, sentence.end, hits, literals);
  std::vector<LexiconHit> out;
  for (const LexiconHit& h : hits) {
    if (!rules.lexicon().entries()[h.entry].must) continue;
    const bool inside = std::any_of(hits.begin(), hits.end(), [&](const LexiconHit& o) {
      return o.begin <= h.begin && h.end <= o.end && o.end - o.begin > h.end - h.begin;
    });
    if (!inside && (out.empty() || out.back().end <= h.begin)) out.push_back(h);
  }
  return out;
}

TEST_F(ManyLawsTest, HoldOnMadeTexts) {
  const RuleSet rules = LawfulRules();
  Extractor fast(rules);
  Extractor slow(rules, {.slow = true});
  testing_rules::TextMaker maker(91);
  const auto& bans = rules.lexicon().bans();
  size_t musts = 0;
  for (int i = 0; i < 400; ++i) {
    std::string made = maker.Make(2 + maker.Below(7));
    made += bans[maker.Below(bans.size())].entry.surface + maker.Make(2);
    const Article a = testing_rules::MakeArticle(made);
    const Extraction x = fast.Extract(a);
    const Extraction y = slow.Extract(a);
    ASSERT_EQ(x.mentions.size(), y.mentions.size()) << made;
    for (size_t k = 0; k < x.mentions.size(); ++k) {
      ASSERT_EQ(x.mentions[k].span, y.mentions[k].span) << made;
      ASSERT_EQ(x.mentions[k].rule, y.mentions[k].rule) << made;
    }
    for (const Mention& m : x.mentions) {
      const std::string_view surface = Slice(a.folded, a.alignment.ToTarget(m.span));
      for (const LexiconBan& ban : bans) {
        EXPECT_FALSE(ban.entry.surface == surface &&
                     NameKind(rules.symbols().Name(ban.entry.type)) == m.type)
            << made << ": " << surface;
      }
    }
    for (const Span s : x.sentences) {
      for (const LexiconHit& h : MustStand(rules, a.folded, s)) {
        ++musts;
        EXPECT_TRUE(std::any_of(x.mentions.begin(), x.mentions.end(),
                                [&](const Mention& m) {
                                  return a.alignment.ToTarget(m.span) == Span{h.begin, h.end};
                                }))
            << made << ": " << a.folded.substr(h.begin, h.end - h.begin);
      }
    }
  }
  EXPECT_GT(musts, 20U) << "texts that test nothing";
}

}  // namespace
}  // namespace kaoju
