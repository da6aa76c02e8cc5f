#include "extract/sequence.h"

#include <algorithm>

namespace kaoju {
namespace {

constexpr size_t kAnywhere = SIZE_MAX;

}  // namespace

// Collects the kSet instructions that a run from pc can begin with; false: it may go without any.
bool Sequence::FirstSets(const Program& program, uint32_t pc, std::vector<char>& seen,
                         std::vector<uint32_t>& found) {
  using Op = Instruction::Op;
  for (;; ++pc) {
    if (seen[pc] != 0) return true;
    seen[pc] = 1;
    const Instruction& i = program[pc];
    switch (i.op) {
      case Op::kSet:
        found.push_back(pc);
        return true;
      case Op::kSplit:
        if (!FirstSets(program, i.x, seen, found)) return false;
        pc = i.y - 1;
        break;
      case Op::kJump:
        pc = i.x - 1;
        break;
      case Op::kSave:
        break;
      default:
        return false;
    }
  }
}

namespace {

template <typename Program>
uint32_t UnionAt(const Program& program, const std::vector<uint32_t>& places, Alphabet& alphabet) {
  std::vector<uint32_t> sets;
  for (const uint32_t pc : places) sets.push_back(program[pc].x);
  return alphabet.AddUnion(sets);
}

}  // namespace

Sequence::Ahead Sequence::LookAhead(const Program& program, Alphabet& alphabet) {
  Ahead out{kNoSet, kNoSet, kNoSet};
  if (program.empty()) return out;
  std::vector<uint32_t> from{0};  // where runs may stand after n letters
  for (uint32_t& set : out) {
    std::vector<char> seen(program.size(), 0);
    std::vector<uint32_t> found;
    for (const uint32_t pc : from) {
      if (!FirstSets(program, pc, seen, found)) return out;
    }
    set = UnionAt(program, found, alphabet);
    from.clear();
    for (const uint32_t pc : found) from.push_back(pc + 1);
  }
  return out;
}

void Sequence::Bind(Alphabet& alphabet) {
  alphabet_ = &alphabet;
  for (Program* program : {&forward_, &backward_}) {
    for (Instruction& i : *program) {
      if (i.op == Instruction::Op::kSet) i.x = alphabet.IndexOf(sets_[i.x]);
    }
    const auto first = [&](uint32_t pc) {
      std::vector<char> seen(program->size(), 0);
      std::vector<uint32_t> found;
      return FirstSets(*program, pc, seen, found) ? UnionAt(*program, found, alphabet) : kNoSet;
    };
    for (Instruction& i : *program) {
      if (i.op != Instruction::Op::kSplit) continue;
      i.first_x = first(i.x);
      i.first_y = first(i.y);
    }
  }
  ahead_ = LookAhead(forward_, alphabet);
  backwards_ = LookAhead(backward_, alphabet);
}

// The ways that a run has not gone yet, what its slots held before, and, for programs with loops,
// which splits it has been at in which place: who comes there again has failed from there before.
// So a run takes at most instructions times characters (as RE2's BitState).
class SequenceScratch::Run {
 public:
  Run(SequenceScratch& s, const Sequence& sequence)
      : s_(s), words_(sequence.loops_ ? (sequence.splits_ + 63) / 64 : 0) {}

