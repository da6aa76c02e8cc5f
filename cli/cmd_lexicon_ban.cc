// kaoju lexicon ban: a surface that must not be found.
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

namespace kaoju {
namespace {

struct BanCommand {
  LexiconRow row;
  std::string file = kEditorFile;
  std::string rules;
  bool dry_run = false;
};

// Why there is nothing to ban; "" when there is.
std::string Refusal(const LexiconAdmission& admission, const LexiconRow& row,
                    const std::vector<const LexiconEntry*>& out, const RuleSet& rules) {
  if (const auto r = admission.RefuseSurface(row.surface)) return r->message;
  if (row.type != kAnyTypeName) {
    if (const auto r = admission.RefuseType(row.type)) return r->message;
  }
  if (const LexiconEntry* ban = admission.BanOf(row.surface, row.type)) {
    return fmt::format("'{}' is banned as {} by {}", row.surface, admission.WrittenType(*ban),
                       rules.lexicon().Location(*ban));
  }
  if (out.empty() && row.type != kAnyTypeName && NameKind(row.type).empty()) {
    return fmt::format("'{}' does not stand as {}, and no rule makes names of that class",
                       row.surface, row.type);
  }
  return {};
}

int RunBan(BanCommand o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  const LexiconAdmission admission(
      rules, [&](std::string_view text) { return ingest.fold().Fold(text).text; });
  o.row.surface = admission.Fold(o.row.surface);
  o.row.flags = "ban";
  std::vector<const LexiconEntry*> out;
  for (const LexiconEntry* e : admission.Of(o.row.surface)) {
    if (o.row.type == kAnyTypeName || admission.WrittenType(*e) == o.row.type) out.push_back(e);
  }
  if (const std::string why = Refusal(admission, o.row, out, rules); !why.empty()) {
    std::fprintf(stderr, "kaoju: not banned: %s\n", why.c_str());
    return kUsage;
  }
  LexiconEdit edit(dir, o.file);
  edit.Merge({o.row}, kEditorSource, kEditorAdmission);
  const std::vector<Diagnostic> warnings = edit.Try(ingest);
  if (!o.dry_run) edit.Write();
  fmt::print("{}: {} {} as {}\n", edit.Place(o.row.Line()), o.row.surface,
             o.dry_run ? "would be banned" : "banned", o.row.type);
  for (const LexiconEntry* e : out) {
    const bool same =
        rules.lexicon().files()[e->file] == edit.path() && admission.WrittenType(*e) == o.row.type;
    fmt::print("  {}  {} {}{}\n", rules.lexicon().Location(*e), e->surface,
               rules.symbols().Name(e->type),
               same ? ": the ban takes its line" : ": no longer found");
  }
  const std::string kind = NameKind(o.row.type);
  if (o.row.type == kAnyTypeName || !kind.empty())
    fmt::print("  no rule takes it for a name{}\n", kind.empty() ? "" : " of kind " + kind);
  std::fputs(Render(warnings).c_str(), stderr);
  return kGood;
}

}  // namespace

void AddLexiconBan(CLI::App& above, int& code) {
  const auto o = std::make_shared<BanCommand>();
  o->row.type = kAnyTypeName;
  CLI::App& sub = *above.add_subcommand("ban", "a surface that must not be found");
  sub.add_option("SURFACE", o->row.surface, "the word, in either script")->required();
  sub.add_option("TYPE", o->row.type, "its class, such as PERSON_NAME; none: every class");
  sub.add_option("--file", o->file, "the file of lexicon/, else editor.tsv");
  sub.add_flag("--dry-run", o->dry_run, "try it, write nothing");
  sub.add_option("--rules", o->rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju lexicon ban SURFACE\n"
      "  kaoju lexicon ban SURFACE PERSON_NAME\n"
      "No entry of the surface counts any more, and no rule makes a name of just these characters; "
      "a longer name that holds them may stand. To lift a ban, remove its line. Exit code 1 when "
      "there is nothing to ban, 5 when an example of the rules would fail.");
  sub.callback([o, &code] { code = RunBan(*o); });
}

}  // namespace kaoju
