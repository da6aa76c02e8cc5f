#include "ingest/links.h"

#include <utility>

#include "ingest/byte_stream.h"
#include "ingest/feed.h"
#include "ingest/html.h"
#include "ingest/http_message.h"
#include "rules/error.h"

namespace kaoju {
namespace {

// XML or JSON by its first bytes, and none of HTML.
bool MayBeList(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return false;
  constexpr size_t kHead = 1024;
  const std::string_view head = text.substr(begin, kHead);
  if (head[0] == '{') return head.find("//jsonfeed.org/version/") != head.npos;
  if (head[0] != '<') return false;
  for (const std::string_view root : {"<rss", "<feed", "<rdf:RDF", "<urlset", "<sitemapindex"}) {
    if (head.find(root) != head.npos) return true;
  }
  return false;
}

// Sitemaps are often files that were compressed before they were put up.
std::string Unpacked(std::string body, size_t most) {
  if (!body.starts_with("\x1F\x8B")) return body;
  const HttpResponse packed{200, {{"content-encoding", "gzip"}}, body};
  return DecodeBody(packed, most);
}

}  // namespace

std::vector<std::string> LinksIn(const HttpExchange& exchange, const Decoder& decoder,
                                 size_t most) {
  const std::string whole = exchange.head + exchange.body;
  const auto response = ParseHttp(whole);
  if (!response) return {};
  const std::string body = Unpacked(DecodeBody(*response, most), most);
  if (!MayBeList(body)) return {};
  const std::string text = decoder.Decode(body, response->charset(), false).text;
  std::vector<std::string> out;
  if (IsSitemap(text)) {
    for (SitemapEntry& entry : ReadSitemap(text).entries) out.push_back(std::move(entry.url));
  } else {
    for (FeedEntry& entry : ReadFeed(text).entries) {
      if (!entry.url.empty()) out.push_back(std::move(entry.url));
    }
  }
  return out;
}

std::string NextPageIn(const HttpExchange& exchange, const std::string& url, const Decoder& decoder,
                       const PageTables& pages, size_t most) {
  const std::string whole = exchange.head + exchange.body;
  const auto response = ParseHttp(whole);
  if (!response) return {};
  const std::string type = response->media_type();
  if (!type.empty() && type != "text/html" && type != "application/xhtml+xml") return {};
  try {
    const std::string body = DecodeBody(*response, most);
    return NextPageOf(decoder.Decode(body, response->charset(), false).text, url, pages);
  } catch (const DocumentError&) {  // said where the page is read
    return {};
  }
}

}  // namespace kaoju
