#include "cli/cmd_discover.h"

#include <fmt/format.h>

#include <any>
#include <cstdio>
#include <memory>
#include <string_view>
#include <unordered_set>

#include "cli/corpus_scan.h"
#include "cli/discovery.h"
#include "cli/json.h"
#include "cli/rules_dir.h"
#include "extract/examples.h"
#include "extract/unknown_words.h"

namespace kaoju {
namespace {

struct DiscoverCommand {
  CorpusOptions corpus;
  DiscoveryOptions words;
  size_t count = 200;
  std::string type;
  bool all = false;
  bool json = false;
};

using Labels = std::vector<std::pair<std::string, size_t>>;

std::string Joined(const Labels& all) {
  std::string out;
  for (const auto& [text, n] : all) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", text, n);
  return out;
}

void PrintRow(const Found& f, std::string_view type) {
  fmt::print("# {} times in {} articles; cohesion {:.1f}, entropy {:.1f} before, {:.1f} behind\n",
             f.count, f.articles, f.cohesion, f.before, f.behind);
  fmt::print("#   before: {}; behind: {}\n#   {}\n{}\t\t{}\t\n", Joined(f.before_words),
             Joined(f.behind_words), f.example, f.word, type);
}

void PutBeside(JsonWriter& w, const char* key, const Labels& all) {
  w.Key(key);
  w.StartArray();
  for (const auto& [text, n] : all) {
    w.StartObject();
    PutText(w, "text", text);
    PutCount(w, "count", n);
    w.EndObject();
  }
  w.EndArray();
}

void PrintJson(const Found& f, std::string_view type) {
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  w.StartObject();
  PutText(w, "kind", "word");
  PutText(w, "surface", f.word);
  PutText(w, "type", std::string(type));
  PutCount(w, "count", f.count);
  PutCount(w, "articles", f.articles);
  w.Key("cohesion");
  w.Double(f.cohesion);
  w.Key("entropy_before");
  w.Double(f.before);
  w.Key("entropy_behind");
  w.Double(f.behind);
  PutBeside(w, "before", f.before_words);
  PutBeside(w, "behind", f.behind_words);
  PutText(w, "example", f.example);
  w.EndObject();
  std::puts(buffer.GetString());
}

// What an entry, a ban or a word that is no name says of already.
std::unordered_set<std::string_view> Decided(const Lexicon& lexicon) {
  std::unordered_set<std::string_view> out;
  for (const LexiconEntry& e : lexicon.entries()) out.insert(e.surface);
  for (const LexiconBan& ban : lexicon.bans()) out.insert(ban.entry.surface);
  return out;
}

void Print(const DiscoverCommand& o, const RuleSet& rules, const Discovery& discovery) {
  if (!o.json) {
    fmt::print(
        "# surface, canonical, class, flags: take out what is none, say what the others are, "
        "and\n# kaoju lexicon import reads the rest; kaoju lexicon ban what must not come "
        "again\n");
    if (discovery.ErrorBound() > 0)
      fmt::print("# counts may be low by up to {}\n", discovery.ErrorBound());
  }
  const NameGuess guess(rules);
  const auto decided = Decided(rules.lexicon());
  size_t shown = 0;
  for (const Found& f : discovery.Words()) {
    if (shown == o.count) break;
    const std::string_view type = guess.ClassOf(f.word, f.known);
    const bool wanted = o.type.empty() ? o.all || !type.empty() : type == o.type;
    if (!wanted || decided.contains(f.word)) continue;
    ++shown;
    o.json ? PrintJson(f, type) : PrintRow(f, type);
  }
  if (o.json) {
    std::puts(
        fmt::format(R"({{"kind":"end","words":{},"low_by":{}}})", shown, discovery.ErrorBound())
            .c_str());
  }
}

int Run(const DiscoverCommand& o) {
  const std::string dir = FindRulesDir(o.corpus.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  PipelineOptions options;
  options.extract.nothings = true;
  options.make_renderer = [&]() -> Renderer {
    const auto reader = std::make_shared<UnknownWordReader>(rules);
    return [reader](const RawDocument&, Result& r) {
      if (r.extraction) r.found = reader->Read(r.article, *r.extraction);
    };
  };
  Discovery discovery(o.words);
  const int code = ScanCorpus(o.corpus, options, rules, ingest, [&](Result&& r) {
    discovery.Add(r.article, std::any_cast<const std::vector<UnknownWord>&>(r.found));
  });
  Print(o, rules, discovery);
  return code;
}

}  // namespace

void AddDiscover(CLI::App& app, int& code) {
  const auto o = std::make_shared<DiscoverCommand>();
  CLI::App& sub = *app.add_subcommand("discover", "words that the lexicon lacks, by counting");
  AddCorpusOptions(sub, o->corpus, true);
  sub.add_option("-n,--count", o->count, "how many words, the most frequent first")
      ->check(CLI::Range(1, 1000000));
  CLI::Option* type = sub.add_option("--type", o->type, "only what looks like this class")
                          ->check(CLI::IsMember({"PERSON_NAME", "ORG_NAME", "PLACE_NAME"}));
  sub.add_flag("--all", o->all, "words that look like no name, too")->excludes(type);
  sub.add_option("--least", o->words.least_count, "how often a word must stand")
      ->check(CLI::Range(3, 1000000));
  sub.add_option("--articles", o->words.least_articles, "and in how many articles")
      ->check(CLI::Range(1, 1000000));
  sub.add_option("--cohesion", o->words.least_cohesion,
                 "bits by which its parts stand together more often than by chance");
  sub.add_option("--entropy", o->words.least_entropy, "bits of what stands on either side of it");
  sub.add_flag("--json", o->json, "JSON Lines: the words, then a row of counts");
  sub.footer(
      "Examples:\n"
      "  kaoju discover --corpus articles.jsonl.gz > new.tsv\n"
      "  kaoju lexicon import new.tsv\n"
      "  kaoju discover --db facts.db --type PERSON_NAME -n 50\n"
      "Strings that no fact, no word of the lexicon and no word of ICU's dictionary accounts for, "
      "with how often they stand, what stands beside them and an example. Each is a row for kaoju "
      "lexicon import; its class is what it looks like: a person by the characters of names, a "
      "body or a place by what ends it. With --all it may be empty, which is for the editor to "
      "fill in.");
  sub.callback([o, &code] { code = Run(*o); });
}

}  // namespace kaoju
