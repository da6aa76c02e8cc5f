// kaoju rules try: a sentence layer by layer.
#include <cstdio>
#include <memory>

#include "cli/exit_codes.h"
#include "cli/explanation.h"
#include "cli/find_article.h"
#include "cli/rules_dir.h"
#include "cli/workshop.h"
#include "extract/examples.h"
#include "extract/extract.h"
#include "ingest/ingest.h"

namespace kaoju {
namespace {

struct TryCommand {
  std::string text;
  std::string rules;
  std::string published = "2024-06-15";
  std::string only;
  bool json = false;
};

int RunTry(const TryCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  Article article;
  article.id = "try";
  article.text = o.text;
  SetPublished(o.published, article);
  ingest.Prepare(article);
  Extractor extractor(rules, {.trace = true});
  const std::string out =
      Explain(article, extractor.Extract(article), rules,
              {.json = o.json, .colour = WantsColour(), .only = o.only, .grep = {}, .raw = {}});
  std::fwrite(out.data(), 1, out.size(), stdout);
  return kGood;
}

}  // namespace

void AddRulesTry(CLI::App& above, int& code) {
  const auto o = std::make_shared<TryCommand>();
  CLI::App& sub = *above.add_subcommand("try", "a sentence, layer by layer");
  sub.add_option("TEXT", o->text, "the sentence")->required();
  sub.add_option("--published", o->published, "the day of publication");
  sub.add_option("--only", o->only,
                 "only facts and candidates of this kind: person, money, claim …");
  sub.add_flag("--json", o->json, "JSON Lines: views, candidates, then the rows of extract");
  sub.add_option("--rules", o->rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju rules try TEXT\n"
      "  kaoju rules try TEXT --only person --rules my-rules\n"
      "For each layer: the symbols that it sees, what its rules proposed, who won, and whom the "
      "others lost to. The examples of the rules need not hold.");
  sub.callback([o, &code] { code = RunTry(*o); });
}

}  // namespace kaoju
