// kaoju lexicon add: an entry into its place.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "cli/cmd_lexicon.h"
#include "cli/exit_codes.h"
#include "cli/lexicon_edit.h"
#include "cli/rules_dir.h"
#include "extract/examples.h"
#include "ingest/ingest.h"
#include "rules/error.h"
#include "rules/lexicon_admission.h"
#include "rules/lexicon_search.h"

namespace kaoju {
namespace {

constexpr size_t kMostShown = 8;

struct AddCommand {
  LexiconRow row;
  std::string file = kEditorFile;
  std::string rules;
  bool dry_run = false;
};

// The entries that lie so to the new one, of classes that a layer sees beside its class.
void PrintBearing(const char* head, Bearing::How how, const std::vector<Bearing>& all,
                  const LexiconRow& row, const RuleSet& rules) {
  const bool cue = row.flags == "cue" || row.flags.find("cue,") != std::string::npos ||
                   row.flags.ends_with(",cue");
  const auto type = rules.symbols().Find(cue ? row.type + "_CUE" : row.type);
  size_t shown = 0;
  for (const Bearing& b : all) {
    if (b.how != how || b.ban != nullptr) continue;
    bool together = false;
    for (const CompiledLayer& layer : rules.layers())
      together |= type && layer.visible[*type] && layer.visible[b.entry->type];
    if (!together) continue;
    if (shown++ == 0) fmt::print("{}\n", head);
    if (shown <= kMostShown) {
      fmt::print("  {}  {} {}\n", rules.lexicon().Location(*b.entry), b.entry->surface,
                 rules.symbols().Name(b.entry->type));
    }
  }
  if (shown > kMostShown) fmt::print("  … {} more: kaoju lexicon why\n", shown - kMostShown);
}

void PrintShadows(const LexiconRow& row, const RuleSet& rules) {
  const std::vector<Bearing> all = FindBearings(rules.lexicon(), row.surface);
  PrintBearing("of another class, too; where a layer sees both, the earlier file wins:",
               Bearing::How::kEqual, all, row, rules);
  PrintBearing("hidden by it, where it stands:", Bearing::How::kInside, all, row, rules);
  PrintBearing("it is hidden where these stand:", Bearing::How::kHolds, all, row, rules);
}

int RunAdd(AddCommand o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  const LexiconAdmission admission(
      rules, [&](std::string_view text) { return ingest.fold().Fold(text).text; });
  const std::string given = o.row.surface;
  o.row.surface = admission.Fold(given);
  if (const auto refusal = admission.Refuse(o.row)) {
    std::fprintf(stderr, "kaoju: not added: %s\n", refusal->message.c_str());
    return kUsage;
  }
  LexiconEdit edit(dir, o.file);
  edit.Merge({o.row}, kEditorSource, kEditorAdmission);
  const std::vector<Diagnostic> warnings = edit.Try(ingest);
  if (!o.dry_run) edit.Write();
  if (given != o.row.surface) fmt::print("'{}' is '{}' in folded form\n", given, o.row.surface);
  fmt::print("{}: {}{} {}{}\n", edit.Place(o.row.Line()), o.dry_run ? "would be " : "",
             o.row.surface, o.row.type, o.dry_run ? "" : " added");
  PrintShadows(o.row, rules);
  std::fputs(Render(warnings).c_str(), stderr);
  return kGood;
}

}  // namespace

void AddLexiconAdd(CLI::App& above, int& code) {
  const auto o = std::make_shared<AddCommand>();
  CLI::App& sub = *above.add_subcommand("add", "write an entry into its place");
  sub.add_option("SURFACE", o->row.surface, "the word, in either script")->required();
  sub.add_option("TYPE", o->row.type, "its class: PERSON_NAME, ORG_NAME, TITLE …")->required();
  sub.add_option("CANONICAL", o->row.canonical,
                 "what the fact will say, in simplified Chinese; none: the surface");
  sub.add_option("--flags", o->row.flags, "must, cue, notnext=…, kind=… (rules/README.md)");
  sub.add_option("--file", o->file, "the file of lexicon/, else editor.tsv");
  sub.add_flag("--dry-run", o->dry_run, "try it, write nothing");
  sub.add_option("--rules", o->rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju lexicon add SURFACE ORG_NAME CANONICAL\n"
      "  kaoju lexicon add SURFACE PERSON_NAME --flags must\n"
      "must: no rule makes another name of it. cue: only beside a cue. The rules and their "
      "examples are tried with the entry first; where they do not hold, nothing is written (exit "
      "code 5). Exit code 1 when the entry is refused. It says what the entry hides, and what "
      "hides "
      "it.");
  sub.callback([o, &code] { code = RunAdd(*o); });
}

}  // namespace kaoju
