#include "cli/cmd_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/pipeline.h"
#include "cli/progress.h"
#include "cli/rules_dir.h"
#include "cli/version.h"
#include "extract/examples.h"
#include "extract/names.h"
#include "extract/person_shape.h"
#include "rules/error.h"
#include "rules/hash.h"
#include "store/store.h"

namespace kaoju {
namespace {

std::vector<RuleRow> Texts(const RuleSet& rules) {
  std::vector<RuleRow> out;
  for (const Rule& r : rules.rules()) {
    std::string text;
    for (const std::string& m : r.matches) text += "match " + m + "\n";
    out.push_back({r.id, r.version, rules.layer_of(r.order), text + "emit " + r.emit_text + "\n"});
  }
  // Mechanisms; they change with the program only.
  out.push_back({std::string(kShapeRule), kVersion, "names", std::string(kShapeText)});
  out.push_back(
      {std::string(kForeignShapeRule), kVersion, "names", std::string(kForeignShapeText)});
  out.push_back({std::string(kRepeatRule), kVersion, "names", std::string(kRepeatText)});
  return out;
}

// A document without an id of its own is known by its place, which then is its id.
std::string PlacedKey(const std::string& sha256, const std::string& path, size_t line) {
  return Sha256(sha256 + '\n' + path + ':' + std::to_string(line));
}

std::string InputKey(const Result& r) {
  const bool placed =
      r.article.id == r.path || r.article.id == r.path + ':' + std::to_string(r.line);
  return placed ? PlacedKey(r.sha256, r.path, r.line) : r.sha256;
}

// Saves results and keeps count; commits now and then, so that an interrupted run loses little.
class Saver {
 public:
  // Commits when documents of so many bytes are saved.
  Saver(Store& store, int64_t run, const RuleSet& rules, size_t commit_bytes)
      : store_(store), run_(run), rules_(rules), commit_bytes_(commit_bytes) {}

  void Save(const Result& r) {
    if (!std::exchange(begun_, true)) store_.Begin();
    if (r.path != file_.path) EndFile();
    file_.path = r.path;
    ++file_.docs;
    file_.bytes += static_cast<int64_t>(r.bytes);
    file_hashes_ += r.sha256 + '\n';
    const Place place{r.path, static_cast<int64_t>(r.line)};
    if (r.error.empty()) {
      store_.ForgetFailure(place);
      SaveArticle(r);
    } else {
      ++file_.failed;
      ++counts.failed;
      std::fprintf(stderr, "kaoju: %s\n", r.error.c_str());
      store_.SaveFailure(run_, place, r.error);
    }
    ++counts.docs;
    uncommitted_ += r.bytes;
    if (uncommitted_ >= commit_bytes_) Commit();
  }
  // `whole`: the last file was read to its end.
  void Finish(bool whole) {
    if (whole) EndFile();
    if (begun_) Commit();
  }
  // After an error: what was saved, unless it is the store that fails.
  void Keep() noexcept {
    try {
      Finish(false);
    } catch (const Error&) {  // the first error says more
    }
  }

  RunCounts counts;

 private:
  void SaveArticle(const Result& r) {
    const Store::Saved saved =
        r.known ? Store::Saved::kSame
                : store_.Save(run_, r.article, *r.extraction, rules_.id(),
                              {InputKey(r), r.path, static_cast<int64_t>(r.line), r.pages});
    if (saved == Store::Saved::kSame) {
      ++counts.same;
      return;
    }
    ++(saved == Store::Saved::kNew ? counts.added : counts.replaced);
    counts.facts += static_cast<int64_t>(r.extraction->facts());
  }
  // Begins no new group: other programs may write until there is something to save.
  void Commit() {
    begun_ = false;
    uncommitted_ = 0;
    store_.Commit();
  }
  void EndFile() {
    if (file_.docs > 0) {
      file_.sha256 = Sha256(file_hashes_);
      store_.SaveManifest(run_, file_);
    }
    file_ = {};
    file_hashes_.clear();
  }

  Store& store_;
  int64_t run_;
  const RuleSet& rules_;
  size_t commit_bytes_;
  bool begun_ = false;      // a group is open
  size_t uncommitted_ = 0;  // bytes of documents since the last commit
  ManifestRow file_;        // the file at hand
  std::string file_hashes_;
};

// Reads again what failed before, and nothing else.
class FailedDocuments {
 public:
  FailedDocuments(const std::vector<Place>& failures, Limits limits, const Ingest& ingest)
      : limits_(limits), ingest_(ingest) {
    for (const Place& p : failures) {
      if (places_.empty() || places_.back().path != p.path) places_.push_back({p.path, {}});
      places_.back().lines.insert(static_cast<size_t>(p.line));
    }
  }

  // The next of them; a file that is no longer there is one document with a problem.
  bool Next(RawDocument& out) {
    for (; next_ < places_.size(); ++next_, reader_.reset()) {
      const File& file = places_[next_];
      if (!reader_ && !std::filesystem::exists(file.path)) {
        out = {};
        out.path = file.path;
        out.line = *file.lines.begin();
        out.problem = "the file is not there any more";
        ++next_;
        return true;
      }
      if (!reader_) reader_.emplace(ingest_.Open(file.path, limits_));
      while (reader_->Next(out)) {
        if (file.lines.contains(out.line)) return true;
      }
    }
    return false;
  }

