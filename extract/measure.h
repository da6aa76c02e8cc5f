// Measure: what the figures of a sentence measure, of whom, and against what. A clause without a
// metric or a subject of its own takes that of the clauses before (topic chain).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "extract/clause.h"
#include "extract/measure_words.h"
#include "extract/noun_phrase.h"
#include "extract/predicate.h"

namespace kaoju {

// What a sentence leaves to the next.
struct Topic {
  std::string_view metric;
  std::string_view subject;
};

// Spans of those who speak, sorted: they are not what is spoken of.
using Speakers = std::vector<Span>;
bool Speaks(const Speakers& speakers, Span name);

class Measurer {
 public:
  Measurer(Document& doc, const ClauseWords& clauses, const MeasureWords& words,
           const KnownTypes& types)
      : doc_(doc), clauses_(clauses), words_(words), types_(types) {}

  // Fills metric, subject, comparison and modality of the sentence's figures, and marks the times
  // that are only compared with. `chunks` as ClauseWords::Cut makes them.
  void Read(const std::vector<Chunk>& chunks, const Speakers& speakers);
  // True iff chunks[at] of the sentence last read is a time that figures are only compared with.
  bool IsBaseline(size_t at) const { return baseline_[at]; }
  // At the end of a line: nothing is carried over it.
  void EndLine() { topic_ = {}; }
  // Whom the sentence is about, for those that follow it.
  void Follow(const Sentence& s, const Speakers& speakers);

 private:
  static constexpr size_t kFarthest = 240;  // chunks that are looked back over

  // One of 营业收入和净利润 before 分别为, of 棠洛和澜桥 before 分别增长, or of 按年及按季 before
  // 分别升; what is empty is the same for all of them.
  struct Member {
    std::string_view metric;
    std::string_view subject;
    std::string_view compare;
  };

  struct Reading {
    size_t chunk = 0;  // of the figure
    Predicate predicate;
    NounPhrase before;
    std::string_view metric;
    std::string_view subject;
    size_t owned = Predicate::kNone;  // where what has an owner begins, if not at `before`
    std::vector<Member> list;         // what the figures of the series distribute over
    size_t place = 0;                 // of the figure in it
  };

  void MarkRanges();
  void MarkRange(size_t from);
  size_t FigureBehind(size_t begin) const;
  size_t EndWord(size_t begin) const;
  void ReadFigure(size_t chunk);
  bool FromStart(Reading& r) const;
  bool FromActual(Reading& r) const;
  std::string_view WayTo(size_t figure) const;
  void FindMetric(Reading& r);
  bool FromSeries(Reading& r) const;
  bool FromShare(Reading& r);
  bool FromBase(Reading& r);
  bool FromBefore(Reading& r);
  bool FromAfter(Reading& r);
  bool FromOwner(Reading& r, size_t first) const;
  bool FromVerb(Reading& r);
  bool FromBought(Reading& r) const;
  bool FromDeed(Reading& r) const;
  bool FromMove(Reading& r) const;
  bool FromPart(Reading& r) const;
  bool FromReach(Reading& r) const;
  bool FromChain(Reading& r);
  void Distribute(Reading& r) const;
  std::vector<size_t> SeriesFrom(size_t figure) const;
  std::vector<Member> MetricsBefore(const NounPhrase& last) const;
  std::vector<Member> OwnersBefore(const NounPhrase& phrase) const;
  std::vector<Member> ComparesOf(const Reading& r) const;
  std::vector<Member> MetricsOfTheLast(const Reading& r, size_t count) const;
  std::string_view OwnHead(const NounPhrase& phrase) const;
  void FindSubject(Reading& r);
  std::string_view Possessor(size_t before) const;
  std::string_view TopicOf(size_t before) const;
  std::string_view AgedPerson(size_t figure) const;
  std::string_view CountedOf(size_t figure) const;
  bool IsTopic(size_t at, size_t from) const;
  std::string_view ShareOf(std::string_view base) const;
  bool JoinsTheLast(const Reading& r) const;
  void SetComparison(const Reading& r);
  std::string_view DirectionBehind(size_t figure) const;
  void SetQualifier(const Reading& r);
  void SetUnit(const Reading& r);
  bool IsRecordOf(size_t time) const;
  void MarkBaselines();
  void MarkBaselineBefore(size_t than);
  void MarkBrackets();
  Figure& FigureAt(size_t chunk) const { return doc_.figures[(*chunks_)[chunk].value]; }
  std::string_view Text(Span s) const;
  std::string_view Join(std::string_view a, std::string_view b) const;

  Document& doc_;
  const ClauseWords& clauses_;
  const MeasureWords& words_;
  const KnownTypes& types_;
  const std::vector<Chunk>* chunks_ = nullptr;
  const Speakers* speakers_ = nullptr;
  std::vector<char> baseline_;
  std::vector<uint32_t> bracket_;  // by chunk: which pair of brackets it stands in; 0: none
  std::vector<size_t> from_;       // by chunk, of figures: where 从 stands before it; else kNone
  std::vector<size_t> starts_;  // the same: the figure that 从 stands before, where it is the end
  std::vector<Reading> readings_;
  std::vector<size_t> reading_of_;  // by chunk, of figures
  Topic topic_;
};

}  // namespace kaoju
