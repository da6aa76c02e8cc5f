#include "extract/build.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace kaoju {

const Token* BuildContext::RoleToken(RoleId role) const {
  const Capture* c = RoleCapture(role);
  return c == nullptr ? nullptr : view.TokenAt(c->begin, c->end);
}

const LexiconEntry* BuildContext::RoleEntry(RoleId role) const {
  const Token* t = RoleToken(role);
  return t == nullptr || !types.IsLexicon(t->type) ? nullptr : &rules.lexicon().entries()[t->value];
}

const NumberValue* BuildContext::RoleNumber(RoleId role) const {
  const Token* t = RoleToken(role);
  return t == nullptr || t->type != types.number ? nullptr : &document.numbers[t->value];
}

std::string_view BuildContext::RoleText(RoleId role) const {
  if (const auto constant = RoleConstant(role); !constant.empty()) return constant;
  const Capture* c = RoleCapture(role);
  return c == nullptr ? std::string_view() : Canonical(c->begin, c->end);
}

std::string_view BuildContext::Canonical(size_t begin, size_t end) const {
  const auto [first, last] = view.TokensIn(begin, end);
  const std::string_view folded = document.article.folded;
  const auto canonical = [&](const Token& t) -> std::string_view {
    if (types.IsMention(t.type)) return document.mentions[t.value].canonical;
    if (types.IsLexicon(t.type)) return rules.lexicon().entries()[t.value].canonical;
    return Slice(folded, t.span);
  };
  const Span whole = view.ToFolded(begin, end);
  if (first == last) return Keep(Slice(folded, whole));
  if (last == first + 1 && first->span == whole && !types.IsTime(first->type) &&
      first->type != types.number && first->type != types.figure)
    return canonical(*first);  // lives as long as the facts
  // Among other words, a word is its canonical form, but not a code such as forecast for 将.
  const auto word = [&](const Token& t) {
    const std::string_view code = canonical(t);
    const std::string_view written = Slice(folded, t.span);
    const auto ascii = [](std::string_view s) { return (s.front() & 0x80) == 0; };
    const bool coded = types.IsLexicon(t.type) && !code.empty() && ascii(code) && !ascii(written);
    return coded ? written : code;
  };
  std::string out;
  bool filled = false;  // the name before is longer than its words: 瓦格纳 is 瓦格纳集团
  const auto add = [&](std::string_view piece) {
    if (piece.empty()) return;
    if (!filled || !out.ends_with(piece)) out += piece;
    filled = false;
  };
  uint32_t at = whole.begin;
  for (const Token* t = first; t != last; ++t) {
    add(Slice(folded, {at, t->span.begin}));
    const std::string_view name = word(*t);
    add(name);
    filled = types.IsMention(t->type) && name.size() > t->span.size();
    at = t->span.end;
  }
  add(Slice(folded, {at, whole.end}));
  return Keep(out);
}

std::optional<Mention> BuildMention(const BuildContext& c) {
  if (const auto limit = c.RoleConstant(RoleId::kLimit); !limit.empty()) {
    const Capture* span = c.RoleCapture(RoleId::kSpan);
    const Span s = span != nullptr ? c.Folded(*span) : c.view.ToFolded(c.match.begin, c.match.end);
    if (CodePointCount(Slice(c.document.article.folded, s)) >
        static_cast<size_t>(std::atoi(limit.data())))
      return std::nullopt;
  }
  Mention m;
  m.type = c.rule.emit.kind;
  m.rule = c.rule.id;
  m.canonical = c.RoleText(RoleId::kCanonical);
  const Capture* span = c.RoleCapture(RoleId::kSpan);
  if (m.canonical.empty())
    m.canonical = span != nullptr ? c.Canonical(span->begin, span->end)
                                  : c.Canonical(c.match.begin, c.match.end);
  if (const auto suffix = c.RoleConstant(RoleId::kSuffix); !suffix.empty())
    m.canonical = c.Keep(std::string(m.canonical).append(suffix));
  return m;
}

