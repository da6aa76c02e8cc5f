#include "extract/slow_matcher.h"

#include "extract/regex.h"
#include "extract/span.h"

namespace kaoju {

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
      if (!p.left.empty()) c.left = CompileRegex(p.left, rule.id);
      if (!p.right.empty()) c.right = CompileRegex(p.right, rule.id);
      c.trigger = CompileRegex(trigger.substr(1), rule.id);
      c.slots = MakeSlots(p, c.left ? GroupNames(*c.left) : std::vector<std::string>(),
                          c.right ? GroupNames(*c.right) : std::vector<std::string>());
      to.push_back(std::move(c));
    }
  }
}

namespace {

// Matches part[from, end) and sets its captures. `base`: the view's byte where `part` begins.
bool SetGroups(const RE2& re, const std::vector<GroupSlot>& slots, std::string_view part,
               size_t from, RE2::Anchor anchor, size_t base, const View& view, size_t* stop,
               Capture* captures) {
  std::vector<re2::StringPiece> groups(static_cast<size_t>(re.NumberOfCapturingGroups()) + 1);
  if (!re.Match(part, from, part.size(), anchor, groups.data(), static_cast<int>(groups.size())))
    return false;
  const auto byte = [&](const char* p) { return base + static_cast<size_t>(p - part.data()); };
  *stop = byte(groups[0].data() + groups[0].size());
  for (size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].data() == nullptr) continue;
    SetCapture(slots[i], static_cast<uint32_t>(view.PlaceOf(byte(groups[i].data()))),
               static_cast<uint32_t>(view.PlaceOf(byte(groups[i].data() + groups[i].size()))),
               captures);
  }
  return true;
}

}  // namespace

// All triggers of one variant.
void SlowMatcher::MatchVariant(const Variant& v, const Compiled& c, const View& view,
                               MatchList& out) {
  const std::string_view text = view.text();
  for (size_t at = 0; at < text.size(); ++at) {
    if (!OnCodePoint(text, at)) continue;
    for (size_t stop = at + 1; stop <= text.size(); ++stop) {
      if (!OnCodePoint(text, stop) || !RE2::FullMatch(text.substr(at, stop - at), *c.trigger))
        continue;
      const auto begin = static_cast<uint32_t>(view.PlaceOf(at));
      const auto end = static_cast<uint32_t>(view.PlaceOf(stop));
      RuleMatch m{&v, begin, end, begin, end, static_cast<uint32_t>(out.captures.size())};
      std::vector<Capture> captures(c.slots.count);
      bool left = !c.left;
      for (size_t from = 0; from <= at && !left; ++from) {
        size_t reached = 0;
        left = OnCodePoint(text, from) &&
               SetGroups(*c.left, c.slots.left, text.substr(0, at), from, RE2::ANCHOR_BOTH, 0, view,
                         &reached, captures.data());
        if (left) m.begin = static_cast<uint32_t>(view.PlaceOf(from));
      }
      if (!left) continue;
      SetTrigger(c.slots, begin, end, captures.data());
      if (c.right) {
        size_t reached = 0;
        if (!SetGroups(*c.right, c.slots.right, text.substr(stop), 0, RE2::ANCHOR_START, stop, view,
                       &reached, captures.data()))
          continue;
        m.end = static_cast<uint32_t>(view.PlaceOf(reached));
      }
      out.captures.insert(out.captures.end(), captures.begin(), captures.end());
      out.matches.push_back(m);
    }
  }
}

void SlowMatcher::Match(size_t layer, const View& view, MatchList& out) {
  const CompiledLayer& compiled = rules_.layers()[layer];
  for (size_t k = 0; k < compiled.variants.size(); ++k)
    MatchVariant(compiled.variants[k], layers_[layer][k], view, out);
}

}  // namespace kaoju
