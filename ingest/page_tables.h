// PageTables: what rules/page/*.tsv and rules/sites/*.tsv know of web pages.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/paging.h"
#include "ingest/site_profiles.h"

namespace kaoju {

// What a line of a page is, by its words.
enum class LineKind {
  kDrop,    // no part of the article
  kEnd,     // nor is what follows, once most of the text has gone by
  kNext,    // nor is what follows: another article
  kByline,  // says where the article is from
};

enum class CuePlace {
  kLabel,   // at the beginning, with no letter and no stop directly behind
  kBegins,  // at the beginning
  kAnywhere
};

struct LineCue {
  std::string words;
  CuePlace place = CuePlace::kLabel;
  LineKind kind = LineKind::kDrop;
};

// Of what a label or a meta key gives.
enum class PageField {
  kTitle,
  kPublished,
  kModified,
  kOther,  // read only so that it is taken for nothing else
  kSource,
  kAuthor,
  kEditor,
  kSite
};
inline constexpr size_t kPageFields = 8;

class PageTables {
 public:
  // Reads the tables in the folder of the rules; throws RulesError.
  explicit PageTables(const std::string& rules_dir);

  // The part of a class or an id that says that an element is no part of the article; empty: none.
  std::string NoiseIn(std::string_view class_or_id) const;
  // The cue by which a line is no part of the article, the strongest first; nullptr: none.
  const LineCue* CueOf(std::string_view line) const;

  struct Label {
    std::string words;
    PageField field;
  };
  // What a byline calls its parts, the longest first.
  const std::vector<Label>& labels() const { return labels_; }
  // Keys of <meta>, in lower case, the most trusted first.
  const std::vector<Label>& meta() const { return meta_; }
  // Whether it ends as names of sites and outlets do.
  bool IsSiteName(std::string_view name) const;
  // Whether it stands for an author and names none.
  bool IsNobody(std::string_view author) const { return nobody_.contains(author); }
  const SiteProfiles& sites() const { return sites_; }
  const Paging& paging() const { return paging_; }

 private:
  std::set<std::string, std::less<>> noise_;
  std::vector<LineCue> lines_;
  std::vector<Label> labels_;
  std::vector<Label> meta_;
  std::vector<std::string> site_words_;
  std::set<std::string, std::less<>> nobody_;
  SiteProfiles sites_;
  Paging paging_;
};

}  // namespace kaoju
