// The formats of kaoju export. Each writes fact by fact, so memory is flat.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "store/fact_stream.h"

namespace kaoju {

class ExportFormat {
 public:
  ExportFormat() = default;
  ExportFormat(const ExportFormat&) = delete;
  ExportFormat& operator=(const ExportFormat&) = delete;
  virtual ~ExportFormat() = default;

  virtual void Put(const StreamedArticle& article, const StreamedFact& fact) = 0;
};

// JSON Lines: one object a fact; all objects of a kind have the same keys with the same types.
std::unique_ptr<ExportFormat> JsonLines(std::ostream& out);
// CSV (RFC 4180, lines end in LF): a head, then one record a fact of the kind; roles of relations
// as JSON. `columns`: of the kind, as FactStream::ColumnsOf says.
std::unique_ptr<ExportFormat> Csv(const std::string& kind, const std::vector<std::string>& columns,
                                  std::ostream& out);
// RDF as N-Triples: schema.org for what is said, PROV for where it came from. `base`: what the
// IRIs of things without one begin with.
std::unique_ptr<ExportFormat> NTriples(const std::string& base, std::ostream& out);
// One W3C Web Annotation with a schema.org Claim a line, as JSON-LD. Facts of other kinds are left
// out.
std::unique_ptr<ExportFormat> ClaimAnnotations(const std::string& base, std::ostream& out);

// An IRI for the article: its URL if that is one that stands in RDF as it is, else made of its id.
std::string IriOf(const StreamedArticle& article, const std::string& base);
// An IRI for the fact that depends on nothing but the document, its text, the place and the
// reading.
std::string IriOf(const StreamedArticle& article, const StreamedFact& fact,
                  const std::string& base);
// Percent-encoded but for RFC 3986's unreserved characters and those beyond ASCII (RFC 3987).
// REQUIRES UTF-8.
std::string IriPart(std::string_view text);
// The class of schema.org for a type of entity or a kind of source, without the namespace.
std::string_view SchemaClass(std::string_view type);

}  // namespace kaoju
