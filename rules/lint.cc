#include "rules/lint.h"

#include <re2/re2.h>

#include <algorithm>

namespace kaoju {
namespace {

constexpr int kLargestProgram = 6000;

class Linter {
 public:
  explicit Linter(const RuleSet& rules) : rules_(rules) {}

  std::vector<Diagnostic> Run() {
    for (const CompiledLayer& layer : rules_.layers()) {
      for (const Variant& v : layer.variants) {
        const Rule& rule = rules_.rules()[v.rule];
        Side(rule, v.pattern, v.left == kNoSide ? std::string() : layer.left_sides[v.left]);
        Side(rule, v.pattern, v.right == kNoSide ? std::string() : layer.right_sides[v.right]);
        Literals(layer, rule, v.pattern);
        for (uint32_t s : v.shadowed_rules) {
          Report(rules_.rules()[s], 0, "shadowed",
                 "it can never win: " + rule.id + " matches and emits the same and comes first");
        }
      }
    }
    return std::move(out_);
  }

 private:
  void Report(const Rule& rule, size_t pattern, const std::string& code, const std::string& message,
              Diagnostic::Level level = Diagnostic::Level::kWarning) {
    const auto allowed = [&](const std::string& a) {
      return a.compare(0, code.size() + 1, code + ":") == 0;
    };
    if (std::any_of(rule.allowed.begin(), rule.allowed.end(), allowed)) return;
    out_.push_back({level, rule.file, rule.match_lines[pattern], 0, code,
                    "rule " + rule.id + ": " + message, "match " + rule.matches[pattern]});
  }

  void Side(const Rule& rule, size_t pattern, const std::string& regex) {
    if (regex.empty()) return;
    if (regex.find("\\p{Han}") != std::string::npos) {
      Report(rule, pattern, "han-repeat",
             "\\p{Han} takes 81 instructions, the range [\xE4\xB8\x80-\xE9\xBF\xBF] 9");
    }
    if (regex.find("&&") != std::string::npos)
      Report(rule, pattern, "class-and", "RE2 reads && as two ampersands");
    RE2::Options options;
    options.set_log_errors(false);
    const RE2 re(regex, options);
    if (!re.ok()) return Report(rule, pattern, "regex", re.error(), Diagnostic::Level::kError);
    if (re.ProgramSize() > kLargestProgram) {
      Report(rule, pattern, "program-size",
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
        Report(rule, pattern, "hidden-literal",
               "the text '" + text + "' cannot match: this layer sees '" + e.surface + "' as " +
                   rules_.symbols().Name(e.type) + " (" + rules_.lexicon().Location(e) + ")");
        return;
      }
    }
  }

  const RuleSet& rules_;
  std::vector<Diagnostic> out_;
};

}  // namespace

std::vector<Diagnostic> Lint(const RuleSet& rules) { return Linter(rules).Run(); }

}  // namespace kaoju
