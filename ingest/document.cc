#include "ingest/document.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "ingest/byline.h"
#include "ingest/html.h"
#include "ingest/joined_text.h"
#include "ingest/json_string.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxMetaBytes = size_t{1} << 20;
constexpr size_t kMaxExtraBytes = size_t{64} << 10;  // of keys that are not known
constexpr size_t kMaxExtraDepth = 32;
constexpr size_t kFewLost = 8;     // characters that any document may have lost
constexpr size_t kLostShare = 10;  // more than one in so many: no text
// Not kParseValidateEncodingFlag: the bytes are checked beforehand, and strings with escapes
// afterwards, in a fraction of its time.
constexpr unsigned kJsonFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag;

// A text of a document, and where it stood in the JSON.
struct Field {
  std::string value;
  size_t begin = 0;  // the byte behind its opening quote
};

// The texts of a document; absent is nullopt.
struct Fields {
  std::optional<Field> text;
  std::optional<Field> html;
  std::string charset;
};

void CheckText(std::string_view bytes) {
  if (const size_t at = bytes.find('\0'); at != std::string_view::npos) {
    throw DocumentError("looks binary: a NUL byte at byte " + std::to_string(at));
  }
}

// What could not be decoded, where one byte in ten is the most that a damaged page has.
void CheckDecoded(const DecodedText& decoded, size_t bytes) {
  size_t lost = 0;
  for (const Span span : decoded.decoding.undecoded) lost += span.size() / 3;
  if (lost <= kFewLost || lost * kLostShare <= bytes) return;
  throw DocumentError("looks binary: " + std::to_string(lost) + " of " + std::to_string(bytes) +
                      " bytes are no " + decoded.decoding.chosen);
}

// The member's string, if it is a key that we know.
void TakeMember(const std::string& key, std::string value, size_t begin, Article& article,
                Fields& fields) {
  if (key == "id") {
    article.id = std::move(value);
  } else if (key == "url") {
    article.url = std::move(value);
  } else if (key == "title") {
    article.title = std::move(value);
  } else if (key == "source") {
    article.source = std::move(value);
  } else if (key == "published") {
    article.published = std::move(value);
  } else if (key == "region") {
    article.region = std::move(value);
  } else if (key == "text") {
    fields.text = Field{std::move(value), begin};
  } else if (key == "html") {
    fields.html = Field{std::move(value), begin};
  } else if (key == "charset") {
    fields.charset = std::move(value);
  }
}

