#include "extract/extract.h"

#include <algorithm>
#include <tuple>

#include "extract/bind.h"
#include "extract/build.h"
#include "extract/conflict.h"
#include "extract/document.h"
#include "extract/names.h"
#include "extract/notation.h"
#include "extract/numeral.h"
#include "extract/sentences.h"
#include "extract/time_resolve.h"
#include "extract/view.h"

namespace kaoju {

struct Extractor::State {
  State(const RuleSet& r, ExtractOptions o)
      : rules(r), options(o), types(r.symbols()), numerals(r.lexicon(), r.symbols()) {
    if (options.slow) {
      slow = std::make_unique<SlowMatcher>(r);
    } else {
      fast = std::make_unique<Matcher>(r);
    }
    for (size_t i = 0; i < rules.layers().size(); ++i) {
      for (const Variant& v : rules.layers()[i].variants) {
        if (types.IsMention(types.OfKind(rules.rules()[v.rule].emit.kind))) names_after = i;
      }
    }
  }

  void Read(Document& doc);
  void ApplyLayer(size_t layer, Document& doc);
  void ApplyTo(size_t layer, Sentence& sentence, Document& doc, TimeResolver& resolver);
  void BaseTokens(const CompiledLayer& layer, const Sentence& s, std::string_view folded);
  void Accept(Proposal& p, Sentence& s, Document& doc, TimeResolver& resolver);
  void AcceptClaim(Claim claim, Document& doc);
  void Cover(const Token& token, Sentence& s, Document& doc);
  void Trace(size_t layer, const std::vector<size_t>& settled, Document& doc);

