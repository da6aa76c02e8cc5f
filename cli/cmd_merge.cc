#include "cli/cmd_merge.h"

#include "cli/exit_codes.h"
#include "cli/progress.h"
#include "cli/rules_dir.h"
#include "cli/version.h"
#include "ingest/ingest.h"
#include "store/merge.h"

namespace kaoju {

void AddMergeOptions(CLI::App& sub, MergeCommand& o) {
  sub.add_option("STORE", o.from, "the fact stores")->required();
  sub.add_option("--into", o.into, "the new store; there must be no such file")
      ->required()
      ->type_name("FILE");
  sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.add_flag("-q,--quiet", o.quiet, "no progress and no summary");
  sub.footer(
      "Examples:\n"
      "  kaoju merge monday.db tuesday.db --into week.db\n"
      "  kaoju merge shard-*.db --into all.db\n"
      "The order of the stores makes no difference. Where they hold an article differently, the "
      "one "
      "published last stays and the other texts become its revisions; all verdicts are kept. Runs "
      "and their changes stay in the stores that they were made in.");
}

int RunMerge(const MergeCommand& o, std::ostream& out) {
  const Ingest ingest(FindRulesDir(o.rules));
  Progress progress(o.quiet);
  int64_t shown = 0;
  const MergeCounts counts = MergeStores(
      o.from, o.into, kVersion,
      [&](std::string_view text) {
        Article article;
        article.text = text;
        ingest.Prepare(article);
        return article.folded;
      },
      [&](int64_t articles) {
        progress.Add(static_cast<size_t>(articles - shown), 0, 0, 0);
        shown = articles;
      });
  if (!o.quiet) {
    out << counts.articles << " articles, " << counts.differing << " of them held differently; "
        << counts.verdicts << " verdicts; in " << o.into << '\n';
  }
  return kGood;
}

}  // namespace kaoju
