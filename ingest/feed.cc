#include "ingest/feed.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <libxml/xmlsave.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <mutex>
#include <utility>

#include "ingest/base64.h"
#include "ingest/feed_time.h"
#include "ingest/html_walk.h"
#include "ingest/plain_text.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr int kMaxXmlDepth = 200;  // below libxml2's own limit

struct FreeXml {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
  void operator()(xmlChar* text) const { xmlFree(text); }
  void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};
template <typename T>
using Xml = std::unique_ptr<T, FreeXml>;

std::string_view ToView(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// References to the control characters from 128 to 159 mean those of windows-1252, as in HTML.
bool AppendWindows(const std::string& reference, std::string& out) {
  const bool hex = reference.starts_with("#x") || reference.starts_with("#X");
  const char* begin = reference.data() + (hex ? 2 : 1);
  const char* end = reference.data() + reference.size();
  unsigned code = 0;
  const auto [stop, error] = std::from_chars(begin, end, code, hex ? 16 : 10);
  if (error != std::errc() || stop != end || code < 0x80 || code > 0x9F) return false;
  const char byte = static_cast<char>(code);
  icu::UnicodeString(&byte, 1, "windows-1252").toUTF8String(out);
  return true;
}

// Entities of HTML are none of XML, and stand in feeds all the same.
std::string WithoutHtmlEntities(std::string_view xml) {
  constexpr size_t kMaxName = 10;
  std::string out;
  out.reserve(xml.size());
  for (size_t at = 0; at < xml.size();) {
    const size_t next = std::min(xml.find_first_of("&<", at), xml.size());
    out += xml.substr(at, next - at);
    at = next;
    if (at == xml.size()) break;
    if (xml.substr(at).starts_with("<![CDATA[")) {
      const size_t end = std::min(xml.find("]]>", at), xml.size());
      out += xml.substr(at, end - at);
      at = end;
      continue;
    }
    const size_t semicolon = xml.substr(at, kMaxName + 2).find(';');
    if (xml[at] == '&' && semicolon != xml.npos) {
      const std::string name(xml.substr(at + 1, semicolon - 1));
      const bool own =
          name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
      const htmlEntityDesc* entity =
          own ? nullptr : htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
      if (name.starts_with('#') && AppendWindows(name, out)) {
        at += semicolon + 1;
        continue;
      }
      if (entity != nullptr) {
        AppendUtf8(entity->value, out);
        at += semicolon + 1;
        continue;
      }
    }
    out += xml[at++];
  }
  return out;
}

struct ParsedXml {
  Xml<xmlDoc> doc;
  std::string problem;  // the document breaks off, and how
};

ParsedXml ParseXml(std::string_view utf8) {
  static std::once_flag once;
  std::call_once(once, xmlInitParser);
  const std::string xml = WithoutHtmlEntities(utf8);
  const Xml<xmlParserCtxt> context(xmlNewParserCtxt());
  if (context == nullptr) throw DocumentError("out of memory");
  constexpr int kOptions = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                           XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC |
                           XML_PARSE_COMPACT;
  ParsedXml out;
  out.doc.reset(xmlCtxtReadMemory(context.get(), xml.data(), static_cast<int>(xml.size()), nullptr,
                                  "UTF-8", kOptions));
  const xmlError& error = context->lastError;
  if (out.doc == nullptr || xmlDocGetRootElement(out.doc.get()) == nullptr) {
    std::string why = error.message != nullptr ? error.message : "no element";
    throw DocumentError("no XML: line " + std::to_string(error.line) + ": " + Collapse(why));
  }
  if (out.doc->intSubset != nullptr && out.doc->intSubset->entities != nullptr)
    throw DocumentError("the XML declares entities of its own");
  const bool cut = error.code == XML_ERR_TAG_NOT_FINISHED || error.code == XML_ERR_DOCUMENT_END ||
                   error.code == XML_ERR_CDATA_NOT_FINISHED;
  if (context->disableSAX != 0 || cut) {
    out.problem = "the XML is broken at line " + std::to_string(error.line) + ": " +
                  Collapse(error.message != nullptr ? error.message : "") +
                  "; entries behind may be missing";
  }
  return out;
}

// Names of elements as they are used below, in lower case: those of feeds bare, others with a
// prefix that does not depend on the document.
std::string NameOf(const xmlNode& node) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kModules = {{
      {"http://purl.org/dc/elements/1.1/", "dc:"},
      {"http://purl.org/dc/terms/", "dcterms:"},
      {"http://purl.org/rss/1.0/modules/content/", "content:"},
      {"http://www.w3.org/1999/xhtml", "xhtml:"},
      {"http://www.google.com/schemas/sitemap-news/0.9", "news:"},
      {"http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes:"},
  }};
  constexpr std::array<std::string_view, 8> kFeeds = {
      "http://www.w3.org/2005/Atom",     "http://purl.org/atom/ns#",
      "http://purl.org/rss/1.0/",        "http://my.netscape.com/rdf/simple/0.9/",
      "http://channel.netscape.com/rdf", "http://backend.userland.com/",
      "http://blogs.law.harvard.edu/",   "http://www.sitemaps.org/schemas/sitemap/",
  };
  const std::string name = LowerAscii(ToView(node.name));
  if (node.ns == nullptr) return name;
  const std::string_view uri = ToView(node.ns->href);
  for (const auto& [module, prefix] : kModules) {
    if (LowerAscii(uri) == LowerAscii(module)) return std::string(prefix) + name;
  }
  for (const std::string_view feed : kFeeds) {
    if (uri.starts_with(feed)) return name;
  }
  return node.ns->prefix == nullptr ? name : "?:" + name;
}