  const RuleSet& rules;
  ExtractOptions options;
  KnownTypes types;
  NumeralTable numerals;
  std::unique_ptr<Matcher> fast;
  std::unique_ptr<SlowMatcher> slow;
  size_t names_after = 0;  // the last layer that finds names
  // Scratch, kept for its memory.
  View view;
  std::vector<Token> tokens;
  std::vector<RuleMatch> matches;
  std::vector<Proposal> proposals;
  std::vector<NumberToken> found_numbers;
};

// Sentences, and in each the words and numerals.
void Extractor::State::Read(Document& doc) {
  const std::string_view text = doc.article.folded;
  for (Span span : SplitSentences(text)) {
    Sentence s;
    s.span = span;
    s.hits.reserve(span.size() / 6);
    if (options.slow) {
      rules.lexicon().ScanSlow(text, span.begin, span.end, s.hits);
    } else {
      rules.lexicon().Scan(text, span.begin, span.end, s.hits);
    }
    found_numbers.clear();
    numerals.Find(text, span.begin, span.end, found_numbers);
    for (NumberToken& n : found_numbers) {
      s.numbers.push_back({types.number, n.span, static_cast<uint32_t>(doc.numbers.size())});
      doc.numbers.push_back(std::move(n.value));
    }
    if (!s.numbers.empty()) s.types.set(types.number);
    for (const LexiconHit& h : s.hits) {
      for (uint32_t e = h.first; e < h.first + h.count; ++e) s.types.set(rules.lexicon().TypeOf(e));
    }
    doc.sentences.push_back(std::move(s));
  }
}

// What this layer sees as symbols: the facts, and where there is none the leftmost longest of the
// words and numerals that its rules name.
void Extractor::State::BaseTokens(const CompiledLayer& layer, const Sentence& s,
                                  std::string_view folded) {
  tokens.clear();
  const Lexicon& lexicon = rules.lexicon();
  const bool see_numbers = types.number != KnownTypes::kNoType && layer.visible[types.number];
  size_t hit = 0;
  size_t number = 0;
  uint32_t at = s.span.begin;
  const auto fill = [&](uint32_t end) {
    while (at < end) {
      while (number < s.numbers.size() && s.numbers[number].span.begin < at) ++number;
      const Token* n = see_numbers && number < s.numbers.size() && s.numbers[number].span.end <= end
                           ? &s.numbers[number]
                           : nullptr;
      bool found = false;
      Token word;
      for (; hit < s.hits.size() && !found && s.hits[hit].begin < end; ++hit) {
        const LexiconHit& h = s.hits[hit];
        if (h.begin < at || h.end > end) continue;
        if (n != nullptr && n->span.begin < h.begin) break;
        for (uint32_t e = h.first; e < h.first + h.count && !found; ++e) {
          const TypeId type = lexicon.TypeOf(e);
          if (!layer.visible[type] ||
              (lexicon.Guarded(e) && !lexicon.entries()[e].MayStand(folded, h.begin, h.end)))
            continue;
          found = true;
          word = {type, {h.begin, h.end}, e};
        }
      }
      if (found && (n == nullptr || word.span.begin < n->span.begin ||
                    (word.span.begin == n->span.begin && word.span.size() >= n->span.size()))) {
        tokens.push_back(word);
        at = word.span.end;
      } else if (n != nullptr) {
        tokens.push_back(*n);
        at = n->span.end;
      } else {
        break;
      }
    }
  };
  for (const Token& fact : s.facts) {
    fill(fact.span.begin);
    tokens.push_back(fact);
    at = fact.span.end;
  }
  fill(s.span.end);
}

void Extractor::State::ApplyTo(size_t index, Sentence& sentence, Document& doc,
                               TimeResolver& resolver) {
  const CompiledLayer& layer = rules.layers()[index];
  if (!slow && !MayMatch(layer, sentence.types)) return;
  BaseTokens(layer, sentence, doc.article.folded);
  view.Build(doc.article.folded, sentence.span, tokens);
  matches.clear();
  if (slow) {
    slow->Match(index, view, matches);
  } else {
    fast->Match(index, view, matches);
  }
  if (matches.empty()) return;
  proposals.clear();
  for (const RuleMatch& m : matches) {
    const BuildContext context{rules, types, doc, view, rules.rules()[m.variant->rule], m};
    proposals.emplace_back();
    if (!Propose(context, layer.conflict_on_trigger, proposals.back())) proposals.pop_back();
  }
  const std::vector<size_t> settled = SettleConflicts(proposals, rules);
  std::vector<size_t> winners;
  for (size_t i = 0; i < settled.size(); ++i) {
    if (settled[i] == i) winners.push_back(i);
  }
  std::sort(winners.begin(), winners.end(), [&](size_t a, size_t b) {
    return proposals[a].domain.begin < proposals[b].domain.begin;
  });
  if (options.trace) Trace(index, settled, doc);
  for (size_t i : winners) Accept(proposals[i], sentence, doc, resolver);
}

void Extractor::State::ApplyLayer(size_t layer, Document& doc) {
  TimeResolver resolver(doc.article.day);
  for (Sentence& s : doc.sentences) {
    resolver.BeginSentence();
    ApplyTo(layer, s, doc, resolver);
  }
}

// Puts the token among the sentence's facts in place of those that it covers.
void Extractor::State::Cover(const Token& token, Sentence& s, Document& doc) {
  const auto first = std::find_if(s.facts.begin(), s.facts.end(),
                                  [&](const Token& t) { return t.span.end > token.span.begin; });
  auto last = first;
  for (; last != s.facts.end() && last->span.begin < token.span.end; ++last) {
    if (types.IsMention(last->type) && types.IsMention(token.type))
      doc.mention_covered[last->value] = true;
    if (types.IsTime(last->type) && types.IsTime(token.type)) doc.time_covered[last->value] = true;
  }
  s.types.set(token.type);
  s.facts.insert(s.facts.erase(first, last), token);
}

namespace {

// Nobody has spoken yet: the last person named before.
void LastPerson(const Document& doc, Claim& claim) {
  uint32_t place = 0;
  for (const Mention& m : doc.mentions) {
    if (m.type != "person" || m.span.begin >= claim.span.begin || m.span.begin < place) continue;
    place = m.span.begin;
    claim.source = m.canonical;
    claim.source_kind = "person";
  }
}

}  // namespace

// Who 他, 该公司 or a dropped subject is: the last speaker of that kind.
void Extractor::State::AcceptClaim(Claim claim, Document& doc) {
  static constexpr std::string_view kPronoun = "pronoun:";
  if (claim.source_kind.compare(0, kPronoun.size(), kPronoun) == 0) {
    const std::string wanted = claim.source_kind.substr(kPronoun.size());
    claim.source.clear();
    claim.source_kind = "anonymous";
    for (auto it = doc.claims.rbegin(); it != doc.claims.rend(); ++it) {
      const bool fits = wanted == "any" ? it->source_kind != "author" : it->source_kind == wanted;
      if (!fits || it->source.empty()) continue;
      claim.source = it->source;
      claim.source_kind = it->source_kind;
      break;
    }
    if (claim.source.empty() && wanted != "org") LastPerson(doc, claim);
  }
  doc.claims.push_back(std::move(claim));
}

void Extractor::State::Accept(Proposal& p, Sentence& s, Document& doc, TimeResolver& resolver) {
  Token token{p.symbol, p.span, 0};
  const std::string& id = rules.rules()[p.rule].id;
  if (auto* number = std::get_if<NumberValue>(&p.payload)) {
    token.value = static_cast<uint32_t>(doc.numbers.size());
    doc.numbers.push_back(std::move(*number));
  } else if (auto* parts = std::get_if<TimeParts>(&p.payload)) {
    token.value = static_cast<uint32_t>(doc.times.size());
    TimeExpr time = resolver.Resolve(*parts, doc.times);
    time.span = p.span;
    time.rule = id;
    doc.times.push_back(std::move(time));
    doc.time_covered.push_back(false);
  } else if (auto* mention = std::get_if<Mention>(&p.payload)) {
    token.value = static_cast<uint32_t>(doc.mentions.size());
    mention->span = p.span;
    doc.mentions.push_back(std::move(*mention));
    doc.mention_covered.push_back(false);
  } else if (auto* figure = std::get_if<Figure>(&p.payload)) {
    token.value = static_cast<uint32_t>(doc.figures.size());
    figure->span = p.span;
    doc.figures.push_back(std::move(*figure));
  } else if (auto* claim = std::get_if<Claim>(&p.payload)) {
    AcceptClaim(std::move(*claim), doc);
    return;
  } else if (auto* relation = std::get_if<Relation>(&p.payload)) {
    relation->span = p.span;
    doc.relations.push_back(std::move(*relation));
    return;
  } else {
    return;
  }
  if (token.type != KnownTypes::kNoType) Cover(token, s, doc);
}

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
  if (const auto* c = std::get_if<Claim>(&payload)) return Write(*c, folded).ToString();
  if (const auto* n = std::get_if<NumberValue>(&payload))
    return "number(" + n->low.ToString() + (n->low != n->high ? ".." + n->high.ToString() : "") +
           ")";
  return {};
}

}  // namespace

