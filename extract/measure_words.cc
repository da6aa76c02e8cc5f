#include "extract/measure_words.h"

#include <algorithm>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kLongest = 4;  // code points of a noun that is looked for in a text

const LexiconEntry* Find(const std::vector<const LexiconEntry*>& sorted, std::string_view key) {
  const auto it =
      std::lower_bound(sorted.begin(), sorted.end(), key,
                       [](const auto* e, std::string_view k) { return e->surface < k; });
  return it != sorted.end() && (*it)->surface == key ? *it : nullptr;
}

std::string_view Lookup(const std::vector<const LexiconEntry*>& sorted, std::string_view key) {
  const LexiconEntry* e = Find(sorted, key);
  return e == nullptr ? std::string_view() : std::string_view(e->canonical);
}

bool EndsWithOneOf(const std::vector<const LexiconEntry*>& sorted, std::string_view text) {
  size_t begin = text.size();
  for (size_t n = 0; n < kLongest && begin > 0; ++n) {
    begin = Utf8Back(text, begin);
    if (Find(sorted, text.substr(begin)) != nullptr) return true;
  }
  return false;
}

}  // namespace

MeasureWords::MeasureWords(const RuleSet& rules) {
  const auto of_class = [&](std::string_view name, std::vector<const LexiconEntry*>& out) {
    if (const auto type = rules.symbols().Find(name)) out = rules.lexicon().OfType(*type);
  };
  of_class("COMPARE", compare_);
  of_class("MEASURE", measure_);
  of_class("MEASURE_OWN", own_measure_);
  of_class("MEASURE_MOVE", move_measure_);
  of_class("MEASURE_REACH", reach_measure_);
  of_class("MEASURE_BEHIND", behind_measure_);
  of_class("OWNER", owners_);
  of_class("PERSON_NOUN", persons_);
  of_class("TITLE", titles_);
  of_class("COUNTED", counted_);
  of_class("METRIC_TAIL", metric_tails_);
  of_class("RECORD", records_);
  of_class("EXPECTED", expected_);
}

std::string_view MeasureWords::MeasureOf(std::string_view kind, std::string_view unit) const {
  const std::string_view by_kind = Lookup(measure_, kind);
  return by_kind.empty() ? Lookup(measure_, unit) : by_kind;
}

std::string_view MeasureWords::OwnMeasureOf(std::string_view unit) const {
  return Lookup(own_measure_, unit);
}

bool MeasureWords::OwnerBehind(std::string_view unit) const {
  const LexiconEntry* e = Find(own_measure_, unit);
  return e != nullptr && e->Flag("side") == "after";
}

bool MeasureWords::CountsDeeds(std::string_view unit) const {
  const LexiconEntry* e = Find(measure_, unit);
  return e != nullptr && e->Has("deed");
}

std::string_view MeasureWords::MeasureBehind(std::string_view unit) const {
  return Lookup(behind_measure_, unit);
}

bool MeasureWords::SaidBefore(std::string_view unit) const {
  const LexiconEntry* e = Find(measure_, unit);
  return e != nullptr && e->Has("before");
}

bool MeasureWords::Owns(std::string_view text) const {
  return EndsWithOneOf(owners_, text) || EndsWithOneOf(persons_, text);
}

bool MeasureWords::EndsExpected(std::string_view text) const {
  return EndsWithOneOf(expected_, text);
}

std::string_view MeasureWords::Person(std::string_view text) const {
  for (size_t at = 0; at < text.size(); at += Utf8Width(text[at])) {
    size_t end = at;
    size_t found = 0;
    for (size_t n = 0; n < kLongest && end < text.size(); ++n) {
      end += Utf8Width(text[end]);
      const std::string_view word = text.substr(at, end - at);
      if (Find(persons_, word) != nullptr || Find(titles_, word) != nullptr) found = end;
    }
    if (found > 0) return text.substr(0, found);
  }
  return {};
}

bool MeasureWords::BeginsRecord(std::string_view text) const {
  size_t end = 0;
  for (size_t n = 0; n < kLongest && end < text.size(); ++n) {
    end += Utf8Width(text[end]);
    if (Find(records_, text.substr(0, end)) != nullptr) return true;
  }
  return false;
}

bool MeasureWords::EndsAsMetric(std::string_view text) const {
  return !text.empty() && Find(metric_tails_, text.substr(Utf8Back(text, text.size()))) != nullptr;
}

bool MeasureWords::IsTitle(std::string_view text) const { return Find(titles_, text) != nullptr; }

bool MeasureWords::MayCount(std::string_view text) const { return Find(counted_, text) != nullptr; }

std::string_view MeasureWords::MoveMeasureOf(std::string_view word) const {
  return Lookup(move_measure_, word);
}

std::string_view MeasureWords::ReachMeasureOf(std::string_view unit) const {
  return Lookup(reach_measure_, unit);
}

std::string_view MeasureWords::ComparisonOf(std::string_view words) const {
  return Lookup(compare_, words);
}

}  // namespace kaoju
