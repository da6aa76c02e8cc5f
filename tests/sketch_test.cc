// Sketches: what is nearly the same, or a part of another.
#include "extract/sketch.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ingest/utf8.h"
#include "tests/fuzz_target.h"

namespace kaoju {
namespace {

Sketch Of(const std::string& text) { return SketchOf(TheIngest().fold().Fold(text).text); }

std::string Story(unsigned seed, int sentences) {
  std::string out;
  for (int i = 0; i < sentences; ++i) {
    for (int k = 0; k < 12; ++k) {
      seed = seed * 1664525 + 1013904223;
      AppendUtf8(0x4E00 + (seed >> 8) % 3000, out);
    }
    out += "。";
  }
  return out;
}

TEST(SketchTest, LettersOnlyInEitherScript) {
  const std::string text =
      "澜桥控股今天发布年报，营业收入为三亿元，比去年多，公司表示将继续投入研发。";
  EXPECT_FALSE(Of(text).empty());
  EXPECT_EQ(Of(text),
            Of("　澜桥控股今天“发布”年报\n营业收入为三亿元 比去年多 公司表示将继续投入研发"));
  EXPECT_EQ(Of(text),
            Of("瀾橋控股今天發佈年報，營業收入為三億元，比去年多，公司表示將繼續投入研發。"));
  EXPECT_TRUE(Of("四个字。").empty());
  EXPECT_TRUE(Of("").empty());
}

TEST(SketchTest, Pairs) {
  const std::string a = Story(1, 40);
  const std::string edited = Story(1, 36) + Story(7, 4);
  const std::string b = Story(2, 40);
  const std::string excerpt = Story(1, 10);
  const std::vector<SimilarPair> pairs =
      FindSimilar({Of(a), Of(b), Of(edited), Of(excerpt), Of(a)});
  ASSERT_EQ(pairs.size(), 6U);
  EXPECT_EQ(pairs[0].second, 2U);
  EXPECT_NEAR(pairs[0].resemblance, 36.0 / 44, 0.08);
  EXPECT_EQ(pairs[1].second, 3U);
  EXPECT_NEAR(pairs[1].first_share, 0.25, 0.06);
  EXPECT_EQ(pairs[1].second_share, 1);
  EXPECT_EQ(pairs[2].second, 4U);
  EXPECT_EQ(pairs[2].resemblance, 1);
}

TEST(SketchTest, BoilerplateSaysNothing) {
  const std::string foot = Story(99, 30);
  std::vector<Sketch> sketches;
  for (unsigned i = 0; i < 20; ++i) sketches.push_back(Of(Story(i + 1, 10) + foot));
  EXPECT_EQ(FindSimilar(sketches).size(), 190U);
  EXPECT_TRUE(FindSimilar(sketches, {.most_texts = 10}).empty());
}

}  // namespace
}  // namespace kaoju
