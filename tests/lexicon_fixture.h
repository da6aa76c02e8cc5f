// A rules folder of one's own, in which `kaoju lexicon` may write.
#pragma once

#include <rapidjson/document.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cli_fixture.h"

namespace kaoju::testing_lexicon {

using testing_cli::Lines;
using testing_cli::Outcome;

// The first lines of a lexicon file.
inline constexpr std::string_view kHead =
    "# source: x\n# admission: x\n# columns: surface type canonical flags\n";

class LexiconTest : public testing_cli::CliTest {
 protected:
  void SetUp() override {
    CliTest::SetUp();
    std::filesystem::copy(KAOJU_SOURCE_DIR "/rules", Path("rules"),
                          std::filesystem::copy_options::recursive);
    std::filesystem::remove(Words("editor.tsv"));
  }
  std::string Words(const std::string& file) const { return Path("rules/lexicon/" + file); }
  std::string Editors() const { return testing_cli::ReadAll(Words("editor.tsv")); }

  // kaoju lexicon …
  Outcome Lexicon(std::vector<std::string> args, std::string input = {}) const {
    args.insert(args.begin(), "lexicon");
    return InRules(std::move(args), std::move(input));
  }
  Outcome InRules(std::vector<std::string> args, std::string input = {}) const {
    args.insert(args.end(), {"--rules", Path("rules")});
    return Run(std::move(args), std::move(input));
  }
  // The entities that extract finds, "org 澜桥|person 沈映秋", the same by the slow way.
  std::string Entities(std::string_view text) const {
    const Outcome o = InRules({"extract"}, testing_cli::Line("a", text));
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_EQ(InRules({"extract", "--slow"}, testing_cli::Line("a", text)).out, o.out);
    std::string all;
    for (const std::string& line : Lines(o.out)) {
      rapidjson::Document row;
      EXPECT_FALSE(row.Parse(line.c_str()).HasParseError()) << line;
      if (std::string_view(row["kind"].GetString()) != "entity") continue;
      all += (all.empty() ? "" : "|") + std::string(row["type"].GetString()) + ' ' +
             row["surface"].GetString();
    }
    return all;
  }
  void ExpectRulesHold() const {
    const Outcome o = Run({"rules", "check", Path("rules"), "--strict"});
    EXPECT_EQ(o.code, 0) << o.err;
  }
};

}  // namespace kaoju::testing_lexicon
