// robots.txt, clause by clause of RFC 9309, and Google's own cases where they are present.
#include "ingest/robots.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <string>

#include "ingest/line_reader.h"

namespace kaoju {
namespace {

bool Allows(const std::string& robots, const std::string& url, const std::string& agent = "kaoju") {
  return Robots::Parse(robots).Judge(agent, url).allowed;
}

// 2.2.1: "Crawlers MUST use case-insensitive matching to find the group that matches the product
// token"; "If no matching group exists, crawlers MUST obey the group with a user-agent line with
// the
// "*" value, if present."
TEST(RobotsTest, Groups) {
  const std::string two = "User-agent: *\nDisallow: /\n\nUser-agent: Kaoju/1.0\nDisallow: /a\n";
  EXPECT_TRUE(Allows(two, "http://e.cn/b"));
  EXPECT_FALSE(Allows(two, "http://e.cn/a"));
  EXPECT_FALSE(Allows(two, "http://e.cn/b", "other"));
  EXPECT_TRUE(Allows("Disallow: /\n", "http://e.cn/"));  // of no group
  // "If there is more than one group matching, the matching groups' rules MUST be combined".
  const std::string split =
      "user-agent: kaoju\ndisallow: /a\nuser-agent: x\ndisallow: /b\nuser-agent: KAOJU\ndisallow: "
      "/c\n";
  EXPECT_FALSE(Allows(split, "http://e.cn/a") || Allows(split, "http://e.cn/c"));
  EXPECT_TRUE(Allows(split, "http://e.cn/b"));
}

// 2.2.2: "The most specific match found MUST be used … the match that has the most octets"; "If an
// "allow" rule and a "disallow" rule are equivalent, then the "allow" rule SHOULD be used."
TEST(RobotsTest, LongestMatch) {
  const std::string robots = "user-agent: *\ndisallow: /a\nallow: /a/b\ndisallow: /c\nallow: /c\n";
  EXPECT_FALSE(Allows(robots, "http://e.cn/a/c"));
  EXPECT_TRUE(Allows(robots, "http://e.cn/a/bc"));
  EXPECT_TRUE(Allows(robots, "http://e.cn/c"));
  const auto verdict = Robots::Parse(robots).Judge("kaoju", "http://e.cn/a");
  EXPECT_EQ(verdict.rule, "disallow: /a");
  EXPECT_EQ(verdict.line, 2U);
}

// 2.2.3: "*" and "$"; 2.2.2: "octets … outside the range of the ASCII coded character set … MUST be
// percent-encoded".
TEST(RobotsTest, Patterns) {
  EXPECT_FALSE(Allows("user-agent: *\ndisallow: /*.pdf$", "http://e.cn/x/y.pdf"));
  EXPECT_TRUE(Allows("user-agent: *\ndisallow: /*.pdf$", "http://e.cn/x/y.pdf?z"));
  EXPECT_FALSE(Allows("user-agent: *\ndisallow: /a*b*c", "http://e.cn/axxbbxc9"));
  EXPECT_FALSE(Allows("user-agent: *\ndisallow: /新闻", "http://e.cn/%E6%96%b0%e9%97%bb/1"));
  EXPECT_FALSE(Allows("user-agent: *\ndisallow: /*?id=", "http://e.cn?id=1"));
  EXPECT_TRUE(Allows("user-agent: *\ndisallow:", "http://e.cn/"));
  std::string stars = "user-agent: *\ndisallow: /";
  for (int i = 0; i < 5000; ++i) stars += "*a";
  EXPECT_TRUE(Allows(stars + "b", "http://e.cn/" + std::string(4999, 'a')));
}

TEST(RobotsTest, DelayAndSitemaps) {
  const Robots r = Robots::Parse(
      "\xEF\xBB\xBFuser-agent: kaoju\r\ncrawl-delay: 2.5\rSitemap: http://e.cn/s.xml # ours\n");
  EXPECT_EQ(r.CrawlDelay("kaoju"), 2.5);
  EXPECT_EQ(r.CrawlDelay("other"), std::nullopt);
  EXPECT_EQ(r.sitemaps(), std::vector<std::string>{"http://e.cn/s.xml"});
}

TEST(RobotsTest, GooglesCases) {
  const std::string path =
      std::string(KAOJU_SOURCE_DIR) + "/../shared/data/web/robots/google_robotstxt.jsonl";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not here";
  LineReader lines(path);
  std::string line;
  size_t cases = 0;
  for (bool fits = true; lines.Next(1 << 20, line, fits); ++cases) {
    rapidjson::Document json;
    json.Parse(line.c_str());
    EXPECT_EQ(Allows(json["robots_txt"].GetString(), json["url"].GetString(),
                     json["user_agent"].GetString()),
              json["allowed"].GetBool())
        << line;
  }
  EXPECT_EQ(cases, 140U);
}

}  // namespace
}  // namespace kaoju
