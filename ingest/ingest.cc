#include "ingest/ingest.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "ingest/html.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxMetaBytes = size_t{1} << 20;
// Not kParseValidateEncodingFlag: the bytes are checked beforehand, and strings with escapes
// afterwards, in a fraction of its time.
constexpr unsigned kJsonFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag;

// The texts of a document; absent is nullopt.
struct Fields {
  std::optional<std::string> text;
  std::optional<std::string> html;
};

void CheckUtf8(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos) {
    throw DocumentError("looks binary: a NUL byte at byte " + std::to_string(bytes.find('\0')));
  }
  if (const auto at = FindInvalidUtf8(bytes)) {
    throw DocumentError("invalid UTF-8 at byte " + std::to_string(*at));
  }
}

// The member's string, if it is a key that we know.
void TakeMember(const std::string& key, std::string value, Article& article, Fields& fields) {
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
    fields.text = std::move(value);
  } else if (key == "html") {
    fields.html = std::move(value);
  }
}

bool IsKnown(const std::string& key) {
  static constexpr std::string_view kKeys[] = {"id",        "url",    "title", "source",
                                               "published", "region", "text",  "html"};
  return std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

// Reads one JSON object into the article and the fields.
Fields ReadJson(std::string_view bytes, Article& article) {
  CheckUtf8(bytes);
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
  for (const auto& member : json.GetObject()) {
    const std::string key(member.name.GetString(), member.name.GetStringLength());
    if (!IsKnown(key)) continue;
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
    TakeMember(key, std::move(value), article, fields);
  }
  return fields;
}

void ReadHtmlText(std::string_view html, Article& article) {
  HtmlPage page = ReadHtml(html);
  article.text = std::move(page.text);
  if (article.title.empty()) article.title = std::move(page.title);
  if (article.published.empty()) article.published = std::move(page.published);
  if (article.text.empty()) throw DocumentError("empty document: no text in the HTML");
}

void ReadLine(const RawDocument& raw, Article& article) {
  Fields fields = ReadJson(raw.bytes, article);
  if (fields.text) {
    article.text = *std::move(fields.text);
  } else if (fields.html) {
    ReadHtmlText(*fields.html, article);
  } else {
    throw DocumentError("neither \"text\" nor \"html\"");
  }
}

// X.meta.json beside X.txt, X.html, X.txt.gz …: its keys, if there is such a file.
void ReadSidecar(const std::string& path, Article& article) {
  std::string stem = path;
  if (stem.ends_with(".gz")) stem.resize(stem.size() - 3);
  const size_t name = stem.rfind('/') + 1;  // npos + 1 is 0
  const size_t dot = stem.rfind('.');
  if (dot != std::string::npos && dot > name) stem.resize(dot);
  const std::string sidecar = stem + ".meta.json";
  std::ifstream in(sidecar, std::ios::binary);
  if (!in) return;
  std::string bytes(kMaxMetaBytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(in.gcount()));
  if (bytes.size() > kMaxMetaBytes) {
    throw DocumentError(sidecar + ": longer than " + std::to_string(kMaxMetaBytes) + " bytes");
  }
  try {
    const Fields fields = ReadJson(bytes, article);
    if (fields.text || fields.html) throw DocumentError("\"text\" and \"html\" belong in the file");
  } catch (const DocumentError& error) {
    throw DocumentError(sidecar + ": " + error.what());
  }
}

void ReadFile(const RawDocument& raw, Article& article) {
  CheckUtf8(raw.bytes);
  ReadSidecar(raw.path, article);
  if (raw.format == RawDocument::Format::kHtml) {
    ReadHtmlText(raw.bytes, article);
  } else {
    article.text = raw.bytes;
  }
}

// Fills everything but what Prepare fills.
void ReadDocument(const RawDocument& raw, Article& article) {
  if (!raw.problem.empty()) throw DocumentError(raw.problem);
  if (raw.format == RawDocument::Format::kJsonLine) {
    ReadLine(raw, article);
  } else {
    ReadFile(raw, article);
  }
  if (article.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw DocumentError("empty document");
  }
}

}  // namespace

Ingest::Ingest(const std::string& fold_dir) : Ingest(fold_dir, FoldMap::Load(fold_dir)) {}

Ingest::Ingest(const std::string& fold_dir, const FoldMap& map)
    : fold_(map), readings_(ReadingTable::Load(fold_dir, map)) {}

Article Ingest::Read(const RawDocument& raw) const {
  const std::string place = raw.path + ':' + std::to_string(raw.line);
  Article article;
  try {
    ReadDocument(raw, article);
  } catch (const DocumentError& error) {
    throw DocumentError(place + ": " + error.what());
  }
  if (article.id.empty()) {
    article.id = raw.format == RawDocument::Format::kJsonLine ? place : raw.path;
  }
  article.day = ParsePublished(article.published);
  Prepare(article);
  return article;
}

void Ingest::Prepare(Article& article) const {
  article.repairs = FindGlosses(article.text, readings_);
  Folded folded = fold_.Fold(article.text, article.repairs);
  article.folded = std::move(folded.text);
  article.alignment = std::move(folded.alignment);
}

}  // namespace kaoju
