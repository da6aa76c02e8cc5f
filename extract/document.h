// Document: one article on its way through the layers. All spans are bytes of Article::folded here;
// finish.cc turns them into bytes of Article::text at the end.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "extract/article.h"
#include "extract/facts.h"
#include "extract/letter_text.h"
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
  TypeId number, date, duration, set, figure, opaque, modal, negation, source_end;
  TypeId person, org, product, place, media, event, work, other;
  bool IsMention(TypeId t) const { return t < kMaxTypes && mentions_.test(t); }
  bool IsTime(TypeId t) const { return t < kMaxTypes && times_.test(t); }
  // A class of lexicon words.
  bool IsLexicon(TypeId t) const {
    return t != number && !IsTime(t) && !IsMention(t) && t != figure && t != opaque;
  }

 private:
  TypeSet mentions_;
  TypeSet times_;
};

// A stretch of one of the document's lists.
struct Stretch {
  uint32_t begin = 0;
  uint32_t end = 0;

  template <typename T>
  std::span<const T> Of(const std::vector<T>& all) const {
    return std::span<const T>(all).subspan(begin, end - begin);
  }
};

struct Sentence {
  Span span;
  Stretch hits;                 // of Document::hits
  Stretch literals;             // of Document::literals
  Stretch numerals;             // of Document::numerals
  Stretch musts;                // of Document::musts
  TypeSet types;                // of the words, numerals and facts
  uint64_t literal_layers = 0;  // bit n: a literal stands here that triggers a rule of layer n
  // Winners so far, sorted, not overlapping: the later layer covers the earlier.
  std::vector<Token> facts;
};

// 过去三个月, as it was read: it waits for the days of its sentence.
struct WaitingWindow {
  uint32_t time = 0;  // index into Document::times
  TimeParts parts;
};

struct Document {
  explicit Document(const Article& a) : article(a) {}

  const Article& article;
  LetterText letters;  // of article.folded
  std::shared_ptr<TextPool> texts = std::make_shared<TextPool>();
  std::vector<Sentence> sentences;
  std::vector<LexiconHit> hits;
  std::vector<LiteralHit> literals;
  std::vector<LexiconHit> musts;  // words that no rule may overrule, as Law finds them; apart
  std::vector<Token> numerals;    // as the numeral reader finds them
  std::vector<NumberValue> numbers;
  std::vector<TimeExpr> times;
  std::vector<Mention> mentions;
  std::vector<Figure> figures;
  std::vector<Claim> claims;
  std::vector<Relation> relations;
  std::vector<WaitingWindow> windows;  // those that look back, 两天后 of a story
  std::vector<char> time_covered;      // by a longer time
  std::vector<char> mention_covered;   // by a longer name
  std::vector<uint32_t> surnames;      // mentions that may be of whoever was named in full before
  std::vector<uint32_t> countries;     // those of a country by a character that several have
  std::vector<Candidate> trace;
  std::vector<LayerView> views;  // of the trace, too
  std::vector<Span> nothings;    // what rules said is nothing, iff asked for
};

// A claim before it is settled who speaks.
struct ClaimParts {
  Claim claim;
  std::string_view pronoun;  // 他, 该公司 or a dropped subject: person, org or any; empty: named
  bool goes_on = false;      // its subject stands before another claim of the sentence, if any does
  bool turn = false;         // its cue begins a speaker's turn: 指出, not 希望
};

// What a match would become. monostate: the rule says that this is nothing (skip).
using Payload =
    std::variant<std::monostate, NumberValue, TimeParts, Mention, Figure, ClaimParts, Relation>;

struct Proposal {
  uint32_t rule = 0;
  Span span;    // of the fact
  Span domain;  // what it competes for
  TypeId symbol = KnownTypes::kNoType;
  Payload payload;
  uint32_t match = 0;  // index into the layer's matches in the sentence
  Span matched;        // with its context
};

}  // namespace kaoju
