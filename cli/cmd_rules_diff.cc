// kaoju rules diff: what a change of the rules does to a corpus.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>

#include "cli/corpus_scan.h"
#include "cli/json.h"
#include "cli/reservoir.h"
#include "cli/rules_dir.h"
#include "cli/rules_source.h"
#include "cli/table.h"
#include "cli/verdicts.h"
#include "cli/workshop.h"
#include "extract/examples.h"
#include "extract/extract.h"
#include "extract/fact_diff.h"

namespace kaoju {
namespace {

constexpr size_t kAround = 30;

struct DiffCommand {
  std::string before;
  std::string after;
  CorpusOptions corpus;
  std::vector<std::string> verdicts;
  size_t count = 20;
  uint64_t seed = 1;
  bool json = false;
};

// The one that a change is shown at.
const Written& Main(const FactChange& c) { return c.after ? *c.after : *c.before; }

std::string ChangeText(const Article& a, const FactChange& c) {
  const Written& main = Main(c);
  std::string out = fmt::format("{:<8} {}  {} {}-{}\n", NameOf(c.kind), main.rule, a.id,
                                main.span.begin, main.span.end);
  if (c.before) out += fmt::format("  - {}  by {}\n", c.before->ToString(), c.before->rule);
  if (c.after) out += fmt::format("  + {}  by {}\n", c.after->ToString(), c.after->rule);
  out += fmt::format("    {}\n", InContext(a.text, main.span, kAround));
  std::replace(out.begin(), out.end(), '\t', ' ');
  return out;
}

std::string ChangeRow(const Article& a, const FactChange& c) {
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  const auto fact = [&](const char* key, const Written& f) {
    w.Key(key);
    w.StartObject();
    PutText(w, "fact", f.ToString());
    PutCount(w, "start", f.span.begin);
    PutCount(w, "end", f.span.end);
    PutText(w, "rule", f.rule);
    w.EndObject();
  };
  w.StartObject();
  PutText(w, "kind", "change");
  PutText(w, "change", NameOf(c.kind));
  PutText(w, "doc", a.id);
  if (c.before) fact("before", *c.before);
  if (c.after) fact("after", *c.after);
  PutText(w, "context", InContext(a.text, Main(c).span, kAround));
  w.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

// Counts by rule, a sample, and the verdicts that the changes touch.
class DiffReport {
 public:
  DiffReport(const DiffCommand& o, const Verdicts& verdicts)
      : options_(o), verdicts_(verdicts), sample_(o.count, o.seed) {}

  void Add(const Article& a, size_t facts, const std::vector<FactChange>& changes) {
    ++docs_;
    facts_ += facts;
    changed_docs_ += changes.empty() ? 0 : 1;
    for (const FactChange& c : changes) {
      ++counts_[Main(c).rule][static_cast<size_t>(c.kind)];
      ++all_[static_cast<size_t>(c.kind)];
      if (options_.json) {
        std::puts(ChangeRow(a, c).c_str());
      } else {
        sample_.Offer([&] { return ChangeText(a, c); });
      }
      if (verdicts_.size() > 0) Touch(a, c);
    }
  }

  void Print() {
    if (options_.json) return PrintEnd();
    PrintCounts();
    const std::vector<std::string> sample = sample_.Take();
    std::cout << fmt::format("{} articles, {} of them changed; {} facts before, {} changes\n",
                             docs_, changed_docs_, facts_, sample_.seen());
    if (!sample.empty())
      std::cout << fmt::format("\n{} of {} changes:\n", sample.size(), sample_.seen());
    for (const std::string& s : sample) std::cout << s;
    if (verdicts_.size() == 0) return;
    std::cout << fmt::format("\n{} of {} verdicts touched:\n", touched_.size(), verdicts_.size());
    for (const std::string& t : touched_) std::cout << t;
  }

 private:
  using Counts = std::array<size_t, kFactChangeKinds>;

  // A fact that goes or becomes another; one that comes, and was judged when it was there before.
  void Touch(const Article& a, const FactChange& c) {
    if (c.kind == FactChange::Kind::kRule) return;
    if (c.before) Touch(a, *c.before, c, c.after ? "becomes another" : "goes");
    if (c.after) Touch(a, *c.after, c, "comes");
  }
  void Touch(const Article& a, const Written& w, const FactChange& c, const char* what) {
    const char verdict = verdicts_.Of(a.id, w);
    if (verdict == '\0') return;
    const char* judged = verdict == 'y'   ? "right"
                         : verdict == 'n' ? "wrong"
                                          : "edge or value wrong";
    touched_.push_back(fmt::format("judged {}, {}: {}", judged, what, ChangeText(a, c)));
  }

  void PrintCounts() const {
    std::vector<std::pair<size_t, std::string>> order;
    for (const auto& [rule, counts] : counts_) {
      size_t sum = 0;
      for (const size_t n : counts) sum += n;
      order.emplace_back(sum, rule);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Column> columns{{"rule", 36}};
    for (size_t k = 0; k < kFactChangeKinds; ++k)
      columns.push_back({std::string(NameOf(static_cast<FactChange::Kind>(k))), 10, true});
    const auto row = [](const std::string& name, const Counts& counts) {
      std::vector<std::string> cells{name};
      for (const size_t n : counts) cells.push_back(std::to_string(n));
      return cells;
    };
    std::vector<std::vector<std::string>> table;
    for (const auto& [sum, rule] : order) table.push_back(row(rule, counts_.at(rule)));
    table.push_back(row("all", all_));
    PrintTable(columns, table, std::cout);
  }

  void PrintEnd() const {
    rapidjson::StringBuffer buffer;
    JsonWriter w(buffer);
    w.StartObject();
    PutText(w, "kind", "end");
    PutCount(w, "docs", docs_);
    PutCount(w, "facts", facts_);
    for (size_t k = 0; k < kFactChangeKinds; ++k)
      PutCount(w, std::string(NameOf(static_cast<FactChange::Kind>(k))).c_str(), all_[k]);
    w.EndObject();
    std::puts(buffer.GetString());
  }

  const DiffCommand& options_;
  const Verdicts& verdicts_;
  Reservoir<std::string> sample_;
  std::map<std::string, Counts> counts_;
  Counts all_{};
  std::vector<std::string> touched_;
  size_t docs_ = 0;
  size_t changed_docs_ = 0;
  size_t facts_ = 0;
};

// One thread's second opinion on each document.
class SecondReader {
 public:
  SecondReader(const RuleSet& rules, const Ingest& ingest) : ingest_(ingest), extractor_(rules) {}
  std::vector<FactChange> Compare(const RawDocument& raw, const Result& r) {
    if (!r.extraction) return {};
    const Article again = ingest_.Read(raw);
    return CompareFacts(*r.extraction, extractor_.Extract(again), r.article.text);
  }

 private:
  const Ingest& ingest_;
  Extractor extractor_;
};

int RunDiff(const DiffCommand& o) {
  const std::string here = FindRulesDir(o.corpus.rules);
  const RulesSource before(o.before, here);
  const RulesSource after(o.after.empty() ? here : o.after, here);
  const RuleSet old_rules = LoadParsedRules(before.dir());
  const RuleSet new_rules = LoadParsedRules(after.dir());
  const Ingest old_ingest(before.dir());
  const Ingest new_ingest(after.dir());
  Verdicts verdicts;
  for (const std::string& path : o.verdicts) verdicts.Load(path);
  PipelineOptions options;
  options.make_renderer = [&]() -> Renderer {
    return [reader = std::make_shared<SecondReader>(new_rules, new_ingest)](
               const RawDocument& raw, Result& r) { r.found = reader->Compare(raw, r); };
  };
  DiffReport report(o, verdicts);
  const int code = ScanCorpus(o.corpus, options, old_rules, old_ingest, [&](Result&& r) {
    report.Add(r.article, r.extraction->facts(),
               std::any_cast<const std::vector<FactChange>&>(r.found));
  });
  report.Print();
  return code;
}

}  // namespace

void AddRulesDiff(CLI::App& above, int& code) {
  const auto o = std::make_shared<DiffCommand>();
  CLI::App& sub = *above.add_subcommand("diff", "what a change of the rules does to a corpus");
  sub.add_option("A", o->before, "the rules before: a folder, or a commit")->required();
  sub.add_option("B", o->after, "the rules after, the same; none: the rules in use");
  AddCorpusOptions(sub, o->corpus, true);
  sub.add_option("--verdicts", o->verdicts,
                 "judged samples: those on facts that change are shown, too");
  sub.add_option("--sample", o->count, "how many changes are shown")->check(CLI::Range(0, 100000));
  sub.add_option("--seed", o->seed, "another seed, another sample; the same, the same");
  sub.add_flag("--json", o->json, "JSON Lines: every change, then a row with the counts");
  sub.footer(
      "Examples:\n"
      "  kaoju rules diff HEAD --corpus articles.jsonl.gz\n"
      "  kaoju rules diff HEAD~1 my-rules --db facts.db --sample 50 --verdicts money.tsv\n"
      "For each rule: facts added and removed, facts with another span, with the same span and "
      "another value, and the same facts by another rule; then a random sample of the changes. A "
      "commit is one of the repository that holds the rules in use (--rules).");
  sub.callback([o, &code] { code = RunDiff(*o); });
}

}  // namespace kaoju
