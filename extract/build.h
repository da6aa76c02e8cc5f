// Builders: from a rule's match to what it says. Each reads the roles that the rule emits; README
// of rules/ lists them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/document.h"
#include "extract/view.h"

namespace kaoju {

// What builders may look at.
struct BuildContext {
  const RuleSet& rules;
  const KnownTypes& types;
  const Document& document;
  const View& view;
  const Rule& rule;
  const RuleMatch& match;

  // The role's capture, or nullptr: not emitted, or not matched.
  const Capture* RoleCapture(std::string_view role) const;
  // The role's constant, "" when it is none.
  std::string_view RoleConstant(std::string_view role) const;
  // The one symbol that the role captured, or nullptr.
  const Token* RoleToken(std::string_view role) const;
  // The lexicon entry behind the role's symbol, or nullptr.
  const LexiconEntry* RoleEntry(std::string_view role) const;
  // The constant, else the canonical form of the entry, else the folded text; "" when absent.
  std::string RoleText(std::string_view role) const;
  // The numeral behind the role's symbol, or nullptr.
  const NumberValue* RoleNumber(std::string_view role) const;
  Span Folded(const Capture& c) const { return view.ToFolded(c.begin, c.end); }
  // The folded text of a stretch of the view, with names and lexicon words in their canonical form.
  std::string Canonical(size_t begin, size_t end) const;
  bool IsLexicon(TypeId type) const;
};

// nullopt iff the roles make no sense together (month 13): the match is dropped.
std::optional<NumberValue> BuildNumber(const BuildContext& c);
std::optional<TimeParts> BuildTime(const BuildContext& c);
std::optional<Mention> BuildMention(const BuildContext& c);
std::optional<Figure> BuildFigure(const BuildContext& c);
std::optional<Claim> BuildClaim(const BuildContext& c);
std::optional<Relation> BuildRelation(const BuildContext& c);

// Makes the proposal of one match; false: there is none.
bool Propose(const BuildContext& c, bool conflict_on_trigger, Proposal& out);

}  // namespace kaoju
