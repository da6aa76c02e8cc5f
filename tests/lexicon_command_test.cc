// The words as editors keep them: `kaoju lexicon`. The names are invented.
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "extract/word_verdict.h"
#include "rules/lexicon_file.h"
#include "tests/lexicon_fixture.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_cli::Has;
using testing_cli::Lines;
using testing_cli::Outcome;
using testing_cli::ReadAll;
using testing_lexicon::kHead;
using testing_lexicon::LexiconTest;

TEST(MergeRowsTest, PutsRowsIntoTheirPlaces) {
  struct Case {
    const char* name;
    std::string file;
    std::vector<LexiconRow> rows;
    std::string expected;
  };
  const std::string head(kHead);
  for (const Case& c : {
           Case{"Empty",
                head,
                {{"b", "T", "", ""}, {"a", "T", "x", "cue"}},
                head + "a\tT\tx\tcue\nb\tT\t\t\n"},
           Case{"Between",
                head + "a\tT\t\t\nc\tT\t\t\n",
                {{"b", "T", "", ""}},
                head + "a\tT\t\t\nb\tT\t\t\nc\tT\t\t\n"},
           Case{"Last", head + "a\tT\t\t", {{"b", "T", "", ""}}, head + "a\tT\t\t\nb\tT\t\t\n"},
           Case{"ByTypeNext",
                head + "a\tT\t\t\nab\tT\t\t\n",
                {{"a", "U", "", ""}},
                head + "a\tT\t\t\na\tU\t\t\nab\tT\t\t\n"},
           Case{"Replaces",
                head + "a\tT\t\t\nb\tT\t\t\n",
                {{"a", "T", "x", "must"}},
                head + "a\tT\tx\tmust\nb\tT\t\t\n"},
           Case{"CommentsStayAbove",
                head + "a\tT\t\t\n# of c\nc\tT\t\t\n# the end\n",
                {{"b", "T", "", ""}, {"d", "T", "", ""}},
                head + "a\tT\t\t\nb\tT\t\t\n# of c\nc\tT\t\t\nd\tT\t\t\n# the end\n"},
           Case{"Nothing", head + "a\tT\t\t\n\nb\tT\t\t\n", {}, head + "a\tT\t\t\n\nb\tT\t\t\n"},
       }) {
    EXPECT_EQ(MergeRows(c.file, c.rows), c.expected) << c.name;
  }
}

TEST_F(LexiconTest, AddWritesTheEntryIntoItsPlace) {
  EXPECT_EQ(Entities("岚溪谷很大。"), "");
  const Outcome one = Lexicon({"add", "嵐溪谷", "PLACE_NAME"});
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_TRUE(Has(one.out, "'嵐溪谷' is '岚溪谷' in folded form")) << one.out;
  EXPECT_TRUE(Has(one.out, Words("editor.tsv") + ":4: 岚溪谷 PLACE_NAME added")) << one.out;
  EXPECT_EQ(Lexicon({"add", "岚桥会", "ORG_NAME", "岚桥促进会", "--flags", "notnext=议"}).code, 0);
  const std::vector<std::string> lines = Lines(Editors());
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_TRUE(lines[0].starts_with("# source: ")) << lines[0];
  EXPECT_EQ(lines[3], "岚桥会\tORG_NAME\t岚桥促进会\tnotnext=议");
  EXPECT_EQ(lines[4], "岚溪谷\tPLACE_NAME\t\t");
  EXPECT_EQ(Entities("嵐溪谷很大，岚桥会宣布。"), "place 嵐溪谷|org 岚桥会");
  EXPECT_EQ(Entities("岚桥会议结束。"), "");
  ExpectRulesHold();
}

TEST_F(LexiconTest, AddSaysWhatItHidesAndWhatHidesIt) {
  const Outcome o = Lexicon({"add", "昆明市岚溪谷", "PLACE_NAME", "--dry-run"});
  EXPECT_TRUE(Has(o.out, "would be 昆明市岚溪谷 PLACE_NAME\n")) << o.out;
  EXPECT_TRUE(Has(o.out, "hidden by it, where it stands:\n")) << o.out;
  EXPECT_TRUE(Has(o.out, "  昆明市 PLACE_NAME\n")) << o.out;
  EXPECT_FALSE(Has(o.out, " 昆 GIVEN")) << "no layer sees both: " << o.out;
  EXPECT_FALSE(std::filesystem::exists(Words("editor.tsv")));
}

