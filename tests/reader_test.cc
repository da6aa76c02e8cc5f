// Reading inputs: lines and files, plain and gzipped, limits, and what is broken.
#include "ingest/reader.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

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
  EXPECT_THROW(ExpandPaths({(dir_ / "absent").string()}), IoError);
}

}  // namespace
}  // namespace kaoju
