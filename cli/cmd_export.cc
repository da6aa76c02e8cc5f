#include "cli/cmd_export.h"

#include "cli/exit_codes.h"
#include "cli/export.h"
#include "extract/civil.h"
#include "rules/error.h"

namespace kaoju {
namespace {

bool IsDay(const std::string& text) {
  const auto day = ParsePublished(text);
  return day && Iso(*day) == text;
}

void CheckOptions(const ExportCommand& o) {
  if (o.format == "csv" && o.filter.kind.empty())
    throw CLI::ValidationError("--kind", "is required for csv: each kind has its own columns");
  if (o.format == "claimreview" && !o.filter.kind.empty() && o.filter.kind != "claim")
    throw CLI::ValidationError("--kind", "claimreview holds claims only");
  if (!o.filter.metric.empty() && !o.filter.kind.empty() && o.filter.kind != "figure")
    throw CLI::ValidationError("--metric", "only figures have one");
  for (const std::string* day : {&o.filter.first_day, &o.filter.last_day}) {
    if (!day->empty() && !IsDay(*day))
      throw CLI::ValidationError("--from, --to", "'" + *day + "' is no day such as 2024-12-30");
  }
  if (o.base.find_first_of(" <>\"{}|^`\\\n") != std::string::npos)
    throw CLI::ValidationError("--base", "holds what an IRI cannot");
}

std::unique_ptr<ExportFormat> FormatOf(const ExportCommand& o, const FactStream& facts,
                                       std::ostream& out) {
  if (o.format == "csv") return Csv(o.filter.kind, facts.ColumnsOf(o.filter.kind), out);
  if (o.format == "rdf") return NTriples(o.base, out);
  if (o.format == "claimreview") return ClaimAnnotations(o.base, out);
  return JsonLines(out);
}

}  // namespace

void AddExportOptions(CLI::App& sub, ExportCommand& o) {
  sub.add_option("--db", o.db, "the fact store")->required()->type_name("FILE");
  sub.add_option("--format", o.format,
                 "jsonl; csv (one kind); rdf (N-Triples: schema.org and PROV); claimreview "
                 "(schema.org Claim in W3C Web Annotations, JSON-LD a line)")
      ->check(CLI::IsMember({"jsonl", "csv", "rdf", "claimreview"}))
      ->capture_default_str();
  sub.add_option("--kind", o.filter.kind, "facts of this kind only")
      ->check(CLI::IsMember({"entity", "time", "figure", "claim", "relation"}));
  sub.add_option("--article", o.filter.article, "of the article with this id");
  sub.add_option("--outlet", o.filter.outlet, "of articles of this outlet");
  sub.add_option("--from", o.filter.first_day, "of articles of this day or later")
      ->type_name("YYYY-MM-DD");
  sub.add_option("--to", o.filter.last_day, "of articles of this day or earlier")
      ->type_name("YYYY-MM-DD");
  sub.add_option("--name", o.filter.name,
                 "about this entity, subject, source or role (simplified script)");
  sub.add_option("--metric", o.filter.metric, "figures of this metric");
  sub.add_option("--rule", o.filter.rule, "found by this rule");
  sub.add_option("--verdict", o.filter.verdict,
                 "for which this verdict of an editor holds; open: none does")
      ->check(CLI::IsMember({"accept", "reject", "edit", "unsure", "open"}));
  sub.add_flag("--hidden", o.filter.hidden, "those, too, that a rejection hides");
  sub.add_option("--base", o.base, "rdf, claimreview: what IRIs of kaoju begin with")
      ->type_name("IRI")
      ->capture_default_str();
  sub.footer(
      "Examples:\n"
      "  kaoju export --db facts.db --kind figure --format csv > figures.csv\n"
      "  kaoju export --db facts.db --kind claim --from 2024-12-01 --to 2024-12-31 | jq .surface\n"
      "  kaoju export --db facts.db --format claimreview --verdict accept\n"
      "  kaoju export --db facts.db --format rdf > facts.nt\n"
      "JSON Lines and CSV have the same columns for all facts of a kind, null or empty where the "
      "article does not say, so that they turn into tables and Parquet files as they are. Spans "
      "are bytes of the article's text; those of Web Annotations are characters, as W3C asks.");
}

int RunExport(const ExportCommand& o, std::ostream& out) {
  CheckOptions(o);
  StreamFilter filter = o.filter;
  if (o.format == "claimreview") filter.kind = "claim";
  if (!filter.metric.empty()) filter.kind = "figure";
  FactStream facts = FactStream::Open(o.db, filter);
  const auto format = FormatOf(o, facts, out);
  for (StreamedFact fact; out && facts.Next(fact);) format->Put(facts.article(), fact);
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return kGood;
}

}  // namespace kaoju
