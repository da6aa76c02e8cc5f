// MeasureWords: what the lexicon knows of units, of nouns that figures may be said of, and of words
// that say what is measured.
#pragma once

#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace kaoju {

class MeasureWords {
 public:
  explicit MeasureWords(const RuleSet& rules);

  // What figures of this kind, else of this unit, measure when nothing else says it (岁: 年龄); ""
  // when that is unknown.
  std::string_view MeasureOf(std::string_view kind, std::string_view unit) const;
  // What the unit measures whatever is counted behind it (15岁的学生), unless a noun before says
  // otherwise; "" when it measures nothing of its own.
  std::string_view OwnMeasureOf(std::string_view unit) const;
  // True iff who it is measured of may stand behind such a figure: 37岁的厂长, but not 5级地震.
  bool OwnerBehind(std::string_view unit) const;
  // Whether the unit counts how often something is done: 次.
  bool CountsDeeds(std::string_view unit) const;
  // What a unit before 的 measures of what stands behind it (300亩的果园: 面积); "" for other
  // units.
  std::string_view MeasureBehind(std::string_view unit) const;
  // Whether what stands directly before such a figure says what it measures, at any length: 周年.
  bool SaidBefore(std::string_view unit) const;
  // Whether figures may be said of what ends so: 男子, 银行; but not 处理.
  bool Owns(std::string_view text) const;
  // The front of what stands behind an age, up to the person whose it is: 本地男子 of 本地男子报案;
  // "" when there is none.
  std::string_view Person(std::string_view text) const;
  // Whether it begins with a word for what a stretch of time has but once: 新高, 最大.
  bool BeginsRecord(std::string_view text) const;
  // Whether it ends with what makes a metric of a verb: 充足率.
  bool EndsAsMetric(std::string_view text) const;
  // Whether it ends with a word for what was expected: 高于市场预期.
  bool EndsExpected(std::string_view text) const;
  // Whether the text is a title (同志).
  bool IsTitle(std::string_view text) const;
  // Whether what is counted may be this one character: 车.
  bool MayCount(std::string_view text) const;
  // What of a company moves by a word of direction (升, 跌: 股价); "" for words that say it of all.
  std::string_view MoveMeasureOf(std::string_view word) const;
  // What figures of the unit measure behind a word of reach (距…5公里: 距离); "" for other units.
  std::string_view ReachMeasureOf(std::string_view unit) const;
  // yoy of 较去年同期, whose time is no word here; "" when it is no known comparison.
  std::string_view ComparisonOf(std::string_view words) const;

 private:
  std::vector<const LexiconEntry*> measure_;  // sorted by surface, as all of these
  std::vector<const LexiconEntry*> own_measure_;
  std::vector<const LexiconEntry*> move_measure_;
  std::vector<const LexiconEntry*> reach_measure_;
  std::vector<const LexiconEntry*> behind_measure_;
  std::vector<const LexiconEntry*> owners_;
  std::vector<const LexiconEntry*> persons_;
  std::vector<const LexiconEntry*> titles_;
  std::vector<const LexiconEntry*> counted_;
  std::vector<const LexiconEntry*> metric_tails_;
  std::vector<const LexiconEntry*> records_;
  std::vector<const LexiconEntry*> expected_;
  std::vector<const LexiconEntry*> compare_;
};

}  // namespace kaoju