// Without regard to case and namespace.
std::string Attribute(const xmlNode& node, std::string_view name) {
  for (const xmlAttr* at = node.properties; at != nullptr; at = at->next) {
    if (LowerAscii(ToView(at->name)) != name) continue;
    const Xml<xmlChar> value(xmlNodeListGetString(node.doc, at->children, 1));
    return std::string(ToView(value.get()));
  }
  return {};
}

// Calls visit for each element directly below.
template <typename Visit>
void ForChildren(const xmlNode& node, Visit visit) {
  for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) visit(*child);
  }
}

bool HasElements(const xmlNode& node) {
  bool any = false;
  ForChildren(node, [&](const xmlNode&) { any = true; });
  return any;
}

// All text below, in order.
void AppendText(const xmlNode& node, int depth, std::string& out) {
  if (depth > kMaxXmlDepth) return;
  for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      out += ToView(child->content);
    if (child->type == XML_ELEMENT_NODE) AppendText(*child, depth + 1, out);
  }
}
std::string TextOf(const xmlNode& node) {
  std::string out;
  AppendText(node, 0, out);
  return out;
}

// The markup below, as it is.
std::string MarkupOf(const xmlNode& node) {
  const Xml<xmlBuffer> buffer(xmlBufferCreate());
  // As XHTML: HTML has no empty tags but its own.
  xmlSaveCtxt* out = xmlSaveToBuffer(buffer.get(), "UTF-8", XML_SAVE_XHTML | XML_SAVE_NO_DECL);
  if (out == nullptr) throw DocumentError("out of memory");
  for (xmlNode* child = node.children; child != nullptr; child = child->next)
    xmlSaveTree(out, child);
  xmlSaveClose(out);
  return std::string(ToView(xmlBufferContent(buffer.get())));
}

// Of Atom's content: what is neither text nor XML is in Base64 (RFC 4287, 4.1.3.3).
bool IsBinary(std::string_view type) {
  return type.find('/') != type.npos && !type.starts_with("text/") && !type.ends_with("/xml") &&
         !type.ends_with("+xml");
}

// A text construct of RSS or Atom as HTML. `plain`: what it is when it does not say.
std::string HtmlOf(const xmlNode& node, bool plain) {
  const std::string type = LowerAscii(Attribute(node, "type"));
  const std::string mode = LowerAscii(Attribute(node, "mode"));
  const bool html = type == "html" || type == "text/html" || mode == "escaped";
  if (mode == "base64" || IsBinary(type)) return FromBase64(TextOf(node));
  if (html && HasElements(node)) {
    std::string text = TextOf(node);
    return text.find('<') == text.npos ? MarkupOf(node) : text;
  }
  if (HasElements(node)) return MarkupOf(node);
  if (html || type == "application/xhtml+xml") return TextOf(node);
  if (type == "text" || type == "text/plain" || (type.empty() && plain))
    return EscapeHtml(TextOf(node));
  return type == "xhtml" ? EscapeHtml(TextOf(node)) : TextOf(node);
}

std::string Resolve(const xmlNode& node, const std::string& address) {
  const std::string trimmed = Collapse(address);
  const Xml<xmlChar> base(xmlNodeGetBase(node.doc, &node));
  if (base == nullptr || trimmed.empty()) return trimmed;
  const Xml<xmlChar> whole(
      xmlBuildURI(reinterpret_cast<const xmlChar*>(trimmed.c_str()), base.get()));
  return whole == nullptr ? trimmed : std::string(ToView(whole.get()));
}

