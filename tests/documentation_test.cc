// Whatever the program can be asked for is documented: a README names each command, and each of
// its options beside it. (What --help says is tested in cli_test.cc.)
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/cli_fixture.h"

namespace kaoju {
namespace {

using testing_cli::CliTest;
using testing_cli::Has;
using testing_cli::Lines;
using testing_cli::ReadAll;

// The rows of tables, each by itself, and the paragraphs.
std::vector<std::string> Blocks(const std::string& text) {
  std::vector<std::string> out(1);
  for (const std::string& line : Lines(text)) {
    if (line.empty() || line.starts_with('|')) out.emplace_back();
    out.back() += line + "\n";
  }
  return out;
}

// Which options a text names, --help aside.
std::set<std::string> OptionsIn(const std::string& text) {
  static const std::regex kOption("--[a-z][a-z-]+");
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), kOption), end; it != end; ++it)
    out.insert(it->str());
  out.erase("--help");
  return out;
}

class DocumentationTest : public CliTest {
 protected:
  void SetUp() override {
    CliTest::SetUp();
    for (const char* file : {"README.md", "rules/README.md"}) {
      for (std::string& block : Blocks(ReadAll(std::string(KAOJU_SOURCE_DIR "/") + file)))
        blocks_.push_back(std::move(block));
    }
  }

  std::string Help(std::vector<std::string> words) const {
    words.emplace_back("--help");
    return Run(words).out;
  }

  // The names below "Subcommands:".
  static std::vector<std::string> CommandsIn(const std::string& help) {
    std::vector<std::string> out;
    bool inside = false;
    for (const std::string& line : Lines(help)) {
      if (line == "Subcommands:") {
        inside = true;
      } else if (inside && line.starts_with("  ") && line.size() > 2 && line[2] != ' ') {
        out.push_back(line.substr(2, line.find(' ', 2) - 2));
      } else if (inside && line.empty()) {
        break;
      }
    }
    return out;
  }

  // Calls visit(words, help) for every command that does something.
  template <typename Visit>
  void EachCommand(const std::vector<std::string>& words, const Visit& visit) const {
    const std::string help = Help(words);
    const std::vector<std::string> below = CommandsIn(help);
    if (below.empty()) return visit(words, help);
    for (const std::string& name : below) {
      std::vector<std::string> longer = words;
      longer.push_back(name);
      EachCommand(longer, visit);
    }
  }

  // What the READMEs say of a command, and of the options that all share.
  std::string DocumentsOf(const std::string& command) const {
    std::string out;
    for (const std::string& b : blocks_) {
      if (Has(b, "kaoju " + command + " ") || Has(b, "kaoju " + command + "`")) out += b;
    }
    if (out.empty()) return out;
    for (const std::string& b : blocks_) {
      if (Has(b, "The same everywhere:")) out += b;
    }
    return out;
  }

  std::vector<std::string> blocks_;
};

TEST_F(DocumentationTest, EveryCommandAndOption) {
  size_t commands = 0;
  EachCommand({}, [&](const std::vector<std::string>& words, const std::string& help) {
    ++commands;
    std::string command;
    for (const std::string& w : words) command += (command.empty() ? "" : " ") + w;
    const std::string documents = DocumentsOf(command);
    EXPECT_FALSE(documents.empty()) << command << " stands in no README";
    const std::set<std::string> named = OptionsIn(documents);
    for (const std::string& option : OptionsIn(help.substr(0, help.find("Examples:"))))
      EXPECT_TRUE(named.contains(option)) << command << " " << option << " is not documented";
  });
  EXPECT_GE(commands, 14U);
}

}  // namespace
}  // namespace kaoju
