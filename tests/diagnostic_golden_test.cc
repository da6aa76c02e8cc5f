// Every diagnostic of rules and lexicons as its reader sees it. A file tests/golden/diagnostics/X
// is a rules folder, `== path` before each file, and behind `== expected` the whole rendered text.
// KAOJU_UPDATE_GOLDEN=1 writes the expectations anew; read the difference before you keep it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "extract/examples.h"
#include "rules/codes.h"
#include "rules/error.h"
#include "rules/lexicon_lint.h"
#include "rules/lint.h"
#include "rules/rule_set.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;

const char* const kFolder = KAOJU_SOURCE_DIR "/tests/golden/diagnostics";
constexpr std::string_view kMark = "== ";
constexpr std::string_view kExpected = "expected";

std::vector<fs::path> Cases() {
  std::vector<fs::path> all;
  for (const auto& e : fs::directory_iterator(kFolder)) all.push_back(e.path());
  std::sort(all.begin(), all.end());
  return all;
}

// The parts of a golden file by their names. \xNN stands for a byte that no editor shows.
std::map<std::string, std::string> Parts(const std::string& text) {
  std::map<std::string, std::string> parts;
  std::string* part = nullptr;
  for (size_t from = 0; from < text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    const std::string line = text.substr(from, end - from);
    from = end + 1;
    if (line.starts_with(kMark)) {
      part = &parts[line.substr(kMark.size())];
    } else if (part != nullptr) {
      *part += line + '\n';
    }
  }
  return parts;
}

std::string WithBytes(std::string text) {
  for (size_t at = text.find("\\x"); at != std::string::npos; at = text.find("\\x", at + 1)) {
    if (text.compare(at, 3, "\\x{") == 0) continue;
    text.replace(at, 4, 1, static_cast<char>(std::stoi(text.substr(at + 2, 2), nullptr, 16)));
  }
  return text;
}

std::string WithoutBytes(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\xFF' ? std::string("\\xFF") : std::string(1, c);
  return out;
}

// What `kaoju rules check` finds.
std::vector<Diagnostic> Check(const std::string& dir) {
  std::vector<Diagnostic> all;
  const RuleSet rules = RuleSet::Load(dir, all);
  const auto add = [&](std::vector<Diagnostic> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  };
  add(Lint(rules));
  add(LintLexicon(rules.lexicon(), rules.symbols(), [](std::string_view text) {
    return testing_rules::Ingestion().fold().Fold(text).text;
  }));
  if (!HasErrors(all)) add(CheckExamples(rules));
  for (Diagnostic& d : all) d.file = fs::path(d.file).lexically_relative(dir).string();
  return all;
}

class GoldenTest : public testing::TestWithParam<fs::path> {};

TEST_P(GoldenTest, RendersAsTheFileSays) {
  const fs::path dir =
      fs::path(testing::TempDir()) / ("kaoju_golden_" + GetParam().stem().string());
  fs::remove_all(dir);
  std::map<std::string, std::string> parts = Parts(testing_rules::FileText(GetParam()));
  const std::string expected = parts[std::string(kExpected)];
  parts.erase(std::string(kExpected));
  parts.emplace("lexicon/w.tsv", "中国\tPLACE_NAME\t\t\n");
  parts.emplace("packs/p.rules",
                "layer x\nrule a/b\n  match 表示\n  emit org()\n  yes 表示\n  no 中\n");
  std::string text;
  for (const auto& [name, body] : parts) {
    fs::create_directories((dir / name).parent_path());
    std::ofstream(dir / name, std::ios::binary) << WithBytes(body);
  }
  std::string rendered = WithoutBytes(Render(Check(dir.string())));
  for (size_t at; (at = rendered.find(dir.string() + "/")) != std::string::npos;)
    rendered.erase(at, dir.string().size() + 1);
  fs::remove_all(dir);
  if (std::getenv("KAOJU_UPDATE_GOLDEN") != nullptr) {
    const std::string whole = testing_rules::FileText(GetParam());
    const size_t cut = whole.find(std::string(kMark) + std::string(kExpected));
    std::ofstream(GetParam(), std::ios::binary)
        << whole.substr(0, cut) << kMark << kExpected << '\n'
        << rendered;
  }
  EXPECT_EQ(rendered, expected);
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenTest, testing::ValuesIn(Cases()), [](const auto& row) {
  std::string name = row.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(DiagnosticCodesTest, EveryCodeHasAGoldenFileAndEveryFileACode) {
  std::set<std::string> seen;
  for (const fs::path& path : Cases()) {
    const std::string expected = Parts(testing_rules::FileText(path))[std::string(kExpected)];
    for (size_t from = 0; from < expected.size(); from = expected.find('\n', from) + 1) {
      const std::string line = expected.substr(from, expected.find('\n', from) - from);
      const size_t open = line.rfind(" [");
      if (!line.starts_with(' ') && line.ends_with(']') && open != std::string::npos)
        seen.insert(line.substr(open + 2, line.size() - open - 3));
    }
  }
  for (const DiagnosticCode& c : DiagnosticCodes()) EXPECT_TRUE(seen.contains(c.code)) << c.code;
  for (const std::string& code : seen) EXPECT_NE(FindCode(code), nullptr) << code;
}

}  // namespace
}  // namespace kaoju
