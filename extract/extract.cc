#include "extract/extract.h"

#include <algorithm>

#include "extract/bind.h"
#include "extract/build.h"
#include "extract/conflict.h"
#include "extract/consistency.h"
#include "extract/country_readings.h"
#include "extract/document.h"
#include "extract/finish.h"
#include "extract/last_speaker.h"
#include "extract/law.h"
#include "extract/layer_tokens.h"
#include "extract/matcher.h"
#include "extract/names.h"
#include "extract/numeral.h"
#include "extract/person_shape.h"
#include "extract/sentences.h"
#include "extract/slow_matcher.h"
#include "extract/time_anchor.h"
#include "extract/time_resolve.h"
#include "extract/trace.h"
#include "extract/turns.h"
#include "extract/view.h"

namespace kaoju {

struct Extractor::State {
  State(const RuleSet& r, ExtractOptions o);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void Read(Document& doc);
  void ReadNumerals(Sentence& s, Document& doc);
  void ApplyLayer(size_t layer, Document& doc);
  void ApplyTo(size_t layer, Sentence& sentence, Document& doc, TimeResolver& resolver);
  bool MayMatch(size_t layer, const Sentence& s, const Document& doc) const;
  void ProposeAll(size_t layer, const Sentence& s, Document& doc);
  void AcceptWinners(Sentence& s, Document& doc, TimeResolver& resolver);
  void Accept(Proposal& p, Sentence& s, Document& doc, TimeResolver& resolver);
  void AcceptClaim(ClaimParts parts, const Sentence& s, Document& doc);
  void Cover(const Token& token, Sentence& s, Document& doc);

