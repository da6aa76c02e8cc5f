#include "cli/cmd_run.h"

#include <fmt/format.h>

#include <cstdio>

#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/pipeline.h"
#include "cli/progress.h"
#include "cli/rules_dir.h"
#include "cli/version.h"
#include "extract/examples.h"
#include "rules/error.h"
#include "store/store.h"

namespace kaoju {
namespace {

constexpr size_t kDocumentsPerCommit = 500;

std::vector<RuleRow> Texts(const RuleSet& rules) {
  std::vector<RuleRow> out;
  for (const Rule& r : rules.rules()) {
    std::string text;
    for (const std::string& m : r.matches) text += "match " + m + "\n";
    out.push_back({r.id, r.version, rules.layer_of(r.order), text + "emit " + r.emit_text + "\n"});
  }
  return out;
}

// Saves results and keeps count; commits now and then, so that an interrupted run loses little.
class Saver {
 public:
  Saver(Store& store, int64_t run, const RuleSet& rules) : store_(store), run_(run), rules_(rules) {
    store_.Begin();
  }

  void Save(const Result& r) {
    ++counts.docs;
    if (!r.error.empty()) {
      ++counts.failed;
      std::fprintf(stderr, "kaoju: %s\n", r.error.c_str());
      return;
    }
    counts.facts += static_cast<int64_t>(r.extraction->facts());
    switch (store_.Save(run_, r.article, *r.extraction, rules_.id())) {
      case Store::Saved::kNew:
        ++counts.added;
        break;
      case Store::Saved::kReplaced:
        ++counts.replaced;
        break;
      case Store::Saved::kSame:
        ++counts.same;
        break;
    }
    if (counts.docs % static_cast<int64_t>(kDocumentsPerCommit) == 0) {
      store_.Commit();
      store_.Begin();
    }
  }
  void Finish() { store_.Commit(); }

  RunCounts counts;

 private:
  Store& store_;
  int64_t run_;
  const RuleSet& rules_;
};

}  // namespace

void AddRunOptions(CLI::App& sub, RunCommand& o) {
  sub.add_option("PATH", o.paths, "files or folders: text, HTML, JSON Lines (also .gz)")
      ->required();
  sub.add_option("--db", o.db, "the fact store; made when it is not there")->capture_default_str();
  sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.add_option("-j,--threads", o.threads,
                 "threads; the content of the store is the same for any number")
      ->check(CLI::Range(1, 256));
  sub.add_option("--max-failed", o.max_failed, "exit code 3 when more documents than this fail")
      ->check(CLI::NonNegativeNumber);
  sub.add_option("--max-bytes", o.max_bytes, "documents longer than this many bytes fail")
      ->check(CLI::PositiveNumber);
  sub.add_flag("-q,--quiet", o.quiet, "no progress, no summary");
  sub.footer(
      "Examples:\n"
      "  kaoju run articles/ --db facts.db\n"
      "  kaoju run 2024-*.jsonl.gz --db facts.db -j 2\n"
      "What is stored already with the same text and rules is left alone, so an interrupted run "
      "goes on when it is started again.\n"
      "Exit code: 0 all good, 1 usage, 2 some documents failed, 3 more than --max-failed, 4 input "
      "or output broke, 5 the rules do not load.");
}

int RunRun(const RunCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadCheckedRules(dir);
  const Ingest ingest(dir + "/fold");
  PipelineOptions options;
  options.paths = ExpandPaths(o.paths);
  options.threads = o.threads;
  options.limits.document_bytes = o.max_bytes;
  options.stop = &WatchInterrupts();
  Store store = Store::Open(o.db);
  store.SaveRules(Texts(rules));
  const int64_t run = store.BeginRun({rules.id(), kVersion, o.paths});
  Saver saver(store, run, rules);
  {
    Progress progress(o.quiet);
    try {
      RunPipeline(options, rules, ingest, [&](Result&& r) {
        saver.Save(r);
        progress.Add(1, r.bytes, r.extraction ? r.extraction->facts() : 0, r.error.empty() ? 0 : 1);
      });
    } catch (const IoError&) {
      if (!*options.stop) throw;  // a read that Ctrl-C has cut short is no broken input
    }
  }
  saver.Finish();
  if (*options.stop) {
    std::fprintf(stderr, "kaoju: interrupted; %lld documents are stored, start again to go on\n",
                 static_cast<long long>(saver.counts.docs));
    return 130;
  }
  store.EndRun(run, saver.counts);
  const RunCounts& c = saver.counts;
  if (!o.quiet) {
    const std::string summary = fmt::format(
        "{} documents: {} new, {} changed, {} as before, {} failed; {} facts; stored in {}\n",
        c.docs, c.added, c.replaced, c.same, c.failed, c.facts, o.db);
    std::fputs(summary.c_str(), stdout);
  }
  if (c.failed > 0 && static_cast<size_t>(c.failed) > o.max_failed) return kTooManyFailed;
  return c.failed > 0 ? kSomeFailed : kGood;
}

}  // namespace kaoju
