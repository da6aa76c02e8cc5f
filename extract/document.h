// Document: one article on its way through the layers. All spans are bytes of Article::folded here;
// extract.cc turns them into bytes of Article::text at the end.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "extract/article.h"
#include "extract/facts.h"
#include "extract/matcher.h"
#include "extract/token.h"
#include "rules/rule_set.h"

namespace kaoju {

// The symbol types that C++ itself makes or asks for.
struct KnownTypes {
  explicit KnownTypes(const SymbolTable& symbols);
  // The type of the symbol that a fact of this kind stands as; kNoType when none does, or no rule
  // names it.
  TypeId OfKind(std::string_view kind) const;

  static constexpr TypeId kNoType = 0xFFFF;
  TypeId number, date, duration, set, figure, opaque;
  TypeId person, org, product, place, media, event, work, other;
  bool IsMention(TypeId t) const;
  bool IsTime(TypeId t) const { return t == date || t == duration || t == set; }
};

struct Sentence {
  Span span;
  std::vector<LexiconHit> hits;
  std::vector<Token> numbers;  // as the numeral reader finds them
  TypeSet types;               // of all of these
  std::vector<Token>
      facts;  // winners so far, sorted, not overlapping: the later layer covers the earlier
};

struct Document {
  const Article& article;
  std::vector<Sentence> sentences;
  std::vector<NumberValue> numbers;
  std::vector<TimeExpr> times;
  std::vector<Mention> mentions;
  std::vector<Figure> figures;
  std::vector<Claim> claims;
  std::vector<Relation> relations;
  std::vector<bool> time_covered;     // by a longer time
  std::vector<bool> mention_covered;  // by a longer name
  std::vector<Candidate> trace;
};

// What a match would become. monostate: the rule says that this is nothing (skip).
using Payload =
    std::variant<std::monostate, NumberValue, TimeParts, Mention, Figure, Claim, Relation>;

struct Proposal {
  uint32_t rule = 0;
  Span span;    // of the fact
  Span domain;  // what it competes for
  TypeId symbol = KnownTypes::kNoType;
  Payload payload;
  const RuleMatch* match = nullptr;  // lives as long as the layer works on the sentence
  Span matched;                      // with its context
};

}  // namespace kaoju
