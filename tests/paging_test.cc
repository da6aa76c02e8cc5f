// Articles over several pages: which page is the next one, and the pages made one text.
#include "ingest/paging.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "ingest/html.h"
#include "ingest/ingest.h"
#include "ingest/joined_text.h"
#include "rules/error.h"

namespace kaoju {
namespace {

const Ingest& TheIngest() {
  static const Ingest ingest(std::string(KAOJU_SOURCE_DIR) + "/rules");
  return ingest;
}
const Paging& ThePaging() { return TheIngest().pages().paging(); }

struct AddressCase {
  const char* page;
  const char* next;
  bool may;
};
void PrintTo(const AddressCase& c, std::ostream* out) { *out << c.page << " then " << c.next; }

class PagingAddressTest : public testing::TestWithParam<AddressCase> {};

TEST_P(PagingAddressTest, MayFollow) {
  EXPECT_EQ(ThePaging().MayFollow(GetParam().next, GetParam().page), GetParam().may);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PagingAddressTest,
    testing::Values(AddressCase{"https://e.cn/a/7.html", "https://e.cn/a/7_2.html", true},
                    AddressCase{"https://e.cn/a/7.html", "https://e.cn/a/7_1.html", true},
                    AddressCase{"https://e.cn/a/7.html", "https://e.cn/a/7_3.html", false},
                    AddressCase{"https://e.cn/a/7_2.html", "https://e.cn/a/7_3.html", true},
                    AddressCase{"https://e.cn/a/7_2.html", "https://e.cn/a/7_2.html", false},
                    AddressCase{"https://e.cn/a/7_2.html", "https://e.cn/a/7_1.html", false},
                    AddressCase{"https://e.cn/a/7_9.html", "https://e.cn/a/7_10.html", true},
                    AddressCase{"https://e.cn/a/7-1.html", "https://e.cn/a/7-2.html", true},
                    AddressCase{"https://e.cn/a/t2024_7.html", "https://e.cn/a/t2024_7_1.html",
                                true},
                    AddressCase{"https://e.cn/a/7.html", "https://e.cn/a/8.html", false},
                    AddressCase{"https://e.cn/a/7.html", "https://e.cn/b/7_2.html", false},
                    AddressCase{"https://e.cn/a/7.html", "https://e.cn/a/7_2.shtml", false},
                    AddressCase{"https://e.cn/a/7", "https://e.cn/a/7/2", true},
                    AddressCase{"https://e.cn/a/7/", "https://e.cn/a/7/2", true},
                    AddressCase{"https://e.cn/a/7/2", "https://e.cn/a/7/3", true},
                    AddressCase{"https://e.cn/", "https://e.cn/2", false},
                    AddressCase{"https://e.cn/a?id=7", "https://e.cn/a?id=7&page=2", true},
                    AddressCase{"https://e.cn/a?id=7", "https://e.cn/a?page=2&id=7", true},
                    AddressCase{"https://e.cn/a?id=7", "https://e.cn/a?id=8&page=2", false},
                    AddressCase{"https://e.cn/a", "https://e.cn/a?page=2", true},
                    AddressCase{"https://e.cn/a?Page=2", "https://e.cn/a?Page=3", true},
                    AddressCase{"https://e.cn/a?id=7", "https://e.cn/a?id=8", false},
                    AddressCase{"https://e.cn/a", "https://e.cn/a?page=20240506", false},
                    AddressCase{"", "https://e.cn/a?page=2", false}, AddressCase{"", "", false}));

// The next page of https://e.cn/a/7.html.
std::string Next(const std::string& html) {
  return NextPageOf(html, "https://e.cn/a/7.html", TheIngest().pages());
}

TEST(PagingLinkTest, IsTheLinkWhoseAddressBearsItOut) {
  const std::string second = "https://e.cn/a/7_2.html";
  EXPECT_EQ(Next("<p>甲<a href=7_2.html>下一页</a>"), second);
  EXPECT_EQ(Next("<p>甲<a href=/a/7_2.html>【 下一頁 】</a>"), second);
  EXPECT_EQ(Next("<a href=7.html>上一页</a><a href=7_2.html>下一页 &gt;</a>"), second);
  EXPECT_EQ(Next("<a href=7_2.html title=下一页><img src=x></a>"), second);
  EXPECT_EQ(Next("<link rel=next href=7_2.html>"), second);
  EXPECT_EQ(Next("<a rel='nofollow next' href=7_2.html>2</a>"), second);
  EXPECT_EQ(Next("<a href=7_2.html>2</a>"), "");
  EXPECT_EQ(Next("<a href=7_2.html>下一篇</a>"), "");
  EXPECT_EQ(Next("<a href=8.html>下一页</a>"), "");
  EXPECT_EQ(Next("<link rel=next href=8.html>"), "");
  EXPECT_EQ(Next("<a href=https://f.cn/a/7_2.html>下一页</a>"), "");
  EXPECT_EQ(Next("<a href='javascript:next()'>下一页</a>"), "");
  EXPECT_EQ(Next("<a href>下一页</a><a>下一页</a>"), "");
  EXPECT_EQ(NextPageOf("<a href=7_2.html>下一页</a>", "", TheIngest().pages()), "");
}

TEST(PagingLinkTest, ScriptsThatWriteTheLinks) {
  const auto script = [](const std::string& call) {
    return Next("<div><script>createPageHTML(" + call + ");</script></div>");
  };
  EXPECT_EQ(script("3, 0, \"7\", \"html\""), "https://e.cn/a/7_1.html");
  EXPECT_EQ(script("1, 0, \"7\", \"html\""), "");
  EXPECT_EQ(script("3, 2, \"7\", \"html\""), "");
  EXPECT_EQ(script("3, 0, \"8\", \"html\""), "");
}

TEST(PagingLinkTest, TheProfileOfTheSite) {
  const std::string html = "<div class=page_n><a href=c7-1.html>1</a><a href=c7-2.html>2</a></div>";
  EXPECT_EQ(NextPageOf(html, "http://a.people.com.cn/c7.html", TheIngest().pages()),
            "http://a.people.com.cn/c7-1.html");
  EXPECT_EQ(NextPageOf(html, "http://a.people.com.cn/c7-1.html", TheIngest().pages()),
            "http://a.people.com.cn/c7-2.html");
  EXPECT_EQ(NextPageOf(html, "http://e.cn/c7.html", TheIngest().pages()), "");
}

TEST(JoinedTextTest, LinesThatEachPageBeginsWithStandOnce) {
  JoinedText joined("编者按\n一\n二", {}, 20, false);
  joined.Add("编者按\n三", {}, 20);
  joined.Add("四", {}, 20);
  joined.Add("编者按\n一\n二", {}, 20);
  joined.Add("编者按", {}, 20);
  joined.Add("编者按语\n五", {}, 20);
  EXPECT_EQ(joined.text(), "编者按\n一\n二\n三\n四\n编者按语\n五");
}

constexpr const char* kFirst =
    "<title>港口开通</title><h1>港口开通</h1><p>时间：2024-05-06 07:08</p>"
    "<p>港口今天开通，首航的船已经靠泊。</p>"
    "<p>负责人表示，新码头比原来的多出一倍，货物可以直接装车。</p>"
    "<ul><li>一号码头，三万吨</ul>";
constexpr const char* kSecond =
    "<h1>港口开通</h1><p>当地农户说，过去粮食要先用卡车运出，现在省下一半时间。</p>"
    "<p>码头明年还要扩建，届时能停更大的船。</p><table><tr><td>二号码头<td>五万吨</"
    "table><p>责任编辑：甲乙</p>";
const std::string kWhole =
    "港口今天开通，首航的船已经靠泊。\n负责人表示，新码头比原来的多出一倍，货物可以直接装车。\n"
    "一号码头，三万吨\n"
    "当地农户说，过去粮食要先用卡车运出，现在省下一半时间。\n码头明年还要扩建，届时能停更大的船。\n"
    "二号码头\t五万吨";

std::string With(const std::string& html, const std::string& next) {
  return html + "<a href=" + next + ">下一页</a>";
}

TEST(JoinedArticleTest, EachByteIsTracedToItsPage) {
  RawDocument raw;
  raw.format = RawDocument::Format::kHtml;
  raw.path = "a.warc";
  raw.part = true;
  raw.meta.url = "https://e.cn/a/7.html";
  raw.bytes = With(kFirst, "7_2.html");
  raw.further = {{"https://e.cn/a/7_2.html", With(kSecond, "7_3.html"), "utf-8"}};
  const Article a = TheIngest().Read(raw, true);
  EXPECT_EQ(a.text, kWhole);
  EXPECT_EQ(a.editor, "甲乙");
  ASSERT_EQ(a.blocks.size(), 2U);
  EXPECT_EQ(Slice(a.text, a.blocks[0].span), "一号码头，三万吨");
  EXPECT_EQ(Slice(a.text, a.blocks[1].span), "二号码头\t五万吨");
  EXPECT_EQ(a.pages, std::vector<std::string>{"https://e.cn/a/7_2.html"});
  EXPECT_EQ(a.next, "https://e.cn/a/7_3.html");
  const std::string all = raw.bytes + raw.further[0].bytes;
  for (const std::string words : {"首航的船", "直接装车", "当地农户", "更大的船"}) {
    const auto at = static_cast<uint32_t>(a.text.find(words));
    const Span fetched = a.raw.ToSource({at, at + static_cast<uint32_t>(words.size())});
    EXPECT_EQ(all.substr(fetched.begin, fetched.size()), words);
  }
}

TEST(JoinedArticleTest, EndsBeforeAPageThatCannotBeRead) {
  RawDocument raw;
  raw.format = RawDocument::Format::kHtml;
  raw.part = true;
  raw.bytes = kFirst;
  raw.further = {{"https://e.cn/a/7_2.html", std::string("a\0b", 3), ""},
                 {"https://e.cn/a/7_3.html", kSecond, ""}};
  const Article a = TheIngest().Read(raw);
  EXPECT_TRUE(kWhole.starts_with(a.text + "\n"));
  EXPECT_TRUE(a.pages.empty());
  EXPECT_EQ(a.next, "https://e.cn/a/7_2.html");
}

// The documents of an archive of these pages: "url+further url", with what is not there behind ">".
class PageChainTest : public testing::Test {
 protected:
  ~PageChainTest() override { std::filesystem::remove(path_); }

