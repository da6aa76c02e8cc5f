// Matcher: finds where the rules of a layer match a view. Each thread has its own, with its own
// automata.
//
// A rule is tried only where its trigger stands: its left side must match the text that ends there,
// its right side the text that begins behind it. Both take the nearest context: left the longest
// text that fits, right by RE2's leftmost-first preference. So every trigger gives at most one
// match of a rule, not only the leftmost in the sentence.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extract/sequence.h"
#include "extract/view.h"
#include "rules/rule_set.h"

namespace kaoju {

struct Capture {
  std::string_view name;  // lives as long as the rule set
  size_t begin = 0;       // bytes of the view's text
  size_t end = 0;
};

struct RuleMatch {
  const Variant* variant = nullptr;
  size_t begin = 0;  // bytes of the view's text
  size_t end = 0;
  size_t trigger_begin = 0;
  size_t trigger_end = 0;
  std::vector<Capture> captures;

  const Capture* Find(std::string_view name) const;
};

// True iff the symbols that the variant cannot do without are among `types`.
bool HasRequired(const Variant& v, const TypeSet& types);

// False: no rule of the layer can match a view that holds symbols of these types only.
bool MayMatch(const CompiledLayer& layer, const TypeSet& types);

class Matcher {
 public:
  // Compiles the automata of every layer. Throws RulesError when a pattern is no regular
  // expression. The rule set must outlive the matcher.
  explicit Matcher(const RuleSet& rules);

  // Appends all matches in `view` of the rules of layer `layer`.
  void Match(size_t layer, const View& view, std::vector<RuleMatch>& out);

 private:
  struct Side {
    std::optional<Sequence> sequence;  // the short way, where the regex allows it
    std::unique_ptr<RE2> re;
    std::vector<std::string> names;  // by group number, 1 based; empty where unnamed
    Groups groups;                   // of the last try that matched, by the short way
    uint64_t tried_at = 0;           // the epoch of the last try
    bool matched = false;
  };
  struct Automata {
    std::vector<Side> left;
    std::vector<Side> right;
  };

  void Try(size_t layer, const std::vector<uint32_t>& variants, size_t begin, size_t end,
           std::vector<RuleMatch>& out);
  bool Holds(Side& side, bool left, size_t begin, size_t end);
  void AddCaptures(const Side& side, bool left, RuleMatch& m);
  void AddSequenceCaptures(const Side& side, bool left, RuleMatch& m);

  const RuleSet& rules_;
  std::vector<Automata> layers_;
  std::string_view text_;
  std::vector<char> active_;  // by variant: what it requires stands in the view
  uint64_t epoch_ = 0;
  std::vector<re2::StringPiece> groups_;
};

// The oracle: the same definition, by brute force. Every rule, at every place, without the trigger
// index and with sides of its own, the left side by trying every beginning.
class SlowMatcher {
 public:
  explicit SlowMatcher(const RuleSet& rules);
  void Match(size_t layer, const View& view, std::vector<RuleMatch>& out);

 private:
  struct Compiled {
    std::unique_ptr<RE2> left;  // nullptr: empty
    std::unique_ptr<RE2> right;
    std::unique_ptr<RE2> trigger;
  };
  const RuleSet& rules_;
  std::vector<std::vector<Compiled>> layers_;  // by layer, by variant
};

}  // namespace kaoju
