#include "extract/alphabet.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "rules/error.h"

namespace kaoju {
namespace {

constexpr char32_t kLast = 0x10FFFF;
constexpr char32_t kPlaneEnd = 0x10000;

}  // namespace

CharSet::CharSet(std::vector<std::pair<char32_t, char32_t>> ranges, bool negated) {
  std::sort(ranges.begin(), ranges.end());
  for (const auto& r : ranges) {
    if (!ranges_.empty() && r.first <= ranges_.back().second + 1) {
      ranges_.back().second = std::max(ranges_.back().second, r.second);
    } else {
      ranges_.push_back(r);
    }
  }
  if (!negated) return;
  std::vector<std::pair<char32_t, char32_t>> others;
  char32_t from = 0;
  for (const auto& [low, high] : ranges_) {
    if (low > from) others.emplace_back(from, low - 1);
    from = high + 1;
  }
  if (from <= kLast) others.emplace_back(from, kLast);
  ranges_ = std::move(others);
}

bool CharSet::Has(char32_t c) const {
  const auto it = std::upper_bound(ranges_.begin(), ranges_.end(), c,
                                   [](char32_t v, const auto& r) { return v < r.first; });
  return it != ranges_.begin() && c <= std::prev(it)->second;
}

bool CharSet::OnePlane() const {
  if (ranges_.empty() || ranges_.back().second < kPlaneEnd) return true;
  return ranges_.back().second == kLast && ranges_.back().first <= kPlaneEnd;
}

Alphabet::Alphabet() : letters_(kPlaneEnd), beyond_(0xFFFF), size_(kPlaneEnd) {
  std::iota(letters_.begin(), letters_.end(), Letter{0});
}

uint32_t Alphabet::AddUnion(const std::vector<uint32_t>& sets) {
  std::vector<uint64_t> row(words_, 0);
  for (const uint32_t set : sets) {
    for (size_t w = 0; w < words_; ++w) row[w] |= bits_[set * words_ + w];
  }
  const auto [it, fresh] = unions_.emplace(row, static_cast<uint32_t>(bits_.size() / words_));
  if (fresh) bits_.insert(bits_.end(), row.begin(), row.end());
  return it->second;
}

// Sweeps over the code points: between two bounds of any set all belong to the same sets.
Alphabet::Alphabet(const std::vector<CharSet>& sets) : letters_(kPlaneEnd) {
  std::map<char32_t, std::vector<uint32_t>> bounds;  // where membership in a set begins or ends
  bounds[0];
  bounds[kPlaneEnd];
  for (const CharSet& set : sets) {
    const auto [it, fresh] = index_.emplace(set, static_cast<uint32_t>(index_.size()));
    if (!fresh) continue;
    for (const auto& [low, high] : set.ranges()) {
      bounds[low].push_back(it->second);
      bounds[high + 1].push_back(it->second);
    }
  }
  std::map<std::vector<uint32_t>, Letter> letters;  // by the sets that hold it
  std::set<uint32_t> member;
  for (auto it = bounds.begin(); it != bounds.end() && it->first <= kPlaneEnd; ++it) {
    for (const uint32_t set : it->second) {
      if (member.erase(set) == 0) member.insert(set);
    }
    if (letters.size() > 0xFFFE) throw RulesError("the rules tell too many characters apart");
    const std::vector<uint32_t> sets_here(member.begin(), member.end());
    const Letter letter =
        letters.emplace(sets_here, static_cast<Letter>(letters.size())).first->second;
    if (it->first == kPlaneEnd) {
      beyond_ = letter;
    } else {
      const char32_t end = std::next(it)->first;
      std::fill(letters_.begin() + it->first, letters_.begin() + std::min<char32_t>(end, kPlaneEnd),
                letter);
    }
  }
  size_ = letters.size();
  words_ = (size_ + 63) / 64;
  bits_.assign(words_ * index_.size(), 0);
  for (const auto& [members, letter] : letters) {
    for (const uint32_t set : members)
      bits_[set * words_ + letter / 64] |= uint64_t{1} << (letter % 64);
  }
}

}  // namespace kaoju
