// Decoding: what is chosen for which bytes, what is lost, and the tables against the standard's.
#include "ingest/decode.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "ingest/detect.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;

const std::string kFoldDir = std::string(KAOJU_SOURCE_DIR) + "/rules/fold";

const CharacterTables& Tables() {
  static const FoldMap map = FoldMap::Load(kFoldDir);
  static const CharacterTables tables(kFoldDir, map);
  return tables;
}

const Decoder& TheDecoder() {
  static const Decoder decoder(kFoldDir, Tables());
  return decoder;
}

fs::path SharedWeb() {
#ifdef KAOJU_SHARED_DIR
  return fs::path(KAOJU_SHARED_DIR) / "data/web";
#else
  return fs::path(KAOJU_SOURCE_DIR).parent_path() / "shared/data/web";
#endif
}

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Row {
  const char* name;
  std::string bytes;
  std::string http;
  std::string expected;  // chosen|text|lost spans|segments
};

class DecodeTest : public testing::TestWithParam<Row> {};

TEST_P(DecodeTest, Decodes) {
  const DecodedText d = TheDecoder().Decode(GetParam().bytes, GetParam().http, true);
  std::string out = d.decoding.chosen + "|" + d.text + "|";
  for (const Span s : d.decoding.undecoded) {
    out += std::to_string(s.begin) + "-" + std::to_string(s.end) + " ";
  }
  for (const EncodedSegment& s : d.decoding.segments) {
    out += "|" + s.encoding + " " + std::to_string(s.span.begin) + "-" + std::to_string(s.span.end);
  }
  EXPECT_EQ(out, GetParam().expected);
  EXPECT_FALSE(FindInvalidUtf8(d.text));
  const auto size = static_cast<uint32_t>(d.text.size());
  EXPECT_EQ(d.alignment.ToSource({0, size}).end, GetParam().bytes.size());
}

INSTANTIATE_TEST_SUITE_P(
    Table, DecodeTest,
    testing::Values(Row{"Utf8", "好 a", "", "UTF-8|好 a|"}, Row{"Ascii", "abc", "", "UTF-8|abc|"},
                    Row{"Mark", "\xEF\xBB\xBF好", "big5", "UTF-8|好|"},
                    Row{"Gbk", "\xD6\xD0\xCE\xC4\xD0\xC2\xCE\xC5", "", "gb18030|中文新闻|"},
                    Row{"Four", "\xD6\xD0\xCE\xC4\x95\x32\x82\x36", "gbk",
                        "gb18030|中文\U00020000|"},
                    Row{"Euro", "\xD6\xD0\xCE\xC4\x80", "gb2312", "gb18030|中文€|"},
                    Row{"Big5",
                        "\xA4\xA4\xA4\xE5\xB7s\xBB"
                        "D",
                        "", "Big5|中文新聞|"},
                    Row{"Sequence", "\xA4\xA4\xA4\xE5\x88\x62", "big5", "Big5|中文Ê̄|"},
                    Row{"MetaLies", "<meta charset=gb2312>中文新聞", "",
                        "UTF-8|<meta charset=gb2312>中文新聞|"},
                    Row{"Wide", std::string("\x2D\x4E\x87\x65\n\0", 6), "", "UTF-16LE|中文\n|"},
                    Row{"Cut", "大家好\xE5\xA5", "", "UTF-8|大家好\uFFFD|9-12 "},
                    Row{"BadPair", "\xD6\xD0\xCE\xC4\xFF\xD0\xC2\xCE\xC5", "gbk",
                        "gb18030|中文\uFFFD新闻|6-9 "},
                    Row{"GbkInUtf8", "第一段文字\n\xD6\xD0\xCE\xC4\xD0\xC2\xCE\xC5\n第三段文字", "",
                        "UTF-8|第一段文字\n中文新闻\n第三段文字||gb18030 16-29"}),
    [](const auto& row) { return std::string(row.param.name); });

// Everything that the standard decodes, pair by pair, and back.
void ExpectStandard(const char* name, DoubleByteTable::Kind kind) {
  const fs::path folder = SharedWeb() / "encoding_tables/tests/test_data";
  const std::string in = ReadAll(folder / (std::string(name) + "_in.txt"));
  const std::string expected = ReadAll(folder / (std::string(name) + "_in_ref.txt"));
  if (in.empty() || expected.empty()) GTEST_SKIP() << folder << " is not here";
  const DoubleByteTable& table =
      kind == DoubleByteTable::Kind::kBig5 ? Tables().big5() : Tables().gb18030();
  Decoded decoded;
  table.Decode(in, 0, in.size(), true, decoded);
  EXPECT_TRUE(decoded.text == expected);
  const std::string out = ReadAll(folder / (std::string(name) + "_out.txt"));
  const std::string bytes = ReadAll(folder / (std::string(name) + "_out_ref.txt"));
  size_t wrong = 0;
  std::string encoded;
  for (size_t at = 0; at < out.size();) {
    const CodePoint c = CodePointAt(out, at);
    if (!table.Encode(c.value, encoded)) ++wrong;
    at = c.end;
  }
  EXPECT_EQ(wrong, 0U);
}

TEST(EncodingTablesTest, Gb18030) { ExpectStandard("gb18030", DoubleByteTable::Kind::kGb18030); }
TEST(EncodingTablesTest, Big5) { ExpectStandard("big5", DoubleByteTable::Kind::kBig5); }

// Without their declarations, too: by the bytes alone.
TEST(DetectTest, RealFiles) {
  const fs::path folder = SharedWeb() / "charset_detect/tests";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
  const std::vector<std::pair<std::string, std::string_view>> folders = {
      {"GB2312", kGb18030},   {"Big5", kBig5},        {"EUC-TW", kEucTw},
      {"UTF-16BE", kUtf16Be}, {"UTF-16LE", kUtf16Le}, {"utf-8", kUtf8}};
  const EncodingLabels labels = EncodingLabels::Load(kFoldDir);
  for (const auto& [name, encoding] : folders) {
    for (const auto& file : fs::directory_iterator(folder / name)) {
      const std::string bytes = ReadAll(file.path());
      EXPECT_EQ(Detect(bytes, labels, Tables()).encoding, encoding) << file.path();
      EXPECT_EQ(TheDecoder().Decode(bytes, "", false).decoding.chosen, encoding) << file.path();
    }
  }
}

}  // namespace
}  // namespace kaoju
