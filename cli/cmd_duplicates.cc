#include "cli/cmd_duplicates.h"

#include <filesystem>

#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/rules_dir.h"
#include "extract/sketch.h"
#include "ingest/ingest.h"
#include "rules/error.h"
#include "store/duplicates.h"

namespace kaoju {

void AddDuplicatesOptions(CLI::App& sub, DuplicatesCommand& o) {
  sub.add_option("--db", o.db, "the fact store")->required()->type_name("FILE");
  sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.add_flag("-q,--quiet", o.quiet, "no progress and no summary");
  sub.footer(
      "Examples:\n"
      "  kaoju duplicates --db facts.db\n"
      "  kaoju show duplicates --db facts.db\n"
      "Articles that resemble each other form a group around the earliest: same (its very words), "
      "near (most of them), story (its headline, of one day, and some of its words); an "
      "excerpt "
      "stands in another article nearly whole. Nothing is removed. Only texts that are new or have "
      "changed since the last time are read.");
}

int RunDuplicates(const DuplicatesCommand& o, std::ostream& out) {
  const Ingest ingest(FindRulesDir(o.rules));
  const std::atomic<bool>& stop = WatchInterrupts();
  if (!std::filesystem::exists(o.db)) throw IoError(o.db + ": the file does not exist");
  Duplicates duplicates = Duplicates::Open(o.db);
  {
    Progress progress(o.quiet);
    int64_t seq = 0;
    for (StoredText text; !stop && duplicates.NextWithout(text, seq);) {
      Article article;
      article.text = std::move(text.text);
      ingest.Prepare(article);
      duplicates.Keep(seq, SketchOf(article.folded));
      progress.Add(1, article.text.size(), 0, 0);
    }
  }
  if (stop) return 130;  // what was read is kept
  const DuplicateCounts c = duplicates.Group();
  if (!o.quiet) {
    out << c.articles << " articles, " << c.groups << " groups: " << c.same << " the same as their "
        << "lead, " << c.near << " nearly, " << c.story << " of one story; " << c.excerpt
        << " excerpts\n";
  }
  return kGood;
}

}  // namespace kaoju
