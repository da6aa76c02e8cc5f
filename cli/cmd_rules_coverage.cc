// kaoju rules coverage: what no rule touches in a corpus, by shape: the list of what to write next.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <iostream>
#include <memory>

#include "cli/corpus_scan.h"
#include "cli/frequent.h"
#include "cli/json.h"
#include "cli/rules_dir.h"
#include "cli/table.h"
#include "cli/workshop.h"
#include "extract/coverage.h"
#include "extract/examples.h"

namespace kaoju {
namespace {

constexpr size_t kAround = 12;

struct CoverageCommand {
  CorpusOptions corpus;
  std::string kind;
  size_t count = 15;
  size_t around = 1;
  bool json = false;
};

// Of one kind of gap.
struct Tally {
  size_t seen = 0;
  FrequentShapes gaps;
};

class CoverageReport {
 public:
  explicit CoverageReport(const CoverageCommand& o) : options_(o) {}

  void Add(const Article& a, const Coverage& c) {
    for (size_t k = 0; k < kGapKinds; ++k) tallies_[k].seen += c.seen[k];
    for (const Gap& gap : c.gaps) {
      tallies_[static_cast<size_t>(gap.kind)].gaps.Add(
          gap.shape, [&] { return a.id + ": " + InContext(a.text, gap.span, kAround); });
    }
  }

  void Print() const {
    bool first = true;
    for (size_t k = 0; k < kGapKinds; ++k) {
      const std::string name(NameOf(static_cast<Gap::Kind>(k)));
      if (!options_.kind.empty() && options_.kind != name) continue;
      if (options_.json) {
        PrintRows(name, tallies_[k]);
        continue;
      }
      if (!first) std::cout << '\n';
      first = false;
      PrintTally(name, tallies_[k]);
    }
  }

 private:
  void PrintTally(const std::string& name, const Tally& t) const {
    const double share =
        t.seen == 0 ? 0 : 100.0 * static_cast<double>(t.gaps.seen()) / static_cast<double>(t.seen);
    std::cout << fmt::format("{}: {} of {} untouched ({:.1f} %)", name, t.gaps.seen(), t.seen,
                             share);
    if (t.gaps.ErrorBound() > 0)
      std::cout << fmt::format("; counts may be low by up to {}", t.gaps.ErrorBound());
    std::cout << '\n';
    std::vector<std::vector<std::string>> table;
    for (const FrequentShapes::Entry& e : t.gaps.Top(options_.count))
      table.push_back({std::to_string(e.count), e.shape, e.example});
    if (!table.empty())
      PrintTable({{"count", 9, true}, {"shape", 28}, {"for example", 90}}, table, std::cout);
  }

  void PrintRows(const std::string& name, const Tally& t) const {
    for (const FrequentShapes::Entry& e : t.gaps.Top(options_.count)) {
      rapidjson::StringBuffer buffer;
      JsonWriter w(buffer);
      w.StartObject();
      PutText(w, "kind", name);
      PutText(w, "shape", e.shape);
      PutText(w, "example", e.example);
      PutCount(w, "count", e.count);
      w.EndObject();
      std::puts(buffer.GetString());
    }
    std::puts(fmt::format(R"({{"kind":"end","of":"{}","seen":{},"untouched":{},"low_by":{}}})",
                          name, t.seen, t.gaps.seen(), t.gaps.ErrorBound())
                  .c_str());
  }

  const CoverageCommand& options_;
  std::array<Tally, kGapKinds> tallies_;
};

int RunCoverage(const CoverageCommand& o) {
  const std::string dir = FindRulesDir(o.corpus.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  const CoverageReader reader(rules, o.around);
  PipelineOptions options;
  options.extract.nothings = true;
  options.make_renderer = [&]() -> Renderer {
    return [&](const RawDocument&, Result& r) {
      if (r.extraction) r.found = reader.Read(r.article, *r.extraction);
    };
  };
  CoverageReport report(o);
  const int code = ScanCorpus(o.corpus, options, rules, ingest, [&](Result&& r) {
    report.Add(r.article, std::any_cast<const Coverage&>(r.found));
  });
  report.Print();
  return code;
}

}  // namespace

void AddRulesCoverage(CLI::App& above, int& code) {
  const auto o = std::make_shared<CoverageCommand>();
  CLI::App& sub =
      *above.add_subcommand("coverage", "what no rule touches in a corpus, by its shape");
  AddCorpusOptions(sub, o->corpus, true);
  sub.add_option("--kind", o->kind, "only these: number, quotation, verb or name")
      ->check(CLI::IsMember({"number", "quotation", "verb", "name"}));
  sub.add_option("-n,--count", o->count, "how many shapes of each kind, the most frequent first")
      ->check(CLI::Range(1, 1000000));
  sub.add_option("--around", o->around, "how many characters beside it make its shape")
      ->check(CLI::Range(0, 10));
  sub.add_flag("--json", o->json, "JSON Lines: the shapes, then a row of counts for each kind");
  sub.footer(
      "Examples:\n"
      "  kaoju rules coverage --corpus articles.jsonl.gz\n"
      "  kaoju rules coverage --db facts.db --kind number -n 50 --around 2\n"
      "Numbers, quotations, reporting verbs and Latin names that stand in no fact, and that no "
      "rule called nothing either. In a shape N is a number, <person> a fact, ^ and $ are the ends "
      "of the sentence.");
  sub.callback([o, &code] { code = RunCoverage(*o); });
}

}  // namespace kaoju