void Extractor::State::Trace(size_t layer, const std::vector<size_t>& settled, Document& doc) {
  for (size_t i = 0; i < settled.size(); ++i) {
    const Proposal& p = proposals[i];
    Candidate c;
    c.folded = p.span;
    c.match = p.matched;
    c.rule = rules.rules()[p.rule].id;
    c.layer = rules.layers()[layer].name;
    c.emitted = Emitted(p.payload, p.span, doc.article.folded);
    if (c.emitted.empty())
      c.emitted = rules.rules()[p.rule].emit.kind + "(" +
                  std::string(Slice(doc.article.folded, p.span)) + ")";
    for (const Capture& capture : p.match->captures) {
      const Span folded = view.ToFolded(capture.begin, capture.end);
      c.captures.push_back(
          {std::string(capture.name), folded, std::string(Slice(doc.article.folded, folded))});
    }
    c.won = settled[i] == i;
    if (!c.won) c.lost_to = rules.rules()[proposals[settled[i]].rule].id;
    doc.trace.push_back(std::move(c));
    for (uint32_t shadowed : p.match->variant->shadowed_rules) {
      doc.trace.push_back(doc.trace.back());
      doc.trace.back().rule = rules.rules()[shadowed].id;
      doc.trace.back().won = false;
      doc.trace.back().lost_to =
          rules.rules()[p.rule].id + ", which matches the same and comes first";
    }
  }
}

