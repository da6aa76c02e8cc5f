#include "ingest/page_chain.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

#include "ingest/html.h"
#include "ingest/url.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMostAhead = 64;  // documents
constexpr size_t kBytesAhead = size_t{8} << 20;

class PageChain : public DocumentSource {
 public:
  PageChain(std::unique_ptr<DocumentSource> source, const Decoder& decoder, const PageTables& pages,
            Limits limits)
      : source_(std::move(source)), decoder_(decoder), pages_(pages), limits_(limits) {}

  bool Next(RawDocument& out) override {
    Fill();
    if (ahead_.empty()) return false;
    Waiting first = TakeAt(ahead_.begin());
    size_t bytes = first.raw.bytes.size();
    std::string url = first.url;
    for (auto next = Behind(url, first.raw); next != ahead_.end();) {
      bytes += next->raw.bytes.size();
      if (bytes > limits_.document_bytes) break;
      Waiting page = TakeAt(next);
      url = page.url;
      RawDocument& raw = page.raw;
      first.raw.further.push_back(
          {std::move(raw.meta.url), std::move(raw.bytes), std::move(raw.meta.charset)});
      Fill();
      next = Behind(url, first.raw);
    }
    out = std::move(first.raw);
    return true;
  }
  size_t position() const override { return source_->position(); }

 private:
  struct Waiting {
    RawDocument raw;
    std::string url;  // normalized; empty: no page, or not known
  };

  void Fill() {
    while (!ended_ && ahead_.size() < kMostAhead && bytes_ < kBytesAhead) {
      Waiting next;
      if (!source_->Next(next.raw)) {
        ended_ = true;
        return;
      }
      const RawDocument& raw = next.raw;
      if (raw.problem.empty() && raw.format == RawDocument::Format::kHtml) {
        if (auto url = ParseUrl(raw.meta.url)) next.url = std::move(url->text);
      }
      bytes_ += raw.bytes.size();
      ahead_.push_back(std::move(next));
    }
  }

  Waiting TakeAt(std::deque<Waiting>::iterator at) {
    Waiting taken = std::move(*at);
    ahead_.erase(at);
    bytes_ -= taken.raw.bytes.size();
    return taken;
  }

  // The page behind the last one of the article, if it is here. Only where an address looks like it
  // is the last one asked what it links to.
  std::deque<Waiting>::iterator Behind(const std::string& url, const RawDocument& article) {
    const auto follows = [&](const Waiting& w) {
      return !w.url.empty() && pages_.paging().MayFollow(w.url, url);
    };
    const auto any =
        url.empty() ? ahead_.end() : std::find_if(ahead_.begin(), ahead_.end(), follows);
    if (any == ahead_.end()) return any;
    const bool first = article.further.empty();
    const std::string& bytes = first ? article.bytes : article.further.back().bytes;
    const std::string& charset = first ? article.meta.charset : article.further.back().charset;
    try {
      const std::string next = NextPageOf(decoder_.Decode(bytes, charset, false).text, url, pages_);
      return std::find_if(any, ahead_.end(), [&](const Waiting& w) { return w.url == next; });
    } catch (const DocumentError&) {  // what cannot be parsed is said where it is read
      return ahead_.end();
    }
  }

  std::unique_ptr<DocumentSource> source_;
  const Decoder& decoder_;
  const PageTables& pages_;
  const Limits limits_;
  std::deque<Waiting> ahead_;
  size_t bytes_ = 0;  // of them
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<DocumentSource> JoinPages(std::unique_ptr<DocumentSource> source,
                                          const Decoder& decoder, const PageTables& pages,
                                          Limits limits) {
  return std::make_unique<PageChain>(std::move(source), decoder, pages, limits);
}

}  // namespace kaoju
