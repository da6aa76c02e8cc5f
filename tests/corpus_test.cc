// What the corpus says is true: every fact of corpus/<name>/facts.notation is found in its article,
// and what the file says must not be found (a line that begins with '!') is not. Facts that the
// file does not name are no error.
#include <gtest/gtest.h>

#include <optional>

#include "extract/notation.h"
#include "ingest/reader.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;

using testing_rules::FileText;

struct FactLine {
  size_t number = 0;
  bool wanted = true;
  std::string notation;  // as written, less '!' and comment
  Expected expected;
};

struct FactFile {
  std::vector<FactLine> lines;
  std::vector<std::string> problems;  // lines that are no facts
};

std::string_view Trimmed(std::string_view s) {
  const size_t begin = s.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t\r") - begin + 1);
}

FactFile ReadFacts(std::string_view text) {
  FactFile file;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    FactLine fact;
    fact.number = number;
    fact.wanted = line.front() != '!';
    if (!fact.wanted) line.remove_prefix(1);
    fact.notation = Trimmed(line.substr(0, line.find(" #")));
    if (!ParseExpected(fact.notation, fact.expected)) {
      file.problems.push_back("line " + std::to_string(number) +
                              ": kind(part, …) expected: " + fact.notation);
    } else {
      file.lines.push_back(std::move(fact));
    }
  }
  return file;
}

// The words that a notation is about, as they stand in the text: its first part, less the escapes
// and an open end.
std::string SurfaceOf(const Expected& expected) {
  static constexpr std::string_view kMore = "…";
  std::string surface;
  const std::string first = expected.parts.empty() ? "" : expected.parts.front();
  for (size_t i = 0; i < first.size(); ++i) {
    if (first[i] == '\\' && i + 1 < first.size()) ++i;
    surface += first[i];
  }
  if (surface.ends_with(kMore)) surface.resize(surface.size() - kMore.size());
  return surface;
}

// What was found near the words of the notation: there, or of its kind when it names no words of
// the text.
std::string Near(const Expected& expected, const std::vector<Written>& found,
                 std::string_view text) {
  constexpr uint32_t kReach = 30;  // bytes: ten characters
  std::string near;
  const std::string surface = SurfaceOf(expected);
  const bool placed = !surface.empty() && text.find(surface) != std::string_view::npos;
  for (const Written& w : found) {
    bool close = !placed && w.kind == expected.kind;
    for (size_t at = 0; placed && (at = text.find(surface, at)) != std::string_view::npos; ++at) {
      close = close || (w.span.begin < at + surface.size() + kReach && at < w.span.end + kReach);
    }
    if (close) near += "\n    " + w.ToString() + "  by " + w.rule;
  }
  return near.empty() ? "\n    nothing" : near;
}

// What does not hold; empty iff all does. A line that stands twice wants two facts.
std::vector<std::string> Problems(const FactFile& file, const std::vector<Written>& found,
                                  std::string_view text) {
  std::vector<std::string> problems = file.problems;
  for (const FactLine& line : file.lines) {
    const auto matches = std::count_if(found.begin(), found.end(),
                                       [&](const Written& w) { return Matches(line.expected, w); });
    const auto wanted = std::count_if(
        file.lines.begin(), file.lines.end(),
        [&](const FactLine& other) { return other.wanted && other.notation == line.notation; });
    if (line.wanted ? matches >= wanted : matches == 0) continue;
    problems.push_back("line " + std::to_string(line.number) + ": " + line.notation +
                       (line.wanted ? " is not found" : " must not be found") +
                       "; near it:" + Near(line.expected, found, text));
  }
  return problems;
}

class CorpusFactsTest : public testing::TestWithParam<std::string> {};

TEST_P(CorpusFactsTest, AreFound) {
  const fs::path folder = fs::path(KAOJU_SOURCE_DIR) / "corpus" / GetParam();
  ASSERT_TRUE(fs::exists(folder / "facts.notation")) << "write down what the article states";
  const FactFile file = ReadFacts(FileText(folder / "facts.notation"));
  EXPECT_TRUE(std::any_of(file.lines.begin(), file.lines.end(), [](const FactLine& line) {
    return line.wanted;
  })) << "facts.notation names no fact";
  DocumentReader reader((folder / "text.txt").string());
  RawDocument raw;
  ASSERT_TRUE(reader.Next(raw));
  const Article article = testing_rules::Ingestion().Read(raw);
  ASSERT_TRUE(article.day.has_value()) << "text.meta.json was not read";
  const Extraction x = Extractor(testing_rules::Rules()).Extract(article);
  for (const std::string& problem : Problems(file, WriteAll(x, article.text), article.text)) {
    ADD_FAILURE() << GetParam() << "/facts.notation, " << problem;
  }
}

std::vector<std::string> CorpusNames() {
  std::vector<std::string> names;
  for (const auto& text : testing_rules::CorpusTexts()) names.push_back(text.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Corpus, CorpusFactsTest, testing::ValuesIn(CorpusNames()),
                         [](const auto& row) {
                           std::string name = row.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// The check itself, on facts of 青枫获1,200元，又获1,200元。
struct CheckRow {
  const char* name;
  const char* facts;
  const char* problem;  // a part of the only one; "" iff all holds
};

void PrintTo(const CheckRow& row, std::ostream* out) { *out << row.name; }

class CorpusCheckTest : public testing::TestWithParam<CheckRow> {};

TEST_P(CorpusCheckTest, SaysWhatDoesNotHold) {
  const std::string text = "青枫获1,200元，又获1,200元。";
  const std::vector<Written> found = {
      {"org", {"青枫", "canonical=青枫"}, {0, 6}, "name/org"},
      {"money", {"1\\,200元", "1200 CNY"}, {9, 17}, "money/amount"},
      {"money", {"1\\,200元", "1200 CNY"}, {26, 34}, "money/amount"}};
  const auto problems = Problems(ReadFacts(GetParam().facts), found, text);
  if (GetParam().problem[0] == '\0') {
    EXPECT_EQ(problems, std::vector<std::string>());
  } else {
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems[0].find(GetParam().problem), std::string::npos) << problems[0];
  }
}

// clang-format off
const CheckRow kCheckRows[] = {
    {"Found", "# company\n\norg(青枫)\n money(1\\,200元, 1200 CNY)  # once\n", ""},
    {"FoundTwice", "money(1200 CNY)\nmoney(1200 CNY)\n", ""},
    {"ForbiddenAndAbsent", "org(青枫)\n!money(1200 USD)\n!place(青枫)", ""},
    {"OpenEnd", "org(青…)\n", ""},
    {"Missing", "org(青枫)\nplace(青枫)\n", "line 2: place(青枫) is not found; near it:\n    org(青枫"},
    {"MissingWhereNothingIs", "person(沈映秋)", "near it:\n    nothing"},
    {"Forbidden", "! org(青枫)", "line 1: org(青枫) must not be found; near it:\n    org("},
    {"NoFact", "青枫", "line 1: kind(part, …) expected: 青枫"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Rows, CorpusCheckTest, testing::ValuesIn(kCheckRows),
                         [](const auto& row) { return row.param.name; });

// `kaoju run corpus` reads the articles and nothing else: no facts file, no metadata.
TEST(CorpusTest, HoldsOneDocumentAFolder) {
  size_t folders = 0;
  for (const auto& e : fs::directory_iterator(KAOJU_SOURCE_DIR "/corpus")) {
    folders += e.is_directory() ? 1 : 0;
  }
  EXPECT_EQ(ExpandPaths({KAOJU_SOURCE_DIR "/corpus"}).size(), folders);
}

}  // namespace
}  // namespace kaoju