bool IsKnown(const std::string& key) {
  static constexpr std::string_view kKeys[] = {"id",     "url",  "title", "source", "published",
                                               "region", "text", "html",  "charset"};
  return std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

// Whether nothing in the value is nested deeper than kMaxExtraDepth.
bool IsShallow(const rapidjson::Value& value) {
  std::vector<std::pair<const rapidjson::Value*, size_t>> open = {{&value, 1}};
  while (!open.empty()) {
    const auto [at, depth] = open.back();
    open.pop_back();
    if (depth > kMaxExtraDepth) return false;
    if (at->IsArray()) {
      for (const auto& item : at->GetArray()) open.emplace_back(&item, depth + 1);
    } else if (at->IsObject()) {
      for (const auto& member : at->GetObject()) open.emplace_back(&member.value, depth + 1);
    }
  }
  return true;
}

// Members that are kept for whoever reads the rows, as one JSON object.
class ExtraKeys {
 public:
  // False: it is not kept, being too deep, too long or no text.
  bool Add(const std::string& key, const rapidjson::Value& value) {
    if (!IsShallow(value)) return false;
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
    json.String(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    buffer.Put(':');
    json.Reset(buffer);
    value.Accept(json);
    const std::string_view member(buffer.GetString(), buffer.GetSize());
    if (all_.size() + member.size() > kMaxExtraBytes || FindInvalidUtf8(member)) return false;
    all_ += (all_.empty() ? '{' : ',');
    all_ += member;
    return true;
  }
  std::string Take() { return all_.empty() ? std::string() : all_ + '}'; }

 private:
  std::string all_;
};

// Reads one JSON object into the article and the fields. REQUIRES valid UTF-8.
Fields ReadJson(std::string_view bytes, Article& article) {
  CheckText(bytes);
  const bool escapes = bytes.find("\\u") != std::string_view::npos;
  std::string buffer(bytes);  // that RapidJSON writes the strings into
  rapidjson::Document json;
  json.ParseInsitu<kJsonFlags>(buffer.data());
  if (json.HasParseError()) {
    throw DocumentError("no JSON: " + std::string(GetParseError_En(json.GetParseError())) +
                        " at byte " + std::to_string(json.GetErrorOffset()));
  }
  if (!json.IsObject()) throw DocumentError("a JSON object was expected");
  Fields fields;
  std::set<std::string> seen;
  ExtraKeys extra;
  for (const auto& member : json.GetObject()) {
    const std::string key(member.name.GetString(), member.name.GetStringLength());
    if (!IsKnown(key)) {
      if (escapes && FindInvalidUtf8(key))
        throw DocumentError("a key has half of a surrogate pair");
      if (!extra.Add(key, member.value)) article.left_out.push_back(key);
      continue;
    }
    if (!seen.insert(key).second) throw DocumentError("the key \"" + key + "\" stands twice");
    if (member.value.IsNull()) continue;
    if (!member.value.IsString())
      throw DocumentError("the value of \"" + key + "\" must be a string");
    std::string value(member.value.GetString(), member.value.GetStringLength());
    if (escapes && value.find('\0') != std::string::npos) {
      throw DocumentError("looks binary: a NUL character in \"" + key + "\"");
    }
    if (escapes && FindInvalidUtf8(value)) {
      throw DocumentError("\"" + key + "\" has half of a surrogate pair");
    }
    const auto begin = static_cast<size_t>(member.value.GetString() - buffer.data());
    TakeMember(key, std::move(value), begin, article, fields);
  }
  article.extra = extra.Take();
  return fields;
}

// What the page says of its day, behind what was given, and its address behind that.
void AddPublished(std::vector<PublishedEvidence> said, Article& article) {
  if (!article.published.empty()) article.published_evidence = {{"given", article.published}};
  std::move(said.begin(), said.end(), std::back_inserter(article.published_evidence));
  std::string url = DateInUrl(article.url);
  if (!url.empty()) article.published_evidence.push_back({"url", std::move(url)});
}

// `raw` maps bytes as fetched to the HTML; it becomes one to the text.
void ReadHtmlText(std::string_view html, const PageTables& pages, bool with_raw, Article& article) {
  HtmlPage page = ReadHtml(html, article.url, pages, with_raw);
  article.text = std::move(page.text);
  article.blocks = std::move(page.blocks);
  if (article.title.empty()) article.title = std::move(page.title);
  AddPublished(std::move(page.published_evidence), article);
  if (article.published.empty()) article.published = std::move(page.published);
  article.modified = std::move(page.modified);
  article.next = std::move(page.next);
  if (article.source.empty()) article.source = std::move(page.source);
  if (article.authors.empty()) article.authors = std::move(page.authors);
  if (article.editor.empty()) article.editor = std::move(page.editor);
  if (article.published.empty()) article.published = DateInUrl(article.url);
  if (article.text.empty()) throw DocumentError("empty document: no text in the HTML");
  if (with_raw) article.raw = Compose(article.raw, page.alignment);
}

// Throws DocumentError where the page cannot be read.
void AddPage(const RawPage& page, const Decoder& decoder, const PageTables& pages, bool with_raw,
             JoinedText& joined, Article& article) {
  const DecodedText decoded = decoder.Decode(page.bytes, page.charset, with_raw);
  CheckText(decoded.text);
  HtmlPage html = ReadHtml(decoded.text, page.url, pages, with_raw);
  const Alignment alignment = with_raw ? Compose(decoded.alignment, html.alignment) : Alignment();
  const JoinedText::Place place = joined.Add(html.text, alignment, page.bytes.size());
  for (TextBlock& block : html.blocks) {
    if (block.span.begin < place.skipped) continue;
    block.span.begin += static_cast<uint32_t>(place.at - place.skipped);
    block.span.end += static_cast<uint32_t>(place.at - place.skipped);
    article.blocks.push_back(std::move(block));
  }
  article.pages.push_back(page.url);
  article.next = std::move(html.next);
  if (article.authors.empty()) article.authors = std::move(html.authors);
  if (article.editor.empty()) article.editor = std::move(html.editor);
}

// Appends the pages behind the first one, which `article` holds, up to one that cannot be read.
void ReadFurther(const RawDocument& raw, const Decoder& decoder, const PageTables& pages,
                 bool with_raw, Article& article) {
  JoinedText joined(std::move(article.text), std::move(article.raw), raw.bytes.size(), with_raw);
  for (const RawPage& page : raw.further) {
    try {
      AddPage(page, decoder, pages, with_raw, joined, article);
    } catch (const DocumentError&) {
      article.next = page.url;
      break;
    }
  }
  article.text = joined.text();
  if (with_raw) article.raw = joined.alignment();
}

// Spans of U+FFFD in the text that a JSON line was decoded to; those that it had itself count, too.
std::vector<Span> LostIn(std::string_view text) {
  constexpr std::string_view kLost = "\xEF\xBF\xBD";
  std::vector<Span> spans;
  for (size_t at = text.find(kLost); at != std::string_view::npos; at = text.find(kLost, at + 3)) {
    const auto begin = static_cast<uint32_t>(at);
    if (!spans.empty() && spans.back().end == begin) {
      spans.back().end += 3;
    } else {
      spans.push_back({begin, begin + 3});
    }
  }
  return spans;
}

// The line as UTF-8, which is what JSON is said to be; empty: it is that already.
DecodedText DecodeLine(const RawDocument& raw, const Decoder& decoder, bool with_raw,
                       Article& article) {
  CheckText(raw.bytes);
  DecodedText decoded;
  if (!FindInvalidUtf8(raw.bytes)) return decoded;
  decoded = decoder.Decode(raw.bytes, kUtf8, with_raw);
  CheckDecoded(decoded, raw.bytes.size());
  article.decoding = std::move(decoded.decoding);
  article.decoding.segments.clear();  // of the line, not of the text
  return decoded;
}

std::string_view LineOf(const RawDocument& raw, const DecodedText& decoded) {
  return decoded.text.empty() ? std::string_view(raw.bytes) : decoded.text;
}

void ReadLine(const RawDocument& raw, const Decoder& decoder, const PageTables& pages,
              bool with_raw, Article& article) {
  const DecodedText decoded = DecodeLine(raw, decoder, with_raw, article);
  const std::string_view line = LineOf(raw, decoded);
  Fields fields = ReadJson(line, article);
  std::optional<Field>& field = fields.text ? fields.text : fields.html;
  if (!field) throw DocumentError("neither \"text\" nor \"html\"");
  if (with_raw) {
    article.raw = Compose(decoded.alignment, AlignJsonString(line, field->begin));
  }
  if (fields.text) {
    article.text = std::move(field->value);
  } else {
    ReadHtmlText(field->value, pages, with_raw, article);
  }
  if (!decoded.text.empty()) article.decoding.undecoded = LostIn(article.text);
}

// X.meta.json beside X.txt, X.html, X.txt.gz …: its keys, if there is such a file.
// What it says of the charset is returned.
std::string ReadSidecar(const std::string& path, Article& article) {
  std::string stem = path;
  if (stem.ends_with(".gz")) stem.resize(stem.size() - 3);
  const size_t name = stem.rfind('/') + 1;  // npos + 1 is 0
  const size_t dot = stem.rfind('.');
  if (dot != std::string::npos && dot > name) stem.resize(dot);
  const std::string sidecar = stem + ".meta.json";
  std::ifstream in(sidecar, std::ios::binary);
  if (!in) return {};
  std::string bytes(kMaxMetaBytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(in.gcount()));
  if (bytes.size() > kMaxMetaBytes) {
    throw DocumentError(sidecar + ": longer than " + std::to_string(kMaxMetaBytes) + " bytes");
  }
  try {
    if (const auto at = FindInvalidUtf8(bytes)) {
      throw DocumentError("invalid UTF-8 at byte " + std::to_string(*at));
    }
    Fields fields = ReadJson(bytes, article);
    if (fields.text || fields.html) throw DocumentError("\"text\" and \"html\" belong in the file");
    return std::move(fields.charset);
  } catch (const DocumentError& error) {
    throw DocumentError(sidecar + ": " + error.what());
  }
}

// What a container says of the document, in UTF-8 or in `encoding`, that of the document.
void TakeMeta(const DocumentMeta& meta, const Decoder& decoder, std::string_view encoding,
              Article& article) {
  const auto text = [&](const std::string& given) {
    return FindInvalidUtf8(given) ? decoder.Decode(given, encoding, false).text : given;
  };
  article.id = text(meta.id);
  article.url = text(meta.url);
  article.title = text(meta.title);
  article.source = text(meta.source);
  article.published = text(meta.published);
  article.region = text(meta.region);
  for (const std::string& author : meta.authors) article.authors.push_back(text(author));
}

void ReadFile(const RawDocument& raw, const Decoder& decoder, const PageTables& pages,
              bool with_raw, Article& article) {
  const std::string charset = raw.part ? raw.meta.charset : ReadSidecar(raw.path, article);
  DecodedText decoded = decoder.Decode(raw.bytes, charset, with_raw);
  CheckText(decoded.text);
  CheckDecoded(decoded, raw.bytes.size());
  if (raw.part) TakeMeta(raw.meta, decoder, decoded.decoding.chosen, article);
  article.decoding = std::move(decoded.decoding);
  article.raw = std::move(decoded.alignment);
  if (raw.format == RawDocument::Format::kHtml) {
    ReadHtmlText(decoded.text, pages, with_raw, article);
    if (!raw.further.empty()) ReadFurther(raw, decoder, pages, with_raw, article);
    article.decoding.undecoded = LostIn(article.text);
  } else {
    article.text = std::move(decoded.text);
  }
}

}  // namespace

Page ReadPage(const RawDocument& raw, const Decoder& decoder) {
  if (!raw.problem.empty()) throw DocumentError(raw.problem);
  Article article;
  if (raw.format == RawDocument::Format::kHtml) {
    const std::string charset = raw.part ? raw.meta.charset : ReadSidecar(raw.path, article);
    return {decoder.Decode(raw.bytes, charset, false).text, raw.part ? raw.meta.url : article.url};
  }
  if (raw.format == RawDocument::Format::kJsonLine) {
    const DecodedText decoded = DecodeLine(raw, decoder, false, article);
    Fields fields = ReadJson(LineOf(raw, decoded), article);
    if (fields.html && !fields.text) return {std::move(fields.html->value), article.url};
  }
  throw DocumentError("is no web page");
}

void ReadDocument(const RawDocument& raw, const Decoder& decoder, const PageTables& pages,
                  bool with_raw, Article& article) {
  if (!raw.problem.empty()) throw DocumentError(raw.problem);
  if (raw.format == RawDocument::Format::kJsonLine) {
    ReadLine(raw, decoder, pages, with_raw, article);
  } else {
    ReadFile(raw, decoder, pages, with_raw, article);
  }
  if (article.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw DocumentError("empty document");
  }
}

}  // namespace kaoju
