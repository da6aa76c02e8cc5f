#include "extract/build.h"

#include <cstdlib>

namespace kaoju {

const Capture* BuildContext::RoleCapture(std::string_view role) const {
  const EmitRole* r = rule.emit.Find(role);
  return r == nullptr || r->capture.empty() ? nullptr : match.Find(r->capture);
}

std::string_view BuildContext::RoleConstant(std::string_view role) const {
  const EmitRole* r = rule.emit.Find(role);
  return r == nullptr ? std::string_view{} : std::string_view(r->constant);
}

const Token* BuildContext::RoleToken(std::string_view role) const {
  const Capture* c = RoleCapture(role);
  return c == nullptr ? nullptr : view.TokenAt(c->begin, c->end);
}

bool BuildContext::IsLexicon(TypeId type) const {
  return type != types.number && !types.IsTime(type) && !types.IsMention(type) &&
         type != types.figure && type != types.opaque;
}

const LexiconEntry* BuildContext::RoleEntry(std::string_view role) const {
  const Token* t = RoleToken(role);
  return t == nullptr || !IsLexicon(t->type) ? nullptr : &rules.lexicon().entries()[t->value];
}

const NumberValue* BuildContext::RoleNumber(std::string_view role) const {
  const Token* t = RoleToken(role);
  return t == nullptr || t->type != types.number ? nullptr : &document.numbers[t->value];
}

std::string BuildContext::RoleText(std::string_view role) const {
  if (const auto constant = RoleConstant(role); !constant.empty()) return std::string(constant);
  const Capture* c = RoleCapture(role);
  return c == nullptr ? std::string() : Canonical(c->begin, c->end);
}

std::string BuildContext::Canonical(size_t begin, size_t end) const {
  std::string out;
  size_t at = begin;
  const std::string_view text = view.text();
  const auto [first, last] = view.TokensIn(begin, end);
  for (const Token* t = first; t != last; ++t) {
    const size_t place = text.find(SymbolUtf8(t->type), at);
    out += text.substr(at, place - at);
    if (types.IsMention(t->type)) {
      out += document.mentions[t->value].canonical;
    } else if (IsLexicon(t->type)) {
      out += rules.lexicon().entries()[t->value].canonical;
    } else {
      out += Slice(document.article.folded, t->span);
    }
    at = place + 3;
  }
  out += text.substr(at, end - at);
  return out;
}

std::optional<Mention> BuildMention(const BuildContext& c) {
  if (const auto limit = c.RoleConstant("limit"); !limit.empty()) {
    const Capture* span = c.RoleCapture("span");
    const Span s = span != nullptr ? c.Folded(*span) : c.view.ToFolded(c.match.begin, c.match.end);
    if (CodePointCount(Slice(c.document.article.folded, s)) >
        static_cast<size_t>(std::atoi(limit.data())))
      return std::nullopt;
  }
  Mention m;
  m.type = c.rule.emit.kind;
  m.rule = c.rule.id;
  if (const Token* word = c.RoleToken("span");
      word != nullptr && c.IsLexicon(word->type)) {  // most names
    m.canonical = c.rules.lexicon().entries()[word->value].canonical;
    return m;
  }
  m.canonical = c.RoleText("canonical");
  const Capture* span = c.RoleCapture("span");
  if (m.canonical.empty())
    m.canonical = span != nullptr ? c.Canonical(span->begin, span->end)
                                  : c.Canonical(c.match.begin, c.match.end);
  m.canonical += c.RoleConstant("suffix");
  return m;
}

std::optional<Relation> BuildRelation(const BuildContext& c) {
  Relation r;
  r.rule = c.rule.id;
  r.name = c.rule.emit.kind.substr(c.rule.emit.kind.find(':') + 1);
  for (const EmitRole& role : c.rule.emit.roles) {
    const Capture* capture = c.RoleCapture(role.role);
    if (capture != nullptr)
      r.roles.push_back({role.role, c.Folded(*capture), c.RoleText(role.role)});
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

}  // namespace

bool Propose(const BuildContext& c, bool conflict_on_trigger, Proposal& p) {
  p.rule = c.match.variant->rule;
  p.matched = c.view.ToFolded(c.match.begin, c.match.end);
  const Capture* span = c.RoleCapture("span");
  p.span = span != nullptr ? c.Folded(*span) : p.matched;
  const std::string& kind = c.rule.emit.kind;
  p.symbol = c.types.OfKind(kind);
  bool good = true;
  if (kind == "number") {
    good = Set(BuildNumber(c), p.payload);
  } else if (IsTimeKind(kind)) {
    good = Set(BuildTime(c), p.payload);
    p.symbol = kind == "date" ? c.types.date : kind == "set" ? c.types.set : c.types.duration;
  } else if (kind == "claim") {
    std::optional<Claim> claim = BuildClaim(c);
    good = claim.has_value();
    if (good) p.span = claim->span;
    Set(std::move(claim), p.payload);
  } else if (kind.rfind("relation:", 0) == 0) {
    good = Set(BuildRelation(c), p.payload);
  } else if (kind != "skip" && c.types.IsMention(p.symbol)) {
    good = Set(BuildMention(c), p.payload);
  } else if (kind != "skip") {
    good = Set(BuildFigure(c), p.payload);
    p.symbol = c.types.figure;
  }
  if (!good || p.span.empty()) return false;
  p.domain =
      conflict_on_trigger ? c.view.ToFolded(c.match.trigger_begin, c.match.trigger_end) : p.span;
  p.match = &c.match;
  return true;
}

}  // namespace kaoju
