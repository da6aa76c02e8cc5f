#include "extract/matcher.h"

#include <algorithm>
#include <map>

#include "rules/error.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

RE2::Options PatternOptions() {
  RE2::Options o;
  o.set_log_errors(false);
  o.set_dot_nl(true);
  o.set_max_mem(16 << 20);
  return o;
}

constexpr size_t kNoCharacter = 0x110000;

std::unique_ptr<RE2> Compile(const std::string& regex, const std::string& where) {
  auto re = std::make_unique<RE2>(regex, PatternOptions());
  if (!re->ok())
    throw RulesError(where + ": no regular expression: " + re->error() + " in " + regex);
  return re;
}

bool EndsWith(std::string_view s, std::string_view tail) {
  return s.size() >= tail.size() && s.substr(s.size() - tail.size()) == tail;
}

// The end of a capture that holds the trigger, until it is known.
constexpr size_t kOpenEnd = SIZE_MAX;

void CloseCaptures(size_t trigger_end, std::vector<Capture>& captures) {
  for (Capture& c : captures) {
    if (c.end == kOpenEnd) c.end = trigger_end;
  }
}

// Adds a group; the two ends of a capture that holds the trigger arrive as name__b and name__e.
void AddCapture(std::string_view name, size_t begin, size_t end, std::vector<Capture>& out) {
  if (EndsWith(name, "__b")) {
    out.push_back({name.substr(0, name.size() - 3), begin, kOpenEnd});
  } else if (EndsWith(name, "__e")) {
    const std::string_view base = name.substr(0, name.size() - 3);
    for (Capture& c : out) {
      if (c.name == base) c.end = end;
    }
  } else {
    out.push_back({name, begin, end});
  }
}

}  // namespace

bool HasRequired(const Variant& v, const TypeSet& types) {
  return std::all_of(v.required.begin(), v.required.end(),
                     [&](const TypeSet& set) { return (set & types).any(); });
}

bool MayMatch(const CompiledLayer& layer, const TypeSet& types) {
  return std::any_of(layer.variants.begin(), layer.variants.end(),
                     [&](const Variant& v) { return HasRequired(v, types); });
}

const Capture* RuleMatch::Find(std::string_view name) const {
  for (const Capture& c : captures) {
    if (c.name == name) return &c;
  }
  return nullptr;
}

Matcher::Matcher(const RuleSet& rules) : rules_(rules) {
  for (const CompiledLayer& layer : rules.layers()) {
    Automata& a = layers_.emplace_back();
    const auto add = [&](std::vector<Side>& to, const std::string& side_regex, bool left) {
      Side side;
      side.sequence = Sequence::Compile(side_regex);
      if (left && side.sequence && !side.sequence->HasSuffix()) side.sequence.reset();
      const std::string regex = left ? "(?:" + side_regex + ")\\z" : side_regex;
      side.re = Compile(regex, "layer " + layer.name);
      side.names.resize(static_cast<size_t>(side.re->NumberOfCapturingGroups()) + 1);
      for (const auto& [index, name] : side.re->CapturingGroupNames())
        side.names[static_cast<size_t>(index)] = name;
      to.push_back(std::move(side));
    };
    for (const std::string& s : layer.left_sides) add(a.left, s, true);
    for (const std::string& s : layer.right_sides) add(a.right, s, false);
  }
}

bool Matcher::Holds(Side& side, bool left, size_t begin, size_t end) {
  if (side.tried_at != epoch_) {
    side.tried_at = epoch_;
    const std::string_view part = left ? text_.substr(0, begin) : text_.substr(end);
    if (side.sequence) {
      side.matched = left ? side.sequence->MatchSuffix(part, side.groups)
                          : side.sequence->MatchPrefix(part, side.groups);
      return side.matched;
    }
    side.matched = side.re->Match(part, 0, part.size(), left ? RE2::UNANCHORED : RE2::ANCHOR_START,
                                  nullptr, 0);
  }
  return side.matched;
}