// Reads the entries of one document.
class XmlFeed {
 public:
  Feed Read(const xmlNode& root) {
    const std::string name = NameOf(root);
    const bool known =
        name == "rss" || name == "feed" || name.ends_with("rdf") || name == "channel";
    if (!known)
      throw DocumentError("no feed: its root is <" + std::string(ToView(root.name)) + ">");
    atom_ = name == "feed";
    Level(root);
    return std::move(feed_);
  }

 private:
  // A feed, or the channel in it.
  void Level(const xmlNode& level) {
    ForChildren(level, [&](const xmlNode& child) {
      const std::string name = NameOf(child);
      if (name == "channel") Level(child);
      if ((name == "title" || name == "dc:title") && feed_.title.empty())
        feed_.title = Title(child);
      if (name == "item" || name == "entry") feed_.entries.push_back(Entry(child));
    });
  }

  std::string Title(const xmlNode& node) const { return PlainText(HtmlOf(node, atom_)); }

  FeedEntry Entry(const xmlNode& node) const {
    FeedEntry out;
    size_t rank = 0;  // of the time
    ForChildren(node, [&](const xmlNode& child) {
      const std::string name = NameOf(child);
      if (name == "title" || (name == "dc:title" && out.title.empty())) out.title = Title(child);
      if (name == "link") TakeLink(child, out);
      if (name == "guid" || name == "id") TakeId(child, out);
      if (name == "source") TakeSource(child, out);
      TakeTime(name, child, rank, out);
      TakeAuthor(name, child, out);
      TakeContent(name, child, out);
    });
    const std::string about = Attribute(node, "about");  // RDF
    const std::string href = Attribute(node, "href");    // CDF
    if (out.id.empty()) out.id = about;
    if (out.url.empty()) out.url = Resolve(node, about.empty() ? href : about);
    if (out.published.empty()) out.published = FeedTime(Attribute(node, "lastmod"));
    if (out.url.empty() && out.id.starts_with("http")) out.url = out.id;
    return out;
  }

  static void TakeLink(const xmlNode& node, FeedEntry& out) {
    const std::string rel = Attribute(node, "rel");
    const std::string href = Attribute(node, "href");
    if (!rel.empty() && rel != "alternate") return;
    if (out.url.empty()) out.url = Resolve(node, href.empty() ? TextOf(node) : href);
  }

  static void TakeId(const xmlNode& node, FeedEntry& out) {
    out.id = Collapse(TextOf(node));
    // A guid is an address unless it says that it is none.
    const bool address = out.id.find("://") != out.id.npos;
    if (NameOf(node) == "guid" && address && out.url.empty() &&
        Attribute(node, "ispermalink") != "false")
      out.url = out.id;
  }

  static void TakeSource(const xmlNode& node, FeedEntry& out) {
    if (!HasElements(node)) {
      out.source = Collapse(TextOf(node));
      return;
    }
    ForChildren(node, [&](const xmlNode& child) {
      if (NameOf(child) == "title") out.source = Collapse(TextOf(child));
    });
  }

  // The first of these that stands there is when the entry was published.
  static void TakeTime(const std::string& name, const xmlNode& node, size_t& rank, FeedEntry& out) {
    constexpr std::array<std::string_view, 10> kTimes = {
        "published",       "pubdate", "issued",  "dc:date",  "dcterms:issued",
        "dcterms:created", "created", "updated", "modified", "dcterms:modified"};
    const auto at = std::find(kTimes.begin(), kTimes.end(), name);
    const auto here = static_cast<size_t>(kTimes.end() - at);
    if (here <= rank) return;
    const std::string time = FeedTime(TextOf(node));
    if (time.empty()) return;
    out.published = time;
    rank = here;
  }

  static void TakeAuthor(const std::string& name, const xmlNode& node, FeedEntry& out) {
    constexpr std::array<std::string_view, 4> kAuthors = {"author", "dc:creator", "dc:author",
                                                          "itunes:author"};
    if (std::find(kAuthors.begin(), kAuthors.end(), name) == kAuthors.end()) return;
    std::string author = Collapse(TextOf(node));
    ForChildren(node, [&](const xmlNode& child) {
      if (NameOf(child) == "name") author = Collapse(TextOf(child));
    });
    // RSS: "address (name)".
    const size_t open = author.find(" (");
    if (author.find('@') < open && open != author.npos && author.ends_with(')'))
      author = author.substr(open + 2, author.size() - open - 3);
    if (!author.empty()) out.authors.push_back(author);
  }

