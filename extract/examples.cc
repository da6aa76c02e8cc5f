#include "extract/examples.h"

#include <algorithm>

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

// "" when the example holds, else what was found instead; the rule's own facts go to `mine`.
std::string Failure(const Rule& rule, const RuleExample& example, const Article& article,
                    const Extraction& x, std::vector<Written>& mine) {
  Expected expected;
  if (!example.expected.empty() && !ParseExpected(example.expected, expected))
    return "the expectation is not kind(part, …)";
  std::string others;
  for (Written& w : WriteAll(x, article.text)) {
    if (w.rule == rule.id) {
      mine.push_back(std::move(w));
    } else {
      others += (others.empty() ? "" : "; ") + w.ToString() + " by " + w.rule;
    }
  }
  if (!example.positive)
    return mine.empty() ? "" : "must find nothing, but finds " + mine.front().ToString();
  for (const Written& w : mine) {
    if (example.expected.empty() || Matches(expected, w)) return {};
  }
  // Rules of the number layer make symbols, not facts; a skip makes nothing. They hold when they
  // win.
  for (const Candidate& c : x.candidates) {
    if (c.rule == rule.id && c.won && (rule.emit.kind == "number" || rule.emit.kind == "skip"))
      return {};
  }
  std::string found;
  for (const Written& w : mine) found += (found.empty() ? "" : "; ") + w.ToString();
  if (!found.empty()) return "finds " + found;
  for (const Candidate& c : x.candidates) {
    if (c.rule == rule.id && !c.won)
      return "the rule matches '" + std::string(Slice(article.folded, c.folded)) +
             "' but loses to " + c.lost_to;
  }
  return others.empty() ? "finds nothing" : "the rule finds nothing; others find " + others;
}

}  // namespace

std::vector<ExampleOutcome> RunExamples(const RuleSet& rules,
                                        const std::function<bool(const Rule&)>& wanted) {
  std::vector<ExampleOutcome> out;
  Extractor extractor(rules, {.trace = true});
  for (const Rule& rule : rules.rules()) {
    if (!wanted(rule)) continue;
    for (const RuleExample& e : rule.examples) {
      const Article article = ExampleArticle(e.text);
      ExampleOutcome& o = out.emplace_back(ExampleOutcome{&rule, &e, {}, {}});
      o.failure = Failure(rule, e, article, extractor.Extract(article), o.found);
    }
  }
  return out;
}

std::vector<Diagnostic> Failures(const std::vector<ExampleOutcome>& outcomes) {
  std::vector<Diagnostic> out;
  SourceLines lines;
  for (const ExampleOutcome& o : outcomes) {
    if (o.failure.empty()) continue;
    out.push_back({Diagnostic::Level::kError,
                   o.rule->file,
                   o.example->line,
                   0,
                   "example",
                   "rule " + o.rule->id + ": " + o.failure,
                   {},
                   {}});
    lines.Place(out.back(), o.example->text);
  }
  return out;
}

std::vector<Diagnostic> CheckExamples(const RuleSet& rules) {
  return Failures(RunExamples(rules, [](const Rule&) { return true; }));
}

std::string UpdatedExpectation(const std::string& expected, const Written& fact) {
  const auto role_of = [](const std::string& part) {
    const size_t eq = part.find('=');
    return eq == std::string::npos ? std::string{} : part.substr(0, eq + 1);
  };
  Expected old;
  if (!ParseExpected(expected, old)) return fact.ToString();
  const auto wrong = [&](const std::string& part) {
    return role_of(part).empty() && !Matches({fact.kind, {part}}, fact);
  };
  const bool all_plain = std::any_of(old.parts.begin(), old.parts.end(), wrong);
  Written out{fact.kind, {}, fact.span, fact.rule};
  for (const std::string& part : fact.parts) {
    const std::string role = role_of(part);
    const bool named = std::any_of(old.parts.begin(), old.parts.end(), [&](const std::string& o) {
      return role.empty() ? o == part : role_of(o) == role;
    });
    if (named || (role.empty() && all_plain)) out.parts.push_back(part);
  }
  return out.ToString();
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