void Matcher::AddSequenceCaptures(const Side& side, bool left, RuleMatch& m) {
  const size_t base = left ? 0 : m.trigger_end;
  if (left) {
    m.begin = base + side.groups[0];
  } else {
    m.end = base + side.groups[1];
  }
  for (size_t i = 1; i < side.names.size(); ++i) {
    if (side.groups[2 * i] == kUnset || side.names[i].empty()) continue;
    AddCapture(side.names[i], base + side.groups[2 * i], base + side.groups[2 * i + 1], m.captures);
  }
}

void Matcher::AddCaptures(const Side& side, bool left, RuleMatch& m) {
  if (side.sequence) return AddSequenceCaptures(side, left, m);
  const std::string_view part =
      left ? text_.substr(0, m.trigger_begin) : text_.substr(m.trigger_end);
  const size_t base = left ? 0 : m.trigger_end;
  groups_.assign(side.names.size(), {});
  if (!side.re->Match(part, 0, part.size(), left ? RE2::UNANCHORED : RE2::ANCHOR_START,
                      groups_.data(), static_cast<int>(groups_.size())))
    return;
  const auto place = [&](const char* p) { return base + static_cast<size_t>(p - part.data()); };
  if (left) {
    m.begin = place(groups_[0].data());
  } else {
    m.end = place(groups_[0].data() + groups_[0].size());
  }
  for (size_t i = 1; i < groups_.size(); ++i) {
    if (groups_[i].data() == nullptr || side.names[i].empty()) continue;
    const size_t at = place(groups_[i].data());
    AddCapture(side.names[i], at, at + groups_[i].size(), m.captures);
  }
}

void Matcher::Try(size_t layer, const std::vector<uint32_t>& variants, size_t begin, size_t end,
                  std::vector<RuleMatch>& out) {
  const CompiledLayer& compiled = rules_.layers()[layer];
  Automata& automata = layers_[layer];
  ++epoch_;
  const size_t before = begin == 0 ? kNoCharacter : Utf8At(text_, Utf8Back(text_, begin));
  const size_t after = end == text_.size() ? kNoCharacter : Utf8At(text_, end);
  for (uint32_t index : variants) {
    if (active_[index] == 0) continue;
    const Variant& v = compiled.variants[index];
    if (v.before != kNoSide && (before >= 0x10000 || !compiled.neighbours[v.before][before]))
      continue;
    if (v.after != kNoSide && (after >= 0x10000 || !compiled.neighbours[v.after][after])) continue;
    if (v.left != kNoSide && !Holds(automata.left[v.left], true, begin, end)) continue;
    if (v.right != kNoSide && !Holds(automata.right[v.right], false, begin, end)) continue;
    RuleMatch m{&v, begin, end, begin, end, {}};
    if (v.left != kNoSide) AddCaptures(automata.left[v.left], true, m);
    const std::string& name = rules_.rules()[v.rule].patterns[v.pattern].trigger.capture;
    if (!name.empty()) m.captures.push_back({name, begin, end});
    CloseCaptures(end, m.captures);
    if (v.right != kNoSide) AddCaptures(automata.right[v.right], false, m);
    out.push_back(std::move(m));
  }
}

void Matcher::Match(size_t layer, const View& view, std::vector<RuleMatch>& out) {
  const CompiledLayer& compiled = rules_.layers()[layer];
  text_ = view.text();
  TypeSet types;
  for (const Token& t : view.tokens()) types.set(t.type);
  active_.assign(compiled.variants.size(), 0);
  for (size_t i = 0; i < active_.size(); ++i)
    active_[i] = HasRequired(compiled.variants[i], types) ? 1 : 0;
  for (size_t at = 0; at < text_.size();) {
    const size_t c = Utf8At(text_, at);
    const size_t size = Utf8Width(text_[at]);
    const size_t type = c - kFirstSymbol;  // wraps around for what lies below
    if (type < compiled.by_type.size()) {
      if (!compiled.by_type[type].empty()) Try(layer, compiled.by_type[type], at, at + size, out);
    } else if (c < 0x10000 && compiled.literal_starts[c]) {
      compiled.literals.Prefixes(text_, at, [&](size_t end, uint32_t value) {
        Try(layer, compiled.by_literal[value], at, end, out);
      });
    }
    at += size;
  }
}

