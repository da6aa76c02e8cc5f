#include "ingest/page_meta.h"

#include <rapidjson/document.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "ingest/html_walk.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMaxTexts = 64;              // headings and titles
constexpr size_t kMaxTries = 512;             // elements that may be one
constexpr size_t kMaxJson = size_t{1} << 20;  // bytes of JSON-LD
constexpr size_t kMaxNodes = 10'000;          // of it

std::string_view String(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

class JsonReader {
 public:
  explicit JsonReader(PageMeta& out) : out_(out) {}

  // REQUIRES nothing of `json`.
  void Read(std::string_view json) {
    if (json.size() > kMaxJson || FindInvalidUtf8(json)) return;
    rapidjson::Document document;
    document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseTrailingCommasFlag |
                   rapidjson::kParseCommentsFlag>(json.data(), json.size());
    if (document.HasParseError()) return;
    std::vector<const rapidjson::Value*> open = {&document};
    for (size_t i = 0; i < open.size() && open.size() < kMaxNodes; ++i) {
      const rapidjson::Value& value = *open[i];
      if (value.IsArray()) {
        for (const auto& item : value.GetArray()) open.push_back(&item);
      } else if (value.IsObject()) {
        if (IsArticle(value)) return Take(value);
        const auto graph = value.FindMember("@graph");
        if (graph != value.MemberEnd()) open.push_back(&graph->value);
      }
    }
  }

 private:
  static bool IsArticle(const rapidjson::Value& object) {
    const auto type = object.FindMember("@type");
    if (type == object.MemberEnd()) return false;
    const auto names = [](const rapidjson::Value& v) {
      return v.IsString() && (String(v).ends_with("Article") || String(v).ends_with("Posting"));
    };
    if (!type->value.IsArray()) return names(type->value);
    const auto& types = type->value.GetArray();
    return std::any_of(types.begin(), types.end(), names);
  }

  void Take(const rapidjson::Value& article) {
    constexpr std::array<std::pair<const char*, PageField>, 3> kTexts = {{
        {"headline", PageField::kTitle},
        {"datePublished", PageField::kPublished},
        {"dateModified", PageField::kModified},
    }};
    for (const auto& [key, field] : kTexts) {
      const auto at = article.FindMember(key);
      if (at != article.MemberEnd() && at->value.IsString()) Put(field, String(at->value));
    }
    for (const std::string& name : Names(article, "publisher")) Put(PageField::kSite, name);
    out_.json_authors = Names(article, "author");
  }

  void Put(PageField field, std::string_view value) {
    std::string text = ClipText(value);
    if (!text.empty()) out_.json.emplace(field, std::move(text));
  }

  // The names of a person or organisation, or of several.
  static std::vector<std::string> Names(const rapidjson::Value& object, const char* key) {
    std::vector<std::string> out;
    const auto at = object.FindMember(key);
    if (at == object.MemberEnd()) return out;
    const auto add = [&](const rapidjson::Value& v) {
      if (v.IsString()) out.push_back(ClipText(String(v)));
      if (!v.IsObject()) return;
      const auto name = v.FindMember("name");
      if (name != v.MemberEnd() && name->value.IsString())
        out.push_back(ClipText(String(name->value)));
    };
    if (at->value.IsArray()) {
      for (const auto& item : at->value.GetArray()) add(item);
    } else {
      add(at->value);
    }
    std::erase(out, "");
    return out;
  }

  PageMeta& out_;
};

class Reader {
 public:
  explicit Reader(const PageTables& tables) : tables_(tables) { rank_.fill(tables.meta().size()); }

  PageMeta Read(const GumboNode* root) {
    Walk(
        root, [&](const GumboNode& node, const auto&) { return Enter(node); },
        [](const GumboNode&) {});
    out_.headings.insert(out_.headings.end(), lesser_.begin(), lesser_.end());
    return std::move(out_);
  }

 private:
  bool Enter(const GumboNode& node) {
    if (!IsElement(node)) return node.type == GUMBO_NODE_DOCUMENT;
    switch (TagOf(node)) {
      case GUMBO_TAG_META:
        TakeMeta(node);
        return false;
      case GUMBO_TAG_SCRIPT:
        if (LowerAscii(AttributeOf(node, "type")) == "application/ld+json") {
          TakeJson(node);
        } else {
          TakeScript(node);
        }
        return false;
      case GUMBO_TAG_LINK:
        if (LowerAscii(AttributeOf(node, "rel")) == "canonical")
          out_.address = ClipText(AttributeOf(node, "href"));
        return false;
      case GUMBO_TAG_TITLE:
        if (out_.title_tag.empty()) out_.title_tag = TextBelow(&node);
        return false;
      case GUMBO_TAG_H1:
        Add(out_.headings, node);
        return false;
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
        Add(lesser_, node);
        return false;
      case GUMBO_TAG_TIME:
        if (out_.time_tag.empty()) out_.time_tag = ClipText(AttributeOf(node, "datetime"));
        return true;
      default:
        if (IsCalledTitle(node)) Add(out_.titled, node);
        if (out_.called_source.empty() && IsCalledSource(node)) TakeSource(node);
        return true;
    }
  }

  static bool IsCalledSource(const GumboNode& node) {
    const std::string_view name = AttributeOf(node, "class");
    return name == "source" || name.ends_with("-source") || name.ends_with("_source");
  }

  // A name, not a label with its value, which bylines are read for.
  void TakeSource(const GumboNode& node) {
    if (++tries_ > kMaxTries) return;
    std::string text = TextBelow(&node);
    constexpr size_t kMostLetters = 12;
    const bool name =
        text.find_first_of(" :0123456789") == text.npos && text.find("\xEF\xBC\x9A") == text.npos;
    const size_t letters = CountLetters(text);
    if (name && letters > 1 && letters <= kMostLetters) out_.called_source = std::move(text);
  }

  static bool IsCalledTitle(const GumboNode& node) {
    for (const char* name : {"class", "id"}) {
      const std::string value = LowerAscii(AttributeOf(node, name));
      if (value.find("title") != value.npos || value.find("headline") != value.npos) return true;
    }
    return false;
  }

  void Add(std::vector<std::string>& texts, const GumboNode& node) {
    if (texts.size() == kMaxTexts || ++tries_ > kMaxTries) return;
    std::string text = TextBelow(&node);
    if (!text.empty()) texts.push_back(std::move(text));
  }

  void TakeMeta(const GumboNode& node) {
    const std::string value = ClipText(AttributeOf(node, "content"));
    if (value.empty()) return;
    for (const char* name : {"property", "name", "itemprop", "http-equiv"}) {
      const std::string key = LowerAscii(AttributeOf(node, name));
      if (key.empty()) continue;
      if (key == "og:url" && out_.address.empty()) out_.address = value;
      for (size_t i = 0; i < tables_.meta().size(); ++i) {
        const PageTables::Label& known = tables_.meta()[i];
        if (known.words != key) continue;
        size_t& best = rank_[static_cast<size_t>(known.field)];
        if (i >= best) continue;
        best = i;
        out_.meta[known.field] = value;
      }
    }
  }

  // A member of an object in a script, by the keys that <meta> has.
  void TakeScript(const GumboNode& node) {
    if (!out_.script_time.empty() || node.v.element.children.length == 0) return;
    const auto* text = static_cast<const GumboNode*>(node.v.element.children.data[0]);
    if (!IsText(*text)) return;
    static const RE2 member(R"_("(\w{3,24})"\s*:\s*"(\d{4}-\d\d-\d\d[^"\\]{0,20})")_");
    std::string_view script = text->v.text.text;
    re2::StringPiece rest(script.data(), std::min(script.size(), kMaxJson));
    std::string key;
    std::string time;
    while (RE2::FindAndConsume(&rest, member, &key, &time)) {
      if (!IsPublished(LowerAscii(key))) continue;
      out_.script_time = time;
      return;
    }
  }

  bool IsPublished(const std::string& key) const {
    return std::any_of(tables_.meta().begin(), tables_.meta().end(), [&](const auto& known) {
      return known.field == PageField::kPublished && known.words == key && key != "date";
    });
  }

  void TakeJson(const GumboNode& node) {
    if (!out_.json.empty() || node.v.element.children.length == 0) return;
    const auto* text = static_cast<const GumboNode*>(node.v.element.children.data[0]);
    if (IsText(*text)) JsonReader(out_).Read(text->v.text.text);
  }

  const PageTables& tables_;
  PageMeta out_;
  std::array<size_t, kPageFields> rank_{};  // of the key that gave a field
  std::vector<std::string> lesser_;
  size_t tries_ = 0;
};

}  // namespace

std::string PageMeta::Get(PageField field) const {
  for (const auto* from : {&json, &meta}) {
    const auto at = from->find(field);
    if (at != from->end()) return at->second;
  }
  return {};
}

PageMeta ReadMeta(const GumboNode* root, const PageTables& tables) {
  return Reader(tables).Read(root);
}

}  // namespace kaoju
