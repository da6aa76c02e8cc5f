// kaoju lexicon why: what the lexicon says of a string.
#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <memory>

#include "cli/cmd_lexicon.h"
#include "cli/exit_codes.h"
#include "cli/find_article.h"
#include "cli/json.h"
#include "cli/rules_dir.h"
#include "extract/examples.h"
#include "extract/extract.h"
#include "extract/notation.h"
#include "extract/word_verdict.h"
#include "ingest/ingest.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMostCharacters = 100;
constexpr const char* kDay = "2024-06-15";  // that of rule examples

struct WhyCommand {
  std::string word;
  std::string in;
  std::string rules;
  size_t count = 20;
  bool json = false;
};

// All that there is to say.
struct Answer {
  Article article;
  Extraction x;
  Span span;  // of article.folded
  std::vector<WordVerdict> words;
  std::vector<const LexiconBan*> bans;
  std::vector<Written> facts;
};

Answer Ask(const WhyCommand& o, const RuleSet& rules, const Ingest& ingest) {
  Answer a;
  a.article.id = "why";
  a.article.text = o.in.empty() ? o.word : o.in;
  SetPublished(kDay, a.article);
  ingest.Prepare(a.article);
  const std::string folded = ingest.fold().Fold(o.word).text;
  const size_t at = a.article.folded.find(folded);
  if (folded.empty() || at == std::string::npos)
    throw IoError("'" + o.word + "' does not stand in '" + o.in + "'");
  if (CodePointCount(folded) > kMostCharacters)
    throw IoError(
        fmt::format("a word of at most {} characters expected; a sentence goes behind "
                    "--in",
                    kMostCharacters));
  a.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + folded.size())};
  a.x = Extractor(rules, {.trace = true}).Extract(a.article);
  a.words = JudgeWords(a.article, a.x, rules, a.span);
  for (const LexiconBan& ban : rules.lexicon().bans()) {
    if (ban.entry.surface == folded) a.bans.push_back(&ban);
  }
  const Span source = a.article.alignment.ToSource(a.span);
  for (Written& w : WriteAll(a.x, a.article.text)) {
    if (w.span.Overlaps(source)) a.facts.push_back(std::move(w));
  }
  return a;
}

std::string TypeOf(const LexiconBan& ban, const RuleSet& rules) {
  return std::string(ban.entry.type == kAnyType ? kAnyTypeName
                                                : rules.symbols().Name(ban.entry.type));
}

std::string Joined(const std::vector<std::string>& all, size_t most = 8) {
  std::string out;
  for (size_t i = 0; i < all.size() && i < most; ++i) out += (i == 0 ? "" : ", ") + all[i];
  if (all.size() > most) out += fmt::format(" and {} more", all.size() - most);
  return out;
}

class Printer {
 public:
  Printer(const WhyCommand& o, const Answer& a, const RuleSet& rules)
      : o_(o), a_(a), rules_(rules) {}

  void Text() {
    fmt::print("'{}'{}\n", o_.word,
               Slice(a_.article.folded, a_.span) == o_.word
                   ? ""
                   : fmt::format(", folded '{}'", Slice(a_.article.folded, a_.span)));
    Bans();
    static constexpr std::pair<Bearing::How, const char*> kParts[] = {
        {Bearing::How::kEqual, "entries of this word"},
        {Bearing::How::kInside, "entries inside it"},
        {Bearing::How::kHolds, "entries that hold it; they hide it in a layer that sees both"},
        {Bearing::How::kOverlaps, "entries that overlap it where the text goes on so"}};
    for (const auto& [how, head] : kParts) Part(how, head);
    Classes();
    Facts();
  }

  void Json() {
    JsonWriter w(buffer_);
    w.StartObject();
    PutText(w, "string", o_.word);
    PutText(w, "folded", Slice(a_.article.folded, a_.span));
    Array(w, "entries", a_.words, [&](const WordVerdict& v) { EntryRow(w, v); });
    Array(w, "bans", a_.bans, [&](const LexiconBan* ban) {
      w.StartObject();
      Place(w, ban->entry);
      PutText(w, "surface", ban->entry.surface);
      PutText(w, "type", TypeOf(*ban, rules_));
      PutCount(w, "entries", ban->entries.size());
      w.EndObject();
    });
    Array(w, "facts", a_.facts, [&](const Written& f) {
      w.StartObject();
      PutText(w, "fact", f.ToString());
      PutText(w, "rule", f.rule);
      w.EndObject();
    });
    w.EndObject();
    std::puts(buffer_.GetString());
  }

 private:
  template <typename All, typename Use>
  static void Array(JsonWriter& w, const char* key, const All& all, Use use) {
    w.Key(key);
    w.StartArray();
    for (const auto& one : all) use(one);
    w.EndArray();
  }
  static void Strings(JsonWriter& w, const char* key, const std::vector<std::string>& all) {
    Array(w, key, all, [&](const std::string& s) {
      w.String(s.data(), static_cast<rapidjson::SizeType>(s.size()));
    });
  }
  void Place(JsonWriter& w, const LexiconEntry& e) const {
    PutText(w, "file", rules_.lexicon().files()[e.file]);
    PutCount(w, "line", e.line);
  }

