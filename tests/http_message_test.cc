// Responses as archives keep them: headers, chunks, compression.
#include "ingest/http_message.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include "rules/error.h"

namespace kaoju {
namespace {

std::string Body(const std::string& headers, const std::string& body, size_t most = 1 << 20) {
  const std::string all = "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body;
  const auto response = ParseHttp(all);
  if (!response) return "no response";
  try {
    return DecodeBody(*response, most);
  } catch (const DocumentError& e) {
    return std::string("refused: ") + e.what();
  }
}

std::string Deflated(const std::string& text, int window) {
  z_stream z{};
  deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + 1000, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

TEST(HttpMessageTest, Headers) {
  const auto r = ParseHttp(
      "HTTP/1.0 404 Not Found\nContent-TYPE:  text/HTML; Charset=\"GB2312\"\r\nX: a\r\n  b\r\n"
      "broken\r\nX: c\r\n\r\nbody");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->status, 404);
  EXPECT_EQ(r->media_type() + "|" + r->charset(), "text/html|GB2312");
  EXPECT_EQ(r->headers.at("x"), "a b");
  EXPECT_EQ(r->body, "body");
  EXPECT_FALSE(ParseHttp("<html>"));
  EXPECT_FALSE(ParseHttp(""));
  EXPECT_EQ(ParseHttp("HTTP/1.1")->status, 0);
}

TEST(HttpMessageTest, Chunks) {
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  EXPECT_EQ(Body(chunked, "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), "abcde");
  EXPECT_EQ(Body(chunked, "<html>"), "<html>");  // decoded before it was kept
  EXPECT_EQ(Body(chunked, "3\r\nabc\r\n"), "abc");
  EXPECT_EQ(Body(chunked, "3\r\nabc\r\nx\r\n"), "refused: a chunk of the body has no size");
  EXPECT_EQ(Body(chunked, "3\r\nabc\r\n9\r\nde"),
            "refused: the last chunk of the body is not whole");
  EXPECT_EQ(Body(chunked, "3\r\nabcde\r\n0\r\n"),
            "refused: a chunk of the body is longer than it says");
  EXPECT_EQ(Body(chunked, "FFFFFFFFFFFFFFFFFF\r\nabc"), "FFFFFFFFFFFFFFFFFF\r\nabc");
}

TEST(HttpMessageTest, Compression) {
  const std::string text(100'000, 'x');
  const std::string gzip = "Content-Encoding: gzip\r\n";
  const std::string deflate = "Content-Encoding: deflate\r\n";
  EXPECT_EQ(Body(gzip, Deflated(text, 15 + 16)), text);
  EXPECT_EQ(Body(deflate, Deflated(text, 15)), text);
  EXPECT_EQ(Body(deflate, Deflated(text, -15)), text);
  EXPECT_EQ(Body(gzip, "plain"), "plain");
  EXPECT_EQ(Body("Content-Encoding: br\r\n", "plain"), "plain");
  EXPECT_EQ(Body("Content-Encoding: zstd\r\n", "plain"), "plain");
  EXPECT_EQ(Body(gzip, Deflated(text, 15 + 16).substr(0, 60)).substr(0, 40),
            "refused: body: the gzip stream is broken");
  EXPECT_EQ(Body(gzip, Deflated(text, 15 + 16), 1000),
            "refused: the body is longer than 1000 bytes");
  EXPECT_EQ(Body("", "12345", 4), "refused: the body is longer than 4 bytes");
}

}  // namespace
}  // namespace kaoju
