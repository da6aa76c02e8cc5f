// The shape of the sources: who may include whom, where Chinese may stand, how long a file may be.
// The checker works on (path, text) pairs, so that it can be shown made-up sources that it must
// reject.
#include <gtest/gtest.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {
namespace {

constexpr int kMaxLines = 500;

// Folder -> the folders that it may include, itself aside (DESIGN.md, "Shape").
const std::map<std::string, std::set<std::string>, std::less<>>& AllowedEdges() {
  static const std::map<std::string, std::set<std::string>, std::less<>> edges = {
      {"rules", {}},
      {"extract", {"rules"}},
      {"ingest", {"extract", "rules"}},
      {"store", {"extract", "rules"}},
      {"cli", {"ingest", "store", "extract", "rules"}},
      {"tests", {"cli", "ingest", "store", "extract", "rules"}},
      {"bench", {"cli", "ingest", "store", "extract", "rules"}},
  };
  return edges;
}

struct Source {
  std::string path;  // relative to the project, as "rules/error.h"
  std::string text;
};

std::string FolderOf(std::string_view path) { return std::string(path.substr(0, path.find('/'))); }

// The text with comments and the contents of literals each in a view of its own: `code` has both
// blanked out, `literals` has everything but the contents of string and character literals blanked
// out. Line breaks stay in both.
struct Views {
  std::string code;
  std::string literals;
};

// One step of the scan below: the end of the comment or literal that starts at `at`, and of its
// quotes.
struct Region {
  size_t end = 0;
  bool literal = false;
};

size_t EndOfQuoted(std::string_view text, size_t at) {
  const char quote = text[at];
  for (size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return text.size();
}

size_t EndAfter(std::string_view text, size_t from, std::string_view mark) {
  const size_t found = text.find(mark, from);
  return found == std::string_view::npos ? text.size() : found + mark.size();
}

bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The comment or literal that starts at `at`; end == at iff there is none.
Region RegionAt(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return {std::min(text.find('\n', at), text.size()), false};
  if (rest.starts_with("/*")) return {EndAfter(text, at + 2, "*/"), false};
  if (rest.starts_with("R\"")) {
    const size_t paren = text.find('(', at);
    if (paren == std::string_view::npos) return {text.size(), true};
    const std::string close = ")" + std::string(text.substr(at + 2, paren - at - 2)) + "\"";
    return {EndAfter(text, paren, close), true};
  }
  if (rest.starts_with('"')) return {EndOfQuoted(text, at), true};
  // An apostrophe after a digit or letter separates digits (1'000) unless it is a prefix such as
  // u8'x'.
  const bool separator = at > 0 && IsWordByte(text[at - 1]) &&
                         !(text[at - 1] == 'u' || text[at - 1] == 'U' || text[at - 1] == 'L' ||
                           text.substr(0, at).ends_with("u8"));
  if (rest.starts_with('\'') && !separator) return {EndOfQuoted(text, at), true};
  return {at, false};
}

Views Split(std::string_view text) {
  Views views{std::string(text), std::string(text)};
  const auto blank = [](std::string& view, size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      if (view[i] != '\n') view[i] = ' ';
    }
  };
  for (size_t at = 0; at < text.size();) {
    const Region region = RegionAt(text, at);
    if (region.end == at) {
      blank(views.literals, at, at + 1);
      ++at;
      continue;
    }
    blank(views.code, at, region.end);
    if (!region.literal) blank(views.literals, at, region.end);
    at = region.end;
  }
  return views;
}

bool HasHan(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    // The script itself, not its extensions: 」 is punctuation of several scripts, 〇 is Han.
    UErrorCode status = U_ZERO_ERROR;
    if (c >= 0 && uscript_getScript(c, &status) == USCRIPT_HAN) return true;
  }
  return false;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// The project's own path that the line includes, or an empty view.
std::string_view IncludedPath(std::string_view line) {
  constexpr std::string_view kInclude = "#include \"";
  if (!line.starts_with(kInclude)) return {};
  line.remove_prefix(kInclude.size());
  return line.substr(0, line.find('"'));
}

// All that is wrong with one source, each as "path:line: what".
std::vector<std::string> Faults(const Source& source) {
  std::vector<std::string> faults;
  const std::string folder = FolderOf(source.path);
  const bool test = folder == "tests" || folder == "bench";
  const Views views = Split(source.text);
  const std::vector<std::string> lines = Lines(source.text);
  const std::vector<std::string> code = Lines(views.code);
  const std::vector<std::string> literals = Lines(views.literals);
  const auto fault = [&](size_t line, const std::string& what) {
    faults.push_back(source.path + ":" + std::to_string(line + 1) + ": " + what);
  };
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view included = IncludedPath(lines[i]);
    const std::string target = FolderOf(included);
    if (!included.empty() && target != folder && !AllowedEdges().at(folder).contains(target)) {
      fault(i, folder + "/ may not include " + std::string(included));
    }
    if (!test && HasHan(literals[i])) fault(i, "Chinese in a literal belongs in rules/");
    if (source.path.ends_with(".h") && code[i].find("using namespace") != std::string::npos) {
      fault(i, "using namespace in a header");
    }
  }
  if (lines.size() > kMaxLines) fault(kMaxLines, "file is over 500 lines");
  return faults;
}

