#include "cli/cmd_verify.h"

#include "cli/exit_codes.h"
#include "rules/error.h"
#include "store/verify.h"

namespace kaoju {

void AddVerifyOptions(CLI::App& sub, VerifyCommand& o) {
  sub.add_option("--db", o.db, "the fact store")->required()->type_name("FILE");
  sub.footer(
      "Examples:\n"
      "  kaoju verify --db facts.db\n"
      "Reads every page, text and fact again: hashes, spans, words at the spans, values, rules, "
      "runs, the chain of verdicts and where they stand, whether search knows each text, "
      "kept bytes, conflicts.\n"
      "Exit code: 0 all holds, 2 something does not, 4 the store cannot be read.");
}

int RunVerify(const VerifyCommand& o, std::ostream& out) {
  const Verified v =
      Verify(o.db, [&](const Problem& p) { out << p.where << ": " << p.what << '\n'; });
  out << v.articles << " articles, " << v.facts << " facts, " << v.problems << " problems\n";
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return v.problems == 0 ? kGood : kSomeFailed;
}

}  // namespace kaoju
