// Attempts: how far a rule gets where it was wanted to match, and where it fails. For `why-not`;
// independent of the matcher, and slow.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extract/facts.h"
#include "extract/pieces.h"
#include "extract/span.h"
#include "rules/rule_set.h"

namespace kaoju {

// A layer's view as UTF-8, symbols as private-use characters, with the way back to the folded text.
struct ViewText {
  std::string text;
  std::vector<uint32_t> folded;  // by byte of text, one more than bytes
  // The view's bytes of a folded span; nullopt when an edge lies inside a symbol.
  std::optional<Span> Of(Span folded_span) const;
};

ViewText MakeViewText(const LayerView& view, std::string_view folded, const SymbolTable& symbols);

struct Attempt {
  const Rule* rule = nullptr;
  size_t pattern = 0;
  double score = 0;  // the share of what must match that does; 1 more when the span itself fits
  bool span_fits = false;
  std::vector<std::string> failures;  // where it fails, in words; empty: it matches
};

class Attempter {
 public:
  explicit Attempter(const RuleSet& rules) : rules_(rules), readable_(rules) {}

  // The best attempt of the rule's patterns at `wanted`, a span of view.text; nullopt: nothing of
  // it stands there.
  std::optional<Attempt> Best(const Rule& rule, const ViewText& view, Span wanted);

  Readable& readable() { return readable_; }

 private:
  struct Reach {
    size_t pieces = 0;  // how many of them match, from the anchor outwards
    size_t at = 0;      // where that ends, byte of the view
  };
  const RE2& Compiled(const std::string& regex);
  Reach Rightwards(const PiecedPattern& p, size_t from, const ViewText& view, size_t at);
  Reach Leftwards(const PiecedPattern& p, size_t to, const ViewText& view, size_t at);
  void Fail(const PiecedPattern& p, size_t piece, bool left, const ViewText& view, size_t at,
            Attempt& a);
  std::optional<Attempt> FromSpan(const PiecedPattern& p, const ViewText& view, Span wanted);
  std::optional<Attempt> FromTrigger(const PiecedPattern& p, const ViewText& view, Span wanted);

  const RuleSet& rules_;
  Readable readable_;
  std::map<std::string, std::unique_ptr<RE2>> compiled_;
};

}  // namespace kaoju
