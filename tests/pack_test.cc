// Packs and lexicons: what is wrong with them, as an editor reads it, and what lint finds.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "extract/examples.h"
#include "rules/error.h"
#include "rules/lint.h"
#include "rules/parser.h"
#include "rules/rule_set.h"

namespace kaoju {
namespace {

struct Row {
  const char* name;
  std::string text;
  std::string expected;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }
std::string NameOf(const testing::TestParamInfo<Row>& row) { return row.param.name; }

struct Pack {
  std::vector<Layer> layers;
  std::vector<Diagnostic> problems;
};

Pack Parse(const std::string& text) {
  static SymbolTable symbols;
  PatternContext context{&symbols, nullptr, [](std::string_view) { return std::string(); }};
  Pack pack;
  ParsePack(text, "p.rules", context, pack.layers, pack.problems);
  return pack;
}

class PackErrorTest : public testing::TestWithParam<Row> {};
TEST_P(PackErrorTest, Renders) {
  EXPECT_EQ(Render(Parse(GetParam().text).problems), GetParam().expected);
}

// A rule of the layer x whose lines are `body`.
std::string Rule(const std::string& body) { return "layer x\nrule a/b\n" + body; }
const std::string kRest = "  emit claim()\n  yes 中国表示\n  no 中国\n";
const std::string kWhole = "  match 表示\n" + kRest;

std::string Error(const std::string& place, const std::string& message, const std::string& lines) {
  return "p.rules:" + place + ": error: " + message + "\n" + lines;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PackErrorTest,
    testing::Values(
        Row{"None", Rule(kWhole), ""},
        Row{"CommentsAndBlanks", "# c\n\n  # d\n" + Rule(kWhole + "\n# e\n"), ""},
        Row{"Unknown", "layer x\n中文 foo\n",
            Error("2:1", "'layer', 'see', 'define' or 'rule' expected, found '中文' [syntax]",
                  "  中文 foo\n  ^\n")},
        Row{"RuleBeforeLayer", "rule a/b\n",
            Error("1:1", "'rule' before any 'layer' [syntax]", "  rule a/b\n  ^\n")},
        Row{"LayerWithoutName", "layer\n",
            Error("1:1", "'layer' wants a name [syntax]", "  layer\n  ^\n")},
        Row{"LayerOption", "layer 名 conflict=no\n",
            Error("1:9", "after a layer's name only conflict=trigger may stand [syntax]",
                  "  layer 名 conflict=no\n           ^\n")},
        Row{"CaretUnderWideCharacters", Rule("  match 中国<NONE>表示\n" + kRest),
            Error("3:11", "no macro 'NONE' (define it first) [pattern]",
                  "    match 中国<NONE>表示\n              ^\n")},
        Row{"CaretBehindATab", Rule("\tmatch 中(国)\n" + kRest),
            Error("3:9", "a group is (?:...) or a capture (name:...) [pattern]",
                  "  \tmatch 中(国)\n  \t        ^\n")},
        Row{"NoTrigger", Rule("  match [中国]\n" + kRest),
            Error("3:9",
                  "the rule has no trigger: a symbol, a text or a group of texts that must occur "
                  "[no-trigger]",
                  "    match [中国]\n          ^\n")},
        Row{"UnknownField", Rule("  mtach 表示\n" + kWhole),
            Error("3:3",
                  "unknown field 'mtach' (match, emit, priority, status, yes, no, why, allow) "
                  "[syntax]",
                  "    mtach 表示\n    ^\n")},
        Row{"FieldWithoutValue", Rule("  match\n" + kWhole),
            Error("3:3", "'match' wants a value [syntax]", "    match\n    ^\n")},
        Row{"EmitWithoutRoles", Rule("  match 表示\n  emit claim\n"),
            Error("4:8", "kind(role, role=capture, role=\"text\") expected [syntax]",
                  "    emit claim\n         ^\n")},
        Row{"RoleWithoutName", Rule("  match 表示\n  emit claim(=x)\n"),
            Error("4:14", "a role without a name [syntax]",
                  "    emit claim(=x)\n               ^\n")},
        Row{"PriorityOfWords", Rule(kWhole + "  priority 高\n"),
            Error("7:12", "a whole number expected [syntax]", "    priority 高\n             ^\n")},
        Row{"Status", Rule(kWhole + "  status final\n"),
            Error("7:10", "status is draft, stable or retired [syntax]",
                  "    status final\n           ^\n")},
        Row{"AllowWithoutReason", Rule(kWhole + "  allow shadowed\n"),
            Error("7:9", "'allow CODE: reason' expected [syntax]",
                  "    allow shadowed\n          ^\n")},
        Row{"NoWithExpectation", Rule(kWhole + "  no 中 => claim(x)\n"),
            Error("7:6", "a 'no' example has no '=>' [syntax]",
                  "    no 中 => claim(x)\n       ^\n")},
        Row{"NoMatch", Rule(kRest),
            Error("2:6", "rule a/b: it has no 'match' [no-match]", "  rule a/b\n       ^\n")},
        Row{"NoEmit", Rule("  match 表示\n"),
            Error("2:6", "rule a/b: it has no 'emit' [no-emit]", "  rule a/b\n       ^\n")},
        Row{"NoYes", Rule("  match 表示\n  emit claim()\n  no 中\n"),
            Error("2:6", "rule a/b: it needs at least one 'yes' example [no-yes]",
                  "  rule a/b\n       ^\n")},
        Row{"NoNo", Rule("  match 表示\n  emit claim()\n  yes 表示\n"),
            Error("2:6", "rule a/b: it needs at least one 'no' example [no-no]",
                  "  rule a/b\n       ^\n")},
        Row{"EmitsWhatNobodyCaptures",
            Rule("  match 表示\n  emit claim(cue)\n  yes 表示\n  no 中\n"),
            Error("2:6", "rule a/b: it emits 'cue', which no match captures [emit-capture]",
                  "  rule a/b\n       ^\n")},
        Row{"NameTwice", Rule(kWhole) + "layer y\nrule a/b\n" + kWhole,
            Error("8:6", "rule a/b: the name stands already at p.rules:2 [rule-twice]",
                  "  rule a/b\n       ^\n")}),
    NameOf);

TEST(PackTest, RetiredRulesAreLeftOut) {
  const Pack pack = Parse(Rule(kWhole + "  status retired\n") + "rule a/c\n" + kWhole);
  ASSERT_EQ(pack.layers.size(), 1U);
  ASSERT_EQ(pack.layers[0].rules.size(), 1U);
  EXPECT_EQ(pack.layers[0].rules[0].id, "a/c");
}

TEST(PackTest, BrokenRulesAreLeftOutAndOthersStay) {
  const Pack pack = Parse(Rule("  match (中)\n" + kRest) + "rule a/c\n" + kWhole);
  EXPECT_EQ(pack.problems.size(), 1U);
  ASSERT_EQ(pack.layers[0].rules.size(), 1U);
  EXPECT_EQ(pack.layers[0].rules[0].id, "a/c");
}

TEST(PackTest, ALayerGoesOn) {
  const Pack pack = Parse(Rule(kWhole) + "layer y\nlayer x\nrule a/c\n" + kWhole);
  ASSERT_EQ(pack.layers.size(), 2U);
  EXPECT_EQ(pack.layers[0].rules.size(), 2U);
}

TEST(RenderTest, FileAsAWhole) {
  EXPECT_EQ(Render(Diagnostic{Diagnostic::Level::kWarning, "f", 0, 0, "", "m", ""}),
            "f: warning: m\n");
}

// A rules folder of a test's own, removed with it.
class RulesDirTest : public testing::TestWithParam<Row> {
 protected:
  RulesDirTest() {
    std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    for (char& c : name) c = c == '/' ? '_' : c;
    dir_ = testing::TempDir() + "kaoju_pack_" + name;
    std::filesystem::remove_all(dir_);
    std::filesystem::create_directories(dir_ + "/lexicon");
    std::filesystem::create_directories(dir_ + "/packs");
  }
  ~RulesDirTest() override { std::filesystem::remove_all(dir_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(dir_ + "/" + name, std::ios::binary) << text;
  }
  RuleSet Load(std::vector<Diagnostic>& problems) const { return RuleSet::Load(dir_, problems); }

  std::string dir_;
};

using LexiconErrorTest = RulesDirTest;
TEST_P(LexiconErrorTest, Renders) {
  Write("lexicon/w.tsv", GetParam().text);
  SymbolTable symbols;
  std::vector<Diagnostic> problems;
  Lexicon::Load(dir_ + "/lexicon", symbols, problems);
  for (Diagnostic& d : problems) d.file = std::filesystem::path(d.file).filename();
  EXPECT_EQ(Render(problems), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LexiconErrorTest,
    testing::Values(
        Row{"None", "# c\n\n中\tT\t\t\n中\tU\t中国\tamb\n中国\tT\t\t\n", ""},
        Row{"Columns", "中\tT\n",
            "w.tsv:1:1: error: 4 columns expected (surface, type, canonical, flags), found 2 "
            "[lexicon-columns]\n  中\tT\n  ^\n"},
        Row{"Empty", "# c\n\tT\t\t\n",
            "w.tsv:2:1: error: surface and type must not be empty [lexicon-empty]\n  \tT\t\t\n  "
            "^\n"},
        Row{"Order", "中\tT\t\t\n一\tT\t\t\n",
            "w.tsv:2:1: error: entries must be sorted bytewise by surface [lexicon-order]\n"
            "  一\tT\t\t\n  ^\n"},
        Row{"Twice", "中\tT\t\t\n中\tT\tx\t\n",
            "w.tsv:2:1: error: the entry stands twice [lexicon-order]\n  中\tT\tx\t\n  ^\n"},
        Row{"NotUtf8", "\xFF\tT\t\t\n",
            "w.tsv:1:1: error: not UTF-8, or a private-use character [lexicon-utf8]\n"
            "  \xFF\tT\t\t\n  ^\n"},
        Row{"PrivateUse", "\xEE\x80\x80\tT\t\t\n",
            "w.tsv:1:1: error: not UTF-8, or a private-use character [lexicon-utf8]\n"
            "  \xEE\x80\x80\tT\t\t\n  ^\n"}),
    NameOf);

using RulesFolderTest = RulesDirTest;
TEST_F(RulesFolderTest, MissingFoldersThrow) {
  std::vector<Diagnostic> problems;
  EXPECT_THROW(RuleSet::Load(dir_ + "/none", problems), RulesError);
  EXPECT_THROW(Load(problems), RulesError) << "no lexicon file";
  Write("lexicon/w.tsv", "中\tT\t\t\n");
  EXPECT_THROW(Load(problems), RulesError) << "no pack";
  Write("packs/p.rules", Rule(kWhole));
  EXPECT_NO_THROW(Load(problems));
}

TEST_F(RulesFolderTest, TheIdFollowsTheFiles) {
  std::vector<Diagnostic> problems;
  Write("lexicon/w.tsv", "中\tT\t\t\n");
  Write("packs/p.rules", Rule(kWhole));
  const std::string id = Load(problems).id();
  EXPECT_EQ(Load(problems).id(), id);
  Write("lexicon/w.tsv", "中\tT\t\tamb\n");
  EXPECT_NE(Load(problems).id(), id);
}

TEST_F(RulesFolderTest, AFailedExampleDoesNotLoad) {
  Write("lexicon/w.tsv", "中\tT\t\t\n");
  Write("packs/p.rules", Rule("  match @表示\n  emit org()\n  yes 说\n  no 中\n"));
  EXPECT_THROW(LoadCheckedRules(dir_), RulesError);
}

using LintTest = RulesDirTest;
TEST_P(LintTest, Finds) {
  Write("lexicon/w.tsv", "中国\tPLACE_NAME\t\t\n");
  Write("packs/p.rules", GetParam().text);
  std::vector<Diagnostic> problems;
  const RuleSet rules = Load(problems);
  ASSERT_EQ(Render(problems), "");
  std::string found;
  for (const Diagnostic& d : Lint(rules)) found += d.code + ":" + std::to_string(d.line) + " ";
  EXPECT_EQ(found, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LintTest,
    testing::Values(
        Row{"Clean", Rule("  match [一-鿿]{1,3}@表示\n" + kRest), ""},
        Row{"HanRepeat", Rule("  match [\\p{Han}]{1,3}@表示\n" + kRest), "han-repeat:3 "},
        Row{"ClassAnd", Rule("  match [a-z&&b]@表示\n" + kRest), "class-and:3 "},
        Row{"ProgramSize", Rule("  match [一-鿿]{0,900}，[一-鿿]{0,900}@表示\n" + kRest),
            "program-size:3 "},
        Row{"HiddenLiteral", "layer x\nsee PLACE_NAME\nrule a/b\n  match 中国人@表示\n" + kRest,
            "hidden-literal:4 "},
        Row{"SeeWithAComment",
            "layer x\nsee PLACE_NAME  # as symbols\nrule a/b\n  match 中国人@表示\n" + kRest,
            "hidden-literal:4 "},
        Row{"NotHiddenWhereNotSeen", Rule("  match 中国人@表示\n" + kRest), ""},
        Row{"Shadowed", Rule(kWhole) + "rule a/c\n" + kWhole, "shadowed:7 "},
        Row{"Allowed", Rule("  match [\\p{Han}]@表示\n  allow han-repeat: once\n" + kRest), ""},
        Row{"AllowedOther", Rule("  match [\\p{Han}]@表示\n  allow class-and: no\n" + kRest),
            "han-repeat:3 allow:4 "}),
    NameOf);

}  // namespace
}  // namespace kaoju