  void TakeContent(const std::string& name, const xmlNode& node, FeedEntry& out) const {
    constexpr std::array<std::string_view, 11> kContents = {
        "content:encoded", "content",   "description",    "summary",        "body",    "fullitem",
        "xhtml:body",      "xhtml:div", "dc:description", "itunes:summary", "abstract"};
    const bool content = std::find(kContents.begin(), kContents.end(), name) != kContents.end();
    if (!content || !Attribute(node, "src").empty()) return;
    std::string html = HtmlOf(node, atom_);
    if (html.size() > out.html.size()) out.html = std::move(html);
  }

  Feed feed_;
  bool atom_ = false;
};

std::string StringAt(const rapidjson::Value& object, const char* key) {
  const auto at = object.FindMember(key);
  if (at == object.MemberEnd()) return {};
  if (at->value.IsString()) return {at->value.GetString(), at->value.GetStringLength()};
  return at->value.IsInt64() ? std::to_string(at->value.GetInt64()) : std::string();
}

std::vector<std::string> JsonAuthors(const rapidjson::Value& item) {
  std::vector<std::string> out;
  const auto add = [&](const rapidjson::Value& author) {
    if (author.IsObject()) out.push_back(StringAt(author, "name"));
  };
  const auto many = item.FindMember("authors");
  if (many != item.MemberEnd() && many->value.IsArray()) {
    for (const auto& author : many->value.GetArray()) add(author);
  } else if (const auto one = item.FindMember("author"); one != item.MemberEnd()) {
    add(one->value);
  }
  std::erase(out, "");
  return out;
}

Feed ReadJsonFeed(std::string_view utf8) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(utf8.data(), utf8.size());
  if (json.HasParseError()) {
    throw DocumentError("no JSON: " + std::string(GetParseError_En(json.GetParseError())) +
                        " at byte " + std::to_string(json.GetErrorOffset()));
  }
  const auto items =
      json.IsObject() ? json.FindMember("items") : rapidjson::Value::MemberIterator();
  if (!json.IsObject() || items == json.MemberEnd() || !items->value.IsArray())
    throw DocumentError("no feed: it has no \"items\"");
  Feed feed;
  feed.title = StringAt(json, "title");
  for (const auto& item : items->value.GetArray()) {
    FeedEntry entry;
    if (item.IsObject()) {
      entry.id = StringAt(item, "id");
      entry.url = StringAt(item, "url");
      entry.title = StringAt(item, "title");
      entry.published = FeedTime(StringAt(item, "date_published"));
      entry.authors = JsonAuthors(item);
      entry.html = StringAt(item, "content_html");
      if (entry.html.empty()) entry.html = EscapeHtml(StringAt(item, "content_text"));
      if (entry.html.empty()) entry.html = EscapeHtml(StringAt(item, "summary"));
    }
    feed.entries.push_back(std::move(entry));
  }
  return feed;
}

std::string ChildText(const xmlNode& node, std::string_view wanted) {
  std::string out;
  ForChildren(node, [&](const xmlNode& child) {
    if (NameOf(child) == wanted) out = Collapse(TextOf(child));
  });
  return out;
}

}  // namespace

Feed ReadFeed(std::string_view utf8) {
  const size_t begin = utf8.find_first_not_of(" \t\r\n");
  if (begin != utf8.npos && utf8[begin] == '{') return ReadJsonFeed(utf8);
  const ParsedXml xml = ParseXml(utf8);
  Feed feed = XmlFeed().Read(*xmlDocGetRootElement(xml.doc.get()));
  feed.problem = xml.problem;
  return feed;
}

Sitemap ReadSitemap(std::string_view utf8) {
  const ParsedXml xml = ParseXml(utf8);
  const xmlNode& root = *xmlDocGetRootElement(xml.doc.get());
  Sitemap out;
  const std::string_view name = ToView(root.name);
  if (name != "urlset" && name != "sitemapindex")
    throw DocumentError("no sitemap: its root is <" + std::string(name) + ">");
  out.index = name == "sitemapindex";
  ForChildren(root, [&](const xmlNode& child) {
    SitemapEntry entry;
    entry.url = ChildText(child, "loc");
    entry.published = ChildText(child, "lastmod");
    ForChildren(child, [&](const xmlNode& news) {
      if (NameOf(news) != "news:news") return;
      entry.title = ChildText(news, "news:title");
      entry.published = ChildText(news, "news:publication_date");
    });
    if (!entry.url.empty()) out.entries.push_back(std::move(entry));
  });
  return out;
}

bool IsSitemap(std::string_view utf8) {
  constexpr size_t kHead = 2048;
  const std::string_view head = utf8.substr(0, kHead);
  return head.find("<urlset") != head.npos || head.find("<sitemapindex") != head.npos;
}

}  // namespace kaoju
