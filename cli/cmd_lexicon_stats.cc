// kaoju lexicon stats: what the lexicon holds, by file and by class.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <set>

#include "cli/cmd_lexicon.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/rules_dir.h"
#include "cli/table.h"
#include "extract/examples.h"
#include "ingest/ingest.h"
#include "ingest/utf8.h"
#include "rules/lexicon_admission.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

struct StatsCommand {
  std::string rules;
  bool json = false;
};

constexpr std::array<const char*, 7> kLengths = {"1", "2", "3", "4", "5-6", "7-9", "10+"};

size_t LengthClass(size_t characters) {
  return characters <= 4 ? characters - 1 : characters <= 6 ? 4 : characters <= 9 ? 5 : 6;
}

// Of a file or a class.
struct Counts {
  size_t entries = 0;
  size_t aliases = 0;   // with a canonical form that is not the surface
  size_t variants = 0;  // whose surface has another spelling in traditional script
  std::set<std::string_view> surfaces;
  std::array<size_t, kLengths.size()> lengths{};  // of entries, in characters
  std::map<std::string, size_t> flags;            // by key
};

// The characters that another of the common Han characters (Unicode's first block) folds to.
std::set<char32_t> FoldedTo(const FoldTable& fold) {
  std::set<char32_t> out;
  for (char32_t c = 0x4E00; c <= 0x9FFF; ++c) {
    const std::string text = ToUtf8(std::u32string(1, c));
    const std::string folded = fold.Fold(text).text;
    if (folded != text && !folded.empty()) out.insert(Utf8At(folded, 0));
  }
  return out;
}

class Counter {
 public:
  Counter(const RuleSet& rules, const Ingest& ingest)
      : rules_(rules),
        admission_(rules, [](std::string_view text) { return std::string(text); }),
        twins_(FoldedTo(ingest.fold())) {
    for (const std::string& file : rules.lexicon().files()) files[file];
    for (const LexiconEntry& e : rules.lexicon().entries()) {
      Count(e, files[rules.lexicon().files()[e.file]]);
      Count(e, types[admission_.WrittenType(e)]);
      Count(e, all);
    }
  }

  std::map<std::string, Counts> files;
  std::map<std::string, Counts> types;
  Counts all;

 private:
  void Count(const LexiconEntry& e, Counts& to) const {
    ++to.entries;
    to.surfaces.insert(e.surface);
    to.aliases += e.canonical != e.surface ? 1 : 0;
    const std::vector<char32_t> points = CodePoints(e.surface);
    to.variants +=
        std::any_of(points.begin(), points.end(), [&](char32_t c) { return twins_.contains(c); })
            ? 1
            : 0;
    ++to.lengths[LengthClass(points.size())];
    for (std::string_view rest = e.flags; !rest.empty();) {
      const std::string_view one = rest.substr(0, rest.find(','));
      rest = one.size() < rest.size() ? rest.substr(one.size() + 1) : std::string_view{};
      ++to.flags[std::string(one.substr(0, one.find('=')))];
    }
  }

  const RuleSet& rules_;
  LexiconAdmission admission_;
  std::set<char32_t> twins_;
};

struct Timing {
  double lexicon_ms = 0;  // reading the files
  double rules_ms = 0;    // all: files, packs, automaton
};

Timing Time(const std::string& dir) {
  using Clock = std::chrono::steady_clock;
  const auto ms = [](Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
  };
  Timing out;
  std::vector<Diagnostic> ignored;
  SymbolTable symbols;
  auto start = Clock::now();
  Lexicon::Load(dir + "/lexicon", symbols, ignored);
  out.lexicon_ms = ms(start);
  start = Clock::now();
  RuleSet::Load(dir, ignored);
  out.rules_ms = ms(start);
  return out;
}

std::string FlagsOf(const Counts& c) {
  std::string out;
  for (const auto& [flag, n] : c.flags)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", flag, n);
  return out;
}

std::vector<std::string> Row(const std::string& name, const Counts& c) {
  std::vector<std::string> row = {name, std::to_string(c.entries),
                                  std::to_string(c.surfaces.size()), std::to_string(c.aliases),
                                  std::to_string(c.variants)};
  for (const size_t n : c.lengths) row.push_back(n == 0 ? "" : std::to_string(n));
  row.push_back(FlagsOf(c));
  return row;
}

