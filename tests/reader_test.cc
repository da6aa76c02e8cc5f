// Reading inputs: lines and files, plain and gzipped, limits, and what is broken.
#include "ingest/reader.h"

#include <brotli/encode.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "rules/error.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;

class ReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(testing::TempDir()) /
           ("reader_test_" + std::to_string(getpid()) + "_" +
            testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(dir_);
    fs::create_directories(dir_);
  }
  void TearDown() override { fs::remove_all(dir_); }

  std::string Write(const std::string& name, const std::string& bytes) {
    const fs::path path = dir_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  std::string WriteGzip(const std::string& name, const std::string& bytes) {
    const std::string path = Write(name, "");
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
    return path;
  }

  fs::path dir_;
};

// "line:bytes" or "line!problem" of each document, separated by " | ".
std::string ReadAll(const std::string& path, Limits limits = {}) {
  DocumentReader reader(path, limits);
  RawDocument raw;
  std::string out;
  while (reader.Next(raw)) {
    EXPECT_EQ(raw.path, path);
    if (!out.empty()) out += " | ";
    out += std::to_string(raw.line) + (raw.problem.empty() ? ":" + raw.bytes : "!" + raw.problem);
  }
  EXPECT_FALSE(reader.Next(raw)) << "after the end there is nothing";
  return out;
}

std::string ErrorOf(const std::string& path) {
  try {
    return "no error: " + ReadAll(path);
  } catch (const IoError& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with(path + ": ")) << error.what();
    return error.what() + path.size() + 2;
  }
}

TEST_F(ReaderTest, Lines) {
  struct Row {
    std::string bytes;
    std::string expected;
  };
  for (const Row& row :
       std::vector<Row>{{"", ""},
                        {"\n\n", ""},
                        {"{}\n{\"a\":1}\n", "1:{} | 2:{\"a\":1}"},
                        {"{}\n{}", "1:{} | 2:{}"},
                        {"{}\n\n \t\r\n{}\n", "1:{} | 4:{}"},
                        {"{}\r\n{}\r\n", "1:{}\r | 2:{}\r"},
                        {"\xEF\xBB\xBF{}\n\xEF\xBB\xBF{}\n", "1:{} | 2:\xEF\xBB\xBF{}"},
                        {"\xEF\xBB\xBF\n{}\n", "2:{}"}}) {
    EXPECT_EQ(ReadAll(Write("a.jsonl", row.bytes)), row.expected);
    EXPECT_EQ(ReadAll(WriteGzip("a.jsonl.gz", row.bytes)), row.expected);
  }
}

TEST_F(ReaderTest, FormatsByName) {
  struct Row {
    const char* name;
    RawDocument::Format format;
  };
  using Format = RawDocument::Format;
  for (const Row& row : std::vector<Row>{{"a.jsonl", Format::kJsonLine},
                                         {"a.ndjson.gz", Format::kJsonLine},
                                         {"a.json", Format::kJsonLine},
                                         {"a.html", Format::kHtml},
                                         {"a.htm.gz", Format::kHtml},
                                         {"a.txt", Format::kText},
                                         {"a.txt.gz", Format::kText},
                                         {"a.jsonl.zst", Format::kJsonLine},
                                         {"noending", Format::kText}}) {
    DocumentReader reader(Write(row.name, "x\ny\n"));
    RawDocument raw;
    ASSERT_TRUE(reader.Next(raw));
    EXPECT_EQ(raw.format, row.format) << row.name;
    EXPECT_EQ(raw.bytes, row.format == Format::kJsonLine ? "x" : "x\ny\n") << row.name;
  }
}

