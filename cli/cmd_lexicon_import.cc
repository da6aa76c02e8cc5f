// kaoju lexicon import: entries from a table or a dump.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <set>

#include "cli/cmd_lexicon.h"
#include "cli/exit_codes.h"
#include "cli/lexicon_edit.h"
#include "cli/lexicon_import.h"
#include "cli/rules_dir.h"
#include "cli/wikidata.h"
#include "extract/examples.h"
#include "ingest/ingest.h"
#include "ingest/line_reader.h"
#include "ingest/reader.h"
#include "rules/error.h"
#include "rules/lexicon_admission.h"

namespace kaoju {
namespace {

struct ImportCommand {
  std::string path;
  std::string type;
  std::string to = "imported.tsv";
  std::string format;
  std::string rules;
  bool dry_run = false;
  bool quiet = false;
};

// What the lines of a dump were, less those that gave or were refused entries.
struct Passed {
  size_t entities = 0;
  size_t other = 0;     // of no class of the table, or not of the one that is wanted
  size_t nameless = 0;  // without a Chinese name
};

bool IsDump(const ImportCommand& o) {
  if (!o.format.empty()) return o.format == "wikidata";
  std::string name = o.path;
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name.ends_with(".json") || name.ends_with(".jsonl") || name.ends_with(".ndjson");
}

// surface, canonical, type, flags; all but the first may be missing.
void ReadTableLine(std::string_view line, const std::string& type, size_t number,
                   LexiconImport& to) {
  std::vector<std::string> columns;
  while (true) {
    const size_t tab = line.find('\t');
    columns.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos) break;
    line.remove_prefix(tab + 1);
  }
  if (columns.size() > 4) {
    return to.Refuse(number, {"columns", fmt::format("surface, canonical, type and flags expected, "
                                                     "found {} columns",
                                                     columns.size())});
  }
  columns.resize(4);
  LexiconRow row{columns[0], columns[2].empty() ? type : columns[2], columns[1], columns[3]};
  if (row.type.empty())
    return to.Refuse(number, {"no class", "no type in the third column, and no --type"});
  to.Offer(std::move(row), number);
}

void ReadEntity(const WikidataEntity& entity, const WikidataClasses& classes,
                const std::string& type, const LexiconAdmission& admission, size_t number,
                LexiconImport& to, Passed& passed) {
  ++passed.entities;
  const WikidataClass* c = classes.Of(entity);
  if (c == nullptr || (!type.empty() && c->type != type)) return ++passed.other, void();
  if (entity.names.empty()) return ++passed.nameless, void();
  const std::string canonical = admission.Fold(entity.names.front());
  std::set<std::string> seen;  // both scripts fold to one
  for (const std::string& name : entity.names) {
    std::string surface = admission.Fold(name);
    if (seen.insert(surface).second)
      to.Offer({std::move(surface), c->type, canonical, c->flags}, number);
  }
}

Passed ReadAll(const ImportCommand& o, const std::string& dir, const LexiconAdmission& admission,
               LexiconImport& to) {
  Passed passed;
  const bool dump = IsDump(o);
  std::unique_ptr<WikidataClasses> classes;
  if (dump) classes = std::make_unique<WikidataClasses>(dir + "/import/wikidata_classes.tsv");
  LineReader lines(o.path);
  WikidataEntity entity;
  std::string line;
  const size_t most = Limits{}.document_bytes;
  for (bool fits = true; lines.Next(most, line, fits);) {
    const size_t number = lines.number();
    if (line.ends_with('\r')) line.pop_back();
    if (!fits) {
      to.Refuse(number, {"line", fmt::format("the line is longer than {} bytes", most)});
    } else if (dump) {
      try {
        if (ReadWikidataLine(line, entity))
          ReadEntity(entity, *classes, o.type, admission, number, to, passed);
      } catch (const DocumentError& e) {
        to.Refuse(number, {"line", e.what()});
      }
    } else if (!line.empty() && line.front() != '#') {
      ReadTableLine(line, o.type, number, to);
    }
  }
  return passed;
}

void PrintSummary(const ImportCommand& o, const LexiconImport& import, const Passed& passed,
                  const std::string& path) {
  fmt::print("{} entries {} {}\n{} stand already\n{} refused\n", import.added().size(),
             o.dry_run ? "would go to" : "added to", path, import.present(), import.refused());
  for (const auto& [kind, n] : import.kinds()) fmt::print("  {} {}\n", n, kind);
  if (passed.entities > 0) {
    fmt::print("{} entities, {} of them of another class, {} without a Chinese name\n",
               passed.entities, passed.other, passed.nameless);
  }
}

int RunImport(const ImportCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  const LexiconAdmission admission(
      rules, [&](std::string_view text) { return ingest.fold().Fold(text).text; });
  if (!o.type.empty()) {
    if (const auto refusal = admission.RefuseType(o.type)) {
      std::fprintf(stderr, "kaoju: --type: %s\n", refusal->message.c_str());
      return kUsage;
    }
  }
  LexiconEdit edit(dir, o.to);
  LexiconImport import(admission, rules, o.path, o.quiet ? nullptr : stderr);
  const Passed passed = ReadAll(o, dir, admission, import);
  if (!import.added().empty()) {
    edit.Merge(import.added(), "kaoju lexicon import",
               "names of a table or dump that are no other word of the lexicon; say here which");
    const std::vector<Diagnostic> warnings = edit.Try(ingest);
    if (!o.dry_run) edit.Write();
    std::fputs(Render(warnings).c_str(), stderr);
  }
  PrintSummary(o, import, passed, edit.path());
  return import.refused() > 0 ? kSomeFailed : kGood;
}

}  // namespace

void AddLexiconImport(CLI::App& above, int& code) {
  const auto o = std::make_shared<ImportCommand>();
  CLI::App& sub = *above.add_subcommand("import", "entries from a table or a Wikidata dump");
  sub.add_option("FILE", o->path,
                 "a TSV table or a dump (.json, .jsonl), also .gz; -: a table on "
                 "standard input")
      ->required();
  sub.add_option("--type", o->type,
                 "of a table: the class of lines that name none; of a dump: only names of this");
  sub.add_option("--to", o->to, "the file of lexicon/, else imported.tsv");
  sub.add_option("--format", o->format, "tsv or wikidata, where the name does not say it")
      ->check(CLI::IsMember({"tsv", "wikidata"}));
  sub.add_flag("--dry-run", o->dry_run, "say what would be added, write nothing");
  sub.add_flag("-q,--quiet", o->quiet, "only the summary, not each refusal");
  sub.add_option("--rules", o->rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju lexicon import companies.tsv --type ORG_NAME --to companies.tsv\n"
      "  kaoju lexicon import latest-all.json.gz --type PERSON_NAME --dry-run\n"
      "A table has the columns surface, canonical, type, flags; all but the first may be missing. "
      "Of a dump, one entity a line, the Chinese labels and aliases are taken; "
      "import/wikidata_classes.tsv of the rules says which P31 gives which class.\n"
      "What is refused is reported as file:line: reason, and the rest goes on. Exit code 2 when "
      "anything was refused, 5 when the rules would not hold.");
  sub.callback([o, &code] { code = RunImport(*o); });
}

}  // namespace kaoju