  // False: been here. `distance`: from where the run began.
  bool Enter(uint32_t split, size_t distance) {
    if (words_ == 0) return true;
    while (rows_ <= distance) Clear();
    uint64_t& word = s_.seen_[distance * words_ + split / 64];
    const uint64_t bit = uint64_t{1} << (split % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    return true;
  }
  void Push(uint32_t pc, uint32_t at) {
    if (depth_ == s_.ways_.size()) s_.ways_.resize(2 * depth_ + 64);
    s_.ways_[depth_++] = {pc, at, trailed_};
  }
  void Save(uint32_t slot, uint32_t at, Groups& groups) {
    if (trailed_ == s_.trail_.size()) s_.trail_.resize(2 * s_.trail_.size() + 64);
    s_.trail_[trailed_++] = {slot, groups[slot]};
    groups[slot] = at;
  }
  // Goes back to the last way not gone; false: there is none.
  bool Pop(uint32_t& pc, uint32_t& at, Groups* groups) {
    if (depth_ == 0) return false;
    const Way& way = s_.ways_[--depth_];
    while (trailed_ > way.trail) {
      --trailed_;
      (*groups)[s_.trail_[trailed_].slot] = s_.trail_[trailed_].before;
    }
    pc = way.pc;
    at = way.at;
    return true;
  }

 private:
  void Clear() {
    if (s_.seen_.size() < (rows_ + 1) * words_) s_.seen_.resize(2 * (rows_ + 1) * words_);
    std::fill_n(s_.seen_.begin() + static_cast<ptrdiff_t>(rows_ * words_), words_, 0);
    ++rows_;
  }

  SequenceScratch& s_;
  size_t words_;  // a row
  size_t rows_ = 0;
  size_t depth_ = 0;
  uint32_t trailed_ = 0;
};

// From `from` rightwards; the first way that matches (and ends at must_end, unless kAnywhere).
bool Sequence::Forward(std::span<const Letter> text, size_t from, size_t must_end, Groups& groups,
                       SequenceScratch& scratch) const {
  using Op = Instruction::Op;
  SequenceScratch::Run run(scratch, *this);
  groups.assign(2 * names_.size(), kUnset);
  uint32_t pc = 0;
  auto at = static_cast<uint32_t>(from);
  for (;;) {
    const Instruction& i = forward_[pc++];
    bool good = true;
    switch (i.op) {
      case Op::kSet:
        good = at < text.size() && alphabet_->Has(i.x, text[at]);
        ++at;
        break;
      case Op::kSplit: {
        const bool more = at < text.size();
        const Letter next = more ? text[at] : Letter{0};
        const bool x = Worth(i.first_x, more, next);
        const bool y = Worth(i.first_y, more, next);
        good = (x || y) && run.Enter(i.split, at - from);
        if (good && x && y) run.Push(i.y, at);
        pc = x ? i.x : i.y;
        break;
      }
      case Op::kJump:
        pc = i.x;
        break;
      case Op::kSave:
        run.Save(i.x, at, groups);
        break;
      case Op::kBegin:
        good = at == 0;
        break;
      case Op::kEnd:
        good = at == text.size();
        break;
      case Op::kRest:
        good = i.x == 1 || at < text.size();
        at = static_cast<uint32_t>(text.size());
        break;
      case Op::kMatch:
        good = false;
        if (must_end != kAnywhere && at != must_end) break;
        groups[0] = static_cast<uint32_t>(from);
        groups[1] = at;
        return true;
    }
    if (!good && !run.Pop(pc, at, &groups)) return false;
  }
}

// All ways leftwards from the end: the leftmost place that any of them reaches; kAnywhere: none.
size_t Sequence::Leftmost(std::span<const Letter> text, SequenceScratch& scratch) const {
  using Op = Instruction::Op;
  SequenceScratch::Run run(scratch, *this);
  size_t best = kAnywhere;
  uint32_t pc = 0;
  auto at = static_cast<uint32_t>(text.size());
  for (;;) {
    const Instruction& i = backward_[pc++];
    bool good = true;
    switch (i.op) {
      case Op::kSet:
        good = at > 0 && alphabet_->Has(i.x, text[at - 1]);
        --at;
        break;
      case Op::kSplit: {
        const bool more = at > 0;
        const Letter next = more ? text[at - 1] : Letter{0};
        const bool x = Worth(i.first_x, more, next);
        const bool y = Worth(i.first_y, more, next);
        good = (x || y) && run.Enter(i.split, text.size() - at);
        if (good && x && y) run.Push(i.y, at);
        pc = x ? i.x : i.y;
        break;
      }
      case Op::kJump:
        pc = i.x;
        break;
      case Op::kSave:
        break;
      case Op::kBegin:
        good = at == 0;
        break;
      case Op::kEnd:
        good = at == text.size();
        break;
      case Op::kRest:
        good = false;
        break;
      case Op::kMatch:
        best = std::min<size_t>(best, at);
        good = false;
        break;
    }
    if (!good && !run.Pop(pc, at, nullptr)) return best;
  }
}

bool Sequence::MatchPrefix(std::span<const Letter> text, Groups& groups,
                           SequenceScratch& scratch) const {
  return MayMatch(ahead_, text.size(), [&](size_t n) { return text[n]; }) &&
         Forward(text, 0, kAnywhere, groups, scratch);
}

bool Sequence::MatchSuffix(std::span<const Letter> text, Groups& groups,
                           SequenceScratch& scratch) const {
  if (backward_.empty() ||
      !MayMatch(backwards_, text.size(), [&](size_t n) { return text[text.size() - 1 - n]; }))
    return false;
  const size_t begin = Leftmost(text, scratch);
  return begin != kAnywhere && Forward(text, begin, text.size(), groups, scratch);
}

}  // namespace kaoju
