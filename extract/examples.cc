#include "extract/examples.h"

#include "extract/extract.h"
#include "extract/notation.h"
#include "rules/error.h"
#include "rules/source_lines.h"

namespace kaoju {
namespace {

Article ExampleArticle(const std::string& text) {
  Article a;
  a.id = "example";
  a.day = CivilDate{2024, 6, 15};
  a.text = text;
  a.folded = text;
  return a;
}

// "" when the example holds, else what was found instead.
std::string Failure(Extractor& extractor, const Rule& rule, const RuleExample& example) {
  const Article article = ExampleArticle(example.text);
  const Extraction x = extractor.Extract(article);
  Expected expected;
  if (!example.expected.empty() && !ParseExpected(example.expected, expected))
    return "the expectation is not kind(part, …)";
  std::string mine;
  std::string others;
  for (const Written& w : WriteAll(x, article.text)) {
    if (w.rule == rule.id) {
      if (!example.positive) return "must find nothing, but finds " + w.ToString();
      if (example.expected.empty() || Matches(expected, w)) return {};
      mine += (mine.empty() ? "" : "; ") + w.ToString();
    } else {
      others += (others.empty() ? "" : "; ") + w.ToString() + " by " + w.rule;
    }
  }
  if (!example.positive) return {};
  // Rules of the number layer make symbols, not facts; a skip makes nothing. They hold when they
  // win.
  for (const Candidate& c : x.candidates) {
    if (c.rule == rule.id && c.won && (rule.emit.kind == "number" || rule.emit.kind == "skip"))
      return {};
  }
  if (!mine.empty()) return "finds " + mine;
  for (const Candidate& c : x.candidates) {
    if (c.rule == rule.id && !c.won)
      return "the rule matches '" + std::string(Slice(article.folded, c.folded)) +
             "' but loses to " + c.lost_to;
  }
  return others.empty() ? "finds nothing" : "the rule finds nothing; others find " + others;
}

}  // namespace

std::vector<Diagnostic> CheckExamples(const RuleSet& rules) {
  std::vector<Diagnostic> out;
  Extractor extractor(rules, {.trace = true});
  SourceLines lines;
  for (const Rule& rule : rules.rules()) {
    for (const RuleExample& e : rule.examples) {
      const std::string failure = Failure(extractor, rule, e);
      if (failure.empty()) continue;
      out.push_back({Diagnostic::Level::kError,
                     rule.file,
                     e.line,
                     0,
                     "example",
                     "rule " + rule.id + ": " + failure,
                     {},
                     {}});
      lines.Place(out.back(), e.text);
    }
  }
  return out;
}

namespace {

RuleSet Load(const std::string& dir, bool with_examples) {
  std::vector<Diagnostic> problems;
  RuleSet rules = RuleSet::Load(dir, problems);
  if (with_examples && !HasErrors(problems)) {
    for (Diagnostic& d : CheckExamples(rules)) problems.push_back(std::move(d));
  }
  if (HasErrors(problems)) throw RulesError(Render(problems) + dir + ": the rules do not load");
  return rules;
}

}  // namespace

RuleSet LoadCheckedRules(const std::string& dir) { return Load(dir, true); }

RuleSet LoadParsedRules(const std::string& dir) { return Load(dir, false); }

}  // namespace kaoju
