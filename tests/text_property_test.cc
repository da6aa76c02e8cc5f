// What must hold of decoding, repair, folding and pages, on generated texts in many encodings, on
// real articles, and on what fuzzing once found.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "ingest/reader.h"
#include "rules/error.h"
#include "tests/damage.h"
#include "tests/fuzz_target.h"
#include "tests/text_properties.h"

namespace fs = std::filesystem;

namespace kaoju {
namespace {

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The files below tests/fuzz/`stage`, sorted.
std::vector<fs::path> Seeds(const std::string& stage) {
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::directory_iterator(std::string(KAOJU_SOURCE_DIR) + "/tests/fuzz/" + stage)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string BrokenText(const std::string& text) {
  Article article;
  article.text = text;
  TheIngest().Prepare(article);
  std::string broken = BrokenArticle(article);
  return broken.empty() ? BrokenFolding(TheIngest(), text) : broken;
}

TEST(FuzzReplay, Decoding) {
  for (const fs::path& path : Seeds("decode"))
    EXPECT_EQ(BrokenDecoding(TheIngest(), ReadFile(path)), "") << path;
}

TEST(FuzzReplay, Repair) {
  for (const fs::path& path : Seeds("repair"))
    EXPECT_EQ(BrokenText(TextOf(ReadFile(path))), "") << path;
}

TEST(FuzzReplay, Folding) {
  for (const fs::path& path : Seeds("fold"))
    EXPECT_EQ(BrokenFolding(TheIngest(), TextOf(ReadFile(path))), "") << path;
}

TEST(FuzzReplay, Pages) {
  for (const fs::path& path : Seeds("html"))
    EXPECT_EQ(BrokenPage(TheIngest(), TextOf(ReadFile(path))), "") << path;
}

TEST(FuzzReplay, ArchivesFeedsAndRobots) {
  for (const fs::path& path : Seeds("archive"))
    EXPECT_EQ(BrokenArchive(ReadFile(path)), "") << path;
  for (const fs::path& path : Seeds("feed"))
    EXPECT_EQ(BrokenFeed(TextOf(ReadFile(path))), "") << path;
  for (const fs::path& path : Seeds("robots")) EXPECT_EQ(BrokenRobots(ReadFile(path)), "") << path;
}

TEST(TextProperty, DamagedContainers) {
  std::vector<std::string> all;
  for (const char* kind : {"archive", "feed", "robots"}) {
    for (const fs::path& path : Seeds(kind)) all.push_back(ReadFile(path));
  }
  Dice dice(20261128);
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = all[dice.Roll(all.size())];
    for (size_t n = dice.Roll(5); n > 0; --n) DamageOnce(bytes, all[dice.Roll(all.size())], dice);
    ASSERT_EQ(BrokenArchive(bytes), "") << i;
    ASSERT_EQ(BrokenFeed(TextOf(bytes)), "") << i;
    ASSERT_EQ(BrokenRobots(bytes), "") << i;
  }
}

TEST(TextProperty, DamagedMarkup) {
  std::vector<std::string> pages;
  for (const fs::path& path : Seeds("html")) pages.push_back(ReadFile(path));
  Dice dice(20261127);
  for (int i = 0; i < 1000; ++i) {
    std::string page = pages[dice.Roll(pages.size())];
    for (size_t n = dice.Roll(5); n > 0; --n)
      DamageOnce(page, pages[dice.Roll(pages.size())], dice);
    ASSERT_EQ(BrokenPage(TheIngest(), TextOf(page)), "") << "page " << i << ":\n" << page;
  }
}

TEST(TextProperty, DamagedTextOfEveryEncoding) {
  std::vector<std::string> texts;
  for (const char* stage : {"decode", "repair", "fold"}) {
    for (const fs::path& path : Seeds(stage)) texts.push_back(ReadFile(path));
  }
  Dice dice(20240627);
  for (int i = 0; i < 3000; ++i) {
    std::string text = texts[dice.Roll(texts.size())];
    for (size_t n = dice.Roll(5); n > 0; --n)
      DamageOnce(text, texts[dice.Roll(texts.size())], dice);
    ASSERT_EQ(BrokenDecoding(TheIngest(), text), "") << "text " << i;
    ASSERT_EQ(BrokenText(TextOf(text)), "") << "text " << i;
  }
}

// The chain of one document as read: folded view, text, bytes as fetched.
std::string BrokenDocument(const RawDocument& raw, size_t bytes) {
  const Article article = TheIngest().Read(raw, true);
  std::string broken = BrokenArticle(article);
  if (!broken.empty()) return broken;
  Span last{};
  for (uint32_t at = 0; at < article.folded.size();) {
    uint32_t end = at + 1;
    while (!OnCodePoint(article.folded, end)) ++end;
    const Span text = article.alignment.ToSource({at, end});
    const Span there = article.raw.ToSource(text);
    if (there.end > bytes || there.begin < last.begin || there.end < last.end)
      return "byte " + std::to_string(at) + " of the folded view leads back or out";
    if (!there.empty() && !article.raw.ToTarget(there).Contains(text))
      return "byte " + std::to_string(text.begin) + " of the text does not come back";
    last = there;
    at = end;
  }
  return {};
}

TEST(TextProperty, RealArticles) {
  const std::string folder = std::string(KAOJU_SOURCE_DIR) + "/../shared/data/articles";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
  size_t documents = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.path().string().ends_with(".jsonl.gz")) continue;
    DocumentReader reader(entry.path().string());
    for (RawDocument raw; reader.Next(raw);) {
      if (documents++ % 200 != 0) continue;  // each costs two look-ups a character
      ASSERT_EQ(BrokenDocument(raw, raw.bytes.size()), "") << entry.path() << ' ' << raw.line;
      const Article article = TheIngest().Read(raw);
      ASSERT_EQ(BrokenFolding(TheIngest(), article.text), "") << entry.path() << ' ' << raw.line;
    }
  }
  EXPECT_GT(documents, 0U);
}

