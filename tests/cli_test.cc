// The program as users meet it: its help, and that the same documents give the same bytes.
#include <rapidjson/document.h>

#include <tuple>

#include "cli/version.h"
#include "tests/cli_fixture.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

using testing_cli::Call;
using testing_cli::CliTest;
using testing_cli::Has;
using testing_cli::Lines;
using testing_cli::ManyArticles;
using testing_cli::Outcome;
using testing_cli::ReadAll;
using testing_cli::ThreeArticles;

using Words = std::vector<std::string>;

// One entry of a help text: what stands before its explanation, and the explanation.
struct HelpEntry {
  std::string section;
  std::string name;
  std::string text;
};

// Reads CLI11's layout: sections at the margin, entries two spaces in, explanations from column 30
// on.
std::vector<HelpEntry> ReadHelp(const std::string& help) {
  constexpr size_t kColumn = 30;
  std::vector<HelpEntry> entries;
  std::string section;
  for (const std::string& line : Lines(help)) {
    if (!line.starts_with(' ')) {
      section = line;
    } else if (line.size() > kColumn && line.find_first_not_of(' ') == kColumn) {
      if (!entries.empty()) entries.back().text += line.substr(kColumn);
    } else if (section.ends_with(':') && section != "Examples:") {
      const size_t gap = line.find("  ", 2);
      const size_t text = gap == std::string::npos ? gap : line.find_first_not_of(' ', gap);
      entries.push_back(
          {section, line.substr(2, gap - 2), text == std::string::npos ? "" : line.substr(text)});
    }
  }
  return entries;
}

class HelpTest : public CliTest {
 protected:
  std::string HelpOf(Words command) const {
    command.push_back("--help");
    const Outcome o = Run(command);
    EXPECT_EQ(o.code, 0);
    EXPECT_EQ(o.err, "");
    return o.out;
  }

  // All commands, those within commands too, found by asking the program.
  std::vector<Words> Commands(const Words& above = {}) const {
    std::vector<Words> all = {above};
    for (const HelpEntry& e : ReadHelp(HelpOf(above))) {
      if (e.section != "Subcommands:") continue;
      Words command = above;
      command.push_back(e.name);
      for (const Words& below : Commands(command)) all.push_back(below);
    }
    return all;
  }
};

std::string Joined(const Words& words) {
  std::string all = "kaoju";
  for (const std::string& word : words) all += ' ' + word;
  return all;
}

TEST_F(HelpTest, NamesTheCommands) {
  std::vector<std::string> names;
  for (const Words& command : Commands()) names.push_back(Joined(command));
  for (const char* name : {"kaoju run", "kaoju extract", "kaoju explain", "kaoju show",
                           "kaoju rules", "kaoju rules check"}) {
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  }
}

TEST_F(HelpTest, ExplainsEveryCommandAndOption) {
  const std::string readme = ReadAll(KAOJU_SOURCE_DIR "/README.md");
  for (const Words& command : Commands()) {
    const std::vector<HelpEntry> entries = ReadHelp(HelpOf(command));
    EXPECT_FALSE(entries.empty()) << Joined(command);
    for (const HelpEntry& e : entries) {
      const std::string name = e.name.substr(0, e.name.find_first_of(" :"));
      EXPECT_TRUE(!e.text.empty() || Has(readme, name))
          << Joined(command) << " " << name << ": say what it does, in its help or in README.md";
    }
  }
}

TEST_F(HelpTest, EveryCommandThatWorksHasExamplesAndStandsInTheReadme) {
  const std::string readme = ReadAll(KAOJU_SOURCE_DIR "/README.md");
  for (const Words& command : Commands()) {
    const std::string help = HelpOf(command);
    if (Has(help, "Subcommands:")) continue;
    EXPECT_TRUE(Has(help, "Examples:\n  " + Joined(command))) << Joined(command);
    EXPECT_TRUE(Has(readme, "`" + Joined(command))) << Joined(command);
  }
}

TEST_F(HelpTest, SaysItsVersion) {
  const Outcome o = Run({"--version"});
  EXPECT_EQ(o.code, 0);
  EXPECT_EQ(o.out, std::string(kVersion) + "\n");
}

struct UsageRow {
  const char* name;
  Words args;
  const char* message;
};

void PrintTo(const UsageRow& row, std::ostream* out) { *out << row.name; }

class UsageTest : public CliTest, public testing::WithParamInterface<UsageRow> {};

