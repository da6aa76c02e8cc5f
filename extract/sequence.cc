#include "extract/sequence.h"

#include <algorithm>
#include <array>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kAnywhere = SIZE_MAX;
constexpr int kMostCopies = 8;
constexpr size_t kMostInstructions = 400;

struct Unsupported {};

}  // namespace

// Parses into a tree, then writes the two programs.
class SequenceCompiler {
 public:
  SequenceCompiler(std::string_view regex, Sequence& out) : p_(regex), out_(out) {}

  bool Compile() {
    try {
      out_.names_.assign(1, {});
      const Node root = ParseAlternatives();
      if (at_ != p_.size()) return false;
      CheckRest(root, true);
      Write(root, false, out_.forward_);
      if (!has_rest_) Write(root, true, out_.backward_);
    } catch (const Unsupported&) {
      return false;
    }
    out_.forward_.push_back({Op::kMatch, 0, 0});
    if (!has_rest_) out_.backward_.push_back({Op::kMatch, 0, 0});
    return out_.forward_.size() <= kMostInstructions;
  }

 private:
  using Op = Sequence::Instruction::Op;
  struct Node {
    enum class Kind { kSet, kBegin, kEnd, kRest, kSequence, kAlternatives };
    Kind kind = Kind::kSequence;
    uint32_t set = 0;
    uint32_t group = 0;  // 0: none
    int least = 1;
    int most = 1;
    bool rest_empty = false;  // kRest: .*
    std::vector<Node> parts;
  };

  Node ParseAlternatives() {
    Node all;
    all.kind = Node::Kind::kAlternatives;
    all.parts.push_back(ParseSequence());
    while (at_ < p_.size() && p_[at_] == '|') {
      ++at_;
      all.parts.push_back(ParseSequence());
    }
    return all;
  }

  Node ParseSequence() {
    Node seq;
    while (at_ < p_.size() && p_[at_] != '|' && p_[at_] != ')') {
      Node atom = ParseAtom();
      Quantify(atom);
      seq.parts.push_back(std::move(atom));
    }
    return seq;
  }

  void Quantify(Node& atom) {
    if (at_ >= p_.size()) return;
    const char c = p_[at_];
    if (c == '*' || c == '+') {
      if (!dot_) throw Unsupported{};
      atom.kind = Node::Kind::kRest;
      atom.rest_empty = c == '*';
      ++at_;
    } else if (c == '?') {
      atom.least = 0;
      ++at_;
    } else if (c == '{') {
      const size_t close = p_.find('}', at_);
      const std::string body(p_.substr(at_ + 1, close - at_ - 1));
      const size_t comma = body.find(',');
      atom.least = std::stoi(body);
      atom.most = comma == std::string::npos ? atom.least
                  : comma + 1 < body.size()  ? std::stoi(body.substr(comma + 1))
                                             : kMostCopies + 1;
      if (atom.most > kMostCopies || atom.kind != Node::Kind::kSet) throw Unsupported{};
      at_ = close + 1;
    }
    if (at_ < p_.size() && (p_[at_] == '?' || p_[at_] == '*' || p_[at_] == '+'))
      throw Unsupported{};
  }

  Node ParseAtom() {
    dot_ = false;
    Node n;
    const char c = p_[at_];
    if (c == '(') return ParseGroup();
    n.kind = Node::Kind::kSet;
    if (c == '^' || c == '$') {
      n.kind = c == '^' ? Node::Kind::kBegin : Node::Kind::kEnd;
      ++at_;
    } else if (c == '[') {
      n.set = ParseClass();
    } else if (c == '.') {
      ++at_;
      dot_ = true;
      n.set = AddSet({}, true);
    } else {
      const char32_t one = ParseChar();
      n.set = AddSet({{one, one}}, false);
    }
    return n;
  }

  Node ParseGroup() {
    uint32_t group = 0;
    if (p_.substr(at_, 3) == "(?:") {
      at_ += 3;
    } else if (p_.substr(at_, 4) == "(?P<") {
      const size_t close = p_.find('>', at_);
      group = static_cast<uint32_t>(out_.names_.size());
      out_.names_.emplace_back(p_.substr(at_ + 4, close - at_ - 4));
      at_ = close + 1;
    } else {
      throw Unsupported{};
    }
    Node n = ParseAlternatives();
    if (at_ >= p_.size() || p_[at_] != ')') throw Unsupported{};
    ++at_;
    n.group = group;
    dot_ = false;
    return n;
  }

