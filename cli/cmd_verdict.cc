#include "cli/cmd_verdict.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

#include "cli/exit_codes.h"
#include "extract/notation.h"
#include "rules/error.h"

namespace kaoju {
namespace {

std::string Now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", now);
}

// Options that contradict each other are refused.
void CheckOptions(const Judgement& j) {
  Expected ignored;
  if ((j.decision == "edit") != !j.edited.empty())
    throw CLI::ValidationError("--to", "goes with edit, and edit needs it");
  if (!j.edited.empty() && !ParseExpected(j.edited, ignored))
    throw CLI::ValidationError("--to", "kind(part, part …) expected");
  if (!j.scope.empty() && j.decision != "reject")
    throw CLI::ValidationError("--hide", "goes with reject only");
}

}  // namespace

void AddVerdictOptions(CLI::App& sub, VerdictCommand& o) {
  Judgement& j = o.judgement;
  sub.add_option("DECISION", j.decision, "accept, reject, edit or unsure")
      ->required()
      ->check(CLI::IsMember({"accept", "reject", "edit", "unsure"}));
  sub.add_option("--db", o.db, "the fact store")->required()->type_name("FILE");
  sub.add_option("--article", j.article, "which document")->required()->type_name("ID");
  sub.add_option("--start", j.start, "the fact's first byte in the text")->required();
  sub.add_option("--end", j.end, "the byte after its last")->required();
  sub.add_option("--kind", j.kind, "where facts of several kinds stand there")
      ->check(CLI::IsMember({"entity", "time", "figure", "claim", "relation"}));
  sub.add_option("--rule", j.rule, "where several rules found one there");
  sub.add_option("--who", j.who, "the editor")->required()->envname("KAOJU_EDITOR");
  sub.add_option("--why", j.why, "the reason");
  sub.add_option("--to", j.edited, "edit: what it should be, as kind(part, part …)");
  sub.add_option("--hide", j.scope,
                 "reject: hide the same mistake, at once, in the article, the source or everywhere")
      ->check(CLI::IsMember({"article", "source", "everywhere"}));
  sub.parse_complete_callback([&o] { CheckOptions(o.judgement); });
  sub.footer(
      "Examples:\n"
      "  kaoju verdict accept --db facts.db --article news-17 --start 42 --end 54 --who ann\n"
      "  kaoju verdict reject --db facts.db --article news-17 --start 0 --end 9 --who ann "
      "--hide everywhere\n"
      "kaoju show facts says where facts are, kaoju show queue what has to be judged again. The "
      "same mistake: the same words, read the same by the same rule. Verdicts are never "
      "changed; a later one on the same fact counts.");
}

int RunVerdict(VerdictCommand o, std::ostream& out) {
  o.judgement.at = Now();
  VerdictBook book = VerdictBook::Open(o.db);
  const Verdict v = book.Add(o.judgement);
  out << v.hash << '\n';
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return kGood;
}

}  // namespace kaoju
