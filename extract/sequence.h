// Sequence: the short way for patterns without repetition. Most sides of rules are a few symbols,
// characters and options, {hedge:HEDGE}?{value:NUMBER}; a loop-free backtracking program over
// letters decides these in a fraction of a call into RE2, with the same answer (leftmost-first,
// captures included; tests/sequence_test.cc). Patterns with *, + or long counts stay with RE2.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/alphabet.h"

namespace kaoju {

// Groups as pairs of places in the text, [0] for the whole match; kUnset where a group did not take
// part.
inline constexpr uint32_t kUnset = 0xFFFFFFFF;
using Groups = std::vector<uint32_t>;

class Sequence {
 public:
  // nullopt iff the regex holds something beyond: literals, classes, (?:…|…), (?P<name>…), ?, {m,n}
  // up to 8 of one character, ^, $, and .+ or .* at the very end.
  static std::optional<Sequence> Compile(std::string_view regex);

  // What it asks of single characters; an alphabet for these must be bound before matching. The
  // alphabet must outlive the sequence.
  const std::vector<CharSet>& sets() const { return sets_; }
  void Bind(const Alphabet& alphabet);

  // Matches from the beginning of `text`; the preferred match, as RE2 with ANCHOR_START.
  bool MatchPrefix(std::span<const Letter> text, Groups& groups) const;
  // True iff MatchSuffix may be called: the regex has no .+ or .*.
  bool HasSuffix() const { return !backward_.empty(); }
  // Matches up to the end of `text`; of all beginnings the leftmost, then the preferred match, as
  // (?:regex)\z.
  bool MatchSuffix(std::span<const Letter> text, Groups& groups) const;

  // By group number, from 1; empty where unnamed.
  const std::vector<std::string>& names() const { return names_; }

 private:
  friend class SequenceCompiler;
  struct Instruction {
    enum class Op : uint8_t { kSet, kSplit, kJump, kSave, kBegin, kEnd, kRest, kMatch };
    Op op = Op::kMatch;
    uint32_t x = 0;  // kSet: index of the set; kSplit: the preferred way, y: the other; kJump:
                     // where to; kSave: slot
    uint32_t y = 0;
  };
  using Program = std::vector<Instruction>;

  bool Run(const Program& program, std::span<const Letter> text, size_t from, size_t must_end,
           Groups* groups) const;

  Program forward_;
  Program backward_;  // the same read from right to left, to find where a suffix begins
  std::vector<CharSet> sets_;
  const Alphabet* alphabet_ = nullptr;
  std::vector<std::string> names_;
};

}  // namespace kaoju
