#include "extract/matcher.h"

#include <algorithm>

#include "extract/regex.h"

namespace kaoju {

bool HasRequired(const Variant& v, const TypeSet& types) {
  return std::all_of(v.required.begin(), v.required.end(),
                     [&](const TypeSet& set) { return (set & types).any(); });
}

size_t Matcher::Side::bytes() const {
  constexpr int kRe2Instruction = 8;
  if (sequence) return sequence->bytes();
  return static_cast<size_t>(re->ProgramSize() + re->ReverseProgramSize()) * kRe2Instruction;
}

std::vector<Matcher::Side> Matcher::CompileSides(const std::vector<std::string>& regexes, bool left,
                                                 const std::string& layer) {
  std::vector<Side> out;
  for (const std::string& regex : regexes) {
    Side side;
    side.sequence = Sequence::Compile(regex);
    if (left && side.sequence && !side.sequence->HasSuffix()) side.sequence.reset();
    if (side.sequence) {
      side.names = side.sequence->names();
    } else {
      side.re = CompileRegex(left ? "(?:" + regex + ")\\z" : regex, "layer " + layer);
      side.names = GroupNames(*side.re);
    }
    out.push_back(std::move(side));
  }
  return out;
}

Matcher::Matcher(const RuleSet& rules, CostSheet* costs) : rules_(rules), costs_(costs) {
  static const std::vector<std::string> kNoNames;
  for (const CompiledLayer& layer : rules.layers()) {
    Automata& a = layers_.emplace_back();
    a.left = CompileSides(layer.left_sides, true, layer.name);
    a.right = CompileSides(layer.right_sides, false, layer.name);
    for (const auto& variants : layer.by_literal) a.literals.push_back(!variants.empty());
    for (const Variant& v : layer.variants) {
      a.slots.push_back(MakeSlots(rules.rules()[v.rule].patterns[v.pattern],
                                  v.left == kNoSide ? kNoNames : a.left[v.left].names,
                                  v.right == kNoSide ? kNoNames : a.right[v.right].names));
    }
  }
  BindAlphabet();
  if (costs_ != nullptr) CountBytes();
}

// A side that n variants share is a nth part of each.
void Matcher::CountBytes() {
  for (size_t i = 0; i < layers_.size(); ++i) {
    const std::vector<Variant>& variants = rules_.layers()[i].variants;
    const auto share = [&](const std::vector<Side>& sides, uint32_t Variant::*side) {
      std::vector<size_t> users(sides.size());
      for (const Variant& v : variants) {
        if (v.*side != kNoSide) ++users[v.*side];
      }
      for (const Variant& v : variants) {
        if (v.*side == kNoSide) continue;
        costs_->of(v.rule).bytes +=
            static_cast<double>(sides[v.*side].bytes()) / static_cast<double>(users[v.*side]);
      }
    };
    share(layers_[i].left, &Variant::left);
    share(layers_[i].right, &Variant::right);
  }
}

// One alphabet for all layers: every symbol, what may stand beside triggers, and the sets of all
// sides.
void Matcher::BindAlphabet() {
  std::vector<CharSet> sets;
  for (size_t t = 0; t < rules_.symbols().size(); ++t) {
    const char32_t symbol = kFirstSymbol + static_cast<char32_t>(t);
    sets.push_back(CharSet({{symbol, symbol}}, false));
  }
  const auto neighbour_set = [](const std::vector<char32_t>& chars) {
    std::vector<std::pair<char32_t, char32_t>> ranges;
    for (const char32_t c : chars) {
      if (c < 0x10000) ranges.emplace_back(c, c);
    }
    return CharSet(std::move(ranges), false);
  };
  for (const CompiledLayer& layer : rules_.layers()) {
    for (const auto& chars : layer.neighbours) sets.push_back(neighbour_set(chars));
  }
  for (const Automata& a : layers_) {
    for (const auto* sides : {&a.left, &a.right}) {
      for (const Side& s : *sides) {
        if (s.sequence)
          sets.insert(sets.end(), s.sequence->sets().begin(), s.sequence->sets().end());
      }
    }
  }
  alphabet_ = Alphabet(sets);
  for (size_t i = 0; i < layers_.size(); ++i) {
    for (const auto& chars : rules_.layers()[i].neighbours)
      layers_[i].neighbours.push_back(alphabet_.IndexOf(neighbour_set(chars)));
    for (auto* sides : {&layers_[i].left, &layers_[i].right}) {
      for (Side& s : *sides) {
        if (s.sequence) s.sequence->Bind(alphabet_);
      }
    }
  }
}

bool Matcher::Holds(Side& side, bool left, uint32_t begin, uint32_t end) {
  if (side.tried_at == epoch_) return side.matched;
  side.tried_at = epoch_;
  if (side.sequence) {
    const auto letters = view_->letters();
    side.matched = left ? side.sequence->MatchSuffix(letters.first(begin), side.groups, scratch_)
                        : side.sequence->MatchPrefix(letters.subspan(end), side.groups, scratch_);
    return side.matched;
  }
  const std::string_view text = view_->text();
  const std::string_view part =
      left ? text.substr(0, view_->ByteOf(begin)) : text.substr(view_->ByteOf(end));
  side.matched =
      side.re->Match(part, 0, part.size(), left ? RE2::UNANCHORED : RE2::ANCHOR_START, nullptr, 0);
  return side.matched;
}

// The groups of a side that holds, as RE2 finds them, in places of the view.
void Matcher::FindGroups(const Side& side, bool left, const RuleMatch& m) {
  const std::string_view text = view_->text();
  const size_t base = left ? 0 : view_->ByteOf(m.trigger_end);
  const std::string_view part =
      left ? text.substr(0, view_->ByteOf(m.trigger_begin)) : text.substr(base);
  pieces_.assign(side.names.size(), {});
  groups_.assign(2 * pieces_.size(), kUnset);
  if (!side.re->Match(part, 0, part.size(), left ? RE2::UNANCHORED : RE2::ANCHOR_START,
                      pieces_.data(), static_cast<int>(pieces_.size())))
    return;
  for (size_t i = 0; i < pieces_.size(); ++i) {
    if (pieces_[i].data() == nullptr || (i > 0 && side.names[i].empty())) continue;
    const size_t at = base + static_cast<size_t>(pieces_[i].data() - part.data());
    groups_[2 * i] = static_cast<uint32_t>(view_->PlaceOf(at));
    groups_[2 * i + 1] = static_cast<uint32_t>(view_->PlaceOf(at + pieces_[i].size()));
  }
}

void Matcher::AddCaptures(const Side& side, bool left, const std::vector<GroupSlot>& slots,
                          RuleMatch& m, MatchList& out) {
  uint32_t base = 0;
  if (!side.sequence) {
    FindGroups(side, left, m);
  } else if (!left) {
    base = m.trigger_end;
  }
  const Groups& groups = side.sequence ? side.groups : groups_;
  if (left) {
    m.begin = base + groups[0];
  } else {
    m.end = base + groups[1];
  }
  Capture* captures = out.captures.data() + m.captures;
  for (size_t i = 1; i < slots.size(); ++i) {
    if (groups[2 * i] != kUnset)
      SetCapture(slots[i], base + groups[2 * i], base + groups[2 * i + 1], captures);
  }
}

// False: it cannot match here, by the trigger's neighbours and what else the view holds.
inline bool Matcher::Fits(const Variant& v, const Automata& automata, uint32_t begin,
                          uint32_t end) const {
  const auto letters = view_->letters();
  if (v.before != kNoSide &&
      (begin == 0 || !alphabet_.Has(automata.neighbours[v.before], letters[begin - 1])))
    return false;
  if (v.after != kNoSide &&
      (end == letters.size() || !alphabet_.Has(automata.neighbours[v.after], letters[end])))
    return false;
  return HasRequired(v, types_);
}

inline bool Matcher::TrySides(size_t layer, uint32_t index, uint32_t begin, uint32_t end,
                              MatchList& out) {
  const Variant& v = rules_.layers()[layer].variants[index];
  Automata& automata = layers_[layer];
  if (v.left != kNoSide && !Holds(automata.left[v.left], true, begin, end)) return false;
  if (v.right != kNoSide && !Holds(automata.right[v.right], false, begin, end)) return false;
  const VariantSlots& slots = automata.slots[index];
  RuleMatch m{&v, begin, end, begin, end, static_cast<uint32_t>(out.captures.size())};
  out.captures.resize(out.captures.size() + slots.count);
  if (v.left != kNoSide) AddCaptures(automata.left[v.left], true, slots.left, m, out);
  SetTrigger(slots, begin, end, out.captures.data() + m.captures);
  if (v.right != kNoSide) AddCaptures(automata.right[v.right], false, slots.right, m, out);
  out.matches.push_back(m);
  return true;
}

template <bool kCosts>
void Matcher::TryVariants(size_t layer, const std::vector<uint32_t>& variants, uint32_t begin,
                          uint32_t end, MatchList& out) {
  const CompiledLayer& compiled = rules_.layers()[layer];
  const Automata& automata = layers_[layer];
  ++epoch_;
  for (uint32_t index : variants) {
    const Variant& v = compiled.variants[index];
    if constexpr (kCosts) ++costs_->of(v.rule).places;
    if (!Fits(v, automata, begin, end)) continue;
    if constexpr (kCosts) {
      RuleCost& cost = costs_->of(v.rule);
      const auto started = CostSheet::Clock::now();
      ++cost.tries;
      cost.hits += TrySides(layer, index, begin, end, out) ? 1 : 0;
      costs_->Charge(v.rule, started);
    } else {
      TrySides(layer, index, begin, end, out);
    }
  }
}

void Matcher::Try(size_t layer, const std::vector<uint32_t>& variants, uint32_t begin, uint32_t end,
                  MatchList& out) {
  if (costs_ != nullptr) {
    TryVariants<true>(layer, variants, begin, end, out);
  } else {
    TryVariants<false>(layer, variants, begin, end, out);
  }
}

// Triggers from left to right: symbols, and the literals that no symbol hides.
void Matcher::Match(size_t layer, const View& view, std::span<const LiteralHit> literals,
                    MatchList& out) {
  const CompiledLayer& compiled = rules_.layers()[layer];
  const std::vector<bool>& triggers = layers_[layer].literals;
  view_ = &view;
  types_.reset();
  for (const Token& t : view.tokens()) types_.set(t.type);
  const std::span<const Token> tokens = view.tokens();
  size_t token = 0;
  const auto symbols_before = [&](uint32_t folded) {
    for (; token < tokens.size() && tokens[token].span.end <= folded; ++token) {
      const auto& variants = compiled.by_type[tokens[token].type];
      const uint32_t place = view.places()[token];
      if (!variants.empty()) Try(layer, variants, place, place + 1, out);
    }
  };
  for (const LiteralHit& hit : literals) {
    if (!triggers[hit.literal]) continue;
    symbols_before(hit.begin);
    if (token < tokens.size() && tokens[token].span.begin < hit.end) continue;
    const uint32_t begin = view.PlaceOfFolded(hit.begin, token);
    Try(layer, compiled.by_literal[hit.literal], begin, view.PlaceOfFolded(hit.end, token), out);
  }
  symbols_before(0xFFFFFFFF);
}

}  // namespace kaoju
