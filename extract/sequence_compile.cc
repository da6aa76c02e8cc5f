// Compiling a regex into the programs of a Sequence.
#include <algorithm>
#include <string>

#include "extract/sequence.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr int kMostCopies = 48;
constexpr int kEndless = 1000;
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
      Check(root, true);
      Write(root, false, out_.forward_);
      if (!has_rest_) Write(root, true, out_.backward_);
    } catch (const Unsupported&) {
      return false;
    }
    out_.forward_.push_back({Op::kMatch});
    if (!has_rest_) out_.backward_.push_back({Op::kMatch});
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
    int most = 1;  // kEndless: no limit
    bool lazy = false;
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
      atom.least = c == '*' ? 0 : 1;
      atom.most = kEndless;
      ++at_;
    } else if (c == '?') {
      atom.least = 0;
      ++at_;
    } else if (c == '{') {
      ReadCounts(atom);
    } else {
      return;
    }
    if (at_ < p_.size() && p_[at_] == '?') {
      atom.lazy = true;
      ++at_;
    }
    if (at_ < p_.size() && (p_[at_] == '?' || p_[at_] == '*' || p_[at_] == '+'))
      throw Unsupported{};
    if (dot_ && atom.most == kEndless) {
      if (atom.lazy) throw Unsupported{};
      atom.kind = Node::Kind::kRest;
      atom.rest_empty = atom.least == 0;
      atom.least = atom.most = 1;
    }
  }

  void ReadCounts(Node& atom) {
    const size_t close = p_.find('}', at_);
    const std::string body(p_.substr(at_ + 1, close - at_ - 1));
    const size_t comma = body.find(',');
    atom.least = std::stoi(body);
    atom.most = comma == std::string::npos ? atom.least
                : comma + 1 < body.size()  ? std::stoi(body.substr(comma + 1))
                                           : kEndless;
    if (std::max(atom.least, atom.most) > kMostCopies || atom.kind != Node::Kind::kSet)
      throw Unsupported{};
    at_ = close + 1;
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

  // .+ only where nothing follows; no endless repetition of what may be empty, which RE2 has rules
  // of its own for. True iff the node may match nothing.
  bool Check(const Node& n, bool last) {
    if (n.kind == Node::Kind::kRest && !last) throw Unsupported{};
    has_rest_ |= n.kind == Node::Kind::kRest;
    bool all = true;
    bool any = false;
    for (size_t i = 0; i < n.parts.size(); ++i) {
      const bool empty = Check(
          n.parts[i], last && (n.kind == Node::Kind::kAlternatives || i + 1 == n.parts.size()));
      all = all && empty;
      any = any || empty;
    }
    bool empty = n.kind == Node::Kind::kBegin || n.kind == Node::Kind::kEnd;
    if (n.kind == Node::Kind::kRest) empty = n.rest_empty;
    if (n.kind == Node::Kind::kSequence) empty = all;
    if (n.kind == Node::Kind::kAlternatives) empty = any;
    if (n.most == kEndless) {
      if (empty) throw Unsupported{};
      out_.loops_ = true;
    }
    return empty || n.least == 0;
  }

  void PushSplit(size_t first, size_t other, Sequence::Program& to) {
    to.push_back(
        {Op::kSplit, static_cast<uint32_t>(first), static_cast<uint32_t>(other), out_.splits_++});
  }

  void Write(const Node& n, bool backward, Sequence::Program& to) {
    if (to.size() > kMostInstructions) throw Unsupported{};
    for (int k = 0; k < n.least; ++k) WriteOnce(n, backward, to);
    std::vector<size_t> splits;
    const auto split = [&] {
      splits.push_back(to.size());
      PushSplit(to.size() + 1, 0, to);
    };
    if (n.most == kEndless) {
      const size_t head = to.size();
      split();
      WriteOnce(n, backward, to);
      to.push_back({Op::kJump, static_cast<uint32_t>(head)});
    } else {
      for (int k = n.least; k < n.most; ++k) {
        split();
        WriteOnce(n, backward, to);
      }
    }
    for (size_t s : splits) {
      to[s].y = static_cast<uint32_t>(to.size());
      if (n.lazy) std::swap(to[s].x, to[s].y);
    }
  }

  void WriteOnce(const Node& n, bool backward, Sequence::Program& to) {
    if (n.group > 0) to.push_back({Op::kSave, 2 * n.group + (backward ? 1 : 0)});
    switch (n.kind) {
      case Node::Kind::kSet:
        to.push_back({Op::kSet, n.set});
        break;
      case Node::Kind::kBegin:
        to.push_back({Op::kBegin, 0});
        break;
      case Node::Kind::kEnd:
        to.push_back({Op::kEnd, 0});
        break;
      case Node::Kind::kRest:
        to.push_back({Op::kRest, n.rest_empty ? 1U : 0U});
        break;
      case Node::Kind::kSequence:
        for (size_t i = 0; i < n.parts.size(); ++i)
          Write(n.parts[backward ? n.parts.size() - 1 - i : i], backward, to);
        break;
      case Node::Kind::kAlternatives:
        WriteAlternatives(n, backward, to);
        break;
    }
    if (n.group > 0) to.push_back({Op::kSave, 2 * n.group + (backward ? 0 : 1)});
  }

  void WriteAlternatives(const Node& n, bool backward, Sequence::Program& to) {
    std::vector<size_t> jumps;
    for (size_t i = 0; i < n.parts.size(); ++i) {
      const bool last = i + 1 == n.parts.size();
      const size_t split = to.size();
      if (!last) PushSplit(split + 1, 0, to);
      Write(n.parts[i], backward, to);
      if (last) break;
      jumps.push_back(to.size());
      to.push_back({Op::kJump, 0});
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

}  // namespace kaoju
