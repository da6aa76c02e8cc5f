#include "cli/corpus_scan.h"

#include <cstdio>
#include <memory>

#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "rules/error.h"
#include "rules/utf8.h"
#include "store/article_texts.h"

namespace kaoju {
namespace {

// A stored article as the JSON line that `extract` would read.
std::string AsLine(const StoredText& a) {
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  w.StartObject();
  const std::pair<const char*, const std::string*> fields[] = {{"id", &a.id},
                                                               {"title", &a.title},
                                                               {"published", &a.published},
                                                               {"region", &a.region},
                                                               {"text", &a.text}};
  for (const auto& [key, value] : fields) {
    if (value->empty()) continue;
    PutText(w, key, *value);
  }
  w.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

void AddCorpusOptions(CLI::App& sub, CorpusOptions& o, bool with_rules) {
  CLI::Option* corpus =
      sub.add_option("--corpus", o.paths, "files or folders of text, HTML or JSON Lines, also .gz");
  sub.add_option("--db", o.db, "a fact store: its articles are the corpus")->excludes(corpus);
  if (with_rules) sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.add_option("-j,--threads", o.threads, "threads; the output is the same for any number")
      ->check(CLI::Range(1, 256));
  sub.add_flag("-q,--quiet", o.quiet, "no progress");
}

bool HasCorpus(const CorpusOptions& o) { return !o.paths.empty() || !o.db.empty(); }

int ScanCorpus(const CorpusOptions& o, PipelineOptions options, const RuleSet& rules,
               const Ingest& ingest, const std::function<void(Result&&)>& sink) {
  if (!HasCorpus(o)) throw IoError("no corpus: name files with --corpus, or a store with --db");
  options.threads = o.threads;
  options.stop = &WatchInterrupts();
  std::shared_ptr<ArticleTexts> stored;
  if (!o.db.empty()) {
    stored = std::make_shared<ArticleTexts>(ArticleTexts::Open(o.db));
    options.source = [stored, n = size_t{0}, &o](RawDocument& raw) mutable {
      StoredText text;
      if (!stored->Next(text)) return false;
      raw = {RawDocument::Format::kJsonLine, o.db, ++n, AsLine(text), {}};
      return true;
    };
  } else {
    options.paths = ExpandPaths(o.paths);
  }
  size_t failed = 0;
  Progress progress(o.quiet);
  RunPipeline(options, rules, ingest, [&](Result&& r) {
    const size_t facts = r.extraction ? r.extraction->facts() : 0;
    progress.Add(1, r.bytes, facts, r.extraction ? 0 : 1);
    if (!r.extraction) {
      if (failed++ == 0) std::fprintf(stderr, "kaoju: %s\n", r.error.c_str());
      return;
    }
    sink(std::move(r));
  });
  if (failed > 0) std::fprintf(stderr, "kaoju: %zu documents could not be read\n", failed);
  if (*options.stop) {
    std::fprintf(stderr, "kaoju: interrupted; what is shown is of a part of the corpus\n");
    return 130;
  }
  return failed > 0 ? kSomeFailed : kGood;
}

std::string InContext(std::string_view text, Span span, size_t around) {
  size_t from = span.begin;
  for (size_t n = 0; n < around && from > 0 && text[from - 1] != '\n'; ++n)
    from = Utf8Back(text, from);
  size_t to = span.end;
  for (size_t n = 0; n < around && to < text.size() && text[to] != '\n'; ++n)
    to += Utf8Width(text[to]);
  std::string out = std::string(text.substr(from, span.begin - from)) + "【" +
                    std::string(Slice(text, span)) + "】" +
                    std::string(text.substr(span.end, to - span.end));
  for (char& c : out) c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

}  // namespace kaoju
