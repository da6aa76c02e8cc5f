#include "rules/lint.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "rules/codes.h"
#include "rules/source_lines.h"

namespace kaoju {
namespace {

constexpr int kLargestProgram = 6000;
constexpr std::string_view kSkip = "skip";

// The code of `allow CODE: reason`.
std::string_view AllowedCode(std::string_view allowed) {
  return allowed.substr(0, allowed.find(':'));
}

class Linter {
 public:
  explicit Linter(const RuleSet& rules) : rules_(rules), made_(rules.symbols().size(), false) {
    for (const LexiconEntry& e : rules.lexicon().entries()) made_[e.type] = true;
    // Numerals are read by the program itself, and any layer may make any kind of fact.
    for (const char* type : kFactTypes) {
      if (const auto id = rules.symbols().Find(type)) made_[*id] = true;
    }
  }

  std::vector<Diagnostic> Run() {
    for (const CompiledLayer& layer : rules_.layers()) {
      for (const Variant& v : layer.variants) CheckVariant(layer, v);
      NeverWins(layer);
    }
    for (const Rule& rule : rules_.rules()) Allowances(rule);
    return std::move(out_);
  }

 private:
  void Report(const Rule& rule, size_t line, std::string_view needle, const char* code,
              const std::string& message, Diagnostic::Level level = Diagnostic::Level::kWarning) {
    for (const std::string& a : rule.allowed) {
      if (AllowedCode(a) != code) continue;
      used_.insert({&rule, a});
      return;
    }
    Diagnostic d{level, rule.file, line, 0, code, "rule " + rule.id + ": " + message, {}, {}};
    lines_.Place(d, needle);
    d.hint = HowToSilence(code);
    out_.push_back(std::move(d));
  }

  void CheckVariant(const CompiledLayer& layer, const Variant& v) {
    const Rule& rule = rules_.rules()[v.rule];
    Side(rule, v.pattern, v.left == kNoSide ? std::string() : layer.left_sides[v.left]);
    Side(rule, v.pattern, v.right == kNoSide ? std::string() : layer.right_sides[v.right]);
    Literals(layer, rule, v.pattern);
    Symbols(rule, v);
    for (uint32_t s : v.shadowed_rules) {
      const Rule& late = rules_.rules()[s];
      Report(late, late.line, late.id, "shadowed",
             "it can never win: " + rule.id + " matches and emits the same and comes first");
    }
  }

  void Side(const Rule& rule, size_t pattern, const std::string& regex) {
    if (regex.empty()) return;
    const size_t line = rule.match_lines[pattern];
    if (regex.find("\\p{Han}") != std::string::npos) {
      Report(rule, line, "\\p{Han}", "han-repeat",
             "\\p{Han} takes 81 instructions, the range [\xE4\xB8\x80-\xE9\xBF\xBF] 9");
    }
    if (regex.find("&&") != std::string::npos)
      Report(rule, line, "&&", "class-and", "RE2 reads && as two ampersands");
    RE2::Options options;
    options.set_log_errors(false);
    const RE2 re(regex, options);
    if (!re.ok()) {
      return Report(rule, line, re.error_arg(), "regex", re.error(), Diagnostic::Level::kError);
    }
    if (re.ProgramSize() > kLargestProgram) {
      Report(rule, line, {}, "program-size",
             "a side of " + std::to_string(re.ProgramSize()) + " instructions, at most " +
                 std::to_string(kLargestProgram) + " wanted");
    }
  }

  // A literal that holds a word which the layer sees as a symbol never occurs in the view, unless a
  // longer word hides that one.
  void Literals(const CompiledLayer& layer, const Rule& rule, size_t pattern) {
    for (const std::string& text : rule.patterns[pattern].literals) {
      std::vector<LexiconHit> hits;
      std::vector<LiteralHit> literals;
      rules_.lexicon().Scan(text, 0, static_cast<uint32_t>(text.size()), hits, literals);
      for (const LexiconHit& h : hits) {
        if (!layer.visible[h.type]) continue;
        const LexiconEntry& e = rules_.lexicon().entries()[h.entry];
        Report(rule, rule.match_lines[pattern], text, "hidden-literal",
               "the text '" + text + "' cannot match: this layer sees '" + e.surface + "' as " +
                   rules_.symbols().Name(e.type) + " (" + rules_.lexicon().Location(e) + ")");
        return;
      }
    }
  }