std::vector<Source> SourcesOf(const std::string& folder) {
  std::vector<Source> sources;
  const std::filesystem::path root = KAOJU_SOURCE_DIR;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".cc" && extension != ".h") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    sources.push_back({entry.path().lexically_relative(root).generic_string(), std::move(text)});
  }
  std::sort(sources.begin(), sources.end(),
            [](const Source& a, const Source& b) { return a.path < b.path; });
  return sources;
}

TEST(LayeringTest, SourcesKeepTheShape) {
  for (const auto& [folder, allowed] : AllowedEdges()) {
    const std::vector<Source> sources = SourcesOf(folder);
    EXPECT_FALSE(sources.empty()) << "no source in " << folder << "/: is the path right?";
    for (const Source& source : sources) {
      for (const std::string& fault : Faults(source)) ADD_FAILURE() << fault;
    }
  }
}

TEST(LayeringTest, EveryIncludedFileOfTheProjectExists) {
  const std::filesystem::path root = KAOJU_SOURCE_DIR;
  for (const auto& [folder, allowed] : AllowedEdges()) {
    for (const Source& source : SourcesOf(folder)) {
      for (const std::string& line : Lines(source.text)) {
        const std::string_view included = IncludedPath(line);
        if (included.empty()) continue;
        EXPECT_TRUE(std::filesystem::exists(root / included))
            << source.path << " includes " << included << "; write it from the project's root";
      }
    }
  }
}

// A checker that cannot fail checks nothing: made-up sources, and how many faults each must show.
struct MadeUp {
  const char* name;
  const char* path;
  std::string text;
  size_t faults;
};

class CheckerTest : public testing::TestWithParam<MadeUp> {};

TEST_P(CheckerTest, FindsTheFaultsAndNoOthers) {
  const std::vector<std::string> faults = Faults({GetParam().path, GetParam().text});
  EXPECT_EQ(faults.size(), GetParam().faults) << testing::PrintToString(faults);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CheckerTest,
    testing::Values(
        MadeUp{"BackEdge", "rules/a.cc", "#include \"extract/span.h\"\n", 1},
        MadeUp{"SideEdge", "ingest/a.cc", "#include \"store/store.h\"\n", 1},
        MadeUp{"UnknownFolder", "cli/a.cc", "#include \"util/misc.h\"\n", 1},
        MadeUp{"AllowedEdge", "extract/a.cc", "#include \"rules/error.h\"\n", 0},
        MadeUp{"OwnFolder", "store/a.cc", "#include \"store/a.h\"\n", 0},
        MadeUp{"HanInString", "extract/a.cc", "auto s = \"元\";\n", 1},
        MadeUp{"HanInRawString", "extract/a.cc", "auto s = R\"x(\n)\" 亿 )x\";\n", 1},
        MadeUp{"HanInCharacter", "extract/a.cc", "auto c = U'万';\n", 1},
        MadeUp{"HanAfterDigitSeparator", "extract/a.cc", "int n = 1'000; auto s = \"元\";\n", 1},
        MadeUp{"HanAfterEscapedQuote", "extract/a.cc", "auto s = \"\\\"年\";\n", 1},
        MadeUp{"HanInComment", "extract/a.cc", "// 三元桥 is \"a place\"\nint a; /* \"元 */\n", 0},
        MadeUp{"CommentMarkInString", "extract/a.cc", "auto s = \"http://\"; // 元\n", 0},
        MadeUp{"HanZero", "extract/a.cc", "auto s = \"〇\";\n", 1},
        MadeUp{"Punctuation", "extract/a.cc", "auto s = \"」。，\";\n", 0},
        MadeUp{"HanInTest", "tests/a.cc", "auto s = \"元\";\n", 0},
        MadeUp{"UsingInHeader", "cli/a.h", "using namespace std;\n", 1},
        MadeUp{"UsingInComment", "cli/a.h", "// no using namespace here\n", 0},
        MadeUp{"UsingInSource", "cli/a.cc", "using namespace std;\n", 0},
        MadeUp{"LongFile", "cli/a.cc", std::string(kMaxLines + 1, '\n'), 1},
        MadeUp{"FullFile", "cli/a.cc", std::string(kMaxLines, '\n'), 0}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace kaoju
