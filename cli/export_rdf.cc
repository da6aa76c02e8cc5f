#include <set>
#include <utility>

#include "cli/export.h"

namespace kaoju {
namespace {

constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view kSchema = "https://schema.org/";
constexpr std::string_view kProv = "http://www.w3.org/ns/prov#";
constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

std::string Iri(std::string_view space, std::string_view name = {}) {
  std::string out = "<";
  return ((out += space) += name) += '>';
}

// A literal as in N-Triples 1.1.
std::string Literal(std::string_view text, std::string_view suffix = {}) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
  return (out += '"') += suffix;
}

std::string Typed(std::string_view text, std::string_view type) {
  return Literal(text, "^^" + Iri(kXsd, type));
}

class NTriplesFormat : public ExportFormat {
 public:
  NTriplesFormat(const std::string& base, std::ostream& out) : base_(base), out_(out) {}

  void Put(const StreamedArticle& article, const StreamedFact& fact) override {
    if (article.id != article_id_ || article_.empty()) PutArticle(article);
    subject_ = Iri(IriOf(article, fact, base_));
    Say(Iri(kType), Iri(kProv, "Entity"));
    Say(Iri(kProv, "wasDerivedFrom"), article_);
    Say(Iri(kProv, "wasGeneratedBy"), activity_);
    Say(Iri(kProv, "value"), Literal(fact.surface));
    Own("startByte", Typed(std::to_string(fact.start), "integer"));
    Own("endByte", Typed(std::to_string(fact.end), "integer"));
    Own("reading", Literal(fact.reading));
    Own("rule", Literal(fact.rule));
    OwnIfAny("ruleVersion", fact.rule_version);
    OwnIfAny("verdict", fact.verdict);
    if (fact.kind == "entity") PutEntity(fact);
    if (fact.kind == "time") PutTime(fact);
    if (fact.kind == "figure") PutFigure(fact);
    if (fact.kind == "claim") PutClaim(article, fact);
    if (fact.kind == "relation") PutRelation(fact);
  }

 private:
  void Say(const std::string& predicate, const std::string& object) {
    out_ << subject_ << ' ' << predicate << ' ' << object << " .\n";
  }
  void Schema(std::string_view name, const std::string& object) { Say(Iri(kSchema, name), object); }
  void SchemaIfAny(std::string_view name, const std::string& text) {
    if (!text.empty()) Schema(name, Literal(text));
  }
  void Own(std::string_view name, const std::string& object) {
    Say(Iri(base_ + "vocabulary:", IriPart(name)), object);
  }
  void OwnIfAny(std::string_view name, const std::string& text) {
    if (!text.empty()) Own(name, Literal(text));
  }
  void Is(std::string_view schema_class) { Say(Iri(kType), Iri(kSchema, schema_class)); }

  void PutArticle(const StreamedArticle& article) {
    article_id_ = article.id;
    article_ = Iri(IriOf(article, base_));
    subject_ = article_;
    Is("NewsArticle");
    Schema("identifier", Literal(article.id));
    SchemaIfAny("headline", article.title);
    if (!article.day.empty()) Schema("datePublished", Typed(article.day, "date"));
    if (!article.source.empty()) Schema("publisher", Named("media", article.source));
    activity_ = Iri(base_ + "extraction:" + IriPart(article.version) + ':' + article.rules);
    if (!activities_.insert(activity_).second) return;
    const std::string agent = Iri(base_ + "program:" + IriPart(article.version));
    subject_ = activity_;
    Say(Iri(kType), Iri(kProv, "Activity"));
    Say(Iri(kProv, "wasAssociatedWith"), agent);
    Own("rules", Literal(article.rules));
    subject_ = agent;
    Say(Iri(kType), Iri(kProv, "SoftwareAgent"));
    Schema("name", Literal("kaoju " + article.version));
  }

  // The IRI of a thing that is known by its name; what it is stands before what refers to it.
  std::string Named(const std::string& type, const std::string& name) {
    const std::string iri = Iri(base_ + IriPart(type) + ':' + IriPart(name));
    const std::string before = std::exchange(subject_, iri);
    Is(SchemaClass(type));
    Schema("name", Literal(name));
    subject_ = before;
    return iri;
  }

  void PutEntity(const StreamedFact& fact) {
    Schema("about", Named(fact.Text("type"), fact.Text("canonical")));
  }

  void PutTime(const StreamedFact& fact) {
    Own("timeType", Literal(fact.Text("type")));
    OwnIfAny("timeValue", fact.Text("value"));
    OwnIfAny("timeMod", fact.Text("mod"));
  }

  void PutFigure(const StreamedFact& fact) {
    Is("Observation");
    const std::string low = fact.Text("value_min");
    const std::string high = fact.Text("value_max");
    if (low == high) {
      Schema("value", Typed(low, "decimal"));
    } else {
      Schema("minValue", Typed(low, "decimal"));
      Schema("maxValue", Typed(high, "decimal"));
    }
    SchemaIfAny("unitText", fact.Text("unit"));
    SchemaIfAny("measuredProperty", fact.Text("metric"));
    SchemaIfAny("observationAbout", fact.Text("subject"));
    SchemaIfAny("observationPeriod", fact.Text("period"));
    Own("figureKind", Literal(fact.Text("kind")));
    Own("qualifier", Literal(fact.Text("qualifier")));
    Own("modality", Literal(fact.Text("modality")));
    OwnIfAny("attribution", fact.Text("attribution"));
    OwnIfAny("comparison", fact.Text("comparison_kind"));
    OwnIfAny("direction", fact.Text("comparison_direction"));
    OwnIfAny("baseline", fact.Text("comparison_baseline"));
  }

  void PutClaim(const StreamedArticle& article, const StreamedFact& fact) {
    Is("Claim");
    Schema("appearance", article_);
    const auto from = static_cast<size_t>(fact.Int("content_start").value_or(0));
    const auto to = static_cast<size_t>(fact.Int("content_end").value_or(0));
    Schema("text", Literal(std::string_view(article.text).substr(from, to - from)));
    const std::string source = fact.Text("source");
    if (!source.empty()) Schema("author", Named(fact.Text("source_kind"), source));
    Own("sourceKind", Literal(fact.Text("source_kind")));
    Own("cue", Literal(fact.Text("cue")));
    Own("cueKind", Literal(fact.Text("cue_kind")));
    Own("modality", Literal(fact.Text("modality")));
    Own("negated", Typed(fact.Int("negated") == 1 ? "true" : "false", "boolean"));
    Own("directQuote", Typed(fact.Int("direct_quote") == 1 ? "true" : "false", "boolean"));
  }

  void PutRelation(const StreamedFact& fact) {
    Own("relation", Literal(fact.Text("name")));
    for (const StreamedRole& role : fact.roles) Own("role:" + role.name, Literal(role.value));
  }

  const std::string base_;
  std::ostream& out_;
  std::string subject_;
  std::string article_id_;
  std::string article_;  // IRIs of the article at hand, and of what made its facts
  std::string activity_;
  std::set<std::string> activities_;
};

}  // namespace

std::unique_ptr<ExportFormat> NTriples(const std::string& base, std::ostream& out) {
  return std::make_unique<NTriplesFormat>(base, out);
}

}  // namespace kaoju
