#include "cli/cmd_extract.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/pipeline.h"
#include "cli/progress.h"
#include "cli/rows.h"
#include "cli/rules_dir.h"
#include "extract/examples.h"
#include "rules/error.h"

namespace kaoju {
namespace {

// Standard output by write(2): a signal may interrupt a write, and must not cut a row.
class Output {
 public:
  void Write(const std::string& bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= kBuffered) Flush();
  }
  void Flush() {
    std::string_view left = buffer_;
    while (!left.empty()) {
      const ssize_t n = ::write(STDOUT_FILENO, left.data(), left.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) {
        throw IoError(std::string("standard output: cannot be written: ") + std::strerror(errno));
      }
      left.remove_prefix(static_cast<size_t>(n));
    }
    buffer_.clear();
  }

 private:
  static constexpr size_t kBuffered = 64 << 10;
  std::string buffer_;
};

void RenderRows(const RawDocument&, Result& r) {
  if (r.extraction) {
    AppendRows(r.article, *r.extraction, r.format == RawDocument::Format::kHtml, r.rows);
  } else if (!r.error.empty()) {
    AppendErrorRow(r.article.id, r.error, r.rows);
  }
}

}  // namespace

void AddExtractOptions(CLI::App& sub, ExtractCommand& o) {
  sub.add_option(
      "FILE", o.files,
      "files or folders: text, HTML, JSON Lines, CSV, feeds, WARC; also .gz, .zst, .br; none or -: "
      "JSON Lines on standard input");
  sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.add_option("-j,--threads", o.threads, "threads; the output is the same for any number")
      ->check(CLI::Range(1, 256));
  sub.add_option("--max-failed", o.max_failed,
                 "exit code 3 and stop when more documents than this fail")
      ->check(CLI::NonNegativeNumber);
  sub.add_option("--max-bytes", o.max_bytes, "documents longer than this many bytes fail")
      ->check(CLI::PositiveNumber);
  sub.add_flag("--slow", o.slow, "the slow twin of every fast path: the same facts, to check them");
  sub.add_flag("-q,--quiet", o.quiet, "no progress");
  sub.footer(
      "Examples:\n"
      "  kaoju extract articles.jsonl.gz > facts.jsonl\n"
      "  zcat articles.jsonl.gz | kaoju extract -j 2 | jq 'select(.kind == \"figure\")'\n"
      "Rows come in the order of the input; the last one has kind \"end\". No end row: "
      "incomplete.\n"
      "Exit code: 0 all good, 1 usage, 2 some documents failed, 3 more than --max-failed, 4 input "
      "or output broke, 5 the rules do not load.");
}

int RunExtract(const ExtractCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadCheckedRules(dir);
  const Ingest ingest(dir);
  PipelineOptions options;
  options.paths = o.files.empty() ? std::vector<std::string>{"-"} : ExpandPaths(o.files);
  options.threads = o.threads;
  options.extract.slow = o.slow;
  options.limits.document_bytes = o.max_bytes;
  options.make_renderer = [] { return RenderRows; };
  options.stop = &WatchInterrupts();
  EndRow end;
  end.rules = rules.id();
  Progress progress(o.quiet);
  Output output;
  struct TooMany {};
  try {
    RunPipeline(options, rules, ingest, [&](Result&& r) {
      const bool failed = !r.extraction;
      output.Write(r.rows);
      ++end.docs;
      end.failed += failed ? 1 : 0;
      end.facts += failed ? 0 : r.extraction->facts();
      progress.Add(1, r.bytes, failed ? 0 : r.extraction->facts(), failed ? 1 : 0);
      if (end.failed > o.max_failed) throw TooMany{};
    });
  } catch (const IoError&) {
    if (!*options.stop) throw;  // a read that Ctrl-C has cut short is no broken input
  } catch (const TooMany&) {
    output.Flush();
    std::fprintf(stderr, "kaoju: more than %zu documents failed: stopped\n", o.max_failed);
    return kTooManyFailed;
  }
  if (*options.stop) {
    output.Flush();
    std::fprintf(stderr, "kaoju: interrupted after %zu documents; no end row was written\n",
                 end.docs);
    return 130;
  }
  std::string last;
  AppendEndRow(end, last);
  output.Write(last);
  output.Flush();
  return end.failed > 0 ? kSomeFailed : kGood;
}

}  // namespace kaoju