 private:
  struct File {
    std::string path;
    std::set<size_t> lines;
  };
  Limits limits_;
  const Ingest& ingest_;
  std::vector<File> places_;
  size_t next_ = 0;
  std::optional<DocumentReader> reader_;
};

void ReadAll(const RunCommand& o, const PipelineOptions& options, const RuleSet& rules,
             const Ingest& ingest, Saver& saver) {
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

void PrintSummary(const RunCounts& c, const std::string& db) {
  const std::string summary = fmt::format(
      "{} documents: {} new, {} changed, {} as before, {} failed; {} facts; stored in {}\n", c.docs,
      c.added, c.replaced, c.same, c.failed, c.facts, db);
  std::fputs(summary.c_str(), stdout);
}

}  // namespace

void AddRunOptions(CLI::App& sub, RunCommand& o) {
  sub.add_option("PATH", o.paths,
                 "files or folders: text, HTML, JSON Lines, CSV, feeds, WARC; also .gz, .zst, .br");
  sub.add_option("--db", o.db, "the fact store; made when it is not there")->capture_default_str();
  sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.add_option("-j,--threads", o.threads,
                 "threads; the content of the store is the same for any number")
      ->check(CLI::Range(1, 256));
  sub.add_option("--max-failed", o.max_failed, "exit code 3 when more documents than this fail")
      ->check(CLI::NonNegativeNumber);
  sub.add_option("--max-bytes", o.max_bytes, "documents longer than this many bytes fail")
      ->check(CLI::PositiveNumber);
  sub.add_option("--commit-bytes", o.commit_bytes,
                 "commit when documents of so many bytes are saved; meanwhile other programs that "
                 "write to the store wait")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  sub.add_flag("--retry-failed", o.retry_failed,
               "read again what failed before, in place of PATHs");
  sub.add_flag("--keep-raw", o.keep_raw,
               "keep the bytes that were read, compressed, and not only where they stood and their "
               "hashes");
  sub.add_flag("-q,--quiet", o.quiet, "no progress, no summary");
  sub.parse_complete_callback([&o] {
    if (o.retry_failed == o.paths.empty()) return;
    throw CLI::ValidationError("PATH", o.retry_failed ? "does not go with --retry-failed"
                                                      : "is required, or --retry-failed");
  });
  sub.footer(
      "Examples:\n"
      "  kaoju run articles/ --db facts.db\n"
      "  kaoju run 2024-*.jsonl.gz --db facts.db -j 2\n"
      "  kaoju run crawl.warc.gz --db facts.db --keep-raw\n"
      "  kaoju run --retry-failed --db facts.db\n"
      "What is stored already with the same text and rules is not read again, so an interrupted "
      "run goes on when it is started again.\n"
      "Exit code: 0 all good, 1 usage, 2 some documents failed, 3 more than --max-failed, 4 input "
      "or output broke, 5 the rules do not load.");
}

int RunRun(const RunCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadCheckedRules(dir);
  const Ingest ingest(dir);
  PipelineOptions options;
  options.paths = ExpandPaths(o.paths);
  options.threads = o.threads;
  options.limits.document_bytes = o.max_bytes;
  options.raw = o.keep_raw ? Raw::kBytes : Raw::kHashes;
  options.stop = &WatchInterrupts();
  Store store = Store::Open(o.db);
  store.SaveRules(rules.id(), Texts(rules));
  const int64_t run = store.BeginRun({rules.id(), kVersion, o.paths});
  options.known = [&](const RawDocument& raw, const std::string& sha256) {
    return store.HasInput(sha256, rules.id(), o.keep_raw) ||
           store.HasInput(PlacedKey(sha256, raw.path, raw.line), rules.id(), o.keep_raw);
  };
  std::optional<FailedDocuments> failed;
  if (o.retry_failed) {
    failed.emplace(store.Failures(), options.limits, ingest);
    options.source = [&](RawDocument& out) { return failed->Next(out); };
  }
  Saver saver(store, run, rules, o.commit_bytes);
  try {
    ReadAll(o, options, rules, ingest, saver);
  } catch (const IoError&) {
    saver.Keep();
    throw;
  }
  saver.Finish(!*options.stop && !o.retry_failed);
  if (*options.stop) {
    std::fprintf(stderr, "kaoju: interrupted; %lld documents are stored, start again to go on\n",
                 static_cast<long long>(saver.counts.docs));
    return 130;
  }
  store.EndRun(run, saver.counts);
  const RunCounts& c = saver.counts;
  if (!o.quiet) PrintSummary(c, o.db);
  if (c.failed > 0 && static_cast<size_t>(c.failed) > o.max_failed) return kTooManyFailed;
  return c.failed > 0 ? kSomeFailed : kGood;
}

}  // namespace kaoju
