// Of whom or what a figure says something.
#include <algorithm>

#include "extract/measure.h"

namespace kaoju {
namespace {

constexpr size_t kOfficer = 3;     // chunks between a body and its 董事长 who speaks
constexpr size_t kNameMost = 4;    // code points of a name that nothing says is one
constexpr size_t kOwnerMost = 10;  // of 夜市灯光的成本: whose

}  // namespace

// Not behind a preposition, not in brackets, and not who speaks, or whose officer speaks.
bool Measurer::IsTopic(size_t at, size_t from) const {
  const auto& c = *chunks_;
  if (bracket_[at] != 0 && bracket_[at] != bracket_[std::min(from, c.size() - 1)]) return false;
  if (at + 1 < c.size() && c[at + 1].part == Part::kReach) return false;  // 本港以南
  if (c[at].part == Part::kScope) return true;
  if (c[at].part != Part::kMention) return false;
  const Mention& m = doc_.mentions[c[at].value];
  if (m.type == "media" || m.type == "work") return false;
  const Part next = at + 1 < c.size() ? c[at + 1].part : Part::kStop;
  if (Speaks(*speakers_, c[at].span)) return m.type == "org" && next == Part::kManner;
  for (size_t k = at + 1; k < c.size() && k <= at + kOfficer; ++k) {
    if (c[k].part == Part::kMention && Speaks(*speakers_, c[k].span)) return false;
    if (c[k].part != Part::kText && c[k].part != Part::kMention) break;
  }
  size_t first = at;  // of 棠洛、澜桥
  while (first > 1 && at - first < kFarthest &&
         (c[first - 1].part == Part::kEnum || c[first - 1].part == Part::kAnd) &&
         c[first - 2].part == Part::kMention)
    first -= 2;
  if (first == 0) return true;
  const Part before = c[first - 1].part;
  if (before == Part::kMention && doc_.mentions[c[first - 1].value].type == "media") return false;
  return before != Part::kPrep && before != Part::kThan && before != Part::kOpen &&
         before != Part::kPartOf && before != Part::kReach;
}

// 澜桥控股的研发投入, 棠洛11月游客人数, 沈映秋同志诞辰: who stands directly before the phrase.
std::string_view Measurer::Possessor(size_t before) const {
  const auto& c = *chunks_;
  size_t at = before;
  while (at > 0 && (c[at - 1].part == Part::kOf || c[at - 1].part == Part::kTime ||
                    c[at - 1].part == Part::kManner))
    --at;
  if (at > 1 && c[at - 1].part == Part::kText && words_.IsTitle(Text(c[at - 1].span))) --at;
  if (at == 0) return {};
  if (c[at - 1].part == Part::kMention && IsTopic(at - 1, before))
    return doc_.mentions[c[at - 1].value].canonical;
  if (at == before || c[before - 1].part != Part::kOf) return {};
  const NounPhrase owner = NounBefore(c, before - 1, doc_.article.folded);
  if (owner.empty()) return {};
  const std::string_view text = Text(owner.span);
  const size_t length = CodePointCount(text);
  const bool owns = owner.headed || words_.Owns(text);
  return length < 2 || length > kOwnerMost || !owns ? std::string_view() : text;
}

// Whom the clauses up to chunks[before] are about. The nearest clause decides, but a place in a
// clause before the figure's own only where there is nobody else.
std::string_view Measurer::TopicOf(size_t before) const {
  const auto& c = *chunks_;
  std::string_view found;
  std::string_view place;
  bool own_clause = true;
  for (size_t k = before; k-- > 0 && before - k < kFarthest;) {
    if (EndsClause(c[k].part)) {
      if (!found.empty()) return found;
      own_clause = false;
    } else if (c[k].part == Part::kFigure && found.empty()) {
      const std::string_view other = readings_[reading_of_[k]].subject;
      if (!other.empty()) return other;
    } else if (IsTopic(k, before)) {
      if (c[k].part == Part::kScope) {
        if (own_clause) found = c[k].entry->canonical;
      } else if (own_clause || doc_.mentions[c[k].value].type != "place") {
        found = doc_.mentions[c[k].value].canonical;
      } else {
        place = doc_.mentions[c[k].value].canonical;
      }
    }
  }
  return found.empty() ? place : found;
}

// 37岁的厂长沈映秋, 15岁以下儿童: who stands behind the age; 37岁，沈映秋 is another clause.
std::string_view Measurer::AgedPerson(size_t figure) const {
  constexpr size_t kNearby = 4;
  const auto& c = *chunks_;
  if (!words_.OwnerBehind(FigureAt(figure).unit)) return {};
  for (size_t k = figure + 1; k < c.size() && k <= figure + kNearby; ++k) {
    if (c[k].part != Part::kMention && c[k].part != Part::kText && c[k].part != Part::kOf) break;
    if (c[k].part == Part::kMention && doc_.mentions[c[k].value].type == "person")
      return doc_.mentions[c[k].value].canonical;
  }
  const size_t first = figure + 1 + (figure + 1 < c.size() && c[figure + 1].part == Part::kOf);
  const NounPhrase aged = NounAfter(c, first, doc_.article.folded);
  if (aged.empty() || aged.event) return {};
  const std::string_view text = Text(aged.span);
  const bool name = first > figure + 1 && CodePointCount(text) <= kNameMost &&
                    (aged.end == c.size() || EndsClause(c[aged.end].part));
  return name ? text : words_.Person(text);
}

// 3名日本学生: whose they are, where the sentence has no other topic.
std::string_view Measurer::CountedOf(size_t figure) const {
  const auto& c = *chunks_;
  if (figure + 1 >= c.size() || c[figure + 1].part != Part::kMention) return {};
  return doc_.mentions[c[figure + 1].value].canonical;
}

void Measurer::FindSubject(Reading& r) {
  if (!r.list.empty()) r.subject = r.list[r.place].subject;
  if (r.subject.empty()) r.subject = AgedPerson(r.chunk);
  if (r.subject.empty())
    r.subject = Possessor(r.owned != Predicate::kNone ? r.owned : r.before.begin);
  if (r.subject.empty()) r.subject = TopicOf(r.predicate.begin);
  if (r.subject.empty()) r.subject = CountedOf(r.chunk);
  if (r.subject.empty()) r.subject = topic_.subject;
}

}  // namespace kaoju
