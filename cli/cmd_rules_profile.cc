// kaoju rules profile: what each rule costs and yields on a corpus.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include "cli/corpus_scan.h"
#include "cli/json.h"
#include "cli/rules_dir.h"
#include "cli/table.h"
#include "cli/workshop.h"
#include "extract/examples.h"
#include "extract/rule_cost.h"

namespace kaoju {
namespace {

struct ProfileCommand {
  CorpusOptions corpus;
  size_t count = 30;
  bool json = false;
};

double Milliseconds(uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

double Share(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// The dearest first; of equals, the earlier in the packs.
std::vector<uint32_t> ByTime(const CostSheet& costs) {
  std::vector<uint32_t> order(costs.rules().size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return costs.rules()[a].nanoseconds > costs.rules()[b].nanoseconds;
  });
  return order;
}

std::vector<std::string> Row(const RuleSet& rules, uint32_t rule, const RuleCost& c,
                             uint64_t whole) {
  return {rules.rules()[rule].id,
          rules.layer_of(rule),
          std::to_string(c.places),
          std::to_string(c.tries),
          std::to_string(c.hits),
          std::to_string(c.won),
          std::to_string(c.facts),
          fmt::format("{:.1f}", Milliseconds(c.nanoseconds)),
          fmt::format("{:.2f} %", Share(c.nanoseconds, whole)),
          fmt::format("{:.0f}", c.bytes)};
}

RuleCost Sum(const CostSheet& costs) {
  RuleCost all;
  for (const RuleCost& c : costs.rules()) {
    all += c;
    all.bytes += c.bytes;
  }
  return all;
}

void PrintProfile(const CostSheet& costs, const RuleSet& rules, size_t count) {
  std::vector<std::vector<std::string>> table;
  for (const uint32_t rule : ByTime(costs)) {
    if (count == 0 || table.size() < count)
      table.push_back(Row(rules, rule, costs.rules()[rule], costs.nanoseconds()));
  }
  PrintTable({{"rule", 32},
              {"layer", 12},
              {"places", 12, true},
              {"tries", 12, true},
              {"hits", 12, true},
              {"won", 12, true},
              {"facts", 12, true},
              {"ms", 10, true},
              {"share", 9, true},
              {"bytes", 10, true}},
             table, std::cout);
  const RuleCost all = Sum(costs);
  const auto idle = std::count_if(costs.rules().begin(), costs.rules().end(),
                                  [](const RuleCost& c) { return c.hits == 0; });
  std::cout << fmt::format(
      "{} rules: {} tries, {} hits, {} facts, {:.1f} ms = {:.1f} % of the {:.1f} ms that "
      "extraction took, {:.0f} bytes; {} rules have no hit\n",
      costs.rules().size(), all.tries, all.hits, all.facts, Milliseconds(all.nanoseconds),
      Share(all.nanoseconds, costs.nanoseconds()), Milliseconds(costs.nanoseconds()), all.bytes,
      idle);
}

// One row a rule, then one of kind "end" with the whole.
void PrintJson(const CostSheet& costs, const RuleSet& rules) {
  const auto row = [](const char* kind, const std::string& rule, const std::string& layer,
                      const RuleCost& c, uint64_t nanoseconds) {
    rapidjson::StringBuffer buffer;
    JsonWriter w(buffer);
    w.StartObject();
    PutText(w, "kind", kind);
    if (!rule.empty()) {
      PutText(w, "rule", rule);
      PutText(w, "layer", layer);
    }
    PutCount(w, "places", c.places);
    PutCount(w, "tries", c.tries);
    PutCount(w, "hits", c.hits);
    PutCount(w, "won", c.won);
    PutCount(w, "facts", c.facts);
    PutCount(w, "ns", nanoseconds);
    PutCount(w, "bytes", static_cast<size_t>(c.bytes));
    w.EndObject();
    std::puts(buffer.GetString());
  };
  for (const uint32_t rule : ByTime(costs)) {
    const RuleCost& c = costs.rules()[rule];
    row("rule", rules.rules()[rule].id, rules.layer_of(rule), c, c.nanoseconds);
  }
  row("end", {}, {}, Sum(costs), costs.nanoseconds());
}

int RunProfile(const ProfileCommand& o) {
  const std::string dir = FindRulesDir(o.corpus.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  CostSheet costs(rules.rules().size());
  PipelineOptions options;
  options.extract.costs = &costs;
  const int code = ScanCorpus(o.corpus, options, rules, ingest, [](Result&&) {});
  if (o.json) {
    PrintJson(costs, rules);
  } else {
    PrintProfile(costs, rules, o.count);
  }
  return code;
}

}  // namespace

void AddRulesProfile(CLI::App& above, int& code) {
  const auto o = std::make_shared<ProfileCommand>();
  CLI::App& sub = *above.add_subcommand("profile", "what each rule costs and yields on a corpus");
  AddCorpusOptions(sub, o->corpus, true);
  sub.add_option("-n,--count", o->count, "how many rules are shown, the dearest first; 0: all")
      ->check(CLI::Range(0, 100000));
  sub.add_flag("--json", o->json, "JSON Lines: a row of every rule, then one of the whole");
  sub.footer(
      "Examples:\n"
      "  kaoju rules profile --corpus articles.jsonl.gz\n"
      "  kaoju rules profile --db facts.db -n 0\n"
      "places: where a trigger of the rule stood. tries: of these, where the neighbours and the "
      "symbols that it needs were there, so that its sides were tried. hits: where they matched. "
      "won: where no other candidate beat it. facts: what stands in the end; rules of numbers and "
      "skips make none. ms: its sides and the making of its facts, measuring included; a side that "
      "several rules share is charged to the first that asks. share: of all extraction. bytes: of "
      "its compiled patterns.");
  sub.callback([o, &code] { code = RunProfile(*o); });
}

}  // namespace kaoju
