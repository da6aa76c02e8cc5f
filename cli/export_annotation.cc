#include <algorithm>

#include "cli/export.h"
#include "cli/json.h"
#include "extract/span.h"

namespace kaoju {
namespace {

constexpr size_t kContextBytes = 96;  // of a quotation's prefix and suffix, before rounding

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Counts the code points before a byte of a text. Going forward costs what lies between.
class CodePoints {
 public:
  // REQUIRES byte <= text.size(), and the same text until Restart.
  size_t Before(std::string_view text, size_t byte) {
    if (byte < byte_) Restart();
    for (; byte_ < byte; ++byte_) count_ += IsContinuation(text[byte_]) ? 0 : 1;
    return count_;
  }
  void Restart() { byte_ = count_ = 0; }

 private:
  size_t byte_ = 0;
  size_t count_ = 0;
};

class ClaimAnnotationsFormat : public ExportFormat {
 public:
  ClaimAnnotationsFormat(const std::string& base, std::ostream& out) : base_(base), out_(out) {}

  void Put(const StreamedArticle& article, const StreamedFact& fact) override {
    if (fact.kind != "claim") return;
    if (article.id != article_id_) {
      article_id_ = article.id;
      starts_.Restart();
      ends_.Restart();
    }
    line_.Clear();
    JsonWriter w(line_);
    w.StartObject();
    PutContext(w);
    PutText(w, "id", IriOf(article, fact, base_));
    PutText(w, "type", "Annotation");
    PutText(w, "motivation", "identifying");
    w.Key("generator");
    w.StartObject();
    PutText(w, "type", "Software");
    PutText(w, "name", "kaoju " + article.version);
    w.EndObject();
    PutClaim(w, article, fact);
    PutTarget(w, article, fact);
    w.EndObject();
    out_.write(line_.GetString(), static_cast<std::streamsize>(line_.GetSize())) << '\n';
  }

 private:
  static void PutContext(JsonWriter& w) {
    w.Key("@context");
    w.StartArray();
    w.String("http://www.w3.org/ns/anno.jsonld");
    w.StartObject();
    PutText(w, "schema", "https://schema.org/");
    w.EndObject();
    w.EndArray();
  }

  static void PutNamed(JsonWriter& w, const char* key, std::string_view type,
                       std::string_view name) {
    w.Key(key);
    w.StartObject();
    PutText(w, "type", "schema:" + std::string(SchemaClass(type)));
    PutText(w, "schema:name", name);
    w.EndObject();
  }

  static Span ContentOf(const StreamedFact& fact) {
    return {static_cast<uint32_t>(fact.Int("content_start").value_or(0)),
            static_cast<uint32_t>(fact.Int("content_end").value_or(0))};
  }

  void PutClaim(JsonWriter& w, const StreamedArticle& article, const StreamedFact& fact) const {
    w.Key("body");
    w.StartObject();
    PutText(w, "type", "schema:Claim");
    PutText(w, "schema:text", Slice(article.text, ContentOf(fact)));
    const std::string source = fact.Text("source");
    if (!source.empty()) PutNamed(w, "schema:author", fact.Text("source_kind"), source);
    w.Key("schema:appearance");
    w.StartObject();
    PutText(w, "id", IriOf(article, base_));
    PutText(w, "type", "schema:NewsArticle");
    if (!article.title.empty()) PutText(w, "schema:headline", article.title);
    if (!article.day.empty()) PutText(w, "schema:datePublished", article.day);
    if (!article.source.empty()) PutNamed(w, "schema:publisher", "media", article.source);
    w.EndObject();
    w.Key("schema:additionalProperty");
    w.StartArray();
    for (const char* name : {"source_kind", "cue", "cue_kind", "modality"})
      PutProperty(w, name, fact.Text(name));
    PutProperty(w, "negated", fact.Int("negated") == 1 ? "true" : "false");
    PutProperty(w, "direct_quote", fact.Int("direct_quote") == 1 ? "true" : "false");
    PutProperty(w, "rule", fact.rule);
    if (!fact.verdict.empty()) PutProperty(w, "verdict", fact.verdict);
    w.EndArray();
    w.EndObject();
  }

  static void PutProperty(JsonWriter& w, std::string_view name, std::string_view value) {
    w.StartObject();
    PutText(w, "type", "schema:PropertyValue");
    PutText(w, "schema:name", name);
    PutText(w, "schema:value", value);
    w.EndObject();
  }

  void PutTarget(JsonWriter& w, const StreamedArticle& article, const StreamedFact& fact) {
    const std::string_view text = article.text;
    const Span content = ContentOf(fact);
    size_t before = content.begin - std::min<size_t>(content.begin, kContextBytes);
    while (before < content.begin && IsContinuation(text[before])) ++before;
    size_t after = std::min(text.size(), content.end + kContextBytes);
    while (after < text.size() && IsContinuation(text[after])) --after;
    w.Key("target");
    w.StartObject();
    PutText(w, "source", IriOf(article, base_));
    w.Key("selector");
    w.StartArray();
    w.StartObject();
    PutText(w, "type", "TextQuoteSelector");
    PutText(w, "exact", Slice(text, content));
    PutText(w, "prefix", text.substr(before, content.begin - before));
    PutText(w, "suffix", text.substr(content.end, after - content.end));
    w.EndObject();
    w.StartObject();
    PutText(w, "type", "TextPositionSelector");
    PutCount(w, "start", starts_.Before(text, content.begin));
    PutCount(w, "end", ends_.Before(text, content.end));
    w.EndObject();
    w.EndArray();
    w.EndObject();
  }

  const std::string base_;
  std::ostream& out_;
  rapidjson::StringBuffer line_;
  std::string article_id_;
  CodePoints starts_;
  CodePoints ends_;
};

}  // namespace

std::unique_ptr<ExportFormat> ClaimAnnotations(const std::string& base, std::ostream& out) {
  return std::make_unique<ClaimAnnotationsFormat>(base, out);
}

}  // namespace kaoju
