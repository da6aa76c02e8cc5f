// kaoju: facts from Chinese news.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>

#include "cli/cmd_diff.h"
#include "cli/cmd_discover.h"
#include "cli/cmd_dump.h"
#include "cli/cmd_duplicates.h"
#include "cli/cmd_explain.h"
#include "cli/cmd_export.h"
#include "cli/cmd_extract.h"
#include "cli/cmd_fetch.h"
#include "cli/cmd_lexicon.h"
#include "cli/cmd_merge.h"
#include "cli/cmd_run.h"
#include "cli/cmd_schema.h"
#include "cli/cmd_search.h"
#include "cli/cmd_show.h"
#include "cli/cmd_verdict.h"
#include "cli/cmd_verify.h"
#include "cli/exit_codes.h"
#include "cli/version.h"
#include "cli/workshop.h"
#include "rules/error.h"

namespace {

using namespace kaoju;

// What was asked for on the command line.
struct Options {
  RunCommand run;
  ExtractCommand extract;
  ExplainCommand explain;
  FetchCommand fetch;
  ShowOptions show;
  MergeCommand merge;
  SchemaCommand schema;
  SearchCommand search;
  VerdictCommand verdict;
  DiffCommand diff;
  DumpCommand dump;
  DuplicatesCommand duplicates;
  ExportCommand facts_out;
  VerifyCommand verify;
};

int Run(int argc, char** argv) {
  CLI::App app("Reads Chinese news and writes down what it says as facts that can be checked.",
               "kaoju");
  app.set_version_flag("--version", kVersion);
  app.require_subcommand(1);
  app.footer("kaoju COMMAND --help says more, with examples.");
  Options o;
  int code = kGood;
  AddRunOptions(*app.add_subcommand("run", "ingest, extract and store")->callback([&] {
    code = RunRun(o.run);
  }),
                o.run);
  AddExtractOptions(
      *app.add_subcommand("extract", "documents in, facts as JSON Lines out")->callback([&] {
        code = RunExtract(o.extract);
      }),
      o.extract);
  AddExplainOptions(
      *app.add_subcommand("explain", "how the facts of one article came about")->callback([&] {
        code = RunExplain(o.explain);
      }),
      o.explain);
  AddFetchOptions(*app.add_subcommand("fetch", "pages from the web into an archive")->callback([&] {
    code = RunFetch(o.fetch);
  }),
                  o.fetch);
  AddShowOptions(*app.add_subcommand("show", "what stands in a fact store")->callback([&] {
    code = RunShow(o.show, std::cout);
  }),
                 o.show);
  AddMergeOptions(*app.add_subcommand("merge", "several fact stores become one")->callback([&] {
    code = RunMerge(o.merge, std::cout);
  }),
                  o.merge);
  AddSchemaOptions(*app.add_subcommand("schema", "what stands in a fact store")->callback([&] {
    code = RunSchema(o.schema, std::cout);
  }),
                   o.schema);
  AddSearchOptions(
      *app.add_subcommand("search", "where words stand, in both scripts")->callback([&] {
        code = RunSearch(o.search, std::cout);
      }),
      o.search);
  AddVerdictOptions(*app.add_subcommand("verdict", "judge a fact")->callback([&] {
    code = RunVerdict(o.verdict, std::cout);
  }),
                    o.verdict);
  AddDiffOptions(*app.add_subcommand("diff", "what runs have changed")->callback([&] {
    code = RunDiff(o.diff, std::cout);
  }),
                 o.diff);
  AddDuplicatesOptions(
      *app.add_subcommand("duplicates", "which articles say the same")->callback([&] {
        code = RunDuplicates(o.duplicates, std::cout);
      }),
      o.duplicates);
  AddDumpOptions(*app.add_subcommand("dump", "all of a fact store, to compare")->callback([&] {
    code = RunDump(o.dump, std::cout);
  }),
                 o.dump);
  AddExportOptions(
      *app.add_subcommand("export", "facts as JSON Lines, CSV, RDF or annotations")->callback([&] {
        code = RunExport(o.facts_out, std::cout);
      }),
      o.facts_out);
  AddVerifyOptions(*app.add_subcommand("verify", "whether a fact store holds")->callback([&] {
    code = RunVerify(o.verify, std::cout);
  }),
                   o.verify);
  CLI::App* rules = app.add_subcommand("rules", "write, check and measure rules");
  rules->require_subcommand(1);
  AddRulesCheck(*rules, code);
  AddRulesFmt(*rules, code);
  AddRulesTest(*rules, code);
  AddRulesTry(*rules, code);
  AddRulesWhyNot(*rules, code);
  AddRulesCoverage(*rules, code);
  AddRulesDiff(*rules, code);
  AddRulesProfile(*rules, code);
  AddRulesSample(*rules, code);
  AddRulesPrecision(*rules, code);
  AddLexicon(app, code);
  AddDiscover(app, code);
  if (argc > 1 && argv[1][0] != '-' &&
      app.get_subcommands([&](CLI::App* sub) { return sub->check_name(argv[1]); }).empty()) {
    std::fprintf(stderr, "kaoju: no command '%s'; kaoju --help lists them\n", argv[1]);
    return kUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? kGood : kUsage;
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const kaoju::RulesError& e) {
    std::fprintf(stderr, "kaoju: %s\n", e.what());
    return kaoju::kRulesBroke;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "kaoju: %s\n", e.what());
    return kaoju::kIoBroke;
  }
}
