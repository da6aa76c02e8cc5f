#include "ingest/headline.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <vector>

#include "ingest/html_walk.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kFewLetters = 4;    // a heading as short is the name of a channel
constexpr size_t kMostLetters = 16;  // of a site's name
constexpr size_t kMaxSegments = 5;   // that are taken off a title
// What stands between a headline and the name of a site: also fullwidth and box-drawing bars.
constexpr std::array<std::string_view, 11> kBars = {"_",
                                                    "|",
                                                    " - ",
                                                    "-",
                                                    "\xEF\xBD\x9C",
                                                    "\xE4\xB8\xA8",
                                                    "\xE2\x80\x93",
                                                    "\xE2\x80\x94",
                                                    "::",
                                                    "\xC2\xBB",
                                                    "\xE2\x94\x82"};

// The last bar: where it begins, and where it ends; npos: there is none.
std::pair<size_t, size_t> LastBar(std::string_view title) {
  std::pair<size_t, size_t> last = {title.npos, title.npos};
  for (const std::string_view bar : kBars) {
    const size_t at = title.rfind(bar);
    if (at == title.npos) continue;
    if (last.first == title.npos || at + bar.size() > last.second ||
        (at + bar.size() == last.second && at < last.first))
      last = {at, at + bar.size()};
  }
  return last;
}

bool IsSite(std::string_view segment, std::string_view site, const PageTables& tables) {
  const std::string name = Collapse(segment);
  if (name.empty()) return true;
  if (!site.empty() && (site.find(name) != site.npos || name.find(site) != name.npos)) return true;
  if (CountLetters(name) > kMostLetters) return false;
  return tables.IsSiteName(name);
}

// The longest of the texts that the title holds.
std::string LongestIn(const std::string& bare_title, const std::vector<std::string>& texts) {
  std::string best;
  for (const std::string& text : texts) {
    const std::string bare = BareText(text);
    if (CountLetters(bare) < kFewLetters || text.size() <= best.size()) continue;
    if (bare_title.find(bare) != bare_title.npos) best = text;
  }
  return best;
}

}  // namespace

std::string BareText(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    if (u_isalnum(static_cast<UChar32>(c.value))) out.append(text.substr(at, c.end - at));
    at = c.end;
  }
  return out;
}

std::string WithoutSite(std::string_view title, std::string_view site, const PageTables& tables) {
  for (size_t taken = 0; taken < kMaxSegments; ++taken) {
    const auto [begin, end] = LastBar(title);
    if (begin == title.npos || begin == 0) break;
    const bool first = taken == 0 && (title[begin] == '_' || title[begin] == '|');
    const std::string_view segment = title.substr(end);
    const bool short_name = first && CountLetters(segment) <= kMostLetters / 2;
    if (!short_name && !IsSite(segment, site, tables)) break;
    title = title.substr(0, begin);
  }
  return Collapse(title);
}

bool IsHeadlineOf(std::string_view line, std::string_view title) {
  constexpr size_t kFewest = 2 * kFewLetters;
  if (CountLetters(line) < kFewest || line.size() >= title.size()) return false;
  if (!title.starts_with(line)) return false;
  const std::string_view rest = title.substr(line.size());
  return std::any_of(kBars.begin(), kBars.end(),
                     [&](std::string_view bar) { return rest.starts_with(bar); });
}

std::string HeadlineOf(const PageMeta& meta, const PageTables& tables) {
  const std::string given = meta.Get(PageField::kTitle);
  const std::string site = meta.Get(PageField::kSite);
  for (const std::string* whole : {&given, &meta.title_tag}) {
    if (whole->empty()) continue;
    const std::string bare = BareText(*whole);
    for (const auto* texts : {&meta.headings, &meta.titled}) {
      std::string heading = LongestIn(bare, *texts);
      if (!heading.empty()) return heading;
    }
  }
  const std::string& whole = given.empty() ? meta.title_tag : given;
  if (!whole.empty()) return WithoutSite(whole, site, tables);
  return meta.headings.empty() ? std::string() : meta.headings.front();
}

}  // namespace kaoju
