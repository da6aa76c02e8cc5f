// Predicate: what stands directly before a figure and says how it relates to its metric: 为, 已达,
// 同比增长, 较上月增加, 分别下降.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "extract/clause.h"

namespace kaoju {

struct Predicate {
  static constexpr size_t kNone = static_cast<size_t>(-1);

  size_t begin = 0;  // index of its first piece; that of the figure when there is none
  bool link = false;
  bool each = false;
  bool follows = false;          // directly behind another figure: 67点，升幅 …
  bool to = false;               // 升57%至10.9亿: the figure before is the way, this one the end
  std::string_view compare;      // yoy, mom, versus, or empty
  std::string_view direction;    // up, down or empty
  size_t noun = kNone;           // 升幅: a direction that may be the metric
  size_t own = kNone;            // 降准: a direction that is the metric
  size_t share = kNone;          // 占: what stands behind it is the base
  size_t prep = kNone;           // 将
  size_t than = kNone;           // 较 or 比
  Span baseline;                 // behind 较 or 比; empty: none
  size_t baseline_time = kNone;  // the time among it
  std::string_view modality;     // forecast, hedged or empty

  // Says that something changed, or stands in a relation: it has a metric, be it in a clause
  // before.
  bool relates() const {
    return link || !compare.empty() || !direction.empty() || noun != kNone || own != kNone;
  }
};

// Of the figure chunks[figure]. Never looks behind the clause's beginning; linear in its length.
// `part_of`: the figure can be a share; `bound`: 超过, 不到 or the like stands in it.
Predicate ReadPredicate(const std::vector<Chunk>& chunks, size_t figure, bool part_of, bool bound);

// Of the figure behind 从 at chunks[from]: 数量分别从 …
Predicate PredicateFrom(const std::vector<Chunk>& chunks, size_t from);

}  // namespace kaoju
