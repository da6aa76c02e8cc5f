#include "extract/fact_diff.h"

#include <algorithm>
#include <tuple>

namespace kaoju {
namespace {

using Kind = FactChange::Kind;

bool Before(Span a, Span b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); }

template <typename Fact>
size_t EndOfSpan(const std::vector<Fact>& facts, size_t i) {
  const Span span = facts[i].span;
  while (i < facts.size() && facts[i].span == span) ++i;
  return i;
}

// One family of facts, both sides sorted by span. What has no equal of its span on the other side
// is written out.
template <typename Fact>
class FamilyDiff {
 public:
  FamilyDiff(const std::vector<Fact>& before, const std::vector<Fact>& after, std::string_view text,
             std::vector<FactChange>& out)
      : before_(before), after_(after), text_(text), out_(out) {}

  void Compare() {
    size_t i = 0;
    size_t j = 0;
    while (i < before_.size() || j < after_.size()) {
      const bool only_before =
          j == after_.size() || (i < before_.size() && Before(before_[i].span, after_[j].span));
      const bool only_after =
          i == before_.size() || (j < after_.size() && Before(after_[j].span, before_[i].span));
      const size_t end_i = only_after ? i : EndOfSpan(before_, i);
      const size_t end_j = only_before ? j : EndOfSpan(after_, j);
      CompareSpan(i, end_i, j, end_j);
      i = end_i;
      j = end_j;
    }
    PairOverlaps();
  }

 private:
  // The facts of one span on both sides.
  void CompareSpan(size_t i, size_t end_i, size_t j, size_t end_j) {
    if (end_i - i == 1 && end_j - j == 1 && before_[i] == after_[j]) return;  // nearly all
    std::vector<Written> old_ones;
    std::vector<Written> new_ones;
    for (; i < end_i; ++i) old_ones.push_back(Write(before_[i], text_));
    for (; j < end_j; ++j) new_ones.push_back(Write(after_[j], text_));
    TakePairs(old_ones, new_ones, [](const Written& a, const Written& b) {
      return a.kind == b.kind && a.parts == b.parts && a.rule == b.rule;
    });
    for (auto& [a, b] : TakePairs(old_ones, new_ones, [](const Written&a, const Written&b) {
           return a.kind == b.kind && a.parts == b.parts;
         }))
      Add(Kind::kRule, std::move(a), std::move(b));
    for (auto& [a, b] :
         TakePairs(old_ones, new_ones, [](const Written&, const Written&) { return true; }))
      Add(Kind::kValue, std::move(a), std::move(b));
    std::move(old_ones.begin(), old_ones.end(), std::back_inserter(old_));
    std::move(new_ones.begin(), new_ones.end(), std::back_inserter(new_));
  }

  // Takes out of both lists the pairs that are alike, each fact once, and returns them.
  template <typename Alike>
  static std::vector<std::pair<Written, Written>> TakePairs(std::vector<Written>& a,
                                                            std::vector<Written>& b,
                                                            const Alike& alike) {
    std::vector<std::pair<Written, Written>> pairs;
    for (auto it = a.begin(); it != a.end();) {
      const auto twin =
          std::find_if(b.begin(), b.end(), [&](const Written& w) { return alike(*it, w); });
      if (twin == b.end()) {
        ++it;
        continue;
      }
      pairs.emplace_back(std::move(*it), std::move(*twin));
      b.erase(twin);
      it = a.erase(it);
    }
    return pairs;
  }

  // What is left: overlapping facts are one fact with another span.
  void PairOverlaps() {
    size_t i = 0;
    size_t j = 0;
    while (i < old_.size() || j < new_.size()) {
      if (j == new_.size() || (i < old_.size() && old_[i].span.end <= new_[j].span.begin)) {
        Add(Kind::kRemoved, std::move(old_[i++]), std::nullopt);
      } else if (i == old_.size() || new_[j].span.end <= old_[i].span.begin) {
        Add(Kind::kAdded, std::nullopt, std::move(new_[j++]));
      } else {
        Add(Kind::kSpan, std::move(old_[i++]), std::move(new_[j++]));
      }
    }
  }

  void Add(Kind kind, std::optional<Written> before, std::optional<Written> after) {
    out_.push_back({kind, std::move(before), std::move(after)});
  }

  const std::vector<Fact>& before_;
  const std::vector<Fact>& after_;
  std::string_view text_;
  std::vector<FactChange>& out_;
  std::vector<Written> old_;  // sorted by span
  std::vector<Written> new_;
};

template <typename Fact>
void Compare(const std::vector<Fact>& before, const std::vector<Fact>& after, std::string_view text,
             std::vector<FactChange>& out) {
  FamilyDiff<Fact>(before, after, text, out).Compare();
}

}  // namespace

std::string_view NameOf(FactChange::Kind kind) {
  static constexpr std::string_view kNames[kFactChangeKinds] = {"added", "removed", "span", "value",
                                                                "rule"};
  return kNames[static_cast<size_t>(kind)];
}

std::vector<FactChange> CompareFacts(const Extraction& before, const Extraction& after,
                                     std::string_view text) {
  std::vector<FactChange> out;
  Compare(before.mentions, after.mentions, text, out);
  Compare(before.times, after.times, text, out);
  Compare(before.figures, after.figures, text, out);
  Compare(before.claims, after.claims, text, out);
  Compare(before.relations, after.relations, text, out);
  return out;
}

}  // namespace kaoju
