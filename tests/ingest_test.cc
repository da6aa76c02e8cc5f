// From raw documents to articles: JSON, text and HTML, sidecars, and how each failure reads.
#include "ingest/ingest.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "ingest/html.h"
#include "rules/error.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;
using Format = RawDocument::Format;

const Ingest& TheIngest() {
  static const Ingest ingest(std::string(KAOJU_SOURCE_DIR) + "/rules");
  return ingest;
}

RawDocument Raw(Format format, const std::string& bytes, const std::string& path = "in") {
  return {.format = format, .path = path, .line = 7, .bytes = bytes, .problem = ""};
}

// The article, or how it failed.
std::string Print(const RawDocument& raw) {
  try {
    const Article a = TheIngest().Read(raw);
    return a.id + "|" + a.title + "|" + a.text + "|" + a.folded;
  } catch (const DocumentError& error) {
    return error.what();
  }
}

struct Row {
  const char* name;
  Format format;
  std::string bytes;
  std::string expected;
};

class IngestTest : public testing::TestWithParam<Row> {};

TEST_P(IngestTest, Reads) {
  EXPECT_EQ(Print(Raw(GetParam().format, GetParam().bytes)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Json, IngestTest,
    testing::Values(
        Row{"Text", Format::kJsonLine, R"({"id":"a","title":"題","text":"廣告２"})",
            "a|題|廣告２|广告2"},
        Row{"NoId", Format::kJsonLine, R"({"text":"好"})", "in:7||好|好"},
        Row{"NullIsAbsent", Format::kJsonLine, R"({"id":null,"title":null,"text":"好"})",
            "in:7||好|好"},
        Row{"OtherKeys", Format::kJsonLine, R"({"x":[[{"id":1}]],"n":1.5,"text":"好"})",
            "in:7||好|好"},
        Row{"Html", Format::kJsonLine, R"({"id":"a","html":"<title>題</title><p>一<p>二"})",
            "a|題|一\n二|一\n二"},
        Row{"Escapes", Format::kJsonLine, R"({"text":"\u597d\ud83d\ude00\n"})",
            "in:7||好😀\n|好😀\n"},
        Row{"CarriageReturn", Format::kJsonLine, "{\"text\":\"好\"}\r", "in:7||好|好"},
        Row{"Neither", Format::kJsonLine, "{}", "in:7: neither \"text\" nor \"html\""},
        Row{"Empty", Format::kJsonLine, R"({"text":" \n\r\t"})", "in:7: empty document"},
        Row{"NoObject", Format::kJsonLine, "[1]", "in:7: a JSON object was expected"},
        Row{"Number", Format::kJsonLine, R"({"id":5,"text":"好"})",
            "in:7: the value of \"id\" must be a string"},
        Row{"Twice", Format::kJsonLine, R"({"text":"a","text":"b"})",
            "in:7: the key \"text\" stands twice"},
        Row{"Truncated", Format::kJsonLine, R"({"text":"好)",
            "in:7: no JSON: Missing a closing quotation mark in string. at byte 12"},
        Row{"Rest", Format::kJsonLine, R"({"text":"a"} x)",
            "in:7: no JSON: The document root must not be followed by other values. at byte 13"},
        Row{"HighSurrogate", Format::kJsonLine, R"({"text":"\ud83d"})",
            "in:7: no JSON: The surrogate pair in string is invalid. at byte 9"},
        Row{"InvalidUtf8", Format::kJsonLine, "{\"text\":\"a\xFF\"}", "in:7||a\uFFFD|a\uFFFD"},
        Row{"Big5Line", Format::kJsonLine, "{\"text\":\"\xA4\xA4\xA4\xE5\xB3\xF8\xBE\xC9\"}",
            "in:7||中文報導|中文报导"},
        Row{"Nul", Format::kJsonLine, R"({"text":"a\u0000"})",
            "in:7: looks binary: a NUL character in \"text\""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Files, IngestTest,
    testing::Values(
        Row{"Text", Format::kText, "第一\r\n第二", "in||第一\r\n第二|第一\n第二"},
        Row{"EmptyText", Format::kText, "", "in:7: empty document"},
        Row{"Binary", Format::kText, std::string("a\0b", 3),
            "in:7: looks binary: a NUL byte at byte 1"},
        Row{"CutText", Format::kText, "大家好\xE5\xA5", "in||大家好\uFFFD|大家好\uFFFD"},
        Row{"NoText", Format::kText, std::string(20, '\xFF'),
            "in:7: looks binary: 20 of 20 bytes are no UTF-8"},
        Row{"EmptyHtml", Format::kHtml, "<p> </p>", "in:7: empty document: no text in the HTML"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(IngestErrorTest, LowSurrogate) {
  EXPECT_TRUE(Print(Raw(Format::kJsonLine, R"({"text":"\ude00"})")).starts_with("in:7: "));
}

TEST(IngestErrorTest, DeepJson) {
  const std::string deep(1'000'000, '[');
  EXPECT_TRUE(Print(Raw(Format::kJsonLine, "{\"x\":" + deep)).starts_with("in:7: no JSON: "));
  EXPECT_EQ(Print(Raw(Format::kJsonLine,
                      "{\"x\":" + deep + std::string(1'000'000, ']') + ",\"text\":\"a\"}")),
            "in:7||a|a");
  EXPECT_EQ(Print(Raw(Format::kJsonLine, R"({"x\ude00":1,"text":"a"})")),
            "in:7: a key has half of a surrogate pair");
}

TEST(IngestErrorTest, ProblemOfTheReader) {
  RawDocument raw = Raw(Format::kJsonLine, "");
  raw.problem = "line is longer than 8 bytes";
  EXPECT_EQ(Print(raw), "in:7: line is longer than 8 bytes");
}

TEST(IngestTest, AllFields) {
  const Article a = TheIngest().Read(Raw(
      Format::kJsonLine,
      R"({"id":"1","url":"u","title":"t","source":"s","published":"2024-05-06T07:08:09+08:00","region":"HK","text":"好"})"));
  EXPECT_EQ(a.id + a.url + a.title + a.source + a.region, "1utsHK");
  EXPECT_EQ(a.published, "2024-05-06T07:08:09+08:00");
  EXPECT_EQ(a.day, (CivilDate{2024, 5, 6}));
}

std::string Extra(const std::string& line) {
  const Article a = TheIngest().Read(Raw(Format::kJsonLine, line));
  std::string out = a.extra;
  for (const std::string& name : a.left_out) out += " -" + name;
  return out;
}

TEST(IngestTest, OtherKeysPassThrough) {
  EXPECT_EQ(Extra(R"({"text":"好"})"), "");
  EXPECT_EQ(Extra(R"({"z":[1,{"b":null,"a":-1.5}],"text":"好","a":"\u597d\n","t":true})"),
            R"({"z":[1,{"b":null,"a":-1.5}],"a":"好\n","t":true})");
  const std::string deep = std::string(33, '[') + std::string(33, ']');
  EXPECT_EQ(Extra("{\"x\":" + deep + ",\"y\":1,\"text\":\"好\"}"), "{\"y\":1} -x");
  const std::string large(70'000, 'x');
  EXPECT_EQ(Extra("{\"x\":\"" + large + "\",\"y\":1,\"text\":\"好\"}"), "{\"y\":1} -x");
  EXPECT_EQ(Extra(R"({"x":"\ude00","text":"好"})"), " -x");
}

// "by value" of all that says when the article was published.
std::string Evidence(const Article& a) {
  std::string out;
  for (const PublishedEvidence& e : a.published_evidence)
    out += (out.empty() ? "" : "; ") + e.by + ' ' + e.value;
  return out;
}

TEST(IngestTest, AllThatSaysWhenItWasPublished) {
  const Article a = TheIngest().Read(Raw(
      Format::kJsonLine,
      R"({"url":"https://e.cn/2024/05/07/1.html","published":"2024-05-08","html":)"
      R"("<meta name=pubdate content='2024-05-06 07:08'><p>时间：2024-05-06 07:09 更新时间：2024-05-09</p>)"
      R"(<p>新华社北京5月6日电 港口今天开通，首航的船已经靠泊，货物可以直接装车。</p>"})"));
  EXPECT_EQ(Evidence(a),
            "given 2024-05-08; meta 2024-05-06 07:08; byline 2024-05-06T07:09; url 2024-05-07; "
            "dateline 2024-05-06");
  EXPECT_EQ(a.published, "2024-05-08");
  EXPECT_EQ(a.modified, "2024-05-09");
  const Article text = TheIngest().Read(Raw(
      Format::kJsonLine, R"({"published":"2024-05-06","text":"新华社北京5月5日电 港口开通。"})"));
  EXPECT_EQ(Evidence(text), "given 2024-05-06; dateline 2024-05-05");
}

TEST(IngestTest, WhoWritesForNobody) {
  const auto authors = [](const std::string& name) {
    const Article a = TheIngest().Read(
        Raw(Format::kHtml,
            "<p>作者：" + name + "</p><p>港口今天开通，首航的船已经靠泊，货物可以直接装车。</p>"));
    return a.authors.empty() ? std::string() : a.authors[0];
  };
  EXPECT_EQ(authors("甲乙"), "甲乙");
  EXPECT_EQ(authors("佚名"), "");
  EXPECT_EQ(authors("本站原创"), "");
}

TEST(IngestTest, GlossesAreRepaired) {
  const Article a = TheIngest().Read(Raw(Format::kText, "節(jié)內(nèi)續(xù)"));
  EXPECT_EQ(a.folded, "节内续");
  ASSERT_EQ(a.repairs.size(), 3U);
  EXPECT_EQ(Slice(a.text, a.alignment.ToSource({3, 6})), "內(nèi)");
}

TEST(IngestTest, Sidecar) {
  const fs::path dir = fs::path(testing::TempDir()) / ("ingest_test_" + std::to_string(getpid()));
  fs::create_directories(dir);
  const auto meta = [&](const std::string& bytes) {
    std::ofstream(dir / "a.b.meta.json") << bytes;
  };
  const std::string path = (dir / "a.b.txt").string();
  meta(R"({"id":"x","title":"t","published":null,"note":1})");
  EXPECT_EQ(Print(Raw(Format::kText, "好", path)), "x|t|好|好");
  EXPECT_EQ(Print(Raw(Format::kText, "好", path + ".gz")), "x|t|好|好");
  meta("{");
  EXPECT_EQ(Print(Raw(Format::kText, "好", path)),
            path + ":7: " + (dir / "a.b.meta.json").string() +
                ": no JSON: Missing a name for object member. at byte 1");
  meta(R"({"text":"y"})");
  EXPECT_TRUE(
      Print(Raw(Format::kText, "好", path)).ends_with("\"text\" and \"html\" belong in the file"));
  fs::remove_all(dir);
  EXPECT_EQ(Print(Raw(Format::kText, "好", path)), path + "||好|好");
}

struct Page {
  const char* name;
  std::string html;
  std::string expected;  // title|published|text
};

class HtmlTest : public testing::TestWithParam<Page> {};

TEST_P(HtmlTest, Reads) {
  const HtmlPage page = ReadHtml(GetParam().html, {}, TheIngest().pages());
  EXPECT_EQ(page.title + "|" + page.published + "|" + page.text, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Table, HtmlTest,
    testing::Values(
        Page{"Blocks", "<h1>題</h1><p>一 <b>二</b>\n三</p><div>四<br>五</div>",
             "題||一 二 三\n四\n五"},
        Page{"Skipped",
             "<nav>導</nav><p>一</p><script>x</script><style>y</style><aside>z</aside><footer>f</"
             "footer>",
             "||一"},
        Page{"Title", "<title> 甲\n乙 </title><p>一", "甲 乙||一"},
        Page{"OgTitle", "<title>甲</title><meta property=og:title content=乙><p>一", "乙||一"},
        Page{"Published",
             "<meta property=article:published_time content=2024-05-06T07:08+08:00><p>一",
             "|2024-05-06T07:08+08:00|一"},
        Page{"Densest",
             "<div><a "
             "href=x>連結一二三四五六七八九十</a></div><div><p>這是正文這是正文</p><p>還是正文</"
             "p></div>",
             "||這是正文這是正文\n還是正文"},
        Page{"FormOnly", "<form><p>一</p></form>", "||一"},
        Page{"Entities", "<p>A&amp;B&nbsp;&lt;", "||A&B\u00A0<"}, Page{"Nothing", "", "||"},
        Page{"ReferenceToNothing",
             "<title>a&#822122122122122122122;b</title><p>一&#822122122122122122122;二",
             "a\uFFFDb||一\uFFFD二"},
        Page{"Comment", "<p>一<!-- 二 --></p>", "||一"}),
    [](const auto& page) { return std::string(page.param.name); });

HtmlPage Read(const std::string& html) { return ReadHtml(html, {}, TheIngest().pages()); }

TEST(HtmlTest, ArticleBeforeAll) {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "正文";
  EXPECT_EQ(Read("<p>" + words + words + "</p><article><p>" + words + "</p></article>").text,
            words);
}

TEST(HtmlTest, HostilePages) {
  const auto repeat = [](const std::string& piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
  };
  EXPECT_THROW(Read(repeat("<div>", 1'000'000)), DocumentError);
  EXPECT_THROW(Read(repeat("<ul><li>", 100'000)), DocumentError);
  EXPECT_THROW(Read(repeat("<DIV x=y>", 1'001)), DocumentError);
  EXPECT_EQ(Read(repeat("<div>", 900) + "一").text, "一");
  EXPECT_EQ(Read(repeat("<p>一", 50'000)).text.size(), 50'000U * 4 - 1);
  // Formatting elements that each paragraph opens anew: a page of 140 KB would need gigabytes.
  std::string formats;
  for (int i = 0; i < 900; ++i) formats += "<b id=x" + std::to_string(i) + ">";
  EXPECT_THROW(Read("<p>" + formats + repeat("<p>一", 20'000)), DocumentError);
}

}  // namespace
}  // namespace kaoju
