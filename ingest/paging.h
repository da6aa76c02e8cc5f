// Paging: articles that go on over several pages (翻页). Which page is the next one is said by a
// link, and its address must bear it out: the same but for the number of the page. A link alone is
// not enough, as "next" is also what the next article is called.
#pragma once

#include <gumbo.h>
#include <re2/re2.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

class Paging {
 public:
  // Reads page/paging.tsv in the folder of the rules; throws RulesError.
  explicit Paging(const std::string& rules_dir);

  // Whether both may be pages of one article, `next` being the one behind `page`. Both are whole
  // addresses, as ParseUrl normalizes them.
  bool MayFollow(std::string_view next, std::string_view page) const;

  // The address of the next page, whole and normalized; empty: there is none. `by_site` is what the
  // profile of the site takes for it, whole addresses or ones relative to `url`, the page's own;
  // with an empty `url` nothing is found. Throws as Walk.
  std::string NextOf(const GumboNode* root, std::string_view url,
                     const std::vector<std::string>& by_site) const;

 private:
  // An address without the number of its page, and that number.
  struct Numbered {
    std::string stem;
    int number = 0;  // 0: it has none
  };
  Numbered Take(std::string_view url) const;
  bool TakeParameter(std::string_view url, Numbered& out) const;

  std::string NextInScript(std::string_view script) const;
  // Whether the element links to what it calls the next page.
  bool IsNextLink(const GumboNode& node) const;

  std::set<std::string, std::less<>> words_;       // in lower case
  std::set<std::string, std::less<>> parameters_;  // likewise
  std::vector<std::unique_ptr<RE2>> scripts_;
};

}  // namespace kaoju
