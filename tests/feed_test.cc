// Feeds and sitemaps, and the times in them; with feedparser's own cases where they are present.
#include "ingest/feed.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <re2/re2.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ingest/base64.h"
#include "ingest/feed_time.h"
#include "ingest/line_reader.h"
#include "ingest/plain_text.h"
#include "ingest/reader.h"
#include "ingest/utf8.h"
#include "rules/error.h"
#include "tests/fuzz_target.h"

namespace fs = std::filesystem;

namespace kaoju {
namespace {

std::string Shown(const FeedEntry& e) {
  std::string authors;
  for (const std::string& a : e.authors) authors += (authors.empty() ? "" : ",") + a;
  return e.id + "|" + e.url + "|" + e.title + "|" + e.published + "|" + e.source + "|" + authors +
         "|" + e.html;
}

struct FeedCase {
  const char* name;
  std::string xml;
  std::string entry;  // the first one: id|url|title|published|source|authors|html
};
void PrintTo(const FeedCase& c, std::ostream* out) { *out << c.name; }

class FeedTest : public testing::TestWithParam<FeedCase> {};

TEST_P(FeedTest, Reads) {
  const Feed feed = ReadFeed(GetParam().xml);
  ASSERT_EQ(feed.entries.size(), 1U);
  EXPECT_EQ(Shown(feed.entries[0]), GetParam().entry);
  EXPECT_EQ(feed.problem, "");
}

INSTANTIATE_TEST_SUITE_P(
    Table, FeedTest,
    testing::Values(
        FeedCase{"Rss2",
                 "<rss version='2.0'><channel><title>频道</title><item><title>甲&amp;amp;乙</title>"
                 "<link> http://e.cn/1 </link><guid isPermaLink='false'>g1</guid>"
                 "<pubDate>Mon, 06 May 2024 07:08:09 +0800</pubDate><author>a@e.cn (甲乙)</author>"
                 "<source url='x'>虚构网</source><description>短</description></item></channel>"
                 "</rss>",
                 "g1|http://e.cn/1|甲&乙|2024-05-06T07:08:09+08:00|虚构网|甲乙|短"},
        FeedCase{"LongestContent",
                 "<rss xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel><item>"
                 "<c:encoded><![CDATA[<p>很长的正文</p>]]></c:encoded><description>短</description>"
                 "</item></channel></rss>",
                 "||||||<p>很长的正文</p>"},
        FeedCase{
            "Rdf",
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
            "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
            "<channel/><item rdf:about='http://e.cn/1'><title>题</title><dc:date>2024-05-06"
            "</dc:date><dc:creator>甲</dc:creator><dc:creator>乙</dc:creator></item></rdf:RDF>",
            "http://e.cn/1|http://e.cn/1|题|2024-05-06||甲,乙|"},
        FeedCase{
            "Atom",
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://e.cn/a/'><entry>"
            "<id>urn:1</id><title type='html'>&lt;b>题&lt;/b></title><link rel='self' href='s'/>"
            "<link href='../1'/><updated>2024-05-07T00:00:00Z</updated>"
            "<published>2024-05-06T07:08:09+08:00</published><author><name>甲</name></author>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>文</p></div>"
            "</content></entry></feed>",
            "urn:1|http://e.cn/1|题|2024-05-06T07:08:09+08:00||甲|"
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>文</p></div>"},
        FeedCase{"AtomPlainTextIsNoMarkup",
                 "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a &lt; b</title>"
                 "<summary>1 &lt; 2 &amp; 3</summary></entry></feed>",
                 "||a < b||||1 &lt; 2 &amp; 3"},
        FeedCase{"GuidIsTheAddress",
                 "<rss><channel><item><guid>http://e.cn/1</guid></item></channel></rss>",
                 "http://e.cn/1|http://e.cn/1|||||"},
        FeedCase{"HtmlEntities",
                 "<rss><channel><item><title>A&nbsp;&mdash;B</title></item></channel></rss>",
                 "||A\u00A0—B||||"},
        FeedCase{"MediaTitleIsNoTitle",
                 "<rss xmlns:media='http://search.yahoo.com/mrss/'><channel><item><title>题</title>"
                 "<media:title>图</media:title></item></channel></rss>",
                 "||题||||"},
        FeedCase{
            "JsonFeed",
            R"({"version":"https://jsonfeed.org/version/1.1","title":"频道","items":[{"id":1,)"
            R"("url":"http://e.cn/1","title":"题","date_published":"2024-05-06T07:08:09+08:00",)"
            R"("authors":[{"name":"甲"}],"content_text":"1 < 2"}]})",
            "1|http://e.cn/1|题|2024-05-06T07:08:09+08:00||甲|1 &lt; 2"}),
    [](const auto& c) { return std::string(c.param.name); });

std::string ErrorOf(const std::string& xml) {
  try {
    return "no error, " + std::to_string(ReadFeed(xml).entries.size());
  } catch (const DocumentError& e) {
    return e.what();
  }
}

TEST(FeedTest, Refused) {
  EXPECT_EQ(ErrorOf("<html/>"), "no feed: its root is <html>");
  EXPECT_EQ(ErrorOf("{}"), "no feed: it has no \"items\"");
  EXPECT_TRUE(ErrorOf("").starts_with("no XML: ")) << ErrorOf("");
  EXPECT_TRUE(ErrorOf("文").starts_with("no XML: ")) << ErrorOf("文");
}

TEST(FeedTest, HostileXml) {
  // Each entity is ten of the one before: ten to the tenth letters.
  std::string bomb = "<!DOCTYPE rss [<!ENTITY a0 \"哈\">";
  for (int i = 1; i <= 10; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int n = 0; n < 10; ++n) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "\">";
  }
  EXPECT_EQ(ErrorOf(bomb + "]><rss><channel><item><title>&a10;</title></item></channel></rss>"),
            "the XML declares entities of its own");
  EXPECT_EQ(ErrorOf("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item>"
                    "<title>&x;</title></item></channel></rss>"),
            "the XML declares entities of its own");
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  const Feed feed = ReadFeed("<rss><channel><item><title>题</title></item>" + deep);
  EXPECT_TRUE(feed.problem.starts_with("the XML is broken at line 1: ")) << feed.problem;
}

TEST(FeedTest, WhatBreaksOffIsSaid) {
  const Feed feed = ReadFeed("<rss><channel>\n<item><title>题</title></item>\n<item><title>半");
  ASSERT_GE(feed.entries.size(), 1U);
  EXPECT_EQ(feed.entries[0].title, "题");
  EXPECT_TRUE(feed.problem.starts_with("the XML is broken at line 3: ")) << feed.problem;
}

TEST(FeedTest, Times) {
  EXPECT_EQ(FeedTime("Mon, 06 May 2024 07:08:09 GMT"), "2024-05-06T07:08:09+00:00");
  EXPECT_EQ(FeedTime(" 6 May 24 7:08 +0800 "), "2024-05-06T07:08:00+08:00");
  EXPECT_EQ(FeedTime("Thu, 01-Feb-99"), "1999-02-01");
  EXPECT_EQ(FeedTime("Sunday, 06 May 2024 07:08:09 PST"), "2024-05-06T07:08:09-08:00");
  EXPECT_EQ(FeedTime("2024-05-06T07:08:09Z"), "2024-05-06T07:08:09Z");
  EXPECT_EQ(FeedTime("31 Feb 2024"), "31 Feb 2024");
  EXPECT_EQ(FeedTime("gestern"), "gestern");
}

TEST(SitemapTest, News) {
  const std::string xml =
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
      "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc> http://e.cn/1 </loc>"
      "<n:news><n:publication_date>2024-05-06</n:publication_date><n:title>题</n:title></n:news>"
      "</url><url><loc>http://e.cn/2</loc><lastmod>2024-05-07</lastmod></url><url/></urlset>";
  EXPECT_TRUE(IsSitemap(xml));
  const Sitemap map = ReadSitemap(xml);
  ASSERT_EQ(map.entries.size(), 2U);
  EXPECT_FALSE(map.index);
  EXPECT_EQ(map.entries[0].url + map.entries[0].title + map.entries[0].published,
            "http://e.cn/1题2024-05-06");
  EXPECT_EQ(map.entries[1].published, "2024-05-07");
  EXPECT_TRUE(
      ReadSitemap("<sitemapindex><sitemap><loc>http://e.cn/s</loc></sitemap></sitemapindex>")
          .index);
}

// What a case of feedparser expects of the first entry: a field, and its value in Python.
struct Expectation {
  std::string field;
  std::string value;
};

std::string FromPython(std::string_view literal) {
  std::string out;
  for (size_t i = 0; i < literal.size(); ++i) {
    if (literal[i] != '\\' || i + 1 == literal.size()) {
      out += literal[i];
      continue;
    }
    const char kind = literal[++i];
    const size_t digits = kind == 'x' ? 2 : (kind == 'u' ? 4 : 0);
    if (digits > 0) {
      AppendUtf8(static_cast<char32_t>(
                     std::stoul(std::string(literal.substr(i + 1, digits)), nullptr, 16)),
                 out);
      i += digits;
    } else {
      out += kind == 'n' ? '\n' : (kind == 't' ? '\t' : kind);
    }
  }
  return out;
}

std::optional<Expectation> ExpectationOf(const std::string& file) {
  static const RE2 pattern(
      R"(Expect:\s+(?:not bozo and )?(entries\[0\]|feed)[.\[']+(title|title_detail|link|links|)"
      R"(description|summary|content|id|guid|author|published|updated|published_parsed|)"
      R"(updated_parsed)['\]]*(?:\[0\])?(?:[.\[']+(?:value|href)['\]]*)? == )"
      R"((?:(?:u?'((?:[^'\\]|\\.)*)')|\(([\d, ]+)\))\s*\n)");
  std::string of;
  std::string field;
  std::string value;
  std::string tuple;
  if (!RE2::PartialMatch(file, pattern, &of, &field, &value, &tuple)) return std::nullopt;
  if (of == "feed" && !field.starts_with("title")) return std::nullopt;  // no article has it
  if (of == "feed") field = "feed";
  return Expectation{field, tuple.empty() ? FromPython(value) : tuple};
}

// What we read of the field; `expected` as we would say it.
std::string Given(const Feed& feed, const std::string& field, std::string& expected) {
  if (field == "feed") {
    expected = PlainText(expected);
    return feed.title;
  }
  if (feed.entries.empty()) return "no entry";
  const FeedEntry& entry = feed.entries[0];
  if (field.starts_with("link")) return entry.url;
  if (field == "id" || field == "guid") return entry.id;
  if (field == "author") {
    if (entry.authors.empty()) return {};
    // "name (address)"
    expected = expected.substr(0, expected.find(" ("));
    return entry.authors[0];
  }
  if (field == "published" || field == "updated") {
    expected = FeedTime(expected);
    return entry.published;
  }
  if (field.ends_with("_parsed")) {
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
    EXPECT_EQ(sscanf(expected.c_str(), "%d, %d, %d, %d, %d, %d", &y, &mo, &d, &h, &mi, &s), 6);
    char text[64];
    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", y, mo, d, h, mi, s);
    expected = text;
    return entry.published.substr(0, expected.size());
  }
  const std::string given = field.starts_with("title") ? entry.title : PlainText(entry.html);
  if (given != expected) expected = PlainText(expected);
  return given;
}

// Cases that ask for what we do otherwise.
const std::set<std::string> kOthers = {
    "euc-kr-item.xml",                // two bytes that are Chinese as well
    "entry_content_and_summary.xml",  // we take the longer text
    // As HTML5 has comments and CDATA.
    "item_content_encoded_script_nested_cdata.xml", "xml_malicious_comment.xml",
    // The address that the feed came from, which a file does not say.
    "http_entry_id_base_docuri.xml", "http_entry_link_base_docuri.xml",
    "http_item_link_base_content_location.xml"};

TEST(FeedparserTest, WellFormedCases) {
  const std::string path =
      std::string(KAOJU_SOURCE_DIR) + "/../shared/data/web/feedparser_cases.jsonl.gz";
  if (!fs::exists(path)) GTEST_SKIP() << path << " is not here";
  LineReader lines(path);
  size_t asked = 0;
  size_t right = 0;
  std::string line;
  for (bool fits = true; lines.Next(1 << 20, line, fits);) {
    rapidjson::Document json;
    json.Parse(line.c_str());
    const std::string name = json["file"].GetString();
    const std::string bytes = FromBase64(json["base64"].GetString());
    const auto expectation = ExpectationOf(bytes);
    if (!expectation || name.find("bozo") != name.npos || name.starts_with("illformed")) continue;
    if (kOthers.contains(name.substr(name.rfind('/') + 1))) continue;
    ++asked;
    std::string expected = expectation->value;
    std::string given;
    try {
      given = Given(ReadFeed(TheIngest().decoder().Decode(bytes, "", false).text),
                    expectation->field, expected);
    } catch (const DocumentError& e) {
      given = e.what();
    }
    right += given == expected ? 1 : 0;
    EXPECT_EQ(given, expected) << name << ": " << expectation->field;
  }
  RecordProperty("asked", static_cast<int>(asked));
  std::printf("%zu of %zu cases\n", right, asked);
  EXPECT_GT(asked, 500U);
}

TEST(FeedTest, RealFeedsAreRead) {
  const std::string folder = std::string(KAOJU_SOURCE_DIR) + "/../shared/data/web/feeds_real_zh";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
  size_t entries = 0;
  for (const auto& file : fs::directory_iterator(folder)) {
    DocumentReader reader(file.path().string(), {}, &TheIngest().decoder());
    for (RawDocument raw; reader.Next(raw);) {
      const Article a = TheIngest().Read(raw);
      EXPECT_FALSE(a.title.empty() || a.url.empty() || !a.day || a.text.empty()) << a.id;
      ++entries;
    }
  }
  EXPECT_EQ(entries, 1188U);
}

}  // namespace
}  // namespace kaoju
