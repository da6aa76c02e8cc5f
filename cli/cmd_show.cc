#include "cli/cmd_show.h"

#include <string>
#include <vector>

#include "cli/table.h"
#include "rules/error.h"
#include "store/query.h"

namespace kaoju {
namespace {

using Cells = std::vector<std::vector<std::string>>;

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
  Cells cells;
  for (const FactRow& fact : query.Facts({o.kind, o.article, o.name, o.limit})) {
    cells.push_back({fact.article, Number(fact.start), Number(fact.end), fact.kind, fact.surface,
                     fact.detail, fact.rule});
  }
  PrintTable({{"article", 24},
              {"start", 10, true},
              {"end", 10, true},
              {"kind", 8},
              {"surface", 36},
              {"detail", 72},
              {"rule", 32}},
             cells, out);
}

void ShowNames(const std::vector<NameRow>& names, const std::string& kind, std::ostream& out) {
  Cells cells;
  for (const NameRow& row : names) {
    cells.push_back({row.name, row.kind, Number(row.facts), Number(row.articles)});
  }
  PrintTable({{"name", 48}, {kind, 12}, {"times", 12, true}, {"articles", 12, true}}, cells, out);
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

// Options that would change nothing are refused rather than ignored.
void CheckOptions(const ShowOptions& o) {
  const bool facts = o.what == "facts";
  if (!facts && !o.kind.empty()) throw CLI::ValidationError("--kind", "goes with show facts only");
  if (!facts && !o.name.empty()) throw CLI::ValidationError("--name", "goes with show facts only");
  if (o.what != "entities" && !o.type.empty()) {
    throw CLI::ValidationError("--type", "goes with show entities only");
  }
  if (!facts && o.what != "articles" && !o.article.empty()) {
    throw CLI::ValidationError("--article", "goes with show facts and show articles only");
  }
}

}  // namespace

void AddShowOptions(CLI::App& sub, ShowOptions& o) {
  sub.add_option("what", o.what, "What to show")
      ->check(CLI::IsMember({"summary", "facts", "entities", "sources", "articles", "failures"}))
      ->capture_default_str();
  sub.add_option("--db", o.db, "The fact store")->required()->type_name("FILE");
  sub.add_option("--kind", o.kind, "facts: of this kind only")
      ->check(CLI::IsMember({"entity", "time", "figure", "claim", "relation"}));
  sub.add_option("--name", o.name,
                 "facts: about this entity, subject, source or role only (simplified script)");
  sub.add_option("--type", o.type, "entities: of this type only, such as org");
  sub.add_option("--article", o.article, "facts, articles: of this article only")->type_name("ID");
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
      "  kaoju show failures --db facts.db                   what could not be read, and why");
}

int RunShow(const ShowOptions& o, std::ostream& out) {
  Query query = Query::Open(o.db);
  if (o.what == "facts") {
    ShowFacts(query, o, out);
  } else if (o.what == "entities") {
    ShowNames(query.TopEntities(o.type, o.limit), "type", out);
  } else if (o.what == "sources") {
    ShowNames(query.TopSources(o.limit), "kind", out);
  } else if (o.what == "articles") {
    ShowArticles(query, o, out);
  } else if (o.what == "failures") {
    ShowFailures(query, o, out);
  } else {
    ShowSummary(query, out);
  }
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return 0;
}

}  // namespace kaoju
