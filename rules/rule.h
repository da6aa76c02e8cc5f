// Rule, Layer: what a pack says, parsed but not yet compiled.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rules/pattern.h"

namespace kaoju {

// emit money(value, unit=currency, kind="x"): the kind, and per role a capture's name or a
// constant.
struct EmitRole {
  std::string role;
  std::string capture;  // empty iff constant
  std::string constant;
};

struct Emit {
  std::string kind;
  std::vector<EmitRole> roles;

  // The role's binding, or nullptr.
  const EmitRole* Find(std::string_view role) const;
};

struct RuleExample {
  bool positive = true;
  std::string text;
  std::string expected;  // notation, or empty: any fact by this rule
  size_t line = 0;
};

struct Rule {
  enum class Status { kDraft, kStable, kRetired };
  std::string id;  // layer-independent, unique: money/amount
  std::string file;
  size_t line = 0;
  std::vector<std::string> matches;    // as written
  std::vector<SplitPattern> patterns;  // one per match
  std::vector<size_t> match_lines;
  Emit emit;
  std::string emit_text;
  int priority = 0;
  Status status = Status::kStable;
  std::vector<std::string> allowed;  // lint codes silenced, each with its reason after ':'
  std::vector<RuleExample> examples;
  std::string why;
  std::string version;  // hash of the meaning: layer, matches, emit, priority
  uint32_t order = 0;   // position over all packs
};

struct Layer {
  std::string name;
  bool conflict_on_trigger = false;  // candidates compete for the trigger, not for their whole span
  std::vector<TypeId> see;  // lexicon classes that stand as symbols though no pattern names them
  std::vector<Rule> rules;
};

}  // namespace kaoju
