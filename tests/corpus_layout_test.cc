// The corpus is whole: each article has its text and its metadata, says that it is invented, and
// stands in the README.
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "extract/article.h"

namespace kaoju {
namespace {

const std::filesystem::path& Corpus() {
  static const std::filesystem::path corpus = std::filesystem::path(KAOJU_SOURCE_DIR) / "corpus";
  return corpus;
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(Corpus())) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Code points of a text, or -1 iff it is not UTF-8.
int CodePoints(const std::string& text) {
  const auto size = static_cast<int32_t>(text.size());
  int count = 0;
  for (int32_t at = 0; at < size; ++count) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0) return -1;
  }
  return count;
}

TEST(CorpusLayoutTest, HasArticles) { EXPECT_GE(Names().size(), 8U); }

class CorpusArticleTest : public testing::TestWithParam<std::string> {};

TEST_P(CorpusArticleTest, HasText) {
  const std::string text = ReadFile(Corpus() / GetParam() / "text.txt");
  EXPECT_GE(CodePoints(text), 300) << "empty, short or not UTF-8";
}

TEST_P(CorpusArticleTest, HasMetadata) {
  rapidjson::Document meta;
  meta.Parse(ReadFile(Corpus() / GetParam() / "text.meta.json").c_str());
  ASSERT_FALSE(meta.HasParseError());
  ASSERT_TRUE(meta.IsObject());
  for (const char* key : {"id", "title", "source", "published", "region", "note"}) {
    ASSERT_TRUE(meta.HasMember(key) && meta[key].IsString()) << key;
  }
  EXPECT_EQ(meta["id"].GetString(), GetParam());
  EXPECT_TRUE(std::string(meta["note"].GetString()).starts_with("invented")) << "say so";
  EXPECT_TRUE(ParsePublished(meta["published"].GetString()).has_value());
}

TEST_P(CorpusArticleTest, IsListed) {
  const std::string readme = ReadFile(Corpus() / "README.md");
  EXPECT_NE(readme.find("`" + GetParam() + "`"), std::string::npos) << "add it to corpus/README.md";
}

INSTANTIATE_TEST_SUITE_P(Corpus, CorpusArticleTest, testing::ValuesIn(Names()),
                         [](const auto& row) {
                           std::string name = row.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace kaoju