TEST_F(LexiconTest, AddToAnotherFileKeepsTheRestOfIt) {
  const std::string before = ReadAll(Words("divisions.tsv"));
  EXPECT_EQ(
      Lexicon({"add", "岚溪县", "PLACE_NAME", "--file", "divisions.tsv", "--flags", "kind=county"})
          .code,
      0);
  std::string after = ReadAll(Words("divisions.tsv"));
  const std::string line = "岚溪县\tPLACE_NAME\t\tkind=county\n";
  const size_t at = after.find(line);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(after.erase(at, line.size()), before);
  ExpectRulesHold();
}

struct RefusedRow {
  const char* name;
  std::vector<std::string> args;
  int code;
  const char* message;
};

void PrintTo(const RefusedRow& row, std::ostream* out) { *out << row.name; }

class RefusedTest : public LexiconTest, public testing::WithParamInterface<RefusedRow> {};

TEST_P(RefusedTest, WritesNothing) {
  const Outcome o = Lexicon(GetParam().args);
  EXPECT_EQ(o.code, GetParam().code);
  EXPECT_TRUE(Has(o.err, GetParam().message)) << o.err;
  EXPECT_EQ(o.out, "");
  EXPECT_FALSE(std::filesystem::exists(Words("editor.tsv")));
}