TEST_F(ReaderTest, LinesLongerThanTheBuffer) {
  const std::string one(200'000, 'a');
  const std::string two(65'536, 'b');
  const std::string bytes = one + "\n" + two + "\n" + std::string(65'535, 'c') + "\nend";
  const std::string expected =
      "1:" + one + " | 2:" + two + " | 3:" + std::string(65'535, 'c') + " | 4:end";
  EXPECT_EQ(ReadAll(Write("a.jsonl", bytes)), expected);
  EXPECT_EQ(ReadAll(WriteGzip("a.jsonl.gz", bytes)), expected);
}

TEST_F(ReaderTest, LimitSkipsOneDocument) {
  const Limits limits{.document_bytes = 8};
  EXPECT_EQ(ReadAll(Write("a.jsonl", "12345678\n123456789\n1\n"), limits),
            "1:12345678 | 2!line is longer than 8 bytes | 3:1");
  EXPECT_EQ(ReadAll(Write("b.jsonl", std::string(300'000, 'x') + "\n1"), limits),
            "1!line is longer than 8 bytes | 2:1");
  EXPECT_EQ(ReadAll(Write("a.txt", "12345678"), limits), "1:12345678");
  EXPECT_EQ(ReadAll(Write("b.txt", std::string(300'000, 'x')), limits),
            "1!file is longer than 8 bytes");
  EXPECT_EQ(ReadAll(WriteGzip("c.txt.gz", std::string(300'000, 'x')), limits),
            "1!file is longer than 8 bytes");
}

TEST_F(ReaderTest, EmptyFileIsOneDocument) { EXPECT_EQ(ReadAll(Write("a.txt", "")), "1:"); }

TEST_F(ReaderTest, BrokenInputs) {
  EXPECT_EQ(ErrorOf((dir_ / "absent.txt").string()), "cannot be opened: No such file or directory");
  EXPECT_EQ(ErrorOf(dir_.string()), "is a directory, a file was expected");
  std::string noise;
  for (unsigned i = 0, x = 1; i < 300'000; ++i)
    noise += static_cast<char>('a' + (x = x * 1664525 + 1013904223) % 26);
  const std::string whole = WriteGzip("whole.txt.gz", noise);
  const auto size = fs::file_size(whole);
  for (const auto cut : {size - 1, size - 4, size - 8, size - 9, size / 2, std::uintmax_t{20}}) {
    const std::string path = (dir_ / ("cut" + std::to_string(cut) + ".txt.gz")).string();
    fs::copy_file(whole, path);
    fs::resize_file(path, cut);
    EXPECT_TRUE(ErrorOf(path).starts_with("the gzip stream is broken")) << cut << ErrorOf(path);
  }
  std::fstream file(whole, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(size / 2));
  file.write("XXXXXXXX", 8);
  file.close();
  EXPECT_TRUE(ErrorOf(whole).starts_with("the gzip stream is broken")) << ErrorOf(whole);
}

TEST_F(ReaderTest, ZstdAndBrotli) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + "\n";
  std::string zstd(ZSTD_compressBound(text.size()), '\0');
  zstd.resize(ZSTD_compress(zstd.data(), zstd.size(), text.data(), text.size(), 1));
  std::string brotli(BrotliEncoderMaxCompressedSize(text.size()), '\0');
  size_t size = brotli.size();
  BrotliEncoderCompress(3, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, text.size(),
                        reinterpret_cast<const uint8_t*>(text.data()), &size,
                        reinterpret_cast<uint8_t*>(brotli.data()));
  brotli.resize(size);
  EXPECT_EQ(ReadAll(Write("a.txt.zst", zstd)), "1:" + text);
  EXPECT_EQ(ReadAll(Write("a.txt.zst", zstd + zstd)), "1:" + text + text);
  EXPECT_EQ(ReadAll(Write("a.txt.br", brotli)), "1:" + text);
  EXPECT_EQ(ErrorOf(Write("b.txt.zst", zstd.substr(0, zstd.size() / 2))),
            "the zstd stream is broken: it ends too early");
  EXPECT_EQ(ErrorOf(Write("b.txt.br", brotli.substr(0, brotli.size() / 2))),
            "the brotli stream is broken: it ends too early");
  EXPECT_EQ(ErrorOf(Write("c.txt.br", brotli + "x")),
            "the brotli stream is broken: more bytes follow its end");
  zstd.replace(10, 40, 40, '\xFF');
  EXPECT_TRUE(ErrorOf(Write("c.txt.zst", zstd)).starts_with("the zstd stream is broken: "));
}

TEST_F(ReaderTest, BehindTheLastGzipMember) {
  const std::string path = WriteGzip("a.txt.gz", "abc");
  std::ofstream(path, std::ios::binary | std::ios::app) << std::string(100, '\0');
  EXPECT_EQ(ReadAll(path), "1:abc");  // padding
  std::ofstream(path, std::ios::binary | std::ios::app) << "rubbish";
  EXPECT_EQ(ErrorOf(path), "the gzip stream is broken: what follows its end is no gzip");
}

TEST_F(ReaderTest, FirstBytesOfArchives) {
  EXPECT_EQ(ReadAll(Write("a", "WARC/1.0\r\n\r\n")),
            "1!Content-Length: a number was expected, not ''");
  EXPECT_EQ(ReadAll(Write("a.txt", "WARC/1.0\r\n\r\n")), "1:WARC/1.0\r\n\r\n");
}

TEST_F(ReaderTest, SitemapsHoldNoArticles) {
  EXPECT_EQ(ReadAll(Write("sitemap.xml", "<urlset><url><loc>http://e.cn/</loc></url></urlset>")),
            "1!a sitemap: it holds addresses of articles, and no articles");
}

TEST_F(ReaderTest, StandardInputIsLines) {
  const std::string path = Write("in", "{}\n\n{\"id\":\"x\"}\n");
  const int saved = dup(STDIN_FILENO);
  ASSERT_NE(freopen(path.c_str(), "rb", stdin), nullptr);
  EXPECT_EQ(ReadAll("-"), "1:{} | 3:{\"id\":\"x\"}");
  dup2(saved, STDIN_FILENO);
  close(saved);
}

TEST_F(ReaderTest, ExpandPaths) {
  for (const char* name : {"b.txt", "a/z.jsonl", "a/y.ndjson.gz", "a.html", "B.htm", "c.md",
                           "x.meta.json", "a/b/c.txt.gz", "d.gz", "中.txt"}) {
    Write(name, "");
  }
  std::vector<std::string> expected;
  for (const char* name :
       {"B.htm", "a.html", "a/b/c.txt.gz", "a/y.ndjson.gz", "a/z.jsonl", "b.txt", "中.txt"}) {
    expected.push_back((dir_ / name).string());
  }
  EXPECT_EQ(ExpandPaths({dir_.string()}), expected);
  const std::string file = (dir_ / "c.md").string();
  EXPECT_EQ(ExpandPaths({file, "-", (dir_ / "a/b").string()}),
            (std::vector<std::string>{file, "-", expected[2]}));
  EXPECT_EQ(
      ExpandPaths({(dir_ / "[Ba]*").string()}),
      (std::vector<std::string>{expected[0], expected[2], expected[3], expected[4], expected[1]}));
  EXPECT_EQ(ExpandPaths({(dir_ / "a/b*").string()}), ExpandPaths({(dir_ / "a/b").string()}));
  EXPECT_THROW(ExpandPaths({(dir_ / "y*").string()}), IoError);
  EXPECT_THROW(ExpandPaths({(dir_ / "absent").string()}), IoError);
}

}  // namespace
}  // namespace kaoju
