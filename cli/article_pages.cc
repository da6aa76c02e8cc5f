#include "cli/article_pages.h"

#include <utility>

namespace kaoju {
namespace {

constexpr size_t kMostPages = 100;                // of one article
constexpr size_t kMostBytes = size_t{128} << 20;  // that are held back

}  // namespace

bool ArticlePages::Add(FetchReport&& page, const std::string& next,
                       std::vector<FetchReport>& whole) {
  Article article;
  if (const auto waiting = articles_.find(page.asked); waiting != articles_.end()) {
    article = std::move(waiting->second);
    articles_.erase(waiting);
  }
  const size_t bytes = page.exchange.body.size();
  article.bytes += bytes;
  bytes_ += bytes;
  article.pages.push_back(std::move(page));
  const bool fits = article.pages.size() < kMostPages && bytes_ < kMostBytes;
  if (fits && !articles_.contains(next)) {
    articles_.emplace(next, std::move(article));
    return true;
  }
  bytes_ -= article.bytes;
  whole = std::move(article.pages);
  return false;
}

std::vector<FetchReport> ArticlePages::GiveUp(const std::string& asked) {
  const auto at = articles_.find(asked);
  if (at == articles_.end()) return {};
  std::vector<FetchReport> pages = std::move(at->second.pages);
  bytes_ -= at->second.bytes;
  articles_.erase(at);
  return pages;
}

std::vector<FetchReport> ArticlePages::GiveUpAny() {
  return articles_.empty() ? std::vector<FetchReport>()
                           : GiveUp(std::string(articles_.begin()->first));
}

}  // namespace kaoju
