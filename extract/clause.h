// Clauses: a sentence as the chunks that figures are bound over: what the layers found, the words
// that stand around noun phrases, punctuation, and the text between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "rules/double_array.h"
#include "rules/rule_set.h"

namespace kaoju {

enum class Part : uint8_t {
  kText,
  kMetric,      // 营业收入
  kEvent,       // 死亡: measured in people
  kOwnMetric,   // 占地: a metric that takes no words before it
  kRate,        // 日均: a repeated time that may begin a phrase
  kMention,     // value: index into Document::mentions
  kTimeTail,    // 期 in 一年期
  kNameTail,    // 籍 in 棠洛籍
  kTime,        // value: index into Document::times
  kFigure,      // value: index into Document::figures
  kLink,        // 为, 达到: between metric and figure
  kManner,      // 已, 共: adverbs there
  kMannerNoun,  // 累计: the same, and a part of phrases
  kEach,        // 分别: figures distribute over a list
  kDirection,
  kDirectionNoun,    // 升幅
  kDirectionAction,  // 降准: the same without another metric
  kCompare,          // 同比
  kShare,            // 占
  kThan,             // 较, 比
  kPrep,
  kPartOf,  // 其中: what follows is a part of what stands before
  kReach,   // 距离, 以南: what a length behind it measures
  kAnd,
  kOf,      // 的
  kCue,     // 倡议: a word of saying, which may be counted
  kBreak,   // any other word at which a noun phrase ends
  kAction,  // a verb that can say what a figure measures: 投资, 拘捕
  kLight,   // one that cannot: 实现
  kScope,   // 全国
  kModal,
  kStop,
  kComma,
  kEnum,  // 、
  kOpen,
  kClose,
};

inline bool EndsClause(Part p) { return p == Part::kStop || p == Part::kComma; }

struct Chunk {
  Part part = Part::kText;
  bool near = false;  // a word only directly before the figure, else text: 达, 升
  Span span;          // of Article::folded
  uint32_t value = 0;
  const LexiconEntry* entry = nullptr;  // of a word
  std::string_view direction;           // up, down or empty; of kDirection* and kCompare
};

// The words that stand around noun phrases, by a trie of their own: only sentences with figures ask
// for them.
class ClauseWords {
 public:
  explicit ClauseWords(const RuleSet& rules);

  // Cuts the sentence; of the words that begin at a place the longest wins. `out` is overwritten.
  void Cut(const Document& doc, const Sentence& s, const KnownTypes& types,
           std::vector<Chunk>& out);

  // How exact a hedge that stands before a whole phrase makes the figure at its end: less_than of
  // 不到预算的四分之一; "" for other words, and for hedges without the flag `far`.
  std::string_view QualifierOf(const Chunk& c) const;

 private:
  struct Word {
    Part part;
    bool near;
    std::string_view direction;
    const LexiconEntry* entry;
  };
  void CutGap(std::string_view text, Span gap, std::vector<Chunk>& out);
  size_t MetricTail(std::string_view text, size_t place) const;
  const Word* Longest(std::string_view text, size_t place, std::optional<Part> after,
                      size_t& stop) const;

  DoubleArray trie_;
  std::vector<std::vector<Word>> words_;           // by trie value
  std::vector<const LexiconEntry*> metric_tails_;  // 量 in 收集量
  std::optional<TypeId> hedge_;
  std::vector<uint16_t> codes_;  // of the gap at hand
  std::vector<uint32_t> bytes_;  // where they begin, and the end
};

}  // namespace kaoju
