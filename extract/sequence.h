// Sequence: the short way for the sides of rules. Most are a few symbols, characters and options,
// {hedge:HEDGE}?{value:NUMBER}; a backtracking program over letters that goes through no loop twice
// alike decides these in a fraction of a call into RE2, with the same answer (leftmost-first,
// captures included; tests/sequence_test.cc). What it does not know stays with RE2.
#pragma once

#include <array>
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

class Sequence;

// Memory of matching, kept from one try to the next. One for each thread.
class SequenceScratch {
 private:
  friend class Sequence;
  class Run;
  struct Way {
    uint32_t pc;
    uint32_t at;
    uint32_t trail;
  };
  struct Saved {
    uint32_t slot;
    uint32_t before;
  };
  std::vector<Way> ways_;
  std::vector<Saved> trail_;
  std::vector<uint64_t> seen_;
};

class Sequence {
 public:
  // nullopt iff the regex holds something beyond: literals, classes, (?:…|…), (?P<name>…), ?, *, +
  // and the lazy forms of these, {m,n} up to 48 of one character, ^, $, and .+ or .* at the very
  // end.
  static std::optional<Sequence> Compile(std::string_view regex);

  // What it asks of single characters; an alphabet for these must be bound before matching. The
  // alphabet must outlive the sequence.
  const std::vector<CharSet>& sets() const { return sets_; }
  void Bind(Alphabet& alphabet);

  // Matches from the beginning of `text`; the preferred match, as RE2 with ANCHOR_START.
  bool MatchPrefix(std::span<const Letter> text, Groups& groups, SequenceScratch& scratch) const;
  // True iff MatchSuffix may be called: the regex has no .+ or .*.
  bool HasSuffix() const { return !backward_.empty(); }
  // Matches up to the end of `text`; of all beginnings the leftmost, then the preferred match, as
  // (?:regex)\z.
  bool MatchSuffix(std::span<const Letter> text, Groups& groups, SequenceScratch& scratch) const;

  // Of its programs.
  size_t bytes() const { return (forward_.size() + backward_.size()) * sizeof(Instruction); }

  // By group number, from 1; empty where unnamed.
  const std::vector<std::string>& names() const { return names_; }

 private:
  friend class SequenceCompiler;
  friend class SequenceScratch;
  static constexpr uint32_t kNoSet = 0xFFFFFFFF;
  struct Instruction {
    enum class Op : uint8_t { kSet, kSplit, kJump, kSave, kBegin, kEnd, kRest, kMatch };
    Op op = Op::kMatch;
    uint32_t x = 0;  // kSet: index of the set; kSplit: the preferred way, y: the other; kJump:
                     // where to; kSave: slot
    uint32_t y = 0;
    uint32_t split = 0;  // kSplit: its number
    // kSplit: the letters that each way can begin with, as sets; kNoSet: it may go without any.
    uint32_t first_x = kNoSet;
    uint32_t first_y = kNoSet;
  };
  using Program = std::vector<Instruction>;

  // What the first letters of any match are, as sets; kNoSet from where a match may end.
  using Ahead = std::array<uint32_t, 3>;

  static bool FirstSets(const Program& program, uint32_t pc, std::vector<char>& seen,
                        std::vector<uint32_t>& found);
  static Ahead LookAhead(const Program& program, Alphabet& alphabet);
  // False: nothing can match, by its first letters. `at(n)`: the nth letter, of `size`.
  template <typename At>
  bool MayMatch(const Ahead& ahead, size_t size, At at) const {
    for (size_t n = 0; n < ahead.size() && ahead[n] != kNoSet; ++n) {
      if (n >= size || !alphabet_->Has(ahead[n], at(n))) return false;
    }
    return true;
  }
  // True iff a way with these first letters is worth going where `letter` is next.
  bool Worth(uint32_t first, bool more, Letter letter) const {
    return first == kNoSet || (more && alphabet_->Has(first, letter));
  }
  bool Forward(std::span<const Letter> text, size_t from, size_t must_end, Groups& groups,
               SequenceScratch& scratch) const;
  size_t Leftmost(std::span<const Letter> text, SequenceScratch& scratch) const;

  Program forward_;
  Program backward_;  // the same read from right to left, to find where a suffix begins
  Ahead ahead_{kNoSet, kNoSet, kNoSet};      // of forward_
  Ahead backwards_{kNoSet, kNoSet, kNoSet};  // of backward_
  std::vector<CharSet> sets_;
  uint32_t splits_ = 0;
  bool loops_ = false;
  const Alphabet* alphabet_ = nullptr;
  std::vector<std::string> names_;
};

}  // namespace kaoju