SlowMatcher::SlowMatcher(const RuleSet& rules) : rules_(rules) {
  for (const CompiledLayer& layer : rules.layers()) {
    auto& to = layers_.emplace_back();
    for (const Variant& v : layer.variants) {
      const Rule& rule = rules.rules()[v.rule];
      const SplitPattern& p = rule.patterns[v.pattern];
      std::string trigger;
      for (TypeId t : p.trigger.types) trigger += "|" + SymbolUtf8(t);
      for (const std::string& s : p.trigger.literals) trigger += "|" + RE2::QuoteMeta(s);
      Compiled c;
      if (!p.left.empty()) c.left = Compile(p.left, rule.id);
      if (!p.right.empty()) c.right = Compile(p.right, rule.id);
      c.trigger = Compile(trigger.substr(1), rule.id);
      to.push_back(std::move(c));
    }
  }
}

namespace {

// Matches part[from, end) and adds its groups, under the names that `p` keeps.
bool AddGroups(const RE2& re, const SplitPattern& p, std::string_view part, size_t from,
               RE2::Anchor anchor, size_t base, size_t* stop, std::vector<Capture>& out) {
  std::vector<re2::StringPiece> groups(static_cast<size_t>(re.NumberOfCapturingGroups()) + 1);
  if (!re.Match(part, from, part.size(), anchor, groups.data(), static_cast<int>(groups.size())))
    return false;
  *stop = base + static_cast<size_t>(groups[0].data() - part.data()) + groups[0].size();
  for (const auto& [index, name] : re.CapturingGroupNames()) {
    const auto& g = groups[static_cast<size_t>(index)];
    if (g.data() == nullptr) continue;
    const size_t at = base + static_cast<size_t>(g.data() - part.data());
    for (const std::string& known : p.captures) {
      if (name == known) out.push_back({known, at, at + g.size()});
      if (name == known + "__b") out.push_back({known, at, kOpenEnd});
      if (name != known + "__e") continue;
      for (Capture& c : out) {
        if (c.name == known) c.end = at + g.size();
      }
    }
  }
  return true;
}

}  // namespace

void SlowMatcher::Match(size_t layer, const View& view, std::vector<RuleMatch>& out) {
  const std::string_view text = view.text();
  const CompiledLayer& compiled = rules_.layers()[layer];
  for (size_t k = 0; k < compiled.variants.size(); ++k) {
    const Variant& v = compiled.variants[k];
    const Compiled& c = layers_[layer][k];
    const SplitPattern& p = rules_.rules()[v.rule].patterns[v.pattern];
    for (size_t at = 0; at < text.size(); ++at) {
      if (!OnCodePoint(text, at)) continue;
      for (size_t stop = at + 1; stop <= text.size(); ++stop) {
        if (!OnCodePoint(text, stop) || !RE2::FullMatch(text.substr(at, stop - at), *c.trigger))
          continue;
        RuleMatch m{&v, at, stop, at, stop, {}};
        bool left = !c.left;
        for (size_t from = 0; from <= at && !left; ++from) {
          size_t end = 0;
          left = OnCodePoint(text, from) && AddGroups(*c.left, p, text.substr(0, at), from,
                                                      RE2::ANCHOR_BOTH, 0, &end, m.captures);
          if (left) m.begin = from;
        }
        if (!left) continue;
        if (!p.trigger.capture.empty()) m.captures.push_back({p.trigger.capture, at, stop});
        CloseCaptures(stop, m.captures);
        if (c.right && !AddGroups(*c.right, p, text.substr(stop), 0, RE2::ANCHOR_START, stop,
                                  &m.end, m.captures))
          continue;
        out.push_back(std::move(m));
      }
    }
  }
}

}  // namespace kaoju