// Its roles are its own, so they go by their names. Nothing stands in a relation to itself.
std::optional<Relation> BuildRelation(const BuildContext& c) {
  Relation r;
  r.rule = c.rule.id;
  r.name = c.rule.emit.kind;
  if (r.name.starts_with("relation:")) r.name.remove_prefix(r.name.find(':') + 1);
  const auto& captures = c.rule.patterns[c.match.variant->pattern].captures;
  for (const EmitRole& role : c.rule.emit.roles) {
    if (role.role == "span") continue;  // the relation's own
    const auto it = std::find(captures.begin(), captures.end(), role.capture);
    if (it == captures.end()) continue;
    const Capture* capture = c.matches.Find(c.match, static_cast<uint8_t>(it - captures.begin()));
    if (capture == nullptr) continue;
    const std::string_view value = c.Canonical(capture->begin, capture->end);
    const bool twice = std::any_of(r.roles.begin(), r.roles.end(),
                                   [&](const auto& other) { return other.value == value; });
    if (twice && !r.name.starts_with("check:")) return std::nullopt;
    r.roles.push_back({role.role, c.Folded(*capture), value});
  }
  return r;
}

namespace {

bool IsTimeKind(std::string_view kind) {
  return kind == "date" || kind == "duration" || kind == "set";
}

template <typename T>
bool Set(std::optional<T> value, Payload& payload) {
  if (!value) return false;
  payload = std::move(*value);
  return true;
}

bool Emits(const Rule& rule, std::string_view role, std::string_view constant) {
  return std::any_of(rule.emit.roles.begin(), rule.emit.roles.end(),
                     [&](const EmitRole& r) { return r.role == role && r.constant == constant; });
}

bool Make(const BuildContext& c, Target::Make make, Proposal& p) {
  switch (make) {
    case Target::Make::kNothing:
      return true;
    case Target::Make::kNumber:
      return Set(BuildNumber(c), p.payload);
    case Target::Make::kTime:
      return Set(BuildTime(c), p.payload);
    case Target::Make::kRelation:
      return Set(BuildRelation(c), p.payload);
    case Target::Make::kMention:
      return Set(BuildMention(c), p.payload);
    case Target::Make::kFigure:
      return Set(BuildFigure(c), p.payload);
    case Target::Make::kClaim: {
      std::optional<ClaimParts> parts = BuildClaim(c);
      if (parts) p.span = parts->claim.span;
      return Set(std::move(parts), p.payload);
    }
  }
  return false;
}

}  // namespace

Target TargetOf(const Rule& rule, const KnownTypes& types) {
  const std::string& kind = rule.emit.kind;
  const TypeId symbol = types.OfKind(kind);
  if (kind == "skip") return {Target::Make::kNothing, symbol};
  if (kind == "number" && !Emits(rule, "how", "figure")) return {Target::Make::kNumber, symbol};
  if (IsTimeKind(kind))
    return {Target::Make::kTime, kind == "date"  ? types.date
                                 : kind == "set" ? types.set
                                                 : types.duration};
  if (kind == "claim") return {Target::Make::kClaim, symbol};
  if (kind.starts_with("relation:") || kind.starts_with("check:"))
    return {Target::Make::kRelation, symbol};
  if (types.IsMention(symbol)) return {Target::Make::kMention, symbol};
  return {Target::Make::kFigure, types.figure};
}

bool Propose(const BuildContext& c, Target target, bool conflict_on_trigger, Proposal& p) {
  p.rule = c.match.variant->rule;
  p.matched = c.view.ToFolded(c.match.begin, c.match.end);
  const Capture* span = c.RoleCapture(RoleId::kSpan);
  p.span = span != nullptr ? c.Folded(*span) : p.matched;
  p.symbol = target.symbol;
  if (!Make(c, target.make, p) || p.span.empty()) return false;
  p.domain =
      conflict_on_trigger ? c.view.ToFolded(c.match.trigger_begin, c.match.trigger_end) : p.span;
  return true;
}

}  // namespace kaoju