  // One literal or escaped character; not \s and the like.
  char32_t ParseChar() {
    if (p_[at_] == '\\') {
      if (p_.substr(at_, 3) == "\\x{") {
        const size_t close = p_.find('}', at_);
        const auto c = static_cast<char32_t>(
            std::stoul(std::string(p_.substr(at_ + 3, close - at_ - 3)), nullptr, 16));
        at_ = close + 1;
        return c;
      }
      ++at_;
      if (at_ >= p_.size()) throw Unsupported{};
      if (p_[at_] == 'n') return ++at_, U'\n';
      if ((p_[at_] >= 'a' && p_[at_] <= 'z') || (p_[at_] >= 'A' && p_[at_] <= 'Z') ||
          (p_[at_] >= '0' && p_[at_] <= '9'))
        throw Unsupported{};
    }
    const char32_t c = Utf8At(p_, at_);
    at_ += Utf8Width(p_[at_]);
    return c;
  }

  uint32_t ParseClass() {
    std::vector<std::pair<char32_t, char32_t>> ranges;
    ++at_;
    const bool negated = p_[at_] == '^';
    if (negated) ++at_;
    for (bool first = true; at_ < p_.size() && (p_[at_] != ']' || first); first = false) {
      if (p_.substr(at_, 2) == "\\s") {
        for (char32_t s : {U'\t', U'\n', U'\f', U'\r', U' '}) ranges.emplace_back(s, s);
        at_ += 2;
        continue;
      }
      if (p_.substr(at_, 2) == "[:") throw Unsupported{};
      const char32_t low = ParseChar();
      char32_t high = low;
      if (at_ + 1 < p_.size() && p_[at_] == '-' && p_[at_ + 1] != ']') {
        ++at_;
        high = ParseChar();
      }
      ranges.emplace_back(low, high);
    }
    if (at_ >= p_.size()) throw Unsupported{};
    ++at_;
    return AddSet(std::move(ranges), negated);
  }

  uint32_t AddSet(std::vector<std::pair<char32_t, char32_t>> ranges, bool negated) {
    CharSet set(std::move(ranges), negated);
    if (!set.OnePlane()) throw Unsupported{};
    out_.sets_.push_back(std::move(set));
    return static_cast<uint32_t>(out_.sets_.size() - 1);
  }

  // .+ only where nothing follows.
  void CheckRest(const Node& n, bool last) {
    if (n.kind == Node::Kind::kRest && !last) throw Unsupported{};
    has_rest_ |= n.kind == Node::Kind::kRest;
    for (size_t i = 0; i < n.parts.size(); ++i)
      CheckRest(n.parts[i],
                last && (n.kind == Node::Kind::kAlternatives || i + 1 == n.parts.size()));
  }

  void Write(const Node& n, bool backward, Sequence::Program& to) {
    if (to.size() > kMostInstructions) throw Unsupported{};
    for (int k = 0; k < n.least; ++k) WriteOnce(n, backward, to);
    std::vector<size_t> splits;
    for (int k = n.least; k < n.most; ++k) {
      splits.push_back(to.size());
      to.push_back({Op::kSplit, static_cast<uint32_t>(to.size() + 1), 0});
      WriteOnce(n, backward, to);
    }
    for (size_t s : splits) to[s].y = static_cast<uint32_t>(to.size());
  }

  void WriteOnce(const Node& n, bool backward, Sequence::Program& to) {
    if (n.group > 0) to.push_back({Op::kSave, 2 * n.group + (backward ? 1 : 0), 0});
    switch (n.kind) {
      case Node::Kind::kSet:
        to.push_back({Op::kSet, n.set, 0});
        break;
      case Node::Kind::kBegin:
        to.push_back({Op::kBegin, 0, 0});
        break;
      case Node::Kind::kEnd:
        to.push_back({Op::kEnd, 0, 0});
        break;
      case Node::Kind::kRest:
        to.push_back({Op::kRest, n.rest_empty ? 1U : 0U, 0});
        break;
      case Node::Kind::kSequence:
        for (size_t i = 0; i < n.parts.size(); ++i)
          Write(n.parts[backward ? n.parts.size() - 1 - i : i], backward, to);
        break;
      case Node::Kind::kAlternatives:
        WriteAlternatives(n, backward, to);
        break;
    }
    if (n.group > 0) to.push_back({Op::kSave, 2 * n.group + (backward ? 0 : 1), 0});
  }

  void WriteAlternatives(const Node& n, bool backward, Sequence::Program& to) {
    std::vector<size_t> jumps;
    for (size_t i = 0; i < n.parts.size(); ++i) {
      const bool last = i + 1 == n.parts.size();
      const size_t split = to.size();
      if (!last) to.push_back({Op::kSplit, static_cast<uint32_t>(split + 1), 0});
      Write(n.parts[i], backward, to);
      if (last) break;
      jumps.push_back(to.size());
      to.push_back({Op::kJump, 0, 0});
      to[split].y = static_cast<uint32_t>(to.size());
    }
    for (size_t j : jumps) to[j].x = static_cast<uint32_t>(to.size());
  }

