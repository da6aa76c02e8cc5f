#include "rules/lexicon_admission.h"

#include <algorithm>
#include <iterator>

#include "rules/lexicon_lint.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMostBytes = 300;  // of a column
constexpr std::string_view kCue = "_CUE";

// Fit to be a column: UTF-8, no control characters, no space at an end.
bool IsColumn(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return IsRuleText(text) && std::none_of(text.begin(), text.end(), control) &&
         !text.starts_with(' ') && !text.ends_with(' ') && text.size() <= kMostBytes;
}

Refusal NoText(const char* what) {
  return {"no text", std::string("the ") + what +
                         " must be UTF-8 of at most 300 bytes, without control characters and "
                         "without spaces at its ends"};
}

}  // namespace

LexiconAdmission::LexiconAdmission(const RuleSet& rules,
                                   std::function<std::string(std::string_view)> fold)
    : rules_(rules), fold_(std::move(fold)) {
  for (const std::vector<LexiconEntry>* all :
       {&rules.lexicon().entries(), &rules.lexicon().banned()}) {
    for (const LexiconEntry& e : *all) types_.insert(WrittenType(e));
  }
  for (const LexiconEntry& e : rules.lexicon().entries()) entries_.emplace(e.surface, &e);
  for (const Rule& rule : rules.rules()) {
    for (const SplitPattern& p : rule.patterns) {
      for (const TypeId t : p.types) {
        const std::string& name = rules.symbols().Name(t);
        const bool cue = name.ends_with(kCue) && !NameKind(name).empty();
        types_.insert(cue ? name.substr(0, name.size() - kCue.size()) : name);
      }
    }
  }
  for (const char* fact : kFactTypes) types_.erase(fact);
}

std::string LexiconAdmission::Fold(std::string_view text) const {
  return IsRuleText(text) ? fold_(text) : std::string(text);
}

std::string LexiconAdmission::WrittenType(const LexiconEntry& e) const {
  if (e.type == kAnyType) return std::string(kAnyTypeName);
  const std::string& name = rules_.symbols().Name(e.type);
  return e.Has("cue") ? name.substr(0, name.size() - kCue.size()) : name;
}

std::vector<const LexiconEntry*> LexiconAdmission::Of(std::string_view surface) const {
  std::vector<const LexiconEntry*> out;
  for (auto [it, end] = entries_.equal_range(surface); it != end; ++it) out.push_back(it->second);
  std::sort(out.begin(), out.end());  // in the order of the lexicon
  return out;
}

const LexiconEntry* LexiconAdmission::Standing(std::string_view surface,
                                               std::string_view type) const {
  for (const LexiconEntry* e : Of(surface)) {
    if (WrittenType(*e) == type) return e;
  }
  return nullptr;
}

const LexiconEntry* LexiconAdmission::BanOf(std::string_view surface, std::string_view type) const {
  const std::vector<LexiconBan>& bans = rules_.lexicon().bans();  // sorted by surface
  auto it = std::lower_bound(
      bans.begin(), bans.end(), surface,
      [](const LexiconBan& ban, std::string_view s) { return ban.entry.surface < s; });
  for (; it != bans.end() && it->entry.surface == surface; ++it) {
    if (it->entry.type == kAnyType || WrittenType(it->entry) == type) return &it->entry;
  }
  return nullptr;
}

std::optional<Refusal> LexiconAdmission::RefuseSurface(std::string_view surface) const {
  if (surface.empty()) return Refusal{"no text", "the surface is empty"};
  if (surface.front() == '#') return Refusal{"no text", "a line that begins with # is a comment"};
  if (!IsColumn(surface)) return NoText("surface");
  if (const std::string folded = fold_(surface); folded != surface) {
    return Refusal{"not folded", "the surface '" + std::string(surface) +
                                     "' is not in folded form; texts are, and say '" + folded +
                                     "'"};
  }
  return std::nullopt;
}

std::optional<Refusal> LexiconAdmission::RefuseType(std::string_view type) const {
  if (types_.contains(type)) return std::nullopt;
  std::string names;
  for (const std::string& t : types_) {
    if (!NameKind(t).empty()) names += (names.empty() ? "" : ", ") + t;
  }
  return Refusal{"no class", "no entry and no rule has the class '" + std::string(type) +
                                 "'; names are of " + names + "; `kaoju lexicon stats` lists all"};
}

std::optional<Refusal> LexiconAdmission::RefuseCanonical(const LexiconRow& row) const {
  if (!IsColumn(row.canonical)) return NoText("canonical form");
  if (const std::string folded = fold_(row.canonical);
      folded != row.canonical && row.canonical != row.surface) {
    return Refusal{"not simplified", "the canonical form '" + row.canonical +
                                         "' is not in simplified, folded form; write '" + folded +
                                         "'"};
  }
  return std::nullopt;
}

std::optional<Refusal> LexiconAdmission::RefuseFlags(const LexiconRow& row) const {
  if (!IsColumn(row.flags) || row.flags.find(' ') != std::string::npos ||
      row.flags.starts_with(',') || row.flags.ends_with(',') ||
      row.flags.find(",,") != std::string::npos) {
    return Refusal{"flags", "the flags '" + row.flags +
                                "' are not key or key=value, separated by single commas"};
  }
  std::set<std::string_view> seen;
  for (std::string_view rest = row.flags; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find(','));
    rest = one.size() < rest.size() ? rest.substr(one.size() + 1) : std::string_view{};
    const std::string_view key = one.substr(0, one.find('='));
    if (!IsLexiconFlag(key))
      return Refusal{"flags", "the flag '" + std::string(key) + "' has no meaning"};
    if (!seen.insert(key).second)
      return Refusal{"flags", "the flag '" + std::string(key) + "' stands twice"};
  }
  if (seen.contains("ban")) return Refusal{"flags", "a ban is written by `kaoju lexicon ban`"};
  if (seen.contains("must") && (seen.contains("cue") || NameKind(row.type).empty())) {
    return Refusal{"flags",
                   "'must' has a meaning on names only (PERSON_NAME, ORG_NAME …), and not with "
                   "'cue'"};
  }
  return std::nullopt;
}

std::optional<Refusal> LexiconAdmission::Refuse(const LexiconRow& row) const {
  if (auto r = RefuseSurface(row.surface)) return r;
  if (auto r = RefuseType(row.type)) return r;
  if (auto r = RefuseCanonical(row)) return r;
  if (auto r = RefuseFlags(row)) return r;
  if (const LexiconEntry* ban = BanOf(row.surface, row.type)) {
    return Refusal{"banned", "'" + row.surface + "' is banned as " + WrittenType(*ban) + " by " +
                                 rules_.lexicon().Location(*ban)};
  }
  if (const LexiconEntry* e = Standing(row.surface, row.type)) {
    return Refusal{"standing",
                   "'" + row.surface + "' stands as " + row.type + " in " +
                       rules_.lexicon().Location(*e) +
                       (e->canonical == e->surface ? "" : ", for '" + e->canonical + "'")};
  }
  return std::nullopt;
}

}  // namespace kaoju