  void Put(const std::string& url, const std::string& html) {
    const std::string block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html;
    std::ofstream(path_, std::ios::app | std::ios::binary)
        << "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: " << url
        << "\r\nContent-Type: application/http\r\nContent-Length: " << block.size() << "\r\n\r\n"
        << block << "\r\n\r\n";
  }
  std::vector<std::string> Documents(Limits limits = {}) const {
    std::vector<std::string> out;
    DocumentReader reader = TheIngest().Open(path_, limits);
    for (RawDocument raw; reader.Next(raw);) {
      std::string shown = raw.meta.url + raw.problem;
      for (const RawPage& page : raw.further) shown += '+' + page.url;
      const Article a = TheIngest().Read(raw);
      if (!a.next.empty()) shown += '>' + a.next;
      out.push_back(shown);
    }
    return out;
  }

  const std::string path_ = (std::filesystem::temp_directory_path() /
                             ("kaoju_chain_" + std::to_string(getpid()) + ".warc"))
                                .string();
};

TEST_F(PageChainTest, PagesNearEachOtherAreOneDocument) {
  Put("https://e.cn/1.html", With(kFirst, "1_2.html"));
  Put("https://e.cn/8.html", kFirst);
  Put("https://e.cn/1_2.html", With(kFirst, "1_3.html"));
  Put("https://e.cn/9.html", With(kFirst, "9_2.html"));
  Put("https://e.cn/1_3.html", kSecond);
  EXPECT_EQ(Documents(), (std::vector<std::string>{
                             "https://e.cn/1.html+https://e.cn/1_2.html+https://e.cn/1_3.html",
                             "https://e.cn/8.html", "https://e.cn/9.html>https://e.cn/9_2.html"}));
}

TEST_F(PageChainTest, WithoutALinkTheyAreTheirOwn) {
  Put("https://e.cn/1.html", kFirst);
  Put("https://e.cn/1_2.html", kSecond);
  Put("https://e.cn/1_3.html", With(kSecond, "1_3.html"));
  EXPECT_EQ(Documents(), (std::vector<std::string>{"https://e.cn/1.html", "https://e.cn/1_2.html",
                                                   "https://e.cn/1_3.html"}));
}

TEST_F(PageChainTest, WhatIsTooFarAwayIsItsOwn) {
  Put("https://e.cn/1.html", With(kFirst, "1_2.html"));
  for (int i = 0; i < 64; ++i) Put("https://e.cn/x" + std::to_string(i) + ".html", kFirst);
  Put("https://e.cn/1_2.html", kSecond);
  const std::vector<std::string> documents = Documents();
  EXPECT_EQ(documents.size(), 66U);
  EXPECT_EQ(documents.front(), "https://e.cn/1.html>https://e.cn/1_2.html");
}

TEST_F(PageChainTest, AnArticleThatIsTooLongIsNotJoinedFurther) {
  const std::string first = With(kFirst, "1_2.html");
  const std::string second = With(kSecond, "1_3.html");
  Put("https://e.cn/1.html", first);
  Put("https://e.cn/1_2.html", second);
  Put("https://e.cn/1_3.html", kSecond);
  EXPECT_EQ(
      Documents({.document_bytes = first.size() + second.size()}),
      (std::vector<std::string>{"https://e.cn/1.html+https://e.cn/1_2.html>https://e.cn/1_3.html",
                                "https://e.cn/1_3.html"}));
}

}  // namespace
}  // namespace kaoju