namespace {

template <typename Fact>
bool Before(const Fact& a, const Fact& b) {
  return std::tie(a.span.begin, a.span.end, a.rule) < std::tie(b.span.begin, b.span.end, b.rule);
}

template <typename Fact>
void SortFacts(std::vector<Fact>& facts) {
  if (!std::is_sorted(facts.begin(), facts.end(), Before<Fact>))
    std::stable_sort(facts.begin(), facts.end(), Before<Fact>);
}

template <typename Fact>
std::vector<Fact> Uncovered(std::vector<Fact> facts, const std::vector<bool>& covered) {
  size_t kept = 0;
  for (size_t i = 0; i < facts.size(); ++i) {
    if (covered[i]) continue;
    if (kept != i) facts[kept] = std::move(facts[i]);
    ++kept;
  }
  facts.resize(kept);
  return facts;
}

// Claims keep their parents through sorting.
void SortClaims(std::vector<Claim>& claims) {
  if (std::is_sorted(claims.begin(), claims.end(), Before<Claim>)) return;
  std::vector<size_t> order(claims.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::tie(claims[a].span.begin, claims[a].span.end, claims[a].rule) <
           std::tie(claims[b].span.begin, claims[b].span.end, claims[b].rule);
  });
  std::vector<size_t> place(order.size());
  for (size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<Claim> sorted;
  for (size_t i : order) sorted.push_back(std::move(claims[i]));
  for (Claim& c : sorted) {
    if (c.parent) c.parent = place[*c.parent];
  }
  claims = std::move(sorted);
}

// From the folded view back to the text that the editor sees.
Extraction Finish(Document doc) {
  const Alignment& alignment = doc.article.alignment;
  const auto back = [&](Span& span) { span = alignment.ToSource(span); };
  Extraction x;
  x.mentions = Uncovered(std::move(doc.mentions), doc.mention_covered);
  x.times = Uncovered(std::move(doc.times), doc.time_covered);
  x.figures = std::move(doc.figures);
  x.claims = std::move(doc.claims);
  x.relations = std::move(doc.relations);
  x.candidates = std::move(doc.trace);
  for (const Sentence& s : doc.sentences) x.sentences.push_back(s.span);
  for (Mention& m : x.mentions) back(m.span);
  for (TimeExpr& t : x.times) back(t.span);
  for (Figure& f : x.figures) back(f.span);
  for (Claim& c : x.claims) {
    back(c.span);
    back(c.cue_span);
    back(c.content);
    if (c.source_span) back(*c.source_span);
  }
  for (Relation& r : x.relations) {
    back(r.span);
    for (Role& role : r.roles) back(role.span);
  }
  for (Candidate& c : x.candidates) c.span = alignment.ToSource(c.folded);
  SortFacts(x.mentions);
  SortFacts(x.times);
  SortFacts(x.figures);
  SortFacts(x.relations);
  SortClaims(x.claims);
  return x;
}

}  // namespace

Extractor::Extractor(const RuleSet& rules, ExtractOptions options)
    : state_(std::make_unique<State>(rules, options)) {}
Extractor::~Extractor() = default;

Extraction Extractor::Extract(const Article& article) {
  Document doc{article, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  state_->Read(doc);
  for (size_t layer = 0; layer < state_->rules.layers().size(); ++layer) {
    state_->ApplyLayer(layer, doc);
    if (layer == state_->names_after) RepeatNames(doc, state_->types);
  }
  Bind(doc, state_->rules, state_->types);
  return Finish(std::move(doc));
}

}  // namespace kaoju