// clang-format off
const RefusedRow kRefused[] = {
    {"Standing", {"add", "昆明市", "PLACE_NAME"}, 1, "'昆明市' stands as PLACE_NAME in "},
    {"StandingWithCue", {"add", "苹果", "ORG_NAME"}, 1, "for '苹果公司'"},
    {"UnknownType", {"add", "岚溪谷", "PLACE_NAMES"}, 1, "has the class 'PLACE_NAMES'; names are of EVENT_NAME, "},
    {"KindOfFact", {"add", "岚溪谷", "PLACE"}, 1, "has the class 'PLACE'"},
    {"Traditional", {"add", "岚溪谷", "PLACE_NAME", "嵐溪谷"}, 1, "write '岚溪谷'"},
    {"UnknownFlag", {"add", "岚溪谷", "PLACE_NAME", "--flags", "sure"}, 1, "the flag 'sure' has no meaning"},
    {"FlagTwice", {"add", "岚溪谷", "PLACE_NAME", "--flags", "must,must"}, 1, "'must' stands twice"},
    {"BrokenFlags", {"add", "岚溪谷", "PLACE_NAME", "--flags", "must,,amb"}, 1, "separated by single commas"},
    {"MustWithCue", {"add", "岚溪谷", "PLACE_NAME", "--flags", "must,cue"}, 1, "and not with 'cue'"},
    {"MustOfNoName", {"add", "岚溪长", "TITLE", "--flags", "must"}, 1, "'must' has a meaning on names only"},
    {"BanByAdd", {"add", "岚溪谷", "PLACE_NAME", "--flags", "ban"}, 1, "kaoju lexicon ban"},
    {"Tab", {"add", "岚\t溪谷", "PLACE_NAME"}, 1, "without control characters"},
    {"NoUtf8", {"add", "\xFF\xFE", "PLACE_NAME"}, 1, "must be UTF-8"},
    {"Comment", {"add", "#岚溪谷", "PLACE_NAME"}, 1, "a line that begins with # is a comment"},
    {"FileElsewhere", {"add", "岚溪谷", "PLACE_NAME", "--file", "/tmp/editor.tsv"}, 4, "that ends in .tsv expected"},
    {"FileOfAnotherKind", {"add", "岚溪谷", "PLACE_NAME", "--file", "editor.txt"}, 4, "that ends in .tsv expected"},
    {"BreaksAnExample", {"add", "林家诚", "ORG_NAME"}, 5, "nothing was written"},
    {"BanBreaksAnExample", {"ban", "联合国"}, 5, "rule name/org: finds nothing [example]"},
    {"BanOfUnknownType", {"ban", "岚溪谷", "PLACES"}, 1, "not banned: no entry and no rule has the class 'PLACES'"},
    {"BanOfNothing", {"ban", "岚溪谷", "TITLE"}, 1, "'岚溪谷' does not stand as TITLE"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Rows, RefusedTest, testing::ValuesIn(kRefused),
                         [](const auto& row) { return row.param.name; });

// What becomes of the words of `span`, "昆明市 PLACE_NAME equal: name" and so on, those of classes
// that a layer sees.
std::string Verdicts(const char* text, std::string_view word) {
  const Article a = testing_rules::MakeArticle(text);
  Extractor extractor(testing_rules::Rules(), {.trace = true});
  const auto at = static_cast<uint32_t>(a.folded.find(word));
  std::string out;
  for (const WordVerdict& v : JudgeWords(a, extractor.Extract(a), testing_rules::Rules(),
                                         {at, at + static_cast<uint32_t>(word.size())})) {
    const std::string& type = testing_rules::Rules().symbols().Name(v.bearing.entry->type);
    if (NameKind(type).empty()) continue;
    out += v.bearing.entry->surface + " " + NameOf(v.bearing.how);
    for (const std::string& layer : v.seen) out += " won:" + layer;
    for (const std::string& line : v.hidden) {
      out += " lost:" + line.substr(0, line.find('(')) + line.substr(line.rfind(')') + 1);
    }
    out += v.why_not.empty() ? "\n" : " " + v.why_not + "\n";
  }
  return out;
}

TEST(WordVerdictTest, SaysWhoWinsAndWhyTheOthersLose) {
  EXPECT_EQ(Verdicts("昆明市举行会议", "昆明市"),
            "昆明市 equal won:name\n"
            "昆明 inside lost:name: {PLACE_NAME 昆明市}  is longer\n");
  EXPECT_EQ(Verdicts("到昆明市举行", "昆明"),
            "昆明 equal lost:name: {PLACE_NAME 昆明市}  is longer\n"
            "昆明市 holds won:name\n昆明长水机场 holds\n昆明长水国际机场 holds\n");
  // 海地 is no country in 沿海地区.
  EXPECT_TRUE(Has(Verdicts("沿海地区", "海地"), "海地 equal a character beside it refutes it\n"))
      << Verdicts("沿海地区", "海地");
}

TEST_F(LexiconTest, WhyInJsonNamesEveryEntry) {
  const Outcome o = Lexicon({"why", "蘋果", "--in", "買了蘋果手機", "--json"});
  ASSERT_EQ(o.code, 0) << o.err;
  rapidjson::Document json;
  ASSERT_FALSE(json.Parse(o.out.c_str()).HasParseError()) << o.out;
  EXPECT_STREQ(json["folded"].GetString(), "苹果");
  size_t with_place = 0;
  for (const auto& e : json["entries"].GetArray()) {
    const std::vector<std::string> lines = Lines(ReadAll(e["file"].GetString()));
    const std::string& line = lines.at(e["line"].GetUint() - 1);
    EXPECT_TRUE(line.starts_with(e["surface"].GetString() + std::string("\t"))) << line;
    with_place += e.HasMember("start") ? 1 : 0;
  }
  EXPECT_STREQ(json["entries"][0]["surface"].GetString(), "苹果");
  EXPECT_STREQ(json["entries"][0]["type"].GetString(), "ORG_NAME_CUE");
  EXPECT_EQ(json["entries"][0]["start"].GetUint(), 6U);
  EXPECT_GT(with_place, 1U);
  EXPECT_LT(with_place, json["entries"].Size()) << "苹果日报 does not stand there";
  EXPECT_EQ(Lexicon({"why", "岚溪", "--in", "别的"}).code, 4);
  EXPECT_EQ(Lexicon({"why", ""}).code, 4);
}

constexpr std::string_view kTable =
    "\xEF\xBB\xBF# a comment\n"
    "岚溪科技\t岚溪\n"
    "嵐橋集團\n"
    "岚溪报\t\tMEDIA_NAME\t\r\n"
    "岚溪科技\t岚溪\n"
    "岚\n"
    "苹果\t苹果醋厂\n"
    "岚溪社\t嵐溪社\n"
    "岚溪台\t\tSTATION\n"
    "一\t二\t三\t四\t五\n"
    "\xFF\xFE\n"
    "岚溪科技\t别的\n"
    "昆明市\t昆明市\tPLACE_NAME\n";

TEST_F(LexiconTest, ImportsATableAndReportsWhatItRefuses) {
  const std::string table = File("t.tsv", kTable);
  const Outcome o = Lexicon({"import", table, "--type", "ORG_NAME"});
  EXPECT_EQ(o.code, 2);
  EXPECT_EQ(Lines(o.out)[0], "3 entries added to " + Words("imported.tsv"));
  EXPECT_EQ(Lines(o.out)[1], "2 stand already");
  EXPECT_EQ(Lines(o.out)[2], "7 refused");
  static constexpr std::pair<int, const char*> kReasons[] = {
      {6, "'岚' is too short for a name"},
      {7, "'苹果' stands as ORG_NAME for '苹果公司' in "},
      {8, "write '岚溪社'"},
      {9, "has the class 'STATION'"},
      {10, "found 5 columns"},
      {11, "must be UTF-8"},
      {12, "'岚溪科技' stands as ORG_NAME for '岚溪' in "}};
  const std::vector<std::string> errors = Lines(o.err);
  ASSERT_EQ(errors.size(), std::size(kReasons)) << o.err;
  for (size_t i = 0; i < errors.size(); ++i) {
    EXPECT_TRUE(errors[i].starts_with(table + ":" + std::to_string(kReasons[i].first) + ": "));
    EXPECT_TRUE(Has(errors[i], kReasons[i].second)) << errors[i];
  }
  EXPECT_TRUE(ReadAll(Words("imported.tsv"))
                  .ends_with("flags\n岚桥集团\tORG_NAME\t\t\n岚溪报\tMEDIA_NAME\t\t\n岚溪科技\tORG_"
                             "NAME\t岚溪\t\n"))
      << ReadAll(Words("imported.tsv"));
  EXPECT_EQ(Entities("岚桥集團很大，岚溪报报道。"), "org 岚桥集團|media 岚溪报");
  ExpectRulesHold();
  const std::string before = ReadAll(Words("imported.tsv"));
  const Outcome again = Lexicon({"import", table, "--type", "ORG_NAME", "-q"});
  EXPECT_EQ(Lines(again.out)[0], "0 entries added to " + Words("imported.tsv"));
  EXPECT_EQ(Lines(again.out)[1], "5 stand already");
  EXPECT_EQ(again.err, "");
  EXPECT_EQ(ReadAll(Words("imported.tsv")), before);
}

// An entity of a dump: its class, and language=name pairs; the names behind the label are aliases.
std::string Entity(const std::string& id, const std::string& cls, const std::string& language,
                   const std::string& label, const std::string& alias = {}) {
  const auto name = [&](const std::string& value) {
    return R"({"language":")" + language + R"(","value":")" + value + "\"}";
  };
  return R"({"type":"item","id":")" + id + R"(","labels":{")" + language + "\":" + name(label) +
         R"(},"aliases":{")" + language + "\":[" + (alias.empty() ? "" : name(alias)) +
         R"(]},"claims":{"P31":[{"mainsnak":{"snaktype":"value","datavalue":{"value":{"id":")" +
         cls + R"("}}},"rank":"normal"}]}},)" + "\n";
}