void PrintCounts(const char* head, const std::map<std::string, Counts>& counts, const Counts& all) {
  std::vector<Column> columns = {{head, 24},
                                 {"entries", 8, true},
                                 {"surfaces", 8, true},
                                 {"aliases", 8, true},
                                 {"variants", 8, true}};
  for (const char* length : kLengths) columns.push_back({length, 6, true});
  columns.push_back({"flags", 60});
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, c] : counts) rows.push_back(Row(name.substr(name.rfind('/') + 1), c));
  rows.push_back(Row("all", all));
  PrintTable(columns, rows, std::cout);
  std::cout << '\n';
}

void PrintText(const Counter& c, const RuleSet& rules, const Timing& t) {
  PrintCounts("file", c.files, c.all);
  PrintCounts("class", c.types, c.all);
  const Lexicon& lexicon = rules.lexicon();
  std::cout << fmt::format(
      "aliases: the canonical form is another; variants: a character of it has another form in "
      "traditional script; "
      "1 to 10+: entries by characters\n"
      "{} bans, {} entries banned\nautomaton: {} keys, {} bytes\nloaded in {:.0f} ms, of these "
      "the lexicon's files {:.0f} ms\n",
      lexicon.bans().size(), lexicon.banned().size(), lexicon.keys(), lexicon.automaton_bytes(),
      t.rules_ms, t.lexicon_ms);
}

void WriteCounts(JsonWriter& w, const Counts& c) {
  w.StartObject();
  PutCount(w, "entries", c.entries);
  PutCount(w, "surfaces", c.surfaces.size());
  PutCount(w, "aliases", c.aliases);
  PutCount(w, "variants", c.variants);
  w.Key("lengths");
  w.StartObject();
  for (size_t i = 0; i < kLengths.size(); ++i) PutCount(w, kLengths[i], c.lengths[i]);
  w.EndObject();
  w.Key("flags");
  w.StartObject();
  for (const auto& [flag, n] : c.flags) PutCount(w, flag.c_str(), n);
  w.EndObject();
  w.EndObject();
}

void PrintJson(const Counter& c, const RuleSet& rules, const Timing& t) {
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  w.StartObject();
  for (const auto& [key, counts] : {std::pair("files", &c.files), std::pair("types", &c.types)}) {
    w.Key(key);
    w.StartObject();
    for (const auto& [name, one] : *counts) {
      w.Key(name.c_str());
      WriteCounts(w, one);
    }
    w.EndObject();
  }
  w.Key("all");
  WriteCounts(w, c.all);
  PutCount(w, "bans", rules.lexicon().bans().size());
  PutCount(w, "banned", rules.lexicon().banned().size());
  PutCount(w, "automaton_keys", rules.lexicon().keys());
  PutCount(w, "automaton_bytes", rules.lexicon().automaton_bytes());
  w.Key("load_ms");
  w.Double(t.rules_ms);
  w.Key("lexicon_load_ms");
  w.Double(t.lexicon_ms);
  w.EndObject();
  std::puts(buffer.GetString());
}

int RunStats(const StatsCommand& o) {
  const std::string dir = FindRulesDir(o.rules);
  const RuleSet rules = LoadParsedRules(dir);
  const Ingest ingest(dir);
  const Counter counter(rules, ingest);
  (o.json ? PrintJson : PrintText)(counter, rules, Time(dir));
  return kGood;
}

}  // namespace

void AddLexiconStats(CLI::App& above, int& code) {
  const auto o = std::make_shared<StatsCommand>();
  CLI::App& sub = *above.add_subcommand("stats", "what the lexicon holds, by file and class");
  sub.add_flag("--json", o->json, "one JSON object");
  sub.add_option("--rules", o->rules, "the folder of the rules");
  sub.footer(
      "Examples:\n"
      "  kaoju lexicon stats\n"
      "  kaoju lexicon stats --json | jq .types.TITLE\n"
      "Entries, surfaces, lengths, flags and variants by file and by class; the size of the "
      "automaton that finds them, and how long they take to load.");
  sub.callback([o, &code] { code = RunStats(*o); });
}

}  // namespace kaoju