  const RuleSet& rules;
  ExtractOptions options;
  KnownTypes types;
  NumeralTable numerals;
  std::optional<CostSheet> costs;  // of this extractor, iff asked for
  Law law;
  PersonShapes shapes;
  CountryReadings countries;
  ShortForms shorts;
  ClauseWords clauses;
  MeasureWords measures;
  CheckWords checks;
  FeastMemory feasts;
  LastSpeaker last_speaker;  // of the document at hand
  std::unique_ptr<Matcher> fast;
  std::unique_ptr<SlowMatcher> slow;
  Alphabet plain;  // of the slow way
  std::vector<Letter> symbols;
  std::vector<uint64_t> visible;         // by type, as VisibleLayers makes it
  std::vector<uint64_t> literal_layers;  // by literal, bit n: it triggers a rule of layer n
  std::vector<Target> targets;           // by rule
  size_t names_after = 0;                // the last layer that finds names
  // Scratch, kept for its memory.
  View view;
  std::vector<Token> tokens;
  MatchList matches;
  std::vector<Proposal> proposals;
  std::vector<size_t> settled;
  std::vector<size_t> winners;
  std::vector<NumberToken> found_numbers;
  size_t earlier_claims = 0;  // of the sentences before the one at hand
};

Extractor::State::State(const RuleSet& r, ExtractOptions o)
    : rules(r),
      options(o),
      types(r.symbols()),
      numerals(r.lexicon(), r.symbols()),
      law(r),
      shapes(r),
      countries(r),
      shorts(r),
      clauses(r),
      measures(r),
      checks(r.lexicon(), r.symbols()) {
  if (options.slow) {
    slow = std::make_unique<SlowMatcher>(r);
  } else {
    if (options.costs != nullptr) costs.emplace(r.rules().size());
    fast = std::make_unique<Matcher>(r, costs ? &*costs : nullptr);
  }
  symbols = SymbolLetters(fast ? fast->alphabet() : plain, r.symbols().size());
  visible = VisibleLayers(r);
  for (const Rule& rule : r.rules()) targets.push_back(TargetOf(rule, types));
  literal_layers.resize(r.literals().size());
  for (size_t i = 0; i < r.layers().size(); ++i) {
    const CompiledLayer& layer = r.layers()[i];
    for (size_t k = 0; k < literal_layers.size(); ++k) {
      if (!layer.by_literal[k].empty()) literal_layers[k] |= uint64_t{1} << i;
    }
    for (const Variant& v : layer.variants) {
      if (targets[v.rule].make == Target::Make::kMention) names_after = i;
    }
  }
}

Extractor::State::~State() {
  if (costs) options.costs->Add(*costs);
}

// Sentences, and in each the words, the trigger texts and the numerals.
void Extractor::State::Read(Document& doc) {
  const std::string_view text = doc.article.folded;
  doc.letters.Decode(text, fast ? fast->alphabet() : plain, rules.lexicon());
  for (Span span : SplitSentences(text)) {
    Sentence& s = doc.sentences.emplace_back();
    s.span = span;
    s.hits.begin = static_cast<uint32_t>(doc.hits.size());
    s.literals.begin = static_cast<uint32_t>(doc.literals.size());
    if (options.slow) {
      rules.lexicon().ScanSlow(text, span.begin, span.end, doc.hits, doc.literals);
    } else {
      rules.lexicon().Scan(doc.letters.coded(), doc.letters.PlaceOf(span.begin),
                           doc.letters.PlaceOf(span.end), doc.hits, doc.literals);
    }
    s.hits.end = static_cast<uint32_t>(doc.hits.size());
    s.literals.end = static_cast<uint32_t>(doc.literals.size());
    law.Enforce(s, doc);
    for (const LexiconHit& h : s.hits.Of(doc.hits)) s.types.set(h.type);
    for (const LiteralHit& h : s.literals.Of(doc.literals))
      s.literal_layers |= literal_layers[h.literal];
    ReadNumerals(s, doc);
  }
}

void Extractor::State::ReadNumerals(Sentence& s, Document& doc) {
  found_numbers.clear();
  numerals.Find(doc.article.folded, s.span.begin, s.span.end, doc.article.region == "CN",
                found_numbers);
  s.numerals.begin = static_cast<uint32_t>(doc.numerals.size());
  for (const NumberToken& n : found_numbers) {
    doc.numerals.push_back({types.number, n.span, static_cast<uint32_t>(doc.numbers.size())});
    doc.numbers.push_back(n.value);
  }
  s.numerals.end = static_cast<uint32_t>(doc.numerals.size());
  if (!found_numbers.empty()) s.types.set(types.number);
}

// False: no trigger of the layer stands in the sentence together with what its rules cannot do
// without.
bool Extractor::State::MayMatch(size_t layer, const Sentence& s, const Document& doc) const {
  const CompiledLayer& compiled = rules.layers()[layer];
  const auto fits = [&](const std::vector<uint32_t>& variants) {
    return std::any_of(variants.begin(), variants.end(),
                       [&](uint32_t v) { return HasRequired(compiled.variants[v], s.types); });
  };
  const TypeSet triggers = s.types & compiled.trigger_types;
  for (size_t t = triggers._Find_first(); t < triggers.size(); t = triggers._Find_next(t)) {
    if (fits(compiled.by_type[t])) return true;
  }
  if ((s.literal_layers >> layer & 1) == 0) return false;
  const auto literals = s.literals.Of(doc.literals);
  return std::any_of(literals.begin(), literals.end(), [&](const LiteralHit& h) {
    return (literal_layers[h.literal] >> layer & 1) != 0 && fits(compiled.by_literal[h.literal]);
  });
}

void Extractor::State::ProposeAll(size_t layer, const Sentence& s, Document& doc) {
  const bool on_trigger = rules.layers()[layer].conflict_on_trigger;
  proposals.clear();
  for (size_t i = 0; i < matches.matches.size(); ++i) {
    const RuleMatch& m = matches.matches[i];
    const uint32_t rule = m.variant->rule;
    const BuildContext context{rules, types, doc, view, rules.rules()[rule], matches, m};
    Proposal& p = proposals.emplace_back();
    p.match = static_cast<uint32_t>(i);
    const auto started = costs ? CostSheet::Clock::now() : CostSheet::Clock::time_point{};
    const bool made = Propose(context, targets[rule], on_trigger, p);
    if (costs) costs->Charge(rule, started);
    const LexiconEntry* against = nullptr;
    if (made) {
      if (law.Speaks(s)) against = law.Against(p, s, doc);
      if (against == nullptr) continue;
    }
    proposals.pop_back();
    if (options.trace) TraceDropped(rules, rules.layers()[layer], m, against, matches, view, doc);
  }
}

void Extractor::State::AcceptWinners(Sentence& s, Document& doc, TimeResolver& resolver) {
  winners.clear();
  for (size_t i = 0; i < settled.size(); ++i) {
    if (settled[i] == i) winners.push_back(i);
  }
  std::sort(winners.begin(), winners.end(), [&](size_t a, size_t b) {
    return proposals[a].domain.begin < proposals[b].domain.begin;
  });
  for (size_t i : winners) Accept(proposals[i], s, doc, resolver);
}

void Extractor::State::ApplyTo(size_t layer, Sentence& sentence, Document& doc,
                               TimeResolver& resolver) {
  if (fast && !options.trace && !MayMatch(layer, sentence, doc)) return;
  LayerTokens(doc, sentence, layer, visible, types, tokens);
  view.Build(doc.letters, symbols, sentence.span, tokens);
  if (options.trace) TraceView(rules, rules.layers()[layer], types, sentence.span, view, doc);
  matches.clear();
  if (fast) {
    fast->Match(layer, view, sentence.literals.Of(doc.literals), matches);
  } else {
    slow->Match(layer, view, matches);
  }
  if (matches.matches.empty()) return;
  earlier_claims = doc.claims.size();
  ProposeAll(layer, sentence, doc);
  SettleConflicts(proposals, rules, settled);
  if (options.trace)
    TraceProposals(rules, rules.layers()[layer], proposals, settled, matches, view, doc);
  AcceptWinners(sentence, doc, resolver);
}

void Extractor::State::ApplyLayer(size_t layer, Document& doc) {
  TimeResolver resolver(doc.article.day, doc.article.minute, *doc.texts, feasts);
  for (Sentence& s : doc.sentences) {
    resolver.BeginSentence();
    if (s.span.begin > 0 && doc.article.folded[s.span.begin - 1] == '\n') resolver.BeginLine();
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
      doc.mention_covered[last->value] = 1;
    if (types.IsTime(last->type) && types.IsTime(token.type)) doc.time_covered[last->value] = 1;
  }
  s.types.set(token.type);
  if (last == first + 1) {
    *first = token;
  } else {
    s.facts.insert(s.facts.erase(first, last), token);
  }
}

void Extractor::State::Accept(Proposal& p, Sentence& s, Document& doc, TimeResolver& resolver) {
  Token token{p.symbol, p.span, 0};
  if (costs) ++costs->of(p.rule).won;
  if (const auto* number = std::get_if<NumberValue>(&p.payload)) {
    token.value = static_cast<uint32_t>(doc.numbers.size());
    doc.numbers.push_back(*number);
  } else if (const auto* parts = std::get_if<TimeParts>(&p.payload)) {
    token.value = static_cast<uint32_t>(doc.times.size());
    TimeExpr time = resolver.Resolve(*parts, doc.times);
    time.span = p.span;
    time.rule = rules.rules()[p.rule].id;
    doc.times.push_back(time);
    doc.time_covered.push_back(0);
    const bool waits = parts->kind == TimeParts::Kind::kOffset && parts->said && parts->same;
    if ((parts->kind == TimeParts::Kind::kWindow && parts->direction < 0) || waits)
      doc.windows.push_back({token.value, *parts});
  } else if (auto* mention = std::get_if<Mention>(&p.payload)) {
    token.value = static_cast<uint32_t>(doc.mentions.size());
    mention->span = p.span;
    if (const EmitRole* same = rules.rules()[p.rule].emit.Find("same"))
      (same->constant == "country" ? doc.countries : doc.surnames).push_back(token.value);
    doc.mentions.push_back(*mention);
    doc.mention_covered.push_back(0);
  } else if (auto* figure = std::get_if<Figure>(&p.payload)) {
    token.value = static_cast<uint32_t>(doc.figures.size());
    figure->span = p.span;
    doc.figures.push_back(*figure);
  } else if (const auto* claim = std::get_if<ClaimParts>(&p.payload)) {
    AcceptClaim(*claim, s, doc);
    return;
  } else if (auto* relation = std::get_if<Relation>(&p.payload)) {
    relation->span = p.span;
    doc.relations.push_back(std::move(*relation));
    return;
  } else {
    if (options.nothings) doc.nothings.push_back(p.span);
    return;
  }
  if (token.type != KnownTypes::kNoType) Cover(token, s, doc);
}

void Extractor::State::AcceptClaim(ClaimParts parts, const Sentence& s, Document& doc) {
  const auto before = std::span(doc.claims).subspan(earlier_claims);
  if (parts.goes_on && !before.empty() && !before.back().source.empty()) {
    if (before.back().cue_kind == "reported") {
      GoOnInside(before.back(), s, doc, types, parts.claim);
    } else {
      GoOn(before.back(), parts.claim);
    }
  } else if (!parts.pronoun.empty()) {
    last_speaker.Resolve(parts.pronoun, doc, parts.claim);
  }
  EndContents(parts, doc.article.folded, before);
  last_speaker.Remember(parts.claim);
  doc.claims.push_back(parts.claim);
}

Extractor::Extractor(const RuleSet& rules, ExtractOptions options)
    : state_(std::make_unique<State>(rules, options)) {}
Extractor::~Extractor() = default;

Extraction Extractor::Extract(const Article& article) {
  const auto started = state_->costs ? CostSheet::Clock::now() : CostSheet::Clock::time_point{};
  Document doc(article);
  state_->last_speaker = {};
  state_->Read(doc);
  for (size_t layer = 0; layer < state_->rules.layers().size(); ++layer) {
    // The last layer of names goes on from all that was found, as in lists.
    if (layer == state_->names_after) state_->shapes.Find(doc, state_->types, state_->law);
    state_->ApplyLayer(layer, doc);
    if (layer != state_->names_after) continue;
    NameSurnames(doc);
    state_->countries.Resolve(doc);
    RepeatNames(doc, state_->types, state_->law, state_->shorts);
  }
  AnchorWindows(doc, state_->types,
                TimeResolver(article.day, article.minute, *doc.texts, state_->feasts));
  Bind(doc, state_->clauses, state_->measures, state_->types);
  JudgeChecks(doc, state_->checks);
  Extraction x = Finish(std::move(doc));
  if (state_->costs) {
    state_->costs->AddTime(started);
    state_->costs->CountFacts(x, state_->rules);
  }
  return x;
}

}  // namespace kaoju
