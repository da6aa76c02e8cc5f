#include "extract/country_readings.h"

#include <algorithm>
#include <set>
#include <utility>

#include "rules/utf8.h"

namespace kaoju {
CountryReadings::CountryReadings(const RuleSet& rules) {
  for (const std::string_view type : {"COUNTRY_ABBR", "COUNTRY_SIDE", "COUNTRY_SIDE_RARE"}) {
    const auto symbol = rules.symbols().Find(type);
    if (!symbol) continue;
    for (const LexiconEntry* e : rules.lexicon().OfType(*symbol)) {
      std::string_view others = e->Flag("alt");
      if (others.empty()) continue;
      Readings& r = readings_[e->surface];
      r = {e->canonical, {}};
      while (!others.empty()) {
        const size_t end = std::min(others.find('/'), others.size());
        r.others.push_back(others.substr(0, end));
        others.remove_prefix(std::min(end + 1, others.size()));
      }
    }
  }
}

void CountryReadings::Resolve(Document& doc) const {
  if (doc.countries.empty()) return;
  std::vector<char> is_short(doc.mentions.size());
  for (const uint32_t index : doc.countries) is_short[index] = 1;
  std::set<std::string_view> named;
  for (size_t i = 0; i < doc.mentions.size(); ++i) {
    if (doc.mentions[i].type == "place" && !is_short[i]) named.insert(doc.mentions[i].canonical);
  }
  for (const uint32_t index : doc.countries) {
    Mention& m = doc.mentions[index];
    if (m.type != "place") continue;
    const auto character = Slice(doc.article.folded, m.span);
    const auto readings = readings_.find(character.substr(0, Utf8Width(character[0])));
    if (readings == readings_.end() || named.contains(readings->second.usual)) continue;
    std::vector<std::string_view> found;
    for (const std::string_view other : readings->second.others) {
      if (named.contains(other)) found.push_back(other);
    }
    if (found.size() == 1) m.canonical = found.front();
  }
}

}  // namespace kaoju
