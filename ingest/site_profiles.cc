#include "ingest/site_profiles.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "ingest/table_file.h"
#include "ingest/url.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr std::array<std::string_view, kSiteFields> kNames = {
    "body", "drop", "title", "published", "source", "author", "editor", "next"};

// "time.date@datetime": the attribute stands behind the last @.
SiteSelector ParseSelector(const TableRow& row) {
  const std::string& words = row.cells[1];
  const size_t at = words.rfind('@');
  const bool whole = at == words.npos;
  try {
    if (!whole && at + 1 == words.size())
      throw std::invalid_argument("an attribute is missing behind '@'");
    return {Selector(words.substr(0, at)), whole ? "" : LowerAscii(words.substr(at + 1)), words};
  } catch (const std::invalid_argument& error) {
    throw RulesError(row.place + ": selector '" + words + "': " + error.what());
  }
}

}  // namespace

std::string_view NameOf(SiteField field) { return kNames[static_cast<size_t>(field)]; }

SiteProfiles::SiteProfiles(const std::string& dir) {
  if (!std::filesystem::is_directory(dir)) return;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(dir)) {
    if (entry.path().extension() == ".tsv") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) Read(path);
}

void SiteProfiles::Read(const std::string& path) {
  SiteProfile profile;
  profile.name = std::filesystem::path(path).stem().string();
  for (const TableRow& row : ReadTable(path, 2)) {
    const std::string& field = row.cells[0];
    if (field == "host") {
      const std::string& host = row.cells[1];
      const bool host_like = !host.empty() && host.find_first_of(" /:@*") == host.npos;
      if (!host_like || LowerAscii(host) != host)
        throw RulesError(row.place + ": '" + host + "' is no host in lower case");
      if (!by_host_.emplace(host, profiles_.size()).second)
        throw RulesError(row.place + ": the host '" + host + "' has a profile already");
      profile.hosts.push_back(host);
      continue;
    }
    const auto known = std::find(kNames.begin(), kNames.end(), field);
    if (known == kNames.end()) throw RulesError(row.place + ": there is no '" + field + "'");
    profile.selectors[static_cast<size_t>(known - kNames.begin())].push_back(ParseSelector(row));
  }
  if (profile.hosts.empty()) throw RulesError(path + ": names no host");
  profiles_.push_back(std::move(profile));
}

const SiteProfile* SiteProfiles::Of(std::string_view url) const {
  const std::string host = HostOf(url);
  for (std::string_view rest = host; !rest.empty();) {
    const auto at = by_host_.find(rest);
    if (at != by_host_.end()) return &profiles_[at->second];
    const size_t dot = rest.find('.');
    if (dot == rest.npos) break;
    rest.remove_prefix(dot + 1);
  }
  return nullptr;
}

}  // namespace kaoju
