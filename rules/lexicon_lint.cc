#include "rules/lexicon_lint.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "rules/codes.h"
#include "rules/source_lines.h"

namespace kaoju {
namespace {

constexpr std::string_view kAllow = "# allow ";
constexpr std::string_view kFlags[] = {
    "amb",  "cue",   "weak",      "notprev",  "notnext", "kind",   "class", "side",  "alt",
    "part", "pm",    "factor",    "regional", "pronoun", "hist",   "cn",    "tw",    "rel",
    "coin", "cap",   "split",     "same",     "said",    "far",    "unit",  "must",  "ban",
    "turn", "tell",  "month_end", "alone",    "low",     "high",   "shape", "modal", "opens",
    "deed", "lasts", "prep",      "passive",  "before",  "behind", "from",  "to"};

struct Allowance {
  size_t line = 0;
  bool reason = false;
  bool used = false;
};

class LexiconLinter {
 public:
  LexiconLinter(const Lexicon& lexicon, const SymbolTable& symbols,
                const std::function<std::string(std::string_view)>& fold)
      : lexicon_(lexicon), symbols_(symbols), fold_(fold) {}

  std::vector<Diagnostic> Run() {
    for (const std::string& file : lexicon_.files()) ReadAllowances(file);
    std::map<std::pair<std::string_view, TypeId>, const LexiconEntry*> first;
    for (const LexiconEntry& e : lexicon_.entries()) {
      Forms(e);
      Flags(e);
      const auto [it, fresh] = first.emplace(std::pair(std::string_view(e.surface), e.type), &e);
      if (fresh) continue;
      const bool later = std::tie(it->second->file, it->second->line) < std::tie(e.file, e.line);
      const LexiconEntry& second = later ? e : *it->second;
      const LexiconEntry& one = later ? *it->second : e;
      Report(second, second.surface, "lexicon-twice",
             "'" + e.surface + "' stands as " + symbols_.Name(e.type) + " in " +
                 lexicon_.Location(one) + ", too");
    }
    for (const LexiconEntry& e : lexicon_.banned()) {
      Forms(e);
      Flags(e);
    }
    for (const LexiconBan& ban : lexicon_.bans()) Ban(ban.entry);
    Unused();
    std::sort(out_.begin(), out_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.file, a.line, a.code) < std::tie(b.file, b.line, b.code);
    });
    return std::move(out_);
  }

 private:
  // # allow CODE SURFACE: reason
  void ReadAllowances(const std::string& file) {
    for (size_t number = 1;; ++number) {
      const std::string_view line = lines_.Line(file, number);
      if (line.empty() || line.front() != '#') return;
      if (line.substr(0, kAllow.size()) != kAllow) continue;
      const std::string_view rest = line.substr(kAllow.size());
      const size_t space = std::min(rest.find(' '), rest.size());
      const size_t colon =
          std::min(rest.find(": ", space), rest.size() - (rest.ends_with(':') ? 1 : 0));
      const size_t from = std::min(space + 1, rest.size());
      allowed_[{file, std::string(rest.substr(0, space)),
                std::string(rest.substr(from, std::max(colon, from) - from))}] = {
          number, rest.find_first_not_of(": ", colon) != std::string_view::npos, false};
    }
  }

  void Report(const LexiconEntry& e, std::string_view needle, const char* code,
              const std::string& message) {
    const std::string& file = lexicon_.files()[e.file];
    if (const auto it = allowed_.find({file, code, e.surface}); it != allowed_.end()) {
      it->second.used = true;
      return;
    }
    Diagnostic d{Diagnostic::Level::kWarning, file, e.line, 0, code, message, {}, {}};
    lines_.Place(d, needle);
    d.hint = HowToSilence(code, e.surface);
    out_.push_back(std::move(d));
  }

  void Forms(const LexiconEntry& e) {
    if (const std::string folded = fold_(e.surface); folded != e.surface) {
      Report(e, e.surface, "lexicon-surface",
             "the surface '" + e.surface + "' never matches: texts are folded, and fold it to '" +
                 folded + "'");
    }
    if (const std::string folded = fold_(e.canonical);
        folded != e.canonical && e.canonical != e.surface) {
      Report(e, e.canonical, "lexicon-canonical",
             "the canonical form '" + e.canonical + "' is not in simplified, folded form: '" +
                 folded + "'");
    }
  }

  void Flags(const LexiconEntry& e) {
    for (std::string_view rest = e.flags; !rest.empty();) {
      const std::string_view one = rest.substr(0, rest.find(','));
      rest = one.size() < rest.size() ? rest.substr(one.size() + 1) : std::string_view{};
      const std::string_view key = one.substr(0, one.find('='));
      if (key == "must" &&
          (e.Has("cue") || e.Has("ban") || NameKind(symbols_.Name(e.type)).empty())) {
        Report(e, one, "lexicon-flag",
               "'must' has a meaning on names only (PERSON_NAME, ORG_NAME …), and not with 'cue'");
        continue;
      }
      if (IsLexiconFlag(key)) continue;
      Report(e, one, "lexicon-flag", "the flag '" + std::string(key) + "' has no meaning");
    }
  }

  void Ban(const LexiconEntry& ban) {
    Forms(ban);
    Flags(ban);
    if (ban.type == kAnyType || !NameKind(symbols_.Name(ban.type)).empty()) return;
    const auto is_of = [&](const LexiconEntry& e) {
      return e.type == ban.type || symbols_.Name(e.type) == symbols_.Name(ban.type) + "_CUE";
    };
    if (std::any_of(lexicon_.entries().begin(), lexicon_.entries().end(), is_of) ||
        std::any_of(lexicon_.banned().begin(), lexicon_.banned().end(), is_of))
      return;
    Report(ban, symbols_.Name(ban.type), "lexicon-ban",
           "the ban bans nothing: no entry is a " + symbols_.Name(ban.type));
  }

  void Unused() {
    for (const auto& [key, a] : allowed_) {
      const auto& [file, code, surface] = key;
      if (a.used && a.reason) continue;
      Diagnostic d{Diagnostic::Level::kWarning,
                   file,
                   a.line,
                   0,
                   "allow",
                   a.used ? "'allow " + code + ' ' + surface + "' wants a reason"
                          : "'allow " + code + ' ' + surface + "' silences nothing: remove it",
                   {},
                   {}};
      lines_.Place(d, code);
      out_.push_back(std::move(d));
    }
  }

  const Lexicon& lexicon_;
  const SymbolTable& symbols_;
  const std::function<std::string(std::string_view)>& fold_;
  SourceLines lines_;
  std::map<std::tuple<std::string, std::string, std::string>, Allowance> allowed_;
  std::vector<Diagnostic> out_;
};

}  // namespace

bool IsLexiconFlag(std::string_view key) {
  return std::find(std::begin(kFlags), std::end(kFlags), key) != std::end(kFlags);
}

std::vector<Diagnostic> LintLexicon(const Lexicon& lexicon, const SymbolTable& symbols,
                                    const std::function<std::string(std::string_view)>& fold) {
  return LexiconLinter(lexicon, symbols, fold).Run();
}

}  // namespace kaoju
