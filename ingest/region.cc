#include "ingest/region.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string_view>

#include "ingest/table_file.h"
#include "ingest/url.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kLookAt = 8 << 10;  // bytes of the folded text that words are looked for in
constexpr int kClear = 3;            // by so much the first must lead

bool EndsInDomain(std::string_view host, std::string_view domain) {
  if (!host.ends_with(domain)) return false;
  host.remove_suffix(domain.size());
  return host.empty() || host.back() == '.';
}

}  // namespace

RegionFinder::RegionFinder(const std::string& fold_dir) {
  std::map<std::string, std::vector<uint32_t>> words;
  for (const TableRow& row : ReadTable(fold_dir + "/regions.tsv", 4)) {
    const Cue cue{row.cells[0], row.cells[1], row.cells[2], std::atoi(row.cells[3].c_str())};
    const bool word = cue.kind == "currency" || cue.kind == "wording";
    if (!word && cue.kind != "domain" && cue.kind != "source" && cue.kind != "script") {
      throw RulesError(row.place + ": unknown kind of evidence: " + cue.kind);
    }
    if (cue.weight <= 0 || cue.cue.empty()) {
      throw RulesError(row.place + ": a cue and a weight above 0 were expected");
    }
    if (word) words[cue.cue].push_back(static_cast<uint32_t>(cues_.size()));
    cues_.push_back(cue);
  }
  std::vector<std::string_view> keys;
  for (const auto& [key, cues] : words) {
    keys.push_back(key);
    by_key_.push_back(cues);
  }
  words_.Build(keys);
}

void RegionFinder::Find(Article& article) const {
  if (!article.region.empty()) {
    article.region_evidence = {{"given", article.region, article.region, 0}};
    return;
  }
  std::vector<bool> found(cues_.size());
  const std::string host = HostOf(article.url);
  for (size_t i = 0; i < cues_.size(); ++i) {
    const Cue& cue = cues_[i];
    if (cue.kind == "domain") found[i] = EndsInDomain(host, cue.cue);
    if (cue.kind == "source") found[i] = article.source.find(cue.cue) != std::string::npos;
    if (cue.kind == "script") found[i] = article.script == cue.cue;
  }
  const std::string_view text = std::string_view(article.folded).substr(0, kLookAt);
  std::vector<uint16_t> codes;
  codes.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    codes.push_back(words_.CodeOf(c.value));
    at = c.end;
  }
  for (size_t at = 0; at < codes.size(); ++at) {
    if (codes[at] == 0) continue;
    words_.Prefixes(codes, at, [&](size_t, uint32_t value) {
      for (const uint32_t cue : by_key_[value]) found[cue] = true;
    });
  }
  std::map<std::string, int> weights;
  for (size_t i = 0; i < cues_.size(); ++i) {
    if (!found[i]) continue;
    article.region_evidence.push_back(
        {cues_[i].kind, cues_[i].cue, cues_[i].region, cues_[i].weight});
    weights[cues_[i].region] += cues_[i].weight;
  }
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [region, weight] : weights) order.emplace_back(weight, region);
  std::sort(order.rbegin(), order.rend());
  if (order.empty()) return;
  const int next = order.size() > 1 ? order[1].first : 0;
  if (order[0].first >= next + kClear) article.region = order[0].second;
}

}  // namespace kaoju