TEST(TextProperty, RealPages) {
  const std::string folder = std::string(KAOJU_SOURCE_DIR) + "/../shared/data/web/charset_detect";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = ReadFile(entry.path()).substr(0, 20000);
    ASSERT_EQ(BrokenDecoding(TheIngest(), bytes), "") << entry.path();
  }
}

// Pages around damaged text, read to the end of the chain; a page may be refused.
TEST(TextProperty, DamagedPages) {
  const std::string page =
      "<html><head><title>港口&amp;碼頭</title></head><body><h1>港口&amp;碼頭</h1>\n<p>新碼頭&nbsp;"
      "<b>明年</b>啟用，&#26085;期未定。<br>業(yè)者說：“好。”</p><ul><li>甲</li><li>乙"
      "</ul><p>乾隆年間，此地已是大港，商船往來不絕，貨物堆積如山。</p></body></html>";
  Dice dice(20240628);
  size_t read = 0;
  for (int i = 0; i < 2000; ++i) {
    RawDocument raw{.format = RawDocument::Format::kHtml,
                    .path = "page.html",
                    .line = 1,
                    .bytes = page,
                    .problem = ""};
    for (size_t n = dice.Roll(4); n > 0; --n) DamageOnce(raw.bytes, page, dice);
    try {
      ASSERT_EQ(BrokenDocument(raw, raw.bytes.size()), "") << raw.bytes;
      ++read;
    } catch (const DocumentError&) {
    }
  }
  EXPECT_GT(read, 1000U);
}

// The questions themselves: each says no to what is broken.
TEST(TextProperty, BrokenAlignmentsAreSeen) {
  Alignment gone;  // two of four bytes are taken away at the front, which is no gap of the target
  gone.Add({0, 1, 0, 2});
  EXPECT_EQ(BrokenAlignment(gone, "abc", 2), "");
  EXPECT_NE(BrokenAlignment(gone, "abc", 1), "");  // leads out
  EXPECT_NE(BrokenAlignment(gone, "abc", 3), "");  // the last byte is reached by nothing
  Alignment cuts;
  cuts.Add({0, 1, 0, 1});
  EXPECT_NE(BrokenAlignment(cuts, "a\xE5\xA5\xBD", 4, "\xE5\xA5\xBD!"), "");  // into a character
  Article article;
  article.text = article.folded = "好";
  EXPECT_EQ(BrokenArticle(article), "");
  article.repairs.push_back({{0, 3}, "entity", "好", "好", "exact", {}});
  EXPECT_EQ(BrokenArticle(article), "");
  article.repairs.front().before = "坏";
  EXPECT_NE(BrokenArticle(article), "");
  article.repairs.front() = {{1, 3}, "entity", "\xA5\xBD", "", "exact", {}};
  EXPECT_NE(BrokenArticle(article), "");
}

}  // namespace
}  // namespace kaoju