  // A symbol that must occur, of types that no lexicon entry and no fact has.
  void Symbols(const Rule& rule, const Variant& v) {
    for (const TypeSet& set : v.required) {
      std::string names;
      bool alive = false;
      for (TypeId t = 0; t < made_.size(); ++t) {
        if (!set.test(t)) continue;
        alive |= made_[t];
        names += (names.empty() ? "" : "|") + rules_.symbols().Name(t);
      }
      if (alive) continue;
      Report(rule, rule.match_lines[v.pattern], names, "dead-symbol",
             "it cannot match: no lexicon entry and no rule makes {" + names + "}");
      return;
    }
  }

  // Where two variants match the same and their facts have the same span, the earlier wins, if it
  // takes whatever it matches: builders of names without a limit and of skip do.
  void NeverWins(const CompiledLayer& layer) {
    std::map<std::tuple<uint32_t, uint32_t, std::string, std::string>, const Rule*> first;
    for (const Variant& v : layer.variants) {
      const Rule& rule = rules_.rules()[v.rule];
      const Trigger& trigger = rule.patterns[v.pattern].trigger;
      std::string what = trigger.capture;
      for (TypeId t : trigger.types) what += ' ' + std::to_string(t);
      for (const std::string& s : trigger.literals) what += '\n' + s;
      const EmitRole* span = rule.emit.Find("span");
      const auto [it, fresh] = first.emplace(
          std::tuple(v.left, v.right, what, span == nullptr ? std::string() : span->capture),
          &rule);
      if (fresh || it->second == &rule || !TakesAll(*it->second)) continue;
      Report(rule, rule.line, rule.id, "never-wins",
             "it can never win: " + it->second->id + " matches the same span and comes first");
    }
  }

  static bool TakesAll(const Rule& rule) {
    static constexpr std::string_view kNames[] = {"person", "org",   "product", "place",
                                                  "media",  "event", "work",    "other"};
    return rule.emit.kind == kSkip ||
           (std::find(std::begin(kNames), std::end(kNames), rule.emit.kind) != std::end(kNames) &&
            rule.emit.Find("limit") == nullptr);
  }

  void Allowances(const Rule& rule) {
    for (const std::string& a : rule.allowed) {
      const std::string code(AllowedCode(a));
      const size_t reason = a.find_first_not_of(" \t", std::min(code.size() + 1, a.size()));
      std::string message;
      if (const DiagnosticCode* known = FindCode(code);
          known == nullptr || known->silence != DiagnosticCode::Silence::kInRule) {
        message = "'" + code + "' is no code that a rule may silence";
      } else if (reason == std::string::npos) {
        message = "'allow " + code + "' wants a reason";
      } else if (!used_.contains({&rule, a})) {
        message = "'allow " + code + "' silences nothing: remove it";
      } else {
        continue;
      }
      Report(rule, AllowanceLine(rule, code), code, "allow", message);
    }
  }

  // The line of `allow CODE` in the rule.
  size_t AllowanceLine(const Rule& rule, const std::string& code) {
    for (size_t line = rule.line + 1;; ++line) {
      const std::string_view text = lines_.Line(rule.file, line);
      if (text.empty()) return rule.line;
      const size_t word = text.find_first_not_of(" \t");
      if (text.compare(std::min(word, text.size()), 5, "allow") == 0 &&
          text.find(code) != std::string_view::npos)
        return line;
    }
  }

  const RuleSet& rules_;
  std::vector<bool> made_;  // by TypeId: something makes it
  SourceLines lines_;
  std::set<std::pair<const Rule*, std::string>> used_;
  std::vector<Diagnostic> out_;
};

}  // namespace

std::vector<Diagnostic> Lint(const RuleSet& rules) { return Linter(rules).Run(); }

}  // namespace kaoju