  void EntryRow(JsonWriter& w, const WordVerdict& v) {
    const LexiconEntry& e = *v.bearing.entry;
    w.StartObject();
    Place(w, e);
    PutText(w, "surface", e.surface);
    PutText(w, "type", rules_.symbols().Name(e.type));
    PutText(w, "canonical", e.canonical);
    PutText(w, "flags", e.flags);
    PutText(w, "relation", NameOf(v.bearing.how));
    if (!v.at.empty()) {
      const Span at = a_.article.alignment.ToSource(v.at);
      PutCount(w, "start", at.begin);
      PutCount(w, "end", at.end);
    }
    if (!v.why_not.empty()) PutText(w, "why_not", v.why_not);
    Strings(w, "seen", v.seen);
    Strings(w, "hidden", v.hidden);
    const ClassReaders readers = ReadersOf(rules_, e.type);
    Strings(w, "layers", readers.layers);
    Strings(w, "rules", readers.rules);
    Strings(w, "as_text", readers.as_text);
    w.EndObject();
  }

  void Bans() const {
    for (const LexiconBan* ban : a_.bans) {
      const std::string type = TypeOf(*ban, rules_);
      const std::string kind = ban->entry.type == kAnyType ? "any" : NameKind(type);
      fmt::print("\nbanned as {} by {}: {} entries out{}\n", type,
                 rules_.lexicon().Location(ban->entry), ban->entries.size(),
                 kind.empty() ? "" : fmt::format(", and no rule takes it for a name ({})", kind));
    }
  }

  void Part(Bearing::How how, const char* head) const {
    size_t all = 0;
    for (const WordVerdict& v : a_.words) {
      if (v.bearing.how != how) continue;
      if (all++ == 0) fmt::print("\n{}:\n", head);
      if (all <= o_.count) Entry(v);
    }
    if (all > o_.count) fmt::print("  … {} more (--count)\n", all - o_.count);
    if (all == 0 && how == Bearing::How::kEqual) fmt::print("\nno entry of this word\n");
  }

  void Entry(const WordVerdict& v) const {
    const LexiconEntry& e = *v.bearing.entry;
    fmt::print("  {}  {} {}{}{}\n", rules_.lexicon().Location(e), e.surface,
               rules_.symbols().Name(e.type), e.canonical == e.surface ? "" : " = " + e.canonical,
               e.flags.empty() ? "" : "  [" + e.flags + "]");
    if (!v.why_not.empty()) fmt::print("      does not count: {}\n", v.why_not);
    if (v.text_only && v.why_not.empty()) fmt::print("      read as text only\n");
    if (!v.seen.empty()) fmt::print("      wins in layer {}\n", Joined(v.seen));
    // What many layers see alike is said once.
    std::map<std::string, std::vector<std::string>> layers;
    for (const std::string& line : v.hidden) {
      const size_t colon = line.find(": ");
      layers[line.substr(colon + 2)].push_back(line.substr(0, colon));
    }
    for (const auto& [rival, in] : layers)
      fmt::print("      loses in layer {}: {}\n", Joined(in), rival);
  }

  // Who reads the classes of the entries of just this word; for want of one, of those inside it.
  void Classes() const {
    std::map<std::string, TypeId> types;
    for (const WordVerdict& v : a_.words) {
      if (v.bearing.how <= (a_.words.front().bearing.how == Bearing::How::kEqual
                                ? Bearing::How::kEqual
                                : Bearing::How::kInside))
        types.emplace(rules_.symbols().Name(v.bearing.entry->type), v.bearing.entry->type);
    }
    if (!types.empty()) fmt::print("\nwho reads these classes:\n");
    for (const auto& [name, type] : types) {
      const ClassReaders r = ReadersOf(rules_, type);
      fmt::print("  {}: ", name);
      if (!r.any()) fmt::print("nothing");
      if (!r.layers.empty()) fmt::print("seen in layer {}", Joined(r.layers));
      if (!r.rules.empty()) fmt::print("; named by {}", Joined(r.rules));
      if (!r.as_text.empty())
        fmt::print("{}as text in {}", r.layers.empty() ? "" : "; ", Joined(r.as_text));
      fmt::print("{}\n", r.numerals ? "the reader of numerals" : "");
    }
  }

  void Facts() const {
    fmt::print("\nfacts{}:\n", o_.in.empty() ? ", where it stands alone" : "");
    for (const Written& f : a_.facts) fmt::print("  {} by {}\n", f.ToString(), f.rule);
    if (a_.facts.empty()) fmt::print("  none\n");
  }

  const WhyCommand& o_;
  const Answer& a_;
  const RuleSet& rules_;
  rapidjson::StringBuffer buffer_;
};

int RunWhy(const WhyCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  const Answer answer = Ask(o, rules, ingest);
  Printer printer(o, answer, rules);
  if (o.json) {
    printer.Json();
  } else {
    printer.Text();
  }
  return kGood;
}

}  // namespace

void AddLexiconWhy(CLI::App& above, int& code) {
  const auto o = std::make_shared<WhyCommand>();
  CLI::App& sub = *above.add_subcommand("why", "what the lexicon says of a string");
  sub.add_option("STRING", o->word, "a word, in either script")->required();
  sub.add_option("--in", o->in, "a sentence in which it stands: what wins depends on it");
  sub.add_option("-n,--count", o->count, "how many entries of each kind are shown");
  sub.add_flag("--json", o->json, "one JSON object, with all entries");
  sub.add_option("--rules", o->rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju lexicon why STRING\n"
      "  kaoju lexicon why STRING --in SENTENCE --json\n"
      "Every entry that is the string, lies inside it, holds or overlaps it, with file and line: "
      "which layers see it there, what hides it from the others, and which bans bear on it.");
  sub.callback([o, &code] { code = RunWhy(*o); });
}

}  // namespace kaoju
