#include "cli/cmd_show.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/table.h"
#include "rules/error.h"
#include "store/across.h"
#include "store/query.h"

namespace kaoju {
namespace {

using Cells = std::vector<std::vector<std::string>>;

std::string OneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return text;
}

std::string Number(int64_t value) { return std::to_string(value); }

void ShowCounts(const std::string& head, const std::vector<CountRow>& counts, std::ostream& out) {
  Cells cells;
  for (const CountRow& row : counts) cells.push_back({row.name, Number(row.count)});
  out << '\n';
  PrintTable({{head, 30}, {"count", 20, true}}, cells, out);
}

void ShowSummary(Query& query, std::ostream& out) {
  const Summary summary = query.Summarize();
  out << "articles: " << summary.articles << "\nrules:    " << summary.rules << '\n';
  ShowCounts("facts", summary.facts, out);
  if (!summary.figures.empty()) ShowCounts("figures", summary.figures, out);
  Cells runs;
  for (const RunRow& run : summary.runs) {
    runs.push_back({Number(run.id), Number(run.docs), Number(run.failed), Number(run.facts),
                    run.complete ? "yes" : "no", run.version, run.rules});
  }
  out << '\n';
  PrintTable({{"run", 20, true},
              {"docs", 20, true},
              {"failed", 20, true},
              {"facts", 20, true},
              {"complete", 8},
              {"version", 16},
              {"rules", 24}},
             runs, out);
}

void ShowFacts(Query& query, const ShowOptions& o, std::ostream& out) {
  std::vector<Column> columns = {{"article", 24}, {"start", 10, true}, {"end", 10, true},
                                 {"kind", 8},     {"surface", 36},     {"detail", 72},
                                 {"rule", 32}};
  const std::vector<FactRow> facts = query.Facts({o.kind, o.article, o.name, o.limit, o.hidden});
  const bool judged = std::any_of(facts.begin(), facts.end(),
                                  [](const FactRow& fact) { return !fact.verdict.empty(); });
  if (judged) columns.push_back({"verdict", 8});
  Cells cells;
  for (const FactRow& fact : facts) {
    cells.push_back({fact.article, Number(fact.start), Number(fact.end), fact.kind, fact.surface,
                     fact.detail, fact.rule});
    if (judged) cells.back().push_back(fact.verdict);
  }
  PrintTable(columns, cells, out);
}

void ShowNames(const std::vector<NameRow>& names, const std::string& kind, std::ostream& out) {
  Cells cells;
  for (const NameRow& row : names) {
    cells.push_back({row.name, row.kind, Number(row.facts), Number(row.articles)});
  }
  PrintTable({{"name", 48}, {kind, 12}, {"times", 12, true}, {"articles", 12, true}}, cells, out);
}

void ShowSources(const std::vector<SourcesRow>& groups, const std::string& head,
                 std::ostream& out) {
  Cells cells;
  for (const SourcesRow& g : groups) {
    cells.push_back({g.group, Number(g.claims), Number(g.persons), Number(g.orgs), Number(g.media),
                     Number(g.anonymous), Number(g.author), Number(g.articles)});
  }
  PrintTable({{head, 32},
              {"claims", 12, true},
              {"person", 12, true},
              {"org", 12, true},
              {"media", 12, true},
              {"anonymous", 12, true},
              {"author", 12, true},
              {"articles", 12, true}},
             cells, out);
}

void ShowArticles(Query& query, const ShowOptions& o, std::ostream& out) {
  Cells cells;
  for (const ArticleRow& row : query.Articles(o.article, o.limit)) {
    cells.push_back({row.id, row.day, row.region, row.source, Number(row.facts), row.title});
  }
  PrintTable({{"article", 32},
              {"day", 10},
              {"region", 6},
              {"source", 20},
              {"facts", 8, true},
              {"title", 60}},
             cells, out);
}

void ShowFailures(Query& query, const ShowOptions& o, std::ostream& out) {
  Cells cells;
  for (const FailureRow& row : query.Failures(o.limit))
    cells.push_back({row.path, Number(row.line), row.reason});
  PrintTable({{"file", 60}, {"line", 10, true}, {"reason", 80}}, cells, out);
}

void ShowDuplicates(Query& query, const ShowOptions& o, std::ostream& out) {
  Cells cells;
  for (const DuplicateRow& row : query.Duplicates(o.article, o.limit)) {
    const std::string share = row.kind == "lead" || row.share == 0
                                  ? std::string()
                                  : fmt::format("{:.0f} %", row.share * 100);
    cells.push_back({row.lead, row.article, row.kind, share, row.day, row.source, row.title});
  }
  PrintTable({{"lead", 32},
              {"article", 32},
              {"kind", 8},
              {"in lead", 8, true},
              {"day", 10},
              {"source", 20},
              {"title", 50}},
             cells, out);
}

void ShowRevisions(Query& query, const ShowOptions& o, std::ostream& out) {
  Cells cells;
  for (const RevisionRow& row : query.Revisions(o.article, o.limit))
    cells.push_back({row.article, Number(row.n), Number(row.run), row.change, row.title});
  PrintTable({{"article", 40},
              {"text", 6, true},
              {"replaced in run", 16, true},
              {"by a", 10},
              {"title", 60}},
             cells, out);
}

void ShowProvenance(Query& query, const ShowOptions& o, std::ostream& out) {
  Cells cells;
  for (const ProvenanceRow& row : query.Provenances(o.article, o.limit)) {
    cells.push_back({row.article, row.revision == 0 ? "" : Number(row.revision), Number(row.n + 1),
                     row.path, Number(row.line), Number(row.size), row.kept ? "yes" : "no",
                     row.sha256});
  }
  PrintTable({{"article", 40},
              {"text", 6, true},
              {"page", 4, true},
              {"file", 60},
              {"line", 10, true},
              {"bytes", 12, true},
              {"kept", 4},
              {"sha256", 64}},
             cells, out);
}

// The bytes themselves, page after page.
void ShowRaw(Query& query, const ShowOptions& o, std::ostream& out) {
  bool any = false;
  for (const ProvenanceRow& row : query.Provenances(o.article, 0)) {
    if (row.revision != o.revision) continue;
    any = true;
    const std::string bytes = query.RawBytes(row);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  if (!any) throw IoError(o.db + ": it does not say what article " + o.article + " was read from");
}

void ShowVerdicts(Query& query, const ShowOptions& o, std::ostream& out) {
  Cells cells;
  for (const auto& [v, standing] : query.Verdicts({o.article, o.what == "queue", o.limit})) {
    cells.push_back({v.hash.substr(0, 12), v.at, v.who, v.decision, standing, v.judged.article,
                     v.judged.surface, v.decision == "edit" ? v.edited : v.judged.reading, v.why});
  }
  PrintTable({{"verdict", 12},
              {"at", 20},
              {"who", 16},
              {"decision", 8},
              {"standing", 9},
              {"article", 24},
              {"surface", 36},
              {"reading", 60},
              {"why", 40}},
             cells, out);
}

// Rejections as examples of their rules, ready for a pack.
void ShowExamples(Query& query, const ShowOptions& o, std::ostream& out) {
  std::map<std::string, std::set<std::string>> by_rule;
  for (const auto& [v, standing] : query.Verdicts({o.article, false, 0})) {
    if (v.decision == "reject") by_rule[v.judged.rule].insert(OneLine(v.judged.passage));
  }
  for (const auto& [rule, passages] : by_rule) {
    out << "# rule " << rule << '\n';
    for (const std::string& passage : passages) out << "  no      " << passage << '\n';
  }
}

std::string Value(const Reported& r) {
  std::string out = r.qualifier == "exact" || r.qualifier == "range" ? "" : r.qualifier + " ";
  out += r.low + (r.high == r.low ? "" : ".." + r.high) + (r.unit.empty() ? "" : " " + r.unit);
  if (!r.comparison.empty()) out += " " + r.comparison;
  return r.modality == "fact" ? out : out + ", " + r.modality;
}

void ShowTimeline(const ShowOptions& o, std::ostream& out) {
  Cells cells;
  for (const Reported& r : Across::Open(o.db).Timeline(o.name, o.metric, o.limit)) {
    cells.push_back({r.metric, r.period, Value(r), Number(r.articles), Number(r.outlets),
                     Number(r.independent), r.first_day, r.last_day, r.article, r.surface});
  }
  PrintTable({{"metric", 24},
              {"period", 21},
              {"value", 48},
              {"articles", 8, true},
              {"outlets", 7, true},
              {"independent", 11, true},
              {"first", 10},
              {"last", 10},
              {"article", 24},
              {"surface", 30}},
             cells, out);
}

void ShowConflicts(const ShowOptions& o, std::ostream& out) {
  Cells cells;
  for (const Conflict& c : Across::Open(o.db).Conflicts(o.name, o.metric, o.limit)) {
    cells.push_back({std::string(NameOf(c.disagreement)), c.most.subject, c.most.metric,
                     c.most.period, Value(c.most), Number(c.most.independent), c.most.article,
                     Value(c.other), Number(c.other.independent), c.other.article});
  }
  PrintTable({{"class", 10},
              {"subject", 20},
              {"metric", 20},
              {"period", 21},
              {"value", 36},
              {"reports", 7, true},
              {"article", 24},
              {"against", 36},
              {"reports", 7, true},
              {"article", 24}},
             cells, out);
}

// Options that would change nothing are refused rather than ignored.
void CheckOptions(const ShowOptions& o) {
  const bool facts = o.what == "facts";
  if (!facts && !o.kind.empty()) throw CLI::ValidationError("--kind", "goes with show facts only");
  const bool across = o.what == "timeline" || o.what == "conflicts";
  if (!facts && !across && !o.name.empty())
    throw CLI::ValidationError("--name", "goes with show facts, timeline and conflicts only");
  if (!across && !o.metric.empty())
    throw CLI::ValidationError("--metric", "goes with show timeline and show conflicts only");
  if (o.what == "timeline" && o.name.empty())
    throw CLI::ValidationError("--name", "is required: the timeline of whom or what?");
  if (o.what != "entities" && !o.type.empty()) {
    throw CLI::ValidationError("--type", "goes with show entities only");
  }
  if (o.what != "sources" && !o.by.empty()) {
    throw CLI::ValidationError("--by", "goes with show sources only");
  }
  if (o.what == "raw" && o.article.empty())
    throw CLI::ValidationError("--article", "is required: the bytes of which article?");
  if (o.what != "raw" && o.revision != 0)
    throw CLI::ValidationError("--revision", "goes with show raw only");
  if (!facts && o.hidden) throw CLI::ValidationError("--hidden", "goes with show facts only");
  const bool of_article = facts || o.what == "articles" || o.what == "verdicts" ||
                          o.what == "duplicates" || o.what == "revisions" || o.what == "queue" ||
                          o.what == "examples" || o.what == "provenance" || o.what == "raw";
  if (!of_article && !o.article.empty())
    throw CLI::ValidationError("--article", "does not go with show " + o.what);
}

}  // namespace

void AddShowOptions(CLI::App& sub, ShowOptions& o) {
  sub.add_option("what", o.what, "What to show")
      ->check(CLI::IsMember({"summary", "facts", "entities", "sources", "articles", "failures",
                             "verdicts", "queue", "examples", "timeline", "conflicts", "duplicates",
                             "revisions", "provenance", "raw"}))
      ->capture_default_str();
  sub.add_option("--db", o.db, "The fact store")->required()->type_name("FILE");
  sub.add_option("--kind", o.kind, "facts: of this kind only")
      ->check(CLI::IsMember({"entity", "time", "figure", "claim", "relation"}));
  sub.add_option("--name", o.name,
                 "facts, timeline, conflicts: about this entity, subject, source or role only "
                 "(simplified script)");
  sub.add_option("--metric", o.metric, "timeline, conflicts: of this metric only");
  sub.add_option("--type", o.type, "entities: of this type only, such as org");
  sub.add_option("--by", o.by,
                 "sources: of each outlet or day, how many are named and of which kind")
      ->check(CLI::IsMember({"outlet", "day"}));
  sub.add_option("--article", o.article,
                 "facts, articles, verdicts, duplicates, revisions, provenance, raw: of this "
                 "article only")
      ->type_name("ID");
  sub.add_option("--revision", o.revision, "raw: of this older text (see show revisions)")
      ->check(CLI::PositiveNumber);
  sub.add_flag("--hidden", o.hidden, "facts: those, too, that a rejection hides");
  sub.add_option("--limit", o.limit, "At most so many rows; 0: all")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  sub.parse_complete_callback([&o] { CheckOptions(o); });
  sub.footer(
      "Examples:\n"
      "  kaoju show --db facts.db                            how much is in it\n"
      "  kaoju show facts --db facts.db --kind figure        the first figures\n"
      "  kaoju show facts --db facts.db --article news-17 --limit 0\n"
      "  kaoju show entities --db facts.db --type org        the organizations named most often\n"
      "  kaoju show sources --db facts.db --limit 50         who is quoted most often\n"
      "  kaoju show sources --db facts.db --by outlet        who quotes whom, and who nobody by "
      "name\n"
      "  kaoju show failures --db facts.db                   what could not be read, and why\n"
      "  kaoju show queue --db facts.db                      verdicts on what is read otherwise "
      "now\n"
      "  kaoju show examples --db facts.db                   rejections as no-examples of rules\n"
      "  kaoju show timeline --db facts.db --name BYD        its figures, period by period\n"
      "  kaoju show conflicts --db facts.db                  where articles give other values\n"
      "  kaoju show duplicates --db facts.db                 which articles say the same\n"
      "  kaoju show revisions --db facts.db                  articles whose text has changed\n"
      "  kaoju show provenance --db facts.db                 the files and lines they were read "
      "from\n"
      "  kaoju show raw --db facts.db --article news-17      the bytes that run --keep-raw has "
      "kept");
}

int RunShow(const ShowOptions& o, std::ostream& out) {
  Query query = Query::Open(o.db);
  if (o.what == "facts") {
    ShowFacts(query, o, out);
  } else if (o.what == "entities") {
    ShowNames(query.TopEntities(o.type, o.limit), "type", out);
  } else if (o.what == "sources" && !o.by.empty()) {
    const SourcesBy by = o.by == "day" ? SourcesBy::kDay : SourcesBy::kOutlet;
    ShowSources(query.Sources(by, o.limit), o.by, out);
  } else if (o.what == "sources") {
    ShowNames(query.TopSources(o.limit), "kind", out);
  } else if (o.what == "articles") {
    ShowArticles(query, o, out);
  } else if (o.what == "failures") {
    ShowFailures(query, o, out);
  } else if (o.what == "verdicts" || o.what == "queue") {
    ShowVerdicts(query, o, out);
  } else if (o.what == "timeline") {
    ShowTimeline(o, out);
  } else if (o.what == "conflicts") {
    ShowConflicts(o, out);
  } else if (o.what == "duplicates") {
    ShowDuplicates(query, o, out);
  } else if (o.what == "revisions") {
    ShowRevisions(query, o, out);
  } else if (o.what == "provenance") {
    ShowProvenance(query, o, out);
  } else if (o.what == "raw") {
    ShowRaw(query, o, out);
  } else if (o.what == "examples") {
    ShowExamples(query, o, out);
  } else {
    ShowSummary(query, out);
  }
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return 0;
}

}  // namespace kaoju
