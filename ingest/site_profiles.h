// SiteProfiles: what rules/sites/*.tsv know of the pages of single sites. A profile is a
// preference: where its selectors find nothing, a page is read as any other.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/selector.h"

namespace kaoju {

enum class SiteField {
  kBody,  // the element that holds the article
  kDrop,  // what is in it and is no part of it
  kTitle,
  kPublished,
  kSource,
  kAuthor,
  kEditor,
  kNext,  // the link to the next page of the article
};
inline constexpr size_t kSiteFields = 8;
std::string_view NameOf(SiteField field);

struct SiteSelector {
  Selector selector;
  std::string attribute;  // whose value is meant; empty: the text below
  std::string words;      // as written
};

struct SiteProfile {
  std::string name;  // of its file, without .tsv
  std::vector<std::string> hosts;
  std::array<std::vector<SiteSelector>, kSiteFields> selectors;  // the most trusted first

  const std::vector<SiteSelector>& of(SiteField field) const {
    return selectors[static_cast<size_t>(field)];
  }
};

class SiteProfiles {
 public:
  // Reads every .tsv of `dir`; where there is no such folder, there are none. Throws RulesError.
  explicit SiteProfiles(const std::string& dir);

  // That of the address's host, or of the nearest domain above it; nullptr: none.
  const SiteProfile* Of(std::string_view url) const;

  const std::vector<SiteProfile>& all() const { return profiles_; }

 private:
  void Read(const std::string& path);

  std::vector<SiteProfile> profiles_;
  std::map<std::string, size_t, std::less<>> by_host_;
};

}  // namespace kaoju
