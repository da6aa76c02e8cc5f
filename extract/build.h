// Builders: from a rule's match to what it says. Each reads the roles that the rule emits; README
// of rules/ lists them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/document.h"
#include "extract/match.h"
#include "extract/view.h"

namespace kaoju {

// What builders may look at. Texts that they make are kept with the document.
struct BuildContext {
  const RuleSet& rules;
  const KnownTypes& types;
  const Document& document;
  const View& view;
  const Rule& rule;
  const MatchList& matches;
  const RuleMatch& match;

  // The role's capture, or nullptr: not emitted, or not matched.
  const Capture* RoleCapture(RoleId role) const {
    const uint8_t slot = match.variant->captures[static_cast<size_t>(role)];
    return slot == kNoCapture ? nullptr : matches.Find(match, slot);
  }
  // The role's constant, "" when it is none.
  std::string_view RoleConstant(RoleId role) const {
    return match.variant->constants[static_cast<size_t>(role)];
  }
  // The one symbol that the role captured, or nullptr.
  const Token* RoleToken(RoleId role) const;
  // The lexicon entry behind the role's symbol, or nullptr.
  const LexiconEntry* RoleEntry(RoleId role) const;
  // The constant, else the canonical form of the entry, else the folded text; "" when absent.
  std::string_view RoleText(RoleId role) const;
  // The numeral behind the role's symbol, or nullptr.
  const NumberValue* RoleNumber(RoleId role) const;
  Span Folded(const Capture& c) const { return view.ToFolded(c.begin, c.end); }
  // The folded text of a stretch of the view, with names and lexicon words in their canonical form.
  std::string_view Canonical(size_t begin, size_t end) const;
  std::string_view Keep(std::string_view text) const { return document.texts->Keep(text); }
};

// nullopt iff the roles make no sense together (month 13): the match is dropped.
std::optional<NumberValue> BuildNumber(const BuildContext& c);
std::optional<TimeParts> BuildTime(const BuildContext& c);
std::optional<Mention> BuildMention(const BuildContext& c);
std::optional<Figure> BuildFigure(const BuildContext& c);
std::optional<ClaimParts> BuildClaim(const BuildContext& c);
std::optional<Relation> BuildRelation(const BuildContext& c);

// What the facts of a rule are, read off its emit once.
struct Target {
  enum class Make : uint8_t { kNothing, kNumber, kTime, kClaim, kRelation, kMention, kFigure };
  Make make = Make::kNothing;
  TypeId symbol = KnownTypes::kNoType;  // that a fact stands as
};
Target TargetOf(const Rule& rule, const KnownTypes& types);

// Makes the proposal of one match; false: there is none.
bool Propose(const BuildContext& c, Target target, bool conflict_on_trigger, Proposal& out);

}  // namespace kaoju