// 1 for wrong usage, a message that says what is wrong, nothing on standard output.
TEST_P(UsageTest, EndsWithOne) {
  const Outcome o = Run(GetParam().args);
  EXPECT_EQ(o.code, 1);
  EXPECT_EQ(o.out, "");
  EXPECT_TRUE(Has(o.err, GetParam().message)) << o.err;
}

// clang-format off
const UsageRow kUsageRows[] = {
    {"NoCommand", {}, "subcommand is required"},
    {"UnknownCommand", {"ponder"}, "no command 'ponder'"},
    {"NoCommandWithin", {"rules"}, "subcommand is required"},
    {"UnknownOption", {"extract", "--ponder"}, "--ponder"},
    {"OptionOfAnotherCommand", {"extract", "--db", "x"}, "--db"},
    {"NoThreads", {"extract", "-j", "0"}, "--threads: Value 0 not in range"},
    {"ThreadsThatAreNoNumber", {"extract", "-j", "two"}, "two"},
    {"NegativeNumber", {"extract", "--max-failed", "-1"}, "--max-failed"},
    {"RunWithoutPath", {"run"}, "is required, or --retry-failed"},
    {"ExplainWithoutFile", {"explain"}, "FILE is required"},
    {"ShowWithoutStore", {"show"}, "--db is required"},
    {"ShowWhatThereIsNot", {"show", "dreams", "--db", "x"}, "dreams"},
    {"ShowOfNoKind", {"show", "facts", "--db", "x", "--kind", "dream"}, "dream"},
    {"ShowOptionThatChangesNothing", {"show", "sources", "--db", "x", "--kind", "claim"}, "--kind"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Rows, UsageTest, testing::ValuesIn(kUsageRows),
                         [](const auto& row) { return row.param.name; });

using ExtractTest = CliTest;

TEST_F(ExtractTest, WritesArticlesWithTheirFactsInOrderAndTheEndLast) {
  const Outcome o = Run({"extract", File("good.jsonl", ThreeArticles())});
  ASSERT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(o.err, "");
  Words docs;
  uint64_t due = 0;  // facts that the last article still owes
  uint64_t facts = 0;
  std::tuple<uint64_t, uint64_t, std::string> last;
  bool ended = false;
  for (const std::string& line : Lines(o.out)) {
    ASSERT_FALSE(ended) << "after the end: " << line;
    rapidjson::Document row;
    ASSERT_FALSE(row.Parse(line.c_str()).HasParseError()) << line;
    const std::string kind = row["kind"].GetString();
    if (kind == "article" || kind == "end") {
      EXPECT_EQ(due, 0U) << "before: " << line;
    }
    if (kind == "article") {
      docs.push_back(row["doc"].GetString());
      due = row["facts"].GetUint64();
      EXPECT_GT(due, 0U) << line;
      last = {};
    } else if (kind == "end") {
      ended = true;
      EXPECT_EQ(row["docs"].GetUint64(), 3U);
      EXPECT_EQ(row["facts"].GetUint64(), facts);
      EXPECT_EQ(row["failed"].GetUint64(), 0U);
      EXPECT_TRUE(std::string(row["rules"].GetString()).starts_with("sha256:"));
      EXPECT_STREQ(row["version"].GetString(), kVersion);
    } else {
      --due;
      ++facts;
      ASSERT_FALSE(docs.empty());
      EXPECT_EQ(row["doc"].GetString(), docs.back());
      std::tuple place(row["start"].GetUint64(), row["end"].GetUint64(),
                       std::string(row["rule"].GetString()));
      EXPECT_LE(last, place) << line;
      last = place;
    }
  }
  EXPECT_TRUE(ended);
  EXPECT_EQ(docs, (Words{"company", "flood", "match"}));
}

TEST_F(ExtractTest, FindsEveryKindOfFact) {
  const std::string out = Run({"extract"}, ThreeArticles()).out;
  for (const char* part : {R"("kind":"entity")", R"("canonical":"沈映秋")", R"("kind":"time")",
                           R"("value":"2024-10-28")", R"("kind":"figure")",
                           R"("value_min":600000000)", R"("kind":"claim")", R"("cue":"表示")"}) {
    EXPECT_TRUE(Has(out, part)) << part;
  }
}

// The same documents by another way: the bytes must be those of the plain call.
struct WayRow {
  const char* name;
  Words args;
  Words env;
  enum { kFile, kStdin, kPipe, kGzip, kGzipStdin } input = kFile;
};

void PrintTo(const WayRow& row, std::ostream* out) { *out << row.name; }

class SameBytesTest : public CliTest, public testing::WithParamInterface<WayRow> {};

TEST_P(SameBytesTest, AsThePlainCall) {
  const WayRow& row = GetParam();
  const std::string articles = ManyArticles(300);
  const std::string file = File("many.jsonl", articles);
  const std::string plain = Run({"extract", file}).out;
  ASSERT_TRUE(Has(plain, R"({"kind":"end","docs":300,)"));
  Call call{.args = {"extract"}, .input = {}, .env = row.env};
  call.args.insert(call.args.end(), row.args.begin(), row.args.end());
  if (row.input == WayRow::kFile) call.args.push_back(file);
  if (row.input == WayRow::kStdin) call.input = articles;
  if (row.input == WayRow::kGzip) call.args.push_back(Gzip("many.jsonl.gz", articles));
  if (row.input == WayRow::kGzipStdin) call.input = ReadAll(Gzip("many.jsonl.gz", articles));
  if (row.input == WayRow::kPipe) {
    call.args.push_back("-");
    call.feed = [&](int fd) {  // in pieces that cut lines and characters
      for (size_t at = 0; at < articles.size(); at += 997) {
        const size_t size = std::min<size_t>(997, articles.size() - at);
        if (write(fd, articles.data() + at, size) < 0) return;
      }
    };
  }
  const Outcome o = Run(call);
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_TRUE(o.out == plain) << o.out.substr(0, 400);
}

// clang-format off
const WayRow kWayRows[] = {
    {"Again", {}, {}},
    {"OneThread", {"-j1"}, {}},
    {"TwoThreads", {"-j2"}, {}},
    {"ManyThreads", {"-j", "7"}, {}},
    {"LocaleC", {}, {"LANG=C", "LC_ALL=C"}},
    {"LocaleTaiwan", {}, {"LANG=zh_TW.UTF-8", "LC_ALL=zh_TW.UTF-8"}},
    {"ZoneUtc", {}, {"TZ=UTC"}},
    {"ZoneTaipei", {}, {"TZ=Asia/Taipei"}},
    {"Stdin", {}, {}, WayRow::kStdin},
    {"Pipe", {}, {}, WayRow::kPipe},
    {"Gzip", {}, {}, WayRow::kGzip},
    {"GzipStdin", {}, {}, WayRow::kGzipStdin},
    {"Quiet", {"-q"}, {}},
    {"Slow", {"--slow"}, {}},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Rows, SameBytesTest, testing::ValuesIn(kWayRows),
                         [](const auto& row) { return row.param.name; });

// What stands in a store, less the record of the runs themselves.
std::string Contents(const std::string& db) {
  std::string all;
  for (const std::string& line : Lines(Dump(db))) {
    if (!line.starts_with("run|") && !line.starts_with("run_input|") &&
        !line.starts_with("manifest|"))
      all += line + "\n";
  }
  return all;
}

TEST_F(CliTest, RunningTwiceAddsNothing) {
  const Words run = {"run", File("good.jsonl", ThreeArticles()), "--db", Path("facts.db")};
  const Words show = {"show", "facts", "--limit", "0", "--db", Path("facts.db")};
  const Outcome first = Run(run);
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(Has(first.out, "3 documents: 3 new, 0 changed, 0 as before, 0 failed")) << first.out;
  const std::string shown = Run(show).out;
  const std::string stored = Contents(Path("facts.db"));
  EXPECT_TRUE(Has(shown, "沈映秋")) << shown;
  const Outcome second = Run(run);
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_TRUE(Has(second.out, "3 documents: 0 new, 0 changed, 3 as before, 0 failed"));
  EXPECT_EQ(Run(show).out, shown);
  EXPECT_EQ(Contents(Path("facts.db")), stored);
}

TEST_F(CliTest, RunStoresTheSameForAnyNumberOfThreads) {
  const std::string file = File("many.jsonl", ManyArticles(300));
  ASSERT_EQ(Run({"run", file, "--db", Path("one.db")}).code, 0);
  const Outcome o = Run({"run", file, "--db", Path("two.db"), "-j2"});
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_TRUE(Contents(Path("one.db")) == Contents(Path("two.db")));
}

TEST_F(CliTest, ExplainNamesTheRule) {
  const Outcome o = Run({"explain", "-"}, ThreeArticles());
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_TRUE(Has(o.out, "article company")) << o.out;
  EXPECT_TRUE(Has(o.out, "rules/packs/")) << o.out;
}

TEST_F(CliTest, RulesCheckFindsTheProjectsRulesGood) {
  const Outcome o = Run({"rules", "check"});
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_TRUE(Has(o.out, ": good\nrule set sha256:")) << o.out;
}

}  // namespace
}  // namespace kaoju