TEST_F(LexiconTest, ImportsADump) {
  const std::string dump = "[\n" + Entity("Q1", "Q5", "zh-hant", "沈棲梧", "棲梧先生") +
                           Entity("Q2", "Q515", "zh", "岚溪市") +
                           Entity("Q3", "Q4830453", "en", "Lanxi") +
                           Entity("Q4", "Q999999999", "zh", "岚溪类") + "{\"id\":\n" +
                           Entity("Q5", "Q891723", "zh-tw", "嵐橋控股") + "]\n";
  const std::string file = Gzip("d.json.gz", dump);
  const Outcome dry = Lexicon({"import", file, "--dry-run", "-q"});
  EXPECT_TRUE(Has(dry.out, "4 entries would go to ")) << dry.out;
  EXPECT_FALSE(std::filesystem::exists(Words("imported.tsv")));
  const Outcome o = Lexicon({"import", file, "--to", "dump.tsv"});
  EXPECT_EQ(o.code, 2);
  EXPECT_TRUE(Has(o.err, "d.json.gz:6: JSON: ")) << o.err;
  EXPECT_TRUE(Has(o.out, "5 entities, 1 of them of another class, 1 without a Chinese name"))
      << o.out;
  EXPECT_TRUE(ReadAll(Words("dump.tsv"))
                  .ends_with("flags\n岚桥控股\tORG_NAME\t\t\n岚溪市\tPLACE_NAME\t\tkind=city\n"
                             "栖梧先生\tPERSON_NAME\t沈栖梧\t\n沈栖梧\tPERSON_NAME\t\t\n"))
      << ReadAll(Words("dump.tsv"));
  ExpectRulesHold();
  const Outcome persons = Lexicon(
      {"import",
       File("p.json", Entity("Q7", "Q5", "zh", "沈栖岚") + Entity("Q8", "Q515", "zh", "岚桥市")),
       "--type", "PERSON_NAME", "--to", "persons.tsv"});
  EXPECT_EQ(persons.code, 0) << persons.err;
  EXPECT_TRUE(Has(persons.out, "1 entries added")) << persons.out;
}

