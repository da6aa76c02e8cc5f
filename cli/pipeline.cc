#include "cli/pipeline.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "extract/extract.h"
#include "rules/error.h"
#include "rules/hash.h"
#include "store/raw_bytes.h"

namespace kaoju {
namespace {

constexpr size_t kBatchBytes = 256 << 10;
constexpr size_t kBatchDocuments = 64;

// A document that waits to be read.
struct Waiting {
  RawDocument raw;
  std::string sha256;
  bool known = false;
};

struct Batch {
  std::vector<Waiting> waiting;
  std::vector<Result> results;
  bool done = false;
};

// Of all that a document is made from.
std::string HashOf(const RawDocument& raw) {
  if (!raw.part) return Sha256(raw.bytes);
  const DocumentMeta& m = raw.meta;
  std::string all = raw.bytes;
  for (const std::string* text :
       {&m.id, &m.url, &m.title, &m.source, &m.published, &m.region, &m.charset}) {
    all += '\0';
    all += *text;
  }
  for (const std::string& author : m.authors) all += '\0' + author;
  for (const RawPage& page : raw.further) all += '\0' + page.url + '\0' + page.bytes;
  return Sha256(all);
}

// Reads documents of all inputs, one after another.
class Source {
 public:
  Source(const PipelineOptions& options, const Ingest& ingest)
      : options_(options), ingest_(ingest) {}

  // Fills the batch; false: there are no more documents.
  bool Next(Batch& batch) {
    size_t bytes = 0;
    while (batch.waiting.size() < kBatchDocuments && bytes < kBatchBytes) {
      if (options_.stop != nullptr && options_.stop->load()) break;
      Waiting next;
      if (!Read(next.raw)) break;
      bytes += next.raw.size();
      if (options_.known) {
        next.sha256 = HashOf(next.raw);
        next.known = next.raw.problem.empty() && options_.known(next.raw, next.sha256);
      }
      batch.waiting.push_back(std::move(next));
    }
    return !batch.waiting.empty();
  }

 private:
  bool Read(RawDocument& raw) {
    if (options_.source) return options_.source(raw);
    for (; reader_ || next_ < options_.paths.size(); reader_.reset()) {
      if (!reader_) reader_.emplace(ingest_.Open(options_.paths[next_++], options_.limits));
      if (reader_->Next(raw)) return true;
    }
    return false;
  }

  const PipelineOptions& options_;
  const Ingest& ingest_;
  size_t next_ = 0;
  std::optional<DocumentReader> reader_;
};

std::vector<ProvenancePage> PagesOf(const RawDocument& raw, const std::string& sha256, Raw want) {
  std::vector<ProvenancePage> out;
  if (want == Raw::kNothing) return out;
  const auto add = [&](const std::string& url, const std::string& bytes, std::string hash) {
    out.push_back({url, static_cast<int64_t>(bytes.size()), std::move(hash),
                   want == Raw::kBytes ? PackRaw(bytes) : std::string()});
  };
  add({}, raw.bytes, raw.part || sha256.empty() ? Sha256(raw.bytes) : sha256);
  for (const RawPage& page : raw.further) add(page.url, page.bytes, Sha256(page.bytes));
  return out;
}

// What a thread needs to make results of documents.
class Worker {
 public:
  Worker(const PipelineOptions& options, const RuleSet& rules, const Ingest& ingest)
      : ingest_(ingest),
        extractor_(rules, options.extract),
        raw_(options.raw),
        render_(options.make_renderer ? options.make_renderer() : Renderer{}) {}

  Result Process(Waiting& w);
  void Work(Batch& batch);

 private:
  const Ingest& ingest_;
  Extractor extractor_;
  Raw raw_;
  Renderer render_;
};

Result Worker::Process(Waiting& w) {
  const RawDocument& raw = w.raw;
  Result r;
  r.format = raw.format;
  r.path = raw.path;
  r.line = raw.line;
  r.bytes = raw.size();
  r.sha256 = std::move(w.sha256);
  r.known = w.known;
  if (r.known) return r;
  try {
    r.article = ingest_.Read(raw);
    r.extraction = extractor_.Extract(r.article);
    r.pages = PagesOf(raw, r.sha256, raw_);
  } catch (const DocumentError& e) {
    r.error = e.what();
    r.article.id = raw.place();
  }
  if (render_) render_(raw, r);
  return r;
}

void Worker::Work(Batch& batch) {
  for (Waiting& w : batch.waiting) batch.results.push_back(Process(w));
  batch.waiting.clear();
}

// Workers take batches in order; the caller hands out new ones and takes back finished ones, in
// order as well.
class Pool {
 public:
  Pool(const PipelineOptions& options, const RuleSet& rules, const Ingest& ingest)
      : options_(options), rules_(rules), ingest_(ingest) {
    for (size_t i = 0; i < options.threads; ++i) threads_.emplace_back([this] { Loop(); });
  }
  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      todo_.clear();
    }
    work_.notify_all();
    for (std::thread& t : threads_) t.join();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void Give(std::shared_ptr<Batch> batch) {
    const std::lock_guard lock(mutex_);
    todo_.push_back(batch);
    order_.push_back(std::move(batch));
    work_.notify_one();
  }
  size_t pending() const { return order_.size(); }
  // Waits for the oldest batch. Throws what its worker threw.
  std::shared_ptr<Batch> Take() {
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [&] { return order_.front()->done || failure_; });
    if (failure_) std::rethrow_exception(failure_);
    auto batch = order_.front();
    order_.pop_front();
    return batch;
  }

 private:
  void Loop() {
    try {
      Worker worker(options_, rules_, ingest_);
      for (;;) {
        std::shared_ptr<Batch> batch;
        {
          std::unique_lock lock(mutex_);
          work_.wait(lock, [&] { return closed_ || !todo_.empty(); });
          if (todo_.empty()) return;
          batch = todo_.front();
          todo_.pop_front();
        }
        worker.Work(*batch);
        const std::lock_guard lock(mutex_);
        batch->done = true;
        finished_.notify_all();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      finished_.notify_all();
    }
  }

  const PipelineOptions& options_;
  const RuleSet& rules_;
  const Ingest& ingest_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable finished_;
  std::deque<std::shared_ptr<Batch>> todo_;
  std::deque<std::shared_ptr<Batch>> order_;  // given and not taken, oldest first; the caller's own
  bool closed_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

void RunSingle(const PipelineOptions& options, const RuleSet& rules, const Ingest& ingest,
               const std::function<void(Result&&)>& sink) {
  Worker worker(options, rules, ingest);
  Source source(options, ingest);
  // Batch by batch: the caches hold the rules, or what the sink works with, not both.
  for (Batch batch; source.Next(batch); batch = {}) {
    worker.Work(batch);
    for (Result& r : batch.results) sink(std::move(r));
  }
}

}  // namespace

void RunPipeline(const PipelineOptions& options, const RuleSet& rules, const Ingest& ingest,
                 const std::function<void(Result&&)>& sink) {
  if (options.threads <= 1) return RunSingle(options, rules, ingest, sink);
  Source source(options, ingest);
  Pool pool(options, rules, ingest);
  const size_t most = options.threads * 2 + 1;
  bool more = true;
  while (more || pool.pending() > 0) {
    while (more && pool.pending() < most) {
      auto batch = std::make_shared<Batch>();
      more = source.Next(*batch);
      if (more) pool.Give(std::move(batch));
    }
    if (pool.pending() == 0) break;
    const std::shared_ptr<Batch> batch = pool.Take();
    for (Result& r : batch->results) sink(std::move(r));
  }
}

}  // namespace kaoju
