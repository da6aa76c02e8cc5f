#include "cli/cmd_explain.h"

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <vector>

#include "cli/exit_codes.h"
#include "cli/explanation.h"
#include "cli/find_article.h"
#include "cli/rules_dir.h"
#include "extract/examples.h"
#include "extract/extract.h"
#include "ingest/ingest.h"
#include "rules/error.h"
#include "store/article_texts.h"

namespace kaoju {
namespace {

// An article of a store.
Article FindStored(const ExplainCommand& o, const Ingest& ingest) {
  ArticleTexts texts = ArticleTexts::Open(o.db);
  for (StoredText t; texts.Next(t);) {
    if (t.id != o.file) continue;
    Article a;
    a.id = t.id;
    a.title = t.title;
    a.Publish(t.published);
    if (!o.published.empty()) SetPublished(o.published, a);
    a.region = t.region;
    a.text = t.text;
    ingest.Prepare(a);
    return a;
  }
  throw IoError(o.db + ": no article with the id '" + o.file + "'");
}

std::string LinesOf(const JudgedHtml& page) {
  std::string out;
  for (const std::string& used : page.by_it)
    out += fmt::format("site    {}  [{}]\n", page.site, used);
  if (!page.site.empty() && page.by_it.empty())
    out += fmt::format("site    {}  [nothing that it knows of is there]\n", page.site);
  if (!page.next.empty()) out += fmt::format("next    {}\n", page.next);
  for (const JudgedLine& line : page.lines) {
    out += fmt::format("{:<8}", NameOf(line.fate));
    out += line.text;
    if (line.kind != BlockKind::kParagraph) out += fmt::format("  [{}]", NameOf(line.kind));
    if (!line.evidence.empty()) out += "  [" + line.evidence + "]";
    out += '\n';
  }
  return out;
}

int ExplainPage(const ExplainCommand& o, const Ingest& ingest) {
  RawDocument raw;
  FindArticle(o.file, o.doc, o.published, ingest, &raw);
  const std::string out = LinesOf(ingest.JudgePage(raw));
  std::fwrite(out.data(), 1, out.size(), stdout);
  return kGood;
}

}  // namespace

void AddExplainOptions(CLI::App& sub, ExplainCommand& o) {
  sub.add_option(
         "FILE", o.file,
         "a text, HTML or JSON Lines file; -: standard input; with --db: the id of an article")
      ->required();
  sub.add_option("--doc", o.doc, "the id of the document, when the file holds several");
  sub.add_option("--published", o.published,
                 "the day of publication, when the file does not say it");
  sub.add_option("--only", o.only,
                 "only facts of this kind: person, org, time, money, percent, claim …; or repair");
  sub.add_option("--grep", o.grep, "only facts whose notation holds this text");
  sub.add_flag("--raw", o.raw,
               "the bytes of the file behind each fact, before decoding and parsing");
  sub.add_option("--db", o.db, "the article stands in this fact store");
  sub.add_flag("--page", o.page, "which lines of a web page are its text, and why")
      ->excludes("--db")
      ->excludes("--raw");
  sub.add_flag("--layers", o.layers, "also what each layer saw, sentence by sentence");
  sub.add_flag("--json", o.json, "JSON Lines: views, candidates, then the rows of extract");
  sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju explain article.txt --published 2024-12-27\n"
      "  kaoju explain articles.jsonl --doc 2024-0412 --only claim\n"
      "  kaoju explain 2024-0412 --db facts.db --layers\n"
      "  kaoju explain page.html --page\n"
      "Layer by layer what was proposed, who won, who lost and to whom. Then for every fact: the "
      "original bytes, the folded text, the rule and where it stands, its "
      "captures, and what lost against it.");
}

int RunExplain(const ExplainCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadCheckedRules(dir);
  const Ingest ingest(dir);
  if (o.page) return ExplainPage(o, ingest);
  RawDocument raw;
  const Article article =
      o.db.empty() ? FindArticle(o.file, o.doc, o.published, ingest, o.raw ? &raw : nullptr)
                   : FindStored(o, ingest);
  for (const RawPage& page : raw.further) raw.bytes += page.bytes;
  Extractor extractor(rules, {.trace = true});
  const ExplanationOptions options{.json = o.json,
                                   .colour = WantsColour(),
                                   .symbols = o.layers,
                                   .only = o.only,
                                   .grep = o.grep,
                                   .raw = raw.bytes};
  const std::string out = Explain(article, extractor.Extract(article), rules, options);
  std::fwrite(out.data(), 1, out.size(), stdout);
  return kGood;
}

}  // namespace kaoju
