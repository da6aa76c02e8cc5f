// kaoju rules sample: random hits of a rule or kind, ready to be judged.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/corpus_scan.h"
#include "cli/exit_codes.h"
#include "cli/reservoir.h"
#include "cli/rules_dir.h"
#include "cli/verdicts.h"
#include "cli/workshop.h"
#include "extract/examples.h"
#include "extract/names.h"
#include "extract/notation.h"
#include "extract/person_shape.h"
#include "extract/why_not.h"
#include "rules/error.h"

namespace kaoju {
namespace {

struct SampleCommand {
  CorpusOptions corpus;
  std::string what;
  size_t count = 50;
  uint64_t seed = 1;
  std::string judge;
};

// A rule's id holds a slash, a kind none.
bool Wanted(const Written& w, const std::string& what) {
  if (what.find('/') != std::string::npos) return w.rule == what;
  return w.kind == what;
}

// Asks for each line; writes verdict and line. y right, n wrong, e right thing with a wrong edge or
// value, s skip, q stop.
void Judge(const std::vector<std::string>& lines, const std::string& path) {
  std::ofstream out(path, std::ios::binary | std::ios::app);
  size_t n = 0;
  for (const std::string& line : lines) {
    std::fprintf(stderr, "\n%zu/%zu  %s\n%s\n[y]es [n]o [e]dge or value wrong [s]kip [q]uit: ", ++n,
                 lines.size(), line.substr(0, line.find('\t')).c_str(),
                 line.substr(line.find('\t') + 1).c_str());
    std::string answer;
    while (std::getline(std::cin, answer) &&
           (answer.size() != 1 || std::string("ynesq").find(answer[0]) == std::string::npos)) {
      std::fputs("y, n, e, s or q: ", stderr);
    }
    if (!std::cin || answer == "q") break;
    if (answer == "s") continue;
    out << answer << '\t' << line << '\n';
    out.flush();
    if (!out) throw IoError(path + ": cannot be written");
  }
}

std::vector<Written> HitsOf(const Result& r, const std::string& what) {
  std::vector<Written> hits;
  if (!r.extraction) return hits;
  for (Written& w : WriteAll(*r.extraction, r.article.text)) {
    if (Wanted(w, what)) hits.push_back(std::move(w));
  }
  return hits;
}

int RunSample(const SampleCommand& o) {
  const std::string dir = FindRulesDir(o.corpus.rules);
  const RuleSet rules = LoadCheckedRules(dir);
  if (o.what.find('/') != std::string::npos) {
    bool known = o.what == kRepeatRule || o.what == kShapeRule || o.what == kForeignShapeRule;
    for (const Rule& r : rules.rules()) known |= r.id == o.what;
    if (!known) throw RulesError("no rule '" + o.what + "'; kaoju rules check --list names them");
  }
  const Ingest ingest(dir);
  Reservoir<std::string> reservoir(o.count, o.seed);
  PipelineOptions options;
  options.make_renderer = [&] {  // only what may be sampled
    return [&](const RawDocument&, Result& r) { r.found = HitsOf(r, o.what); };
  };
  const int code = ScanCorpus(o.corpus, options, rules, ingest, [&](Result&& r) {
    for (const Written& w : std::any_cast<const std::vector<Written>&>(r.found))
      reservoir.Offer([&] { return HitLine(r.article.id, r.article.text, w); });
  });
  const std::vector<std::string> lines = reservoir.Take();
  std::fprintf(stderr, "kaoju: %zu of %zu hits of %s\n", lines.size(), reservoir.seen(),
               o.what.c_str());
  if (!o.judge.empty()) {
    Judge(lines, o.judge);
  } else {
    for (const std::string& line : lines) std::puts(line.c_str());
  }
  return code;
}

}  // namespace

void AddRulesSample(CLI::App& above, int& code) {
  const auto o = std::make_shared<SampleCommand>();
  CLI::App& sub = *above.add_subcommand("sample", "random hits of a rule or kind, in context");
  sub.add_option("WHAT", o->what, "a rule (money/amount) or a kind (money, person, time, claim …)")
      ->required();
  AddCorpusOptions(sub, o->corpus, true);
  sub.add_option("-n,--count", o->count, "how many")->check(CLI::Range(1, 100000));
  sub.add_option("--seed", o->seed, "another seed, another sample; the same, the same");
  sub.add_option("--judge", o->judge, "ask y, n or e for each and append it to this TSV file");
  sub.footer(
      "Examples:\n"
      "  kaoju rules sample money/amount --corpus articles.jsonl.gz -n 50 --seed 7\n"
      "  kaoju rules sample person --db facts.db --judge person.tsv\n"
      "One hit a line: rule, document, bytes, fact, context. y: right; n: wrong; e: the right "
      "thing, but an edge or value is wrong.");
  sub.callback([o, &code] { code = RunSample(*o); });
}

}  // namespace kaoju