  std::string_view p_;
  size_t at_ = 0;
  bool has_rest_ = false;
  bool dot_ = false;  // the last atom was a dot
  Sequence& out_;
};

std::optional<Sequence> Sequence::Compile(std::string_view regex) {
  Sequence out;
  SequenceCompiler compiler(regex, out);
  if (!compiler.Compile()) return std::nullopt;
  return out;
}

void Sequence::Bind(const Alphabet& alphabet) {
  alphabet_ = &alphabet;
  for (Program* program : {&forward_, &backward_}) {
    for (Instruction& i : *program) {
      if (i.op == Instruction::Op::kSet) i.x = alphabet.IndexOf(sets_[i.x]);
    }
  }
}

// Forward: from `from` rightwards; the first way that matches (and ends at must_end, unless
// kAnywhere).
bool Sequence::Run(const Program& program, std::span<const Letter> text, size_t from,
                   size_t must_end, Groups* groups) const {
  struct Way {
    uint32_t pc;
    uint32_t at;
    uint32_t trail;
  };
  std::array<Way, 64> stack;
  size_t depth = 0;
  struct Saved {
    uint32_t slot;
    uint32_t before;
  };
  std::array<Saved, 128> trail;
  uint32_t trailed = 0;
  groups->assign(2 * names_.size(), kUnset);
  uint32_t pc = 0;
  auto at = static_cast<uint32_t>(from);
  for (;;) {
    const Instruction& i = program[pc];
    bool good = true;
    switch (i.op) {
      case Instruction::Op::kSet:
        good = at < text.size() && alphabet_->Has(i.x, text[at]);
        ++at;
        ++pc;
        break;
      case Instruction::Op::kSplit:
        if (depth == stack.size()) return false;
        stack[depth++] = {i.y, at, trailed};
        pc = i.x;
        break;
      case Instruction::Op::kJump:
        pc = i.x;
        break;
      case Instruction::Op::kSave:
        if (trailed == trail.size()) return false;
        trail[trailed++] = {i.x, (*groups)[i.x]};
        (*groups)[i.x] = at;
        ++pc;
        break;
      case Instruction::Op::kBegin:
        good = at == 0;
        ++pc;
        break;
      case Instruction::Op::kEnd:
        good = at == text.size();
        ++pc;
        break;
      case Instruction::Op::kRest:
        good = i.x == 1 || at < text.size();
        at = static_cast<uint32_t>(text.size());
        ++pc;
        break;
      case Instruction::Op::kMatch:
        good = must_end == kAnywhere || at == must_end;
        if (good) {
          (*groups)[0] = static_cast<uint32_t>(from);
          (*groups)[1] = at;
          return true;
        }
        break;
    }
    if (good) continue;
    if (depth == 0) return false;
    const Way& way = stack[--depth];
    while (trailed > way.trail) {
      --trailed;
      (*groups)[trail[trailed].slot] = trail[trailed].before;
    }
    pc = way.pc;
    at = way.at;
  }
}

bool Sequence::MatchPrefix(std::span<const Letter> text, Groups& groups) const {
  return Run(forward_, text, 0, kAnywhere, &groups);
}

bool Sequence::MatchSuffix(std::span<const Letter> text, Groups& groups) const {
  if (backward_.empty()) return false;
  // All ways leftwards from the end: the leftmost place that any of them reaches.
  struct Way {
    uint32_t pc;
    size_t at;
  };
  std::array<Way, 64> stack;
  size_t depth = 0;
  size_t best = kAnywhere;
  uint32_t pc = 0;
  size_t at = text.size();
  for (;;) {
    const Instruction& i = backward_[pc];
    bool good = true;
    switch (i.op) {
      case Instruction::Op::kSet:
        good = at > 0 && alphabet_->Has(i.x, text[at - 1]);
        --at;
        ++pc;
        break;
      case Instruction::Op::kSplit:
        if (depth == stack.size()) return false;
        stack[depth++] = {i.y, at};
        pc = i.x;
        break;
      case Instruction::Op::kJump:
        pc = i.x;
        break;
      case Instruction::Op::kSave:
        ++pc;
        break;
      case Instruction::Op::kBegin:
        good = at == 0;
        ++pc;
        break;
      case Instruction::Op::kEnd:
        good = at == text.size();
        ++pc;
        break;
      case Instruction::Op::kRest:
        good = false;
        break;
      case Instruction::Op::kMatch:
        best = std::min(best, at);
        good = false;
        break;
    }
    if (good) continue;
    if (depth == 0) break;
    --depth;
    pc = stack[depth].pc;
    at = stack[depth].at;
  }
  return best != kAnywhere && Run(forward_, text, best, text.size(), &groups);
}

}  // namespace kaoju
