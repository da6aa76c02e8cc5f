// The facts: what extract says of an article. Plain data; spans are bytes of Article::text unless
// said otherwise. Texts are views into the rule set, which must outlive the facts, or into
// Extraction::texts.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/decimal.h"
#include "extract/span.h"
#include "extract/text_pool.h"

namespace kaoju {

struct Mention {
  Span span;
  std::string_view type;       // person, org, product, place, media, event, work, other
  std::string_view canonical;  // simplified Chinese
  std::string_view rule;
  bool operator==(const Mention&) const = default;
};

// A TIMEX3-like expression (TimeML, ISO 24617-1).
struct TimeExpr {
  Span span;
  std::string_view type;   // DATE, TIME, DURATION, SET
  std::string_view value;  // "2024-11", "2024-12-27T16:30", "2024-01/2024-11", "P3M",
                           // "PRESENT_REF"; empty: cannot be resolved
  std::string_view mod;    // START, MID, END, MORE_THAN, LESS_THAN, APPROX, BEFORE, AFTER or empty
  std::string_view rule;
  bool operator==(const TimeExpr&) const = default;
};

struct Comparison {
  std::string_view kind;       // yoy, mom, versus, from_to, multiple, share
  std::string_view direction;  // up, down or empty
  std::string_view baseline;   // words or a time value; may be empty
  bool operator==(const Comparison&) const = default;
};

struct Figure {
  Span span;
  std::string_view kind;  // money, count, percent, percentage_point, ratio, rank, rate, score,
                          // duration, ordinal, temperature, number, other
  Decimal low;
  Decimal high;  // == low unless it is a range; REQUIRES low <= high
  std::string_view
      unit;  // ISO 4217 for money, "%", else the measure word in simplified Chinese; may be empty
  std::string_view qualifier;  // exact, approx, at_least, more_than, less_than, at_most, range
  std::string_view metric;
  std::string_view subject;
  std::string_view period;
  std::string_view period_mod;
  std::optional<Comparison> comparison;
  std::string_view attribution;
  std::string_view modality;  // fact, forecast, hedged
  std::string_view rule;
  bool operator==(const Figure&) const = default;
};

struct Claim {
  Span span;
  std::string_view source;       // canonical; empty iff the article names none
  std::string_view source_kind;  // person, org, media, anonymous, author
  std::optional<Span> source_span;
  std::string_view cue;       // simplified Chinese
  std::string_view cue_kind;  // said, reported, forecast, data_shows, denied
  Span cue_span;
  Span content;
  bool direct_quote = false;
  bool negated = false;
  bool nested = false;
  std::optional<size_t>
      parent;  // index into Extraction::claims of the claim whose content holds this one's cue
  std::string_view modality;  // fact, forecast, hedged
  std::string_view rule;
  bool operator==(const Claim&) const = default;
};

struct Role {
  std::string_view name;
  Span span;
  std::string_view value;
  bool operator==(const Role&) const = default;
};

struct Relation {
  Span span;
  std::string_view name;
  std::vector<Role> roles;
  std::string_view rule;
  bool operator==(const Relation&) const = default;
};

// What a rule captured under a name.
struct Captured {
  std::string name;
  Span span;  // of Article::folded
  std::string value;
};

// Candidate::lost_to where the rule's builder took nothing: month 13, a name longer than its limit.
inline constexpr std::string_view kDropped = "its parts make no sense together";

// A candidate that a rule proposed. Winners became facts; losers say what they lost against.
struct Candidate {
  Span span;    // of Article::text
  Span folded;  // the same in Article::folded
  Span match;   // all that the rule matched, context included, in Article::folded
  std::string rule;
  std::string layer;
  std::string emitted;  // in the notation of DESIGN.md: money(10亿元, at_least 1000000000 CNY)
  std::vector<Captured> captures;
  bool won = false;
  std::string lost_to;  // rule id of the winner, or a reason; empty iff won
};

// One symbol of a layer's view.
struct SeenSymbol {
  Span span;           // of Article::folded
  std::string type;    // CUE, PERSON, NUMBER …
  std::string value;   // the canonical form of a word; may be empty
  std::string source;  // of a word: file and line of its entry
};

// What a layer saw of one sentence.
struct LayerView {
  std::string layer;
  Span sentence;  // of Article::folded
  std::vector<SeenSymbol> symbols;
};

// All that was found in one article; it is the trace, too.
struct Extraction {
  std::shared_ptr<const TextPool> texts;
  std::vector<Span> sentences;  // of Article::folded
  std::vector<Mention> mentions;
  std::vector<TimeExpr> times;
  std::vector<Figure> figures;
  std::vector<Claim> claims;
  std::vector<Relation> relations;
  std::vector<Candidate> candidates;  // filled iff a trace was asked for
  std::vector<LayerView> views;       // the same: layer by layer, in each all sentences
  std::vector<Span> nothings;         // what rules said is no fact (emit skip), iff asked for

  size_t facts() const {
    return mentions.size() + times.size() + figures.size() + claims.size() + relations.size();
  }
};

}  // namespace kaoju
