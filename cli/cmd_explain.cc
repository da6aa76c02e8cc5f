#include "cli/cmd_explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "cli/exit_codes.h"
#include "cli/rules_dir.h"
#include "extract/examples.h"
#include "extract/extract.h"
#include "extract/notation.h"
#include "ingest/ingest.h"
#include "ingest/reader.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

void Print(const std::string& s) { std::fwrite(s.data(), 1, s.size(), stdout); }

std::string OneLine(std::string_view s) {
  std::string out(s);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

// The bytes as fetched, printable: what is no ASCII in hexadecimal unless all of it is UTF-8.
std::string Printable(std::string_view bytes) {
  if (!FindInvalidUtf8(bytes)) return OneLine(bytes);
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte >= 0x20 && byte < 0x7F ? std::string(1, c) : fmt::format("\\x{:02X}", byte);
  }
  return out;
}

// The article, and in `raw` the document that it was read from.
Article FindArticle(const ExplainCommand& o, const Ingest& ingest, RawDocument& raw) {
  DocumentReader reader(o.file, {});
  std::string last_problem;
  while (reader.Next(raw)) {
    try {
      Article a = ingest.Read(raw, o.raw);
      if (!o.doc.empty() && a.id != o.doc) continue;
      if (!o.published.empty()) {
        a.published = o.published;
        a.day = ParsePublished(o.published);
        if (!a.day) throw Error("--published: no day in '" + o.published + "'");
      }
      return a;
    } catch (const DocumentError& e) {
      last_problem = e.what();
    }
  }
  throw IoError(last_problem.empty() ? o.file + ": no document" +
                                           (o.doc.empty() ? "" : " with the id '" + o.doc + "'")
                                     : last_problem);
}

class Explainer {
 public:
  Explainer(const ExplainCommand& o, const RawDocument& raw, const Article& article,
            const Extraction& x, const RuleSet& rules)
      : o_(o), raw_(raw), article_(article), x_(x), rules_(rules) {}

  void Run() {
    Print(
        fmt::format("article {}\n  published {}{}\n  {} bytes, {} in the folded view, {} "
                    "sentences, {} repairs\n",
                    article_.id, article_.published.empty() ? "(not said)" : article_.published,
                    article_.day ? "" : " (no day: relative times stay open)", article_.text.size(),
                    article_.folded.size(), x_.sentences.size(), article_.repairs.size()));
    for (const Repair& r : article_.repairs) {
      if (o_.only == "repair")
        Print(fmt::format("  repair {}-{} {}: {} -> {}\n", r.source.begin, r.source.end, r.kind,
                          r.before, r.after));
    }
    for (const Written& w : WriteAll(x_, article_.text)) {
      if (!o_.only.empty() && w.kind != o_.only) continue;
      const std::string line = w.ToString();
      if (!o_.grep.empty() && line.find(o_.grep) == std::string::npos) continue;
      Fact(w, line);
    }
  }

 private:
  // The winner behind a fact: the same rule, the same bytes.
  const Candidate* Origin(const Written& w) const {
    for (const Candidate& c : x_.candidates) {
      const bool same =
          w.kind == "claim" ? c.span.Overlaps(w.span) && w.span.Contains(c.span) : c.span == w.span;
      if (c.won && c.rule == w.rule && same) return &c;
    }
    return nullptr;
  }

  void Fact(const Written& w, const std::string& line) {
    Print(fmt::format("\n{}\n  bytes {}-{}: {}\n", line, w.span.begin, w.span.end,
                      OneLine(Slice(article_.text, w.span))));
    if (o_.raw) {
      const Span fetched = article_.raw.ToSource(w.span);
      Print(fmt::format("  raw {}-{}: {}\n", fetched.begin, fetched.end,
                        Printable(Slice(raw_.bytes, fetched))));
    }
    const Candidate* c = Origin(w);
    for (const Repair& r : article_.repairs) {
      if (r.source.Overlaps(w.span))
        Print(fmt::format("  repaired {}-{} {}: {} -> {}\n", r.source.begin, r.source.end, r.kind,
                          r.before, r.after));
    }
    if (c == nullptr) {
      Print(fmt::format(
          "  by {}: the same words were established as a name elsewhere in the article\n", w.rule));
      return;
    }
    const auto rule = std::find_if(rules_.rules().begin(), rules_.rules().end(),
                                   [&](const Rule& r) { return r.id == c->rule; });
    Print(fmt::format("  folded: {}\n  by {} (layer {}, version {}), {}:{}\n",
                      OneLine(Slice(article_.folded, c->folded)), c->rule, c->layer, rule->version,
                      rule->file, rule->line));
    if (c->match != c->folded)
      Print(fmt::format("  matched with its context: {}\n",
                        OneLine(Slice(article_.folded, c->match))));
    for (const Captured& r : c->captures)
      Print(fmt::format("    {} = {}\n", r.name, OneLine(r.value)));
    for (const Candidate& lost : x_.candidates) {
      if (!lost.won && lost.layer == c->layer &&
          (lost.lost_to == c->rule || lost.lost_to.rfind(c->rule + ",", 0) == 0) &&
          lost.folded.Overlaps(c->folded)) {
        Print(fmt::format("  won against {}: {}{}\n", lost.rule, OneLine(lost.emitted),
                          lost.lost_to == c->rule ? "" : " (" + lost.lost_to + ")"));
      }
    }
  }

  const ExplainCommand& o_;
  const RawDocument& raw_;
  const Article& article_;
  const Extraction& x_;
  const RuleSet& rules_;
};

}  // namespace

void AddExplainOptions(CLI::App& sub, ExplainCommand& o) {
  sub.add_option("FILE", o.file, "a text, HTML or JSON Lines file; -: standard input")->required();
  sub.add_option("--doc", o.doc, "the id of the document, when the file holds several");
  sub.add_option("--published", o.published,
                 "the day of publication, when the file does not say it");
  sub.add_option("--only", o.only,
                 "only facts of this kind: person, org, time, money, percent, claim …; or repair");
  sub.add_option("--grep", o.grep, "only facts whose notation holds this text");
  sub.add_flag("--raw", o.raw,
               "the bytes of the file behind each fact, before decoding and parsing");
  sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju explain article.txt --published 2024-12-27\n"
      "  kaoju explain articles.jsonl --doc 2024-0412 --only claim\n"
      "For every fact: the original bytes, the folded text, the rule and where it stands, its "
      "captures, and what lost against it.");
}

int RunExplain(const ExplainCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadCheckedRules(dir);
  const Ingest ingest(dir + "/fold");
  RawDocument raw;
  const Article article = FindArticle(o, ingest, raw);
  Extractor extractor(rules, {.trace = true});
  const Extraction x = extractor.Extract(article);
  Explainer(o, raw, article, x, rules).Run();
  return kGood;
}

}  // namespace kaoju
