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
#include <span>
#include <string>
#include <vector>

#include "extract/alphabet.h"
#include "extract/match.h"
#include "extract/rule_cost.h"
#include "extract/sequence.h"
#include "extract/view.h"
#include "rules/rule_set.h"

namespace kaoju {

// True iff the symbols that the variant cannot do without are among `types`.
bool HasRequired(const Variant& v, const TypeSet& types);

class Matcher {
 public:
  // Compiles the automata of every layer. Throws RulesError when a pattern is no regular
  // expression. The rule set must outlive the matcher.
  // With `costs`, what each rule costs is written there.
  explicit Matcher(const RuleSet& rules, CostSheet* costs = nullptr);
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  // What texts and views must be decoded with.
  const Alphabet& alphabet() const { return alphabet_; }

  // Appends all matches in `view` of the rules of layer `layer`. `literals` are those of the view's
  // sentence, as Lexicon::Scan finds them.
  void Match(size_t layer, const View& view, std::span<const LiteralHit> literals, MatchList& out);

 private:
  struct Side {
    std::optional<Sequence> sequence;  // the short way, where the regex allows it
    std::unique_ptr<RE2> re;           // the long way, elsewhere
    std::vector<std::string> names;    // by group number, 1 based; empty where unnamed
    Groups groups;                     // of the last try that matched, by the short way
    uint64_t tried_at = 0;             // the epoch of the last try
    bool matched = false;

    size_t bytes() const;  // of its program; what RE2 builds of it on the way is not counted
  };
  struct Automata {
    std::vector<Side> left;
    std::vector<Side> right;
    std::vector<uint32_t> neighbours;  // sets of the alphabet
    std::vector<VariantSlots> slots;   // by variant
    std::vector<bool> literals;        // by literal: it triggers something here
  };

  static std::vector<Side> CompileSides(const std::vector<std::string>& regexes, bool left,
                                        const std::string& layer);
  void BindAlphabet();
  void CountBytes();
  void Try(size_t layer, const std::vector<uint32_t>& variants, uint32_t begin, uint32_t end,
           MatchList& out);
  template <bool kCosts>
  void TryVariants(size_t layer, const std::vector<uint32_t>& variants, uint32_t begin,
                   uint32_t end, MatchList& out);
  bool Fits(const Variant& v, const Automata& automata, uint32_t begin, uint32_t end) const;
  bool TrySides(size_t layer, uint32_t index, uint32_t begin, uint32_t end, MatchList& out);
  bool Holds(Side& side, bool left, uint32_t begin, uint32_t end);
  void AddCaptures(const Side& side, bool left, const std::vector<GroupSlot>& slots, RuleMatch& m,
                   MatchList& out);
  void FindGroups(const Side& side, bool left, const RuleMatch& m);

  const RuleSet& rules_;
  CostSheet* costs_;
  std::vector<Automata> layers_;
  Alphabet alphabet_;
  // Of the view at hand.
  const View* view_ = nullptr;
  TypeSet types_;
  uint64_t epoch_ = 0;
  // Scratch.
  SequenceScratch scratch_;
  std::vector<re2::StringPiece> pieces_;
  Groups groups_;
};

}  // namespace kaoju
