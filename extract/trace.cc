#include "extract/trace.h"

#include "extract/notation.h"

namespace kaoju {
namespace {

std::string Emitted(const Payload& payload, Span span, std::string_view folded) {
  if (const auto* m = std::get_if<Mention>(&payload)) {
    Mention copy = *m;
    copy.span = span;
    return Write(copy, folded).ToString();
  }
  if (const auto* f = std::get_if<Figure>(&payload)) {
    Figure copy = *f;
    copy.span = span;
    return Write(copy, folded).ToString();
  }
  if (const auto* c = std::get_if<ClaimParts>(&payload)) return Write(c->claim, folded).ToString();
  if (const auto* n = std::get_if<NumberValue>(&payload))
    return "number(" + n->low.ToString() + (n->low != n->high ? ".." + n->high.ToString() : "") +
           ")";
  return {};
}

std::vector<Captured> Captures(const Rule& rule, const RuleMatch& m, const MatchList& matches,
                               const View& view, std::string_view folded) {
  std::vector<Captured> out;
  const std::vector<std::string>& names = rule.patterns[m.variant->pattern].captures;
  for (size_t slot = 0; slot < names.size(); ++slot) {
    const Capture* c = matches.Find(m, static_cast<uint8_t>(slot));
    if (c == nullptr) continue;
    const Span span = view.ToFolded(c->begin, c->end);
    out.push_back({names[slot], span, std::string(Slice(folded, span))});
  }
  return out;
}

}  // namespace

void TraceProposals(const RuleSet& rules, const CompiledLayer& layer,
                    const std::vector<Proposal>& proposals, const std::vector<size_t>& settled,
                    const MatchList& matches, const View& view, Document& doc) {
  const std::string_view folded = doc.article.folded;
  for (size_t i = 0; i < settled.size(); ++i) {
    const Proposal& p = proposals[i];
    const Rule& rule = rules.rules()[p.rule];
    const RuleMatch& match = matches.matches[p.match];
    Candidate c;
    c.folded = p.span;
    c.match = p.matched;
    c.rule = rule.id;
    c.layer = layer.name;
    c.emitted = Emitted(p.payload, p.span, folded);
    if (c.emitted.empty())
      c.emitted = rule.emit.kind + "(" + std::string(Slice(folded, p.span)) + ")";
    c.captures = Captures(rule, match, matches, view, folded);
    c.won = settled[i] == i;
    if (!c.won) c.lost_to = rules.rules()[proposals[settled[i]].rule].id;
    doc.trace.push_back(std::move(c));
    for (uint32_t shadowed : match.variant->shadowed_rules) {
      doc.trace.push_back(doc.trace.back());
      doc.trace.back().rule = rules.rules()[shadowed].id;
      doc.trace.back().won = false;
      doc.trace.back().lost_to = rule.id + ", which matches the same and comes first";
    }
  }
}

void TraceDropped(const RuleSet& rules, const CompiledLayer& layer, const RuleMatch& match,
                  const LexiconEntry* against, const MatchList& matches, const View& view,
                  Document& doc) {
  const std::string_view folded = doc.article.folded;
  const Rule& rule = rules.rules()[match.variant->rule];
  Candidate c;
  c.match = view.ToFolded(match.begin, match.end);
  c.captures = Captures(rule, match, matches, view, folded);
  c.folded = c.match;
  const EmitRole* span = rule.emit.Find("span");
  for (const Captured& part : c.captures) {
    if (span != nullptr && part.name == span->capture) c.folded = part.span;
  }
  c.rule = rule.id;
  c.layer = layer.name;
  c.emitted = rule.emit.kind + "(" + std::string(Slice(folded, c.folded)) + ")";
  c.lost_to = against == nullptr
                  ? std::string(kDropped)
                  : (against->Has("ban") ? "the ban of '" : "the must of '") + against->surface +
                        "', " + rules.lexicon().Location(*against);
  doc.trace.push_back(std::move(c));
}

void TraceView(const RuleSet& rules, const CompiledLayer& layer, const KnownTypes& types,
               Span sentence, const View& view, Document& doc) {
  LayerView& out = doc.views.emplace_back();
  out.layer = layer.name;
  out.sentence = sentence;
  for (const Token& t : view.tokens()) {
    SeenSymbol& s = out.symbols.emplace_back();
    s.span = t.span;
    s.type = rules.symbols().Name(t.type);
    if (!types.IsLexicon(t.type)) continue;
    const LexiconEntry& e = rules.lexicon().entries()[t.value];
    s.value = e.canonical;
    s.source = rules.lexicon().Location(e);
  }
}

}  // namespace kaoju
