// The normal form of packs: what it looks like, that it keeps the meaning, and that the project's
// own packs are in it.
#include "rules/format.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "rules/parser.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

struct Row {
  const char* name;
  std::string before;
  std::string after;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class FormatTest : public testing::TestWithParam<Row> {};

TEST_P(FormatTest, WritesTheNormalFormOnce) {
  EXPECT_EQ(FormatPack(GetParam().before), GetParam().after);
  EXPECT_EQ(FormatPack(GetParam().after), GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FormatTest,
    testing::Values(
        Row{"Empty", "", ""}, Row{"Comment", "#c", "#c\n"},
        Row{"Order", "layer x\nrule a\nwhy w\nno n\nyes y\nemit e()\nmatch b\nmatch a",
            "layer x\n\nrule a\n  match   b\n  match   a\n  emit    e()\n  yes     y\n"
            "  no      n\n  why     w\n"},
        Row{"Arrow", "layer x\nrule a\n yes 中国  =>   org(中国)\n",
            "layer x\n\nrule a\n  yes     中国                          => org(中国)\n"},
        Row{"LongExample", "layer x\nrule a\n yes 0123456789012345678901234567890 => org(x)\n",
            "layer x\n\nrule a\n  yes     0123456789012345678901234567890 => org(x)\n"},
        Row{"Priority", "layer x\nrule a\n\tpriority   -1  \n",
            "layer x\n\nrule a\n  priority -1\n"},
        Row{"CommentOfAField", "layer x\nrule a\n  why w\n# m\n  match m\n",
            "layer x\n\nrule a\n  # m\n  match   m\n  why     w\n"},
        Row{"CommentOfTheNext", "layer x\nrule a\n  match m\n# b is\nrule b\n  match m\n",
            "layer x\n\nrule a\n  match   m\n\n# b is\nrule b\n  match   m\n"},
        Row{"CommentByItself", "layer x\nrule a\n  match m\n\n# part\n\n\nrule b\n  match m\n",
            "layer x\n\nrule a\n  match   m\n\n# part\n\nrule b\n  match   m\n"},
        Row{"Headers", "layer  x\nsee A  B\ndefine  N  [x]\n\n\n\ndefine M y\n",
            "layer x\nsee A  B\ndefine N  [x]\n\ndefine M y\n"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(FormatPacksTest, TheProjectsPacksAreInNormalForm) {
  for (const auto& e : std::filesystem::directory_iterator(KAOJU_SOURCE_DIR "/rules/packs")) {
    const std::string text = testing_rules::FileText(e.path());
    EXPECT_EQ(FormatPack(text), text) << e.path() << ": kaoju rules fmt rules";
  }
}

// All that a pack says, places aside.
std::string Meaning(const std::string& text) {
  SymbolTable symbols;
  PatternContext context{&symbols, nullptr, [](std::string_view) { return std::string("[一二]"); }};
  std::vector<Layer> layers;
  std::vector<Diagnostic> problems;
  ParsePack(text, "p", context, layers, problems);
  std::string all = Render(problems);
  for (const Layer& l : layers) {
    all += "layer " + l.name + (l.conflict_on_trigger ? " trigger\n" : "\n");
    for (const Rule& r : l.rules) {
      all += r.id + ' ' + r.emit_text + ' ' + std::to_string(r.priority) + ' ' + r.why + '\n';
      for (const std::string& m : r.matches) all += m + '\n';
      for (const std::string& a : r.allowed) all += a + '\n';
      for (const bool positive : {true, false}) {
        for (const RuleExample& e : r.examples) {
          if (e.positive == positive) all += e.text + " => " + e.expected + '\n';
        }
      }
    }
  }
  return all;
}

TEST(FormatPacksTest, KeepsTheMeaning) {
  for (const auto& e : std::filesystem::directory_iterator(KAOJU_SOURCE_DIR "/rules/packs")) {
    std::string text = testing_rules::FileText(e.path());
    const std::string meaning = Meaning(text);
    EXPECT_NE(meaning, "");
    // The same in disorder: every rule's fields from last to first, but for the order of matches.
    std::string mixed;
    std::string fields;
    std::string matches;
    const auto flush = [&] {
      mixed += fields + matches;
      fields.clear();
      matches.clear();
    };
    for (size_t from = 0; from < text.size();) {
      const size_t end = text.find('\n', from);
      const std::string line = text.substr(from, end - from) + "\n";
      from = end + 1;
      if (line.starts_with("  match")) {
        matches += line;
      } else if (line.starts_with("  emit") || line.starts_with("  why")) {
        fields = "\t" + line.substr(2) + fields;
      } else if (line.starts_with("  ")) {
        fields += line;
      } else {
        flush();
        mixed += line;
      }
    }
    flush();
    EXPECT_NE(mixed, text);
    EXPECT_EQ(Meaning(FormatPack(mixed)), meaning) << e.path();
  }
}

}  // namespace
}  // namespace kaoju
