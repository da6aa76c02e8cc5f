// kaoju fetch against real servers on loopback: nginx, and one that says whatever breaks a client.
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "ingest/address.h"
#include "ingest/ingest.h"
#include "ingest/reader.h"
#include "ingest/url.h"
#include "tests/cli_fixture.h"
#include "tests/web_server.h"

namespace kaoju {
namespace {

using namespace testing_cli;
using testing_web::Nginx;
using testing_web::RawServer;

const std::string kPage =
    "<title>题</title><p>甲公司今天发布年报，营业收入为三亿元，比去年多。</"
    "p><p>公司表示，明年将继续投入"
    "研发。</p>";

std::string Ok(const std::string& body,
               const std::string& headers = "Content-Type: text/html\r\n") {
  return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}
std::string To(const std::string& location) {
  return "HTTP/1.1 302 Found\r\nLocation: " + location +
         "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

class FetchTest : public CliTest {
 protected:
  Outcome Fetch(std::vector<std::string> args, bool private_too = true) {
    std::vector<std::string> all = {
        "fetch", "--out", Path("out"), "--contact", "desk@example.com", "--delay", "0"};
    if (private_too) all.push_back("--allow-private");
    if (std::find(args.begin(), args.end(), "--timeout") == args.end())
      all.insert(all.end(), {"--timeout", "3"});
    all.insert(all.end(), args.begin(), args.end());
    return Run(all);
  }

  // "decision reason" of each row of the log but the first, in order.
  std::vector<std::string> Decisions() const {
    std::vector<std::string> out;
    for (const std::string& line : Lines(ReadAll(Path("out/fetch.log")))) {
      rapidjson::Document row;
      row.Parse(line.c_str());
      std::string shown = row["decision"].GetString();
      if (row.HasMember("reason")) shown += std::string(" ") + row["reason"].GetString();
      if (shown != "began") out.push_back(shown);
    }
    return out;
  }
  // The last decision, without ports, which differ.
  std::string Last() const {
    const std::vector<std::string> all = Decisions();
    return all.empty() ? "" : all.back();
  }
  std::vector<std::string> Kept() const {
    std::vector<std::string> urls;
    DocumentReader reader(Path("out/pages.warc.gz"));
    for (RawDocument raw; reader.Next(raw);) urls.push_back(raw.problem + raw.meta.url);
    return urls;
  }

  RawServer server_;
};

TEST_F(FetchTest, PagesBecomeArticles) {
  server_.Say("/1", Ok(kPage));
  EXPECT_EQ(Fetch({server_.Url("/1"), server_.Url("/1#part")}).code, 0);
  EXPECT_EQ(Decisions(), std::vector<std::string>{"fetched"});
  const Outcome run = Run({"extract", "-q", Path("out/pages.warc.gz")});
  EXPECT_TRUE(Has(run.out, "\"doc\":\"" + server_.Url("/1") + "\"")) << run.out << run.err;
  EXPECT_TRUE(Has(run.out, "\"title\":\"题\"")) << run.out;
}

// An article over three pages, of which each links to the next one.
class FetchPagesTest : public FetchTest {
 protected:
  FetchPagesTest() {
    for (int n = 1; n <= 3; ++n) Put(n, "");
    server_.Say("/9.html", Ok(kPage));
  }
  static std::string Path(int n) {
    return n == 1 ? "/a.html" : "/a_" + std::to_string(n) + ".html";
  }
  void Put(int n, const std::string& more) {
    const std::string link = n < 3 ? "<a href=" + Path(n + 1) + ">下一页</a>" : "";
    server_.Say(Path(n),
                Ok(kPage + "<p>这是第" + std::to_string(n) + "页，说的是别的。</p>" + more + link));
  }
  // Which pages stand in the text of each article of that address; "+": it goes on elsewhere.
  std::string Text() const {
    static const Ingest ingest(std::string(KAOJU_SOURCE_DIR) + "/rules");
    std::string out;
    DocumentReader reader = ingest.Open(FetchTest::Path("out/pages.warc.gz"));
    for (RawDocument raw; reader.Next(raw);) {
      const Article a = ingest.Read(raw);
      if (!a.url.starts_with(server_.Url("/a"))) continue;
      for (int n = 1; n <= 3; ++n) {
        if (Has(a.text, "这是第" + std::to_string(n) + "页")) out += std::to_string(n);
      }
      out += a.next.empty() ? " " : "+ ";
    }
    return out;
  }
};

TEST_F(FetchPagesTest, StandOneBehindTheOther) {
  EXPECT_EQ(Fetch({server_.Url("/a.html"), server_.Url("/9.html")}).code, 0);
  EXPECT_EQ(Kept(), (std::vector<std::string>{server_.Url("/a.html"), server_.Url("/a_2.html"),
                                              server_.Url("/a_3.html"), server_.Url("/9.html")}));
  EXPECT_EQ(Text(), "123 ");
  const Outcome again = Fetch({server_.Url("/a.html"), server_.Url("/9.html")});
  EXPECT_TRUE(Has(again.out, "0 fetched, 0 unchanged")) << again.out;
}

TEST_F(FetchPagesTest, OneThatIsMissingIsSaid) {
  server_.Say("/a_2.html", "HTTP/1.1 404 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(Fetch({server_.Url("/a.html"), server_.Url("/9.html")}).code, 2);
  EXPECT_EQ(Decisions(), (std::vector<std::string>{"failed status 404", "fetched", "fetched"}));
  EXPECT_EQ(Text(), "1+ ");
}

TEST_F(FetchPagesTest, SinglePage) {
  EXPECT_EQ(Fetch({"--single-page", server_.Url("/a.html")}).code, 0);
  EXPECT_EQ(Text(), "1+ ");
}

TEST_F(FetchPagesTest, TheLimitCountsThem) {
  EXPECT_EQ(Fetch({"--limit", "2", server_.Url("/a.html")}).code, 0);
  EXPECT_EQ(Text(), "12+ ");
}

TEST_F(FetchPagesTest, AChangedPageBringsTheOthersAlong) {
  EXPECT_EQ(Fetch({server_.Url("/a.html")}).code, 0);
  const Outcome same = Fetch({"--again", server_.Url("/a.html")});
  EXPECT_TRUE(Has(same.out, "0 fetched, 3 unchanged")) << same.out;
  Put(3, "<p>又多了一段，说的是后来的事。</p>");
  const Outcome changed = Fetch({"--again", server_.Url("/a.html")});
  EXPECT_TRUE(Has(changed.out, "3 fetched, 0 unchanged")) << changed.out;
  EXPECT_EQ(Text(), "123 123 ");
}

TEST_F(FetchTest, RobotsAreObeyed) {
  server_.Say("/robots.txt",
              Ok("user-agent: *\ndisallow: /no\nuser-agent: kaoju\ndisallow: /never"));
  server_.Say("/no", Ok(kPage));
  server_.Say("/never", Ok(kPage));
  server_.Say("/moved", To("/never"));
  const Outcome o = Fetch({server_.Url("/no"), server_.Url("/never"), server_.Url("/moved")});
  EXPECT_EQ(o.code, 2);
  EXPECT_EQ(Decisions(),
            (std::vector<std::string>{"fetched", "blocked robots.txt:4: disallow: /never",
                                      "redirected to " + server_.Url("/never"),
                                      "blocked robots.txt:4: disallow: /never"}));
  EXPECT_EQ(server_.asked(), (std::vector<std::string>{"/robots.txt", "/no", "/moved"}));
}

// RFC 9309, 2.3.1.3 and 2.3.1.4: unavailable (4xx) allows all, unreachable (5xx) forbids all.
TEST_F(FetchTest, RobotsThatCannotBeHad) {
  server_.Say("/robots.txt", "HTTP/1.1 503 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(Fetch({server_.Url("/1"), "--retries", "1"}).code, 2);
  EXPECT_EQ(Last(), "blocked robots.txt: status 503");
  EXPECT_EQ(server_.asked(), (std::vector<std::string>{"/robots.txt", "/robots.txt"}));
  server_.Say("/robots.txt", "HTTP/1.1 403 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  server_.Say("/1", Ok(kPage));
  EXPECT_EQ(Fetch({server_.Url("/1")}).code, 0);
  EXPECT_EQ(Last(), "fetched");
}

TEST_F(FetchTest, PrivateAddressesAreRefused) {
  server_.Say("/1", Ok(kPage));
  EXPECT_EQ(Fetch({server_.Url("/1")}, false).code, 2);
  EXPECT_EQ(Last(), "refused robots.txt: the address 127.0.0.1 is not public");
  EXPECT_TRUE(server_.asked().empty());
  EXPECT_EQ(Fetch({"http://localhost:1/", "http://[::1]:1/", "http://0x7f000001:1/"}, false).code,
            2);
  for (const std::string& decision : Decisions())
    EXPECT_TRUE(decision.starts_with("refused robots.txt: the address ")) << decision;
}

TEST_F(FetchTest, OnlyTheWebIsFetched) {
  EXPECT_EQ(Fetch({"file:///etc/passwd", "ftp://e.cn/", "gopher://e.cn/", "nonsense"}).code, 2);
  EXPECT_EQ(Decisions(),
            (std::vector<std::string>{"refused file is not fetched", "refused ftp is not fetched",
                                      "refused gopher is not fetched", "refused is no address"}));
  server_.Say("/1", To("file:///etc/passwd"));
  EXPECT_EQ(Fetch({server_.Url("/1")}).code, 2);
  EXPECT_EQ(Last(), "refused a redirect to what is not fetched: file:///etc/passwd");
}

TEST_F(FetchTest, EndlessRedirects) {
  server_.Say("/1", To("/2"));
  server_.Say("/2", To("/1"));
  EXPECT_EQ(Fetch({server_.Url("/1")}).code, 2);
  EXPECT_EQ(Last(), "refused more than 10 redirects");
  EXPECT_EQ(server_.asked().size(), 12U);
}

TEST_F(FetchTest, EndlessBody) {
  server_.On("/1", [&](int fd, const std::string&) {
    RawServer::Send(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    const std::string piece(64 << 10, 'x');
    while (!server_.stopping() && RawServer::Send(fd, piece)) {
    }
  });
  const Outcome o = Fetch({server_.Url("/1"), "--max-bytes", "1000000"});
  EXPECT_EQ(o.code, 2);
  EXPECT_EQ(Last(), "refused the body is longer than 1000000 bytes");
  if (!KAOJU_UNDER_ASAN) {
    EXPECT_LT(o.peak_kb, 200'000);
  }
}

TEST_F(FetchTest, EndlessHeaders) {
  server_.On("/1", [&](int fd, const std::string&) {
    RawServer::Send(fd, "HTTP/1.1 200 OK\r\n");
    while (!server_.stopping() && RawServer::Send(fd, "X: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  EXPECT_EQ(Fetch({server_.Url("/1")}).code, 2);
  EXPECT_TRUE(Last().starts_with("refused the headers are longer") || Last().starts_with("failed "))
      << Last();
}

TEST_F(FetchTest, BrokenAnswers) {
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  server_.Say("/chunks", chunked + "3\r\nabc\r\nxyz\r\n");
  server_.Say("/half", chunked + "3\r\nabc\r\n9\r\nde");
  server_.Say("/short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
  server_.Say("/junk", "junk\r\n\r\n");
  server_.Say("/nothing", "");
  for (const char* path : {"/chunks", "/half", "/short", "/junk", "/nothing"}) {
    EXPECT_EQ(Fetch({server_.Url(path), "--retries", "0"}).code, 2) << path;
    EXPECT_TRUE(Last().starts_with("failed ")) << path << Last();
  }
  EXPECT_TRUE(Kept().empty());
}

TEST_F(FetchTest, SlowServerIsGivenUp) {
  server_.On("/1", [&](int fd, const std::string&) {
    RawServer::Send(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (!server_.stopping() && RawServer::Send(fd, "x"))
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
  });
  EXPECT_EQ(Fetch({server_.Url("/1"), "--timeout", "0.5", "--retries", "0"}).code, 2);
  EXPECT_TRUE(Last().starts_with("failed Operation timed out")) << Last();
}

TEST_F(FetchTest, RetriesAndRetryAfter) {
  std::atomic<int> asked = 0;
  server_.On("/1", [&](int fd, const std::string&) {
    RawServer::Send(fd, asked++ == 0 ? "HTTP/1.1 503 x\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
                                       "Connection: close\r\n\r\n"
                                     : Ok(kPage));
  });
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Fetch({server_.Url("/1")}).code, 0);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
  EXPECT_EQ(Decisions(), (std::vector<std::string>{"retried status 503", "fetched"}));
  server_.Say(
      "/2",
      "HTTP/1.1 503 x\r\nRetry-After: 9999\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(Fetch({server_.Url("/2")}).code, 2);
  EXPECT_EQ(Last(), "failed status 503");
}

TEST_F(FetchTest, GoesOnAndAsksAgain) {
  server_.On("/1", [&](int fd, const std::string& request) {
    RawServer::Send(fd, Has(request, "If-None-Match: \"v1\"")
                            ? "HTTP/1.1 304 x\r\nConnection: close\r\n\r\n"
                            : Ok(kPage, "Content-Type: text/html\r\nETag: \"v1\"\r\n"));
  });
  server_.Say("/2", Ok(kPage));  // knows of no conditions
  EXPECT_EQ(Fetch({server_.Url("/1")}).code, 0);
  EXPECT_EQ(Fetch({server_.Url("/1"), server_.Url("/2")}).code, 0);
  EXPECT_EQ(Decisions().size(), 2U);  // the first was there
  EXPECT_EQ(Fetch({server_.Url("/1"), server_.Url("/2"), "--again"}).code, 0);
  EXPECT_EQ(Decisions(), (std::vector<std::string>{"fetched", "fetched", "unchanged",
                                                   "unchanged the same bytes as before"}));
  EXPECT_EQ(Kept(), (std::vector<std::string>{server_.Url("/1"), server_.Url("/2")}));
}

// Killed between two writes: what the log does not know of is fetched and written anew.
TEST_F(FetchTest, TornFilesAreMended) {
  server_.Say("/1", Ok(kPage));
  server_.Say("/2", Ok(kPage));
  ASSERT_EQ(Fetch({server_.Url("/1")}).code, 0);
  std::ofstream(Path("out/pages.warc.gz"), std::ios::app | std::ios::binary) << "\x1F\x8B half";
  std::ofstream(Path("out/fetch.log"), std::ios::app | std::ios::binary) << "{\"url\":\"ht";
  EXPECT_EQ(Fetch({server_.Url("/1"), server_.Url("/2")}).code, 0);
  EXPECT_EQ(Decisions(), (std::vector<std::string>{"fetched", "fetched"}));
  EXPECT_EQ(Kept(), (std::vector<std::string>{server_.Url("/1"), server_.Url("/2")}));
  fs::remove(Path("out/fetch.log"));
  const Outcome o = Fetch({server_.Url("/1")});
  EXPECT_EQ(o.code, 4);
  EXPECT_TRUE(Has(o.err, "exists, and there is no log of it beside it")) << o.err;
  EXPECT_EQ(Kept().size(), 2U);
}

TEST_F(FetchTest, FollowsFeedsAndSitemaps) {
  const auto item = [&](const std::string& path) {
    return "<item><link>" + server_.Url(path) + "</link></item>";
  };
  server_.Say("/rss", Ok("<rss><channel>" + item("/1") + item("/2") + "</channel></rss>"));
  server_.Say("/index.xml", Ok("<sitemapindex><sitemap><loc>" + server_.Url("/s.xml") +
                               "</loc></sitemap></sitemapindex>"));
  server_.Say("/s.xml", Ok("<urlset><url><loc>" + server_.Url("/3") + "</loc></url></urlset>"));
  for (const char* path : {"/1", "/2", "/3"}) server_.Say(path, Ok(kPage + path));
  EXPECT_EQ(Fetch({"--follow", server_.Url("/rss"), server_.Url("/index.xml")}).code, 0);
  std::vector<std::string> asked = server_.asked();
  std::sort(asked.begin(), asked.end());
  EXPECT_EQ(asked, (std::vector<std::string>{"/1", "/2", "/3", "/index.xml", "/robots.txt", "/rss",
                                             "/s.xml"}));
  EXPECT_EQ(Fetch({"--follow", server_.Url("/rss"), "--limit", "1"}).code, 0);
}

// Each sitemap lists another one.
TEST_F(FetchTest, EndlessSitemaps) {
  for (int i = 0; i < 20; ++i) {
    server_.Say("/" + std::to_string(i) + ".xml",
                Ok("<sitemapindex><sitemap><loc>" + server_.Url("/" + std::to_string(i + 1)) +
                   ".xml</loc></sitemap></sitemapindex>"));
  }
  EXPECT_EQ(Fetch({"--follow", server_.Url("/0.xml")}).code, 0);
  EXPECT_EQ(server_.asked(),
            (std::vector<std::string>{"/robots.txt", "/0.xml", "/1.xml", "/2.xml", "/3.xml"}));
}

TEST_F(FetchTest, OptionsAreChecked) {
  EXPECT_EQ(Run({"fetch", "http://e.cn/", "--out", Path("out")}).code, 1);  // no contact
  EXPECT_EQ(Fetch({}).code, 1);
  EXPECT_EQ(Run({"fetch", "http://e.cn/", "--out", Path("o"), "--contact", "a\nX: b"}).code, 1);
  EXPECT_EQ(Fetch({"--from", Path("absent")}).code, 4);
}

TEST_F(FetchTest, Nginx) {
  if (!Nginx::Installed()) GTEST_SKIP() << "nginx or openssl is not installed";
  const Nginx nginx(Path("nginx"), "    location /old { return 301 /a.html; }\n");
  ASSERT_TRUE(nginx.running()) << ReadAll(Path("nginx/start.log"));
  std::string long_page = kPage;
  for (int i = 0; i < 5000; ++i)
    long_page += "<p>" + std::to_string(i) + "，还有一段，说的是别的事。</p>";
  std::ofstream(nginx.www() / "a.html") << long_page;
  std::ofstream(nginx.www() / "b.html") << kPage;
  std::ofstream(nginx.www() / "robots.txt") << "user-agent: *\ndisallow: /x\n";
  std::ofstream(Path("list")) << "# ours\n"
                              << nginx.TlsUrl("/a.html") << "\n"
                              << nginx.TlsUrl("/b.html") << "\r\n"
                              << nginx.Url("/old") << "\n"
                              << nginx.Url("/x/1") << "\n";
  EXPECT_EQ(
      Fetch({"--from", Path("list"), "--ca-file", nginx.certificate(), "--per-host", "4"}).code, 2);
  std::vector<std::string> decisions = Decisions();
  std::sort(decisions.begin(), decisions.end());
  EXPECT_EQ(decisions,
            (std::vector<std::string>{"blocked robots.txt:2: disallow: /x", "fetched", "fetched",
                                      "fetched", "redirected to " + nginx.Url("/a.html")}));
  const std::string log = ReadAll(Path("out/fetch.log"));
  EXPECT_TRUE(Has(log, "\"etag\":\"")) << log;  // nginx weakens it for what it compresses
  // HTTP/2, compressed on the way and in the archive, whole in the article.
  const Outcome all = Run({"extract", "-q", Path("out/pages.warc.gz")});
  EXPECT_TRUE(Has(all.out, "4999，还有一段")) << all.out.substr(0, 300);
  EXPECT_EQ(Fetch({"--from", Path("list"), "--ca-file", nginx.certificate(), "--again"}).code, 2);
  decisions = Decisions();
  EXPECT_EQ(std::count(decisions.begin(), decisions.end(), "unchanged"), 3);
  // Without the certificate, the server is not who it says to be.
  EXPECT_EQ(Fetch({nginx.TlsUrl("/a.html"), "--again", "--retries", "0"}).code, 2);
  EXPECT_TRUE(Has(Last(), "certificate")) << Last();
}

TEST(UrlTest, Normal) {
  const auto shown = [](std::string_view text, std::string_view base = {}) {
    const auto url = ParseUrl(text, base);
    return url ? url->text + " " + url->origin : "none";
  };
  EXPECT_EQ(shown(" HTTP://E.cn:80/a/../b c?d#e "), "http://e.cn/b%20c?d http://e.cn:80");
  EXPECT_EQ(shown("http://e.cn/新"), "http://e.cn/%e6%96%b0 http://e.cn:80");
  EXPECT_EQ(shown("../x", "https://e.cn:8443/a/b"), "https://e.cn:8443/x https://e.cn:8443");
  EXPECT_EQ(shown("//f.cn/y", "https://e.cn/a"), "https://f.cn/y https://f.cn:443");
  EXPECT_EQ(shown("e.cn/a"), "none");
  EXPECT_EQ(shown(""), "none");
}

bool IsPublic(const char* text) {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  v4.sin_family = AF_INET;
  v6.sin6_family = AF_INET6;
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
    return IsPublicAddress(reinterpret_cast<const sockaddr&>(v4));
  EXPECT_EQ(inet_pton(AF_INET6, text, &v6.sin6_addr), 1) << text;
  return IsPublicAddress(reinterpret_cast<const sockaddr&>(v6));
}

TEST(AddressTest, Public) {
  for (const char* text : {"1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1",
                           "::ffff:1.1.1.1", "64:ff9b::101:101"})
    EXPECT_TRUE(IsPublic(text)) << text;
  for (const char* text : {"0.0.0.0",
                           "10.1.2.3",
                           "127.0.0.1",
                           "127.255.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.0.1",
                           "100.64.0.1",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fc00::1",
                           "fd00::1",
                           "ff02::1",
                           "::ffff:127.0.0.1",
                           "64:ff9b::7f00:1",
                           "2002:7f00:1::",
                           "2001:db8::1"})
    EXPECT_FALSE(IsPublic(text)) << text;
}

}  // namespace
}  // namespace kaoju
