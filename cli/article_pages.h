// ArticlePages: what was fetched of articles that go on over several pages, held back until each is
// there as far as it can be had, so that its pages stand one behind the other in the archive.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "ingest/fetcher.h"

namespace kaoju {

class ArticlePages {
 public:
  // Whether the page of this address is asked for as a further one of an article.
  bool Awaits(const std::string& asked) const { return articles_.contains(asked); }

  // Takes a page that was fetched, the first one of an article or one that is awaited, with the
  // address of the next one. False: the article has become too long, or another one awaits that
  // page; what there is of it is then in `whole`.
  bool Add(FetchReport&& page, const std::string& next, std::vector<FetchReport>& whole);

  // The article that awaits this page, which will not come.
  std::vector<FetchReport> GiveUp(const std::string& asked);
  // The first of those that still await one; empty: none does.
  std::vector<FetchReport> GiveUpAny();

 private:
  struct Article {
    std::vector<FetchReport> pages;
    size_t bytes = 0;
  };

  std::map<std::string, Article> articles_;  // by the page that each awaits
  size_t bytes_ = 0;                         // of all of them
};

}  // namespace kaoju