TEST_F(LexiconTest, ImportsFailAsAWhole) {
  EXPECT_EQ(Lexicon({"import", Path("none.tsv"), "--type", "ORG_NAME"}).code, 4);
  EXPECT_EQ(Lexicon({"import", File("t.tsv", "岚溪\n"), "--type", "ORG"}).code, 1);
  const Outcome o = Lexicon({"import", File("e.tsv", "林家诚\n"), "--type", "ORG_NAME"});
  EXPECT_EQ(o.code, 5) << "an example of the rules has this name as a person's";
  EXPECT_FALSE(std::filesystem::exists(Words("imported.tsv")));
}

TEST_F(LexiconTest, StatsCountEveryEntryOnceByFileAndByClass) {
  rapidjson::Document before;
  before.Parse(Lexicon({"stats", "--json"}).out.c_str());
  ASSERT_FALSE(before.HasParseError());
  const auto bans = before["bans"].GetUint64();
  const auto banned = before["banned"].GetUint64();
  ASSERT_EQ(Lexicon({"ban", "西双版纳"}).code, 0);
  ASSERT_EQ(Lexicon({"add", "岚溪谷", "PLACE_NAME", "--flags", "must"}).code, 0);
  const Outcome o = Lexicon({"stats", "--json"});
  ASSERT_EQ(o.code, 0) << o.err;
  rapidjson::Document json;
  ASSERT_FALSE(json.Parse(o.out.c_str()).HasParseError()) << o.out;
  const auto all = json["all"]["entries"].GetUint64();
  for (const char* part : {"files", "types"}) {
    uint64_t sum = 0;
    for (const auto& one : json[part].GetObject()) {
      const auto entries = one.value["entries"].GetUint64();
      uint64_t lengths = 0;
      for (const auto& length : one.value["lengths"].GetObject())
        lengths += length.value.GetUint64();
      EXPECT_EQ(lengths, entries) << one.name.GetString();
      EXPECT_LE(one.value["surfaces"].GetUint64(), entries) << one.name.GetString();
      sum += entries;
    }
    EXPECT_EQ(sum, all) << part;
  }
  EXPECT_EQ(json["types"]["PLACE_NAME"]["flags"]["must"].GetUint64(), 1U);
  EXPECT_EQ(json["bans"].GetUint64(), bans + 1);
  EXPECT_EQ(json["banned"].GetUint64(), banned + 1);
  EXPECT_GT(json["automaton_bytes"].GetUint64(), 100000U);
  EXPECT_GT(json["load_ms"].GetDouble(), 0.0);
  const std::string said = std::to_string(bans + 1) + " bans, " + std::to_string(banned + 1);
  EXPECT_TRUE(Has(Lexicon({"stats"}).out, said + " entries banned\n"));
}

}  // namespace
}  // namespace kaoju
