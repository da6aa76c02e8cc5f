#include "cli/export.h"
#include "cli/json.h"

namespace kaoju {
namespace {

void PutTextOrNull(JsonWriter& w, const char* key, std::string_view value) {
  if (!value.empty()) return PutText(w, key, value);
  w.Key(key);
  w.Null();
}

constexpr std::string_view kRelation = "relation";

void PutRoles(JsonWriter& w, const StreamedFact& fact) {
  w.StartArray();
  for (const StreamedRole& role : fact.roles) {
    w.StartObject();
    PutText(w, "name", role.name);
    PutText(w, "value", role.value);
    PutCount(w, "start", static_cast<size_t>(role.start));
    PutCount(w, "end", static_cast<size_t>(role.end));
    w.EndObject();
  }
  w.EndArray();
}

class JsonLinesFormat : public ExportFormat {
 public:
  explicit JsonLinesFormat(std::ostream& out) : out_(out) {}

  void Put(const StreamedArticle& article, const StreamedFact& fact) override {
    line_.Clear();
    JsonWriter w(line_);
    w.StartObject();
    PutText(w, "doc", article.id);
    PutTextOrNull(w, "url", article.url);
    PutTextOrNull(w, "outlet", article.source);
    PutTextOrNull(w, "published", article.published);
    PutTextOrNull(w, "day", article.day);
    PutText(w, "fact", fact.kind);
    PutCount(w, "n", static_cast<size_t>(fact.n));
    PutCount(w, "start", static_cast<size_t>(fact.start));
    PutCount(w, "end", static_cast<size_t>(fact.end));
    PutText(w, "surface", fact.surface);
    PutText(w, "reading", fact.reading);
    for (const ContentRow::Column& column : fact.columns) {
      w.Key(column.name.c_str());
      PutValue(w, column.value);
    }
    if (fact.kind == kRelation) {
      w.Key("roles");
      PutRoles(w, fact);
    }
    PutText(w, "rule", fact.rule);
    PutTextOrNull(w, "rule_version", fact.rule_version);
    PutText(w, "version", article.version);
    PutTextOrNull(w, "verdict", fact.verdict);
    w.EndObject();
    out_.write(line_.GetString(), static_cast<std::streamsize>(line_.GetSize())) << '\n';
  }

 private:
  std::ostream& out_;
  rapidjson::StringBuffer line_;
};

class CsvFormat : public ExportFormat {
 public:
  CsvFormat(const std::string& kind, const std::vector<std::string>& columns, std::ostream& out)
      : out_(out) {
    for (const char* name : {"doc", "url", "outlet", "published", "day", "fact", "n", "start",
                             "end", "surface", "reading"})
      Field(name);
    for (const std::string& name : columns) Field(name);
    if (kind == kRelation) Field("roles");
    for (const char* name : {"rule", "rule_version", "version", "verdict"}) Field(name);
    End();
  }

  void Put(const StreamedArticle& article, const StreamedFact& fact) override {
    for (const std::string* text :
         {&article.id, &article.url, &article.source, &article.published, &article.day})
      Field(*text);
    Field(fact.kind);
    for (const int64_t number : {fact.n, fact.start, fact.end}) Field(std::to_string(number));
    Field(fact.surface);
    Field(fact.reading);
    for (const ContentRow::Column& column : fact.columns) Field(ToText(column.value));
    if (fact.kind == kRelation) Field(Roles(fact));
    for (const std::string* text :
         {&fact.rule, &fact.rule_version, &article.version, &fact.verdict})
      Field(*text);
    End();
  }

 private:
  static std::string Roles(const StreamedFact& fact) {
    rapidjson::StringBuffer roles;
    JsonWriter w(roles);
    PutRoles(w, fact);
    return {roles.GetString(), roles.GetSize()};
  }

  static std::string ToText(const ContentRow::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (std::holds_alternative<std::monostate>(value)) return {};
    rapidjson::StringBuffer number;  // as in JSON, whatever the locale
    JsonWriter w(number);
    PutValue(w, value);
    return {number.GetString(), number.GetSize()};
  }

  void Field(std::string_view text) {
    if (!line_.empty()) line_ += ',';
    if (text.find_first_of(",\"\r\n") == text.npos) {
      line_ += text;
      return;
    }
    line_ += '"';
    for (const char c : text) line_.append(c == '"' ? 2 : 1, c);
    line_ += '"';
  }

  void End() {
    out_ << line_ << '\n';
    line_.clear();
  }

  std::ostream& out_;
  std::string line_;  // the first field, an id, is never empty
};

}  // namespace

std::unique_ptr<ExportFormat> JsonLines(std::ostream& out) {
  return std::make_unique<JsonLinesFormat>(out);
}

std::unique_ptr<ExportFormat> Csv(const std::string& kind, const std::vector<std::string>& columns,
                                  std::ostream& out) {
  return std::make_unique<CsvFormat>(kind, columns, out);
}

}  // namespace kaoju
