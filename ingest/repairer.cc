#include "ingest/repairer.h"

#include <algorithm>
#include <utility>

namespace kaoju {
namespace {

// Adds those of `more` that touch nothing in `all`. Both are sorted and apart.
void Merge(std::vector<Repair> more, std::vector<Repair>& all) {
  if (more.empty()) return;
  if (all.empty()) {
    all = std::move(more);
    return;
  }
  std::vector<Repair> merged;
  merged.reserve(all.size() + more.size());
  auto next = all.begin();
  for (Repair& repair : more) {
    while (next != all.end() && next->source.end <= repair.source.begin) {
      merged.push_back(std::move(*next++));
    }
    const bool free = next == all.end() || repair.source.end <= next->source.begin;
    if (free) merged.push_back(std::move(repair));
  }
  std::move(next, all.end(), std::back_inserter(merged));
  all = std::move(merged);
}

}  // namespace

Repairer::Repairer(const std::string& fold_dir, const FoldMap& fold, const CharacterTables& tables)
    : tables_(tables),
      surveyor_(fold_dir, fold),
      readings_(ReadingTable::Load(fold_dir, fold)),
      slips_(fold_dir, tables, readings_),
      entities_(EntityNames::Load(fold_dir)) {}

std::vector<Repair> Repairer::Find(std::string_view utf8, const Survey& survey) const {
  std::vector<Repair> all;
  if (survey.marks.empty() && !survey.spaced) return all;
  std::vector<Repair> glosses = FindGlosses(utf8, survey, readings_);
  Merge(FindMisread(utf8, survey, surveyor_, tables_), all);
  // A single gloss is an explanation, unless slips show that such a converter was at work.
  std::vector<Repair> few;
  if (glosses.empty() && survey.count(Sign::kQuestion) + survey.count(Sign::kReplacement) > 0) {
    few = FindGlosses(utf8, survey, readings_, 1);
  }
  std::vector<Repair> slips = slips_.Find(utf8, survey, !glosses.empty() || !few.empty());
  if (!slips.empty() && glosses.empty()) glosses = std::move(few);
  Merge(std::move(slips), all);
  Merge(std::move(glosses), all);
  Merge(FindLost(utf8, survey, tables_), all);
  Merge(FindPrivateUse(utf8, survey, tables_), all);
  Merge(FindEntities(utf8, survey, entities_), all);
  Merge(FindTags(utf8, survey), all);
  Merge(FindInvisible(utf8, survey), all);
  Merge(FindWide(utf8, survey), all);
  Merge(FindSpacedHan(utf8, survey), all);
  return all;
}

}  // namespace kaoju
