// Web archives: documents, damage, and the samples of other projects where they are present.
#include "ingest/archive.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "ingest/byte_stream.h"
#include "ingest/reader.h"
#include "rules/error.h"
#include "tests/fuzz_target.h"

namespace fs = std::filesystem;

namespace kaoju {
namespace {

std::string Record(const std::string& type, const std::string& url, const std::string& content_type,
                   const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url +
         "\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string Response(const std::string& url, const std::string& body,
                     const std::string& type = "text/html; charset=utf-8",
                     const std::string& status = "200 OK") {
  return Record("response", url, "application/http; msgtype=response",
                "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n\r\n" + body);
}

// "line:url|bytes" or "line!problem" of each document, separated by " & ".
std::string Documents(DocumentSource& source) {
  std::string out;
  for (RawDocument raw; source.Next(raw); raw = {}) {
    if (!out.empty()) out += " & ";
    out += std::to_string(raw.line);
    out += raw.problem.empty() ? ":" + raw.meta.url + "|" + raw.bytes : "!" + raw.problem;
  }
  return out;
}

std::string ReadAll(const std::string& warc, Limits limits = {}) {
  return Documents(*ReadWarc(LineReader(FromMemory(warc)), limits));
}

TEST(WarcTest, PagesAreDocuments) {
  EXPECT_EQ(
      ReadAll(Record("warcinfo", "", "application/warc-fields", "software: x\r\n") +
              Record("request", "http://e.cn/1", "application/http", "GET / HTTP/1.1\r\n") +
              Response("http://e.cn/1", "<p>一") + Response("<http://e.cn/2>", "二", "text/plain") +
              Record("resource", "http://e.cn/3", "text/html", "<p>三") +
              Record("conversion", "http://e.cn/4", "text/plain", "四")),
      "3:http://e.cn/1|<p>一 & 4:http://e.cn/2|二 & 5:http://e.cn/3|<p>三 & "
      "6:http://e.cn/4|四");
}

TEST(WarcTest, OthersAreNone) {
  EXPECT_EQ(ReadAll(Response("http://e.cn/1", "x", "image/png") +
                    Response("http://e.cn/2", "x", "text/html", "404 Not Found") +
                    Response("http://e.cn/3", "x", "text/html", "301 Moved") +
                    Record("revisit", "http://e.cn/4", "application/http", "HTTP/1.1 200 OK\r\n") +
                    Record("resource", "metadata://e/log", "text/plain", "log")),
            "");
  EXPECT_EQ(ReadAll(""), "");
}

TEST(WarcTest, DamagedRecordsAreSaid) {
  const std::string good = Response("http://e.cn/9", "<p>好");
  EXPECT_EQ(ReadAll("rubbish\nmore\n" + good),
            "1!no record begins where one should & 2:http://e.cn/9|<p>好");
  EXPECT_EQ(ReadAll("WARC/1.0\r\nWARC-Type: response\r\n\r\n" + good),
            "1!Content-Length: a number was expected, not '' & 2:http://e.cn/9|<p>好");
  EXPECT_EQ(ReadAll("WARC/1.0\r\nContent-Length: -5\r\n\r\n" + good),
            "1!Content-Length: a number was expected, not '-5' & 2:http://e.cn/9|<p>好");
  EXPECT_EQ(ReadAll("WARC/1.0\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n" + good),
            "1!a header is longer than 65536 bytes & 2:http://e.cn/9|<p>好");
  EXPECT_EQ(ReadAll(good.substr(0, good.size() - 8)), "1!ends after 61 of 65 bytes");
  EXPECT_EQ(ReadAll(Record("response", "http://e.cn/1", "application/http", "junk") + good),
            "1!the response has no status line & 2:http://e.cn/9|<p>好");
  // A length that is too short: the rest of the block is where a record should begin.
  std::string wrong = Response("http://e.cn/1", "<p>一二三");
  const std::string length = "Content-Length: ";
  const size_t at = wrong.find(length) + length.size();
  const size_t size = std::stoul(wrong.substr(at));
  wrong.replace(at, wrong.find('\r', at) - at, std::to_string(size - 6));
  EXPECT_EQ(ReadAll(wrong + good),
            "1:http://e.cn/1|<p>一 & 2!no record begins where one should & 3:http://e.cn/9|<p>好");
}

TEST(WarcTest, LongRecordsAreSkipped) {
  const std::string good = Response("http://e.cn/9", "<p>好");
  EXPECT_EQ(ReadAll(Response("http://e.cn/1", std::string(200'000, 'x')) + good,
                    {.document_bytes = 1000}),
            "1!record is longer than 1000 bytes & 2:http://e.cn/9|<p>好");
  EXPECT_EQ(ReadAll("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
                    "Content-Length: 18446744073709551615\r\n\r\nabc"),
            "1!ends after 3 of 18446744073709551615 bytes");
}

// Each record in a member of its own, as archives are compressed.
std::string Gzip(const std::string& bytes) {
  z_stream z{};
  deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(bytes.size() + 1000, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

TEST(WarcTest, DamagedMembersAreSkipped) {
  const fs::path path =
      fs::path(testing::TempDir()) / ("members_" + std::to_string(getpid()) + ".warc.gz");
  std::string broken = Gzip(Response("http://e.cn/2", "<p>二" + std::string(500, 'y')));
  broken[broken.size() / 2] = static_cast<char>(broken[broken.size() / 2] ^ 0x55);
  std::ofstream(path, std::ios::binary) << Gzip(Response("http://e.cn/1", "<p>一")) << broken
                                        << Gzip(Response("http://e.cn/3", "<p>三"));
  DocumentReader reader(path.string());
  RawDocument raw;
  ASSERT_TRUE(reader.Next(raw));
  EXPECT_EQ(raw.meta.url, "http://e.cn/1");
  std::vector<std::string> problems;
  while (reader.Next(raw) && !raw.problem.empty()) problems.push_back(raw.problem);
  EXPECT_EQ(raw.meta.url, "http://e.cn/3");
  ASSERT_FALSE(problems.empty());
  EXPECT_TRUE(problems[0].starts_with("the gzip stream is broken: ")) << problems[0];
  EXPECT_FALSE(reader.Next(raw));
  fs::remove(path);
}

TEST(ArcTest, Reads) {
  const std::string body = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>一";
  const std::string arc =
      "filedesc://x.arc 0.0.0.0 20140216050221 text/plain 75\n1 0 LiveWeb Capture\nURL IP-address "
      "Archive-date Content-type Archive-length\n\nhttp://e.cn/a b?c d 1.2.3.4 20140216050221 "
      "text/html " +
      std::to_string(body.size()) + "\n" + body +
      "\nhttp://e.cn/2 1.2.3.4 20140216050221 text/html x\n";
  EXPECT_EQ(Documents(*ReadArc(LineReader(FromMemory(arc)), {})),
            "2:http://e.cn/a b?c d|<p>一 & 3!the length of the record: a number was expected, not "
            "'x'");
}

TEST(ArchiveTest, ChainToTheArticle) {
  const std::string page =
      "<title>题</title><p>\xBD\xF1\xCC\xEC\xB7\xA2\xB2\xBC\xC4\xEA\xB1\xA8\xA1\xA3";
  const std::string warc = Response("http://e.cn/1", page, "text/html; charset=gbk");
  const auto source = ReadWarc(LineReader(FromMemory(warc)), {});
  RawDocument raw;
  ASSERT_TRUE(source->Next(raw));
  const Article a = TheIngest().Read(raw);
  EXPECT_EQ(a.id + "|" + a.url + "|" + a.text + "|" + a.decoding.chosen,
            "http://e.cn/1|http://e.cn/1|今天发布年报。|gb18030");
}

TEST(ArchiveTest, Samples) {
  const std::string folder = std::string(KAOJU_SOURCE_DIR) + "/../shared/data/web/warc";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
  // Pages read, and problems.
  const std::map<std::string, std::pair<int, int>> expected = {
      {"bad.arc", {0, 3}},
      {"example-bad-non-chunked.warc.gz", {1, 0}},
      {"example-bad.warc.gz.bad", {1, 0}},
      {"example-digest.warc", {0, 0}},  // an image and a text of another status
      {"example-iana.org-chunked.warc", {1, 0}},
      {"example-resource.warc.gz", {1, 0}},
      {"example-space-in-target-uri.warc.gz", {0, 0}},
      {"example-space-in-url.arc", {0, 1}},
      {"example-trunc.warc", {0, 2}},
      {"example-wget-bad-target-uri.warc.gz", {1, 0}},
      {"example-wrong-chunks.warc.gz", {1, 0}},
      {"example.arc", {1, 0}},
      {"example.arc.gz", {1, 0}},
      {"example.warc", {1, 0}},
      {"example.warc.gz", {1, 0}},
      {"post-test.warc.gz", {0, 0}},  // answers in JSON
  };
  size_t files = 0;
  for (const auto& file : fs::directory_iterator(folder)) {
    std::pair<int, int> found;
    DocumentReader reader(file.path().string());
    for (RawDocument raw; reader.Next(raw);) ++(raw.problem.empty() ? found.first : found.second);
    const std::string name = file.path().filename().string();
    ASSERT_TRUE(expected.contains(name)) << name;
    EXPECT_EQ(found, expected.at(name)) << name;
    ++files;
  }
  EXPECT_EQ(files, expected.size());
}

}  // namespace
}  // namespace kaoju
