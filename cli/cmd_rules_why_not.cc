// kaoju rules why-not: why nothing was found where something should have been.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <memory>

#include "cli/corpus_scan.h"
#include "cli/exit_codes.h"
#include "cli/find_article.h"
#include "cli/rules_dir.h"
#include "cli/workshop.h"
#include "extract/examples.h"
#include "extract/extract.h"
#include "extract/why_not.h"
#include "ingest/ingest.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kAround = 20;

struct WhyNotCommand {
  std::vector<std::string> words;  // FILE START END, or TEXT SPAN
  std::string doc;
  std::string kind;
  std::string published;
  std::string rules;
  size_t count = 5;
};

uint32_t Byte(const std::string& word, const char* what) {
  uint32_t n = 0;
  const auto r = std::from_chars(word.data(), word.data() + word.size(), n);
  if (r.ec != std::errc{} || r.ptr != word.data() + word.size())
    throw IoError(fmt::format("{}: a byte of the text expected, found '{}'", what, word));
  return n;
}

void PrintList(const char* head, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  std::printf("\n%s\n", head);
  for (const std::string& line : lines) std::printf("  %s\n", line.c_str());
}

void Print(const WhyNot& w, const Article& a, Span span, const RuleSet& rules, size_t count) {
  std::printf("%s\nlikeliest cause: %s\n", InContext(a.text, span, kAround).c_str(),
              w.cause.c_str());
  PrintList("facts there:", w.found);
  PrintList("proposed and not kept:", w.lost);
  PrintList("symbols across an edge of the span:", w.cut);
  PrintList("words:", w.words);
  if (w.attempts.empty()) return;
  std::printf("\nnearest rules:\n");
  for (size_t i = 0; i < w.attempts.size() && i < count; ++i) {
    const Attempt& t = w.attempts[i];
    const size_t line = t.rule->match_lines[t.pattern];
    std::printf("  %s (layer %s, %s:%zu)%s\n", t.rule->id.c_str(),
                rules.layer_of(t.rule->order).c_str(), t.rule->file.c_str(), line,
                t.span_fits ? ": the span itself fits" : "");
    for (const std::string& f : t.failures) std::printf("      %s\n", f.c_str());
    if (t.failures.empty()) std::printf("      it matches here: see the facts and what was lost\n");
  }
}

int RunWhyNot(const WhyNotCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  Article a;
  Span span;
  if (o.words.size() == 3) {
    a = FindArticle(o.words[0], o.doc, o.published, ingest);
    span = {Byte(o.words[1], "START"), Byte(o.words[2], "END")};
  } else if (o.words.size() == 2) {
    a.id = "text";
    a.text = o.words[0];
    SetPublished(o.published.empty() ? "2024-06-15" : o.published, a);
    ingest.Prepare(a);
    const size_t at = a.text.find(o.words[1]);
    if (at == std::string::npos) throw IoError("'" + o.words[1] + "' does not stand in the text");
    span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + o.words[1].size())};
  } else {
    throw IoError("FILE START END or TEXT SPAN expected");
  }
  if (span.begin >= span.end || span.end > a.text.size() || !OnCodePoint(a.text, span.begin) ||
      !OnCodePoint(a.text, span.end)) {
    throw IoError(fmt::format("bytes {}-{} are no span of whole characters in a text of {} bytes",
                              span.begin, span.end, a.text.size()));
  }
  Extractor extractor(rules, {.trace = true});
  const Extraction x = extractor.Extract(a);
  Print(ExplainMiss(a, x, rules, span, o.kind), a, span, rules, o.count);
  return kGood;
}

}  // namespace

void AddRulesWhyNot(CLI::App& above, int& code) {
  const auto o = std::make_shared<WhyNotCommand>();
  CLI::App& sub = *above.add_subcommand("why-not", "why nothing was found at a span");
  sub.add_option("WORDS", o->words, "FILE START END (bytes of its text), or TEXT SPAN")
      ->required()
      ->expected(2, 3);
  sub.add_option("--doc", o->doc, "the id of the document, when the file holds several");
  sub.add_option("--kind", o->kind,
                 "what should have been found: person, org, place, time, money, count, claim …; "
                 "entity or figure for any of theirs");
  sub.add_option("--published", o->published, "the day of publication");
  sub.add_option("-n,--count", o->count, "how many of the nearest rules are shown");
  sub.add_option("--rules", o->rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju rules why-not TEXT SPAN --kind person\n"
      "  kaoju rules why-not article.txt 120 129 --kind org\n"
      "The likeliest cause first; then what was found, proposed, hidden and known there, and how "
      "far the nearest rules got.");
  sub.callback([o, &code] { code = RunWhyNot(*o); });
}

}  // namespace kaoju
