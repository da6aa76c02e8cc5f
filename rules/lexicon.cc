#include "rules/lexicon.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "rules/error.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

std::vector<std::string_view> SplitTabs(std::string_view line) {
  std::vector<std::string_view> out;
  size_t from = 0;
  for (size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t', from)) {
    out.push_back(line.substr(from, tab - from));
    from = tab + 1;
  }
  out.push_back(line.substr(from));
  return out;
}

template <typename Use>
void ForFlags(std::string_view flags, Use use) {
  while (!flags.empty()) {
    const size_t comma = flags.find(',');
    const std::string_view one = flags.substr(0, comma);
    const size_t eq = one.find('=');
    use(one.substr(0, eq), eq == std::string_view::npos ? std::string_view{} : one.substr(eq + 1));
    flags = comma == std::string_view::npos ? std::string_view{} : flags.substr(comma + 1);
  }
}

}  // namespace

std::string_view LexiconEntry::Flag(std::string_view key) const {
  std::string_view found;
  ForFlags(flags, [&](std::string_view k, std::string_view v) {
    if (k == key) found = v;
  });
  return found;
}

bool LexiconEntry::Has(std::string_view key) const {
  bool found = false;
  ForFlags(flags, [&](std::string_view k, std::string_view) { found |= k == key; });
  return found;
}

std::string NameKind(std::string_view type) {
  static constexpr std::string_view kCue = "_CUE";
  static constexpr std::string_view kName = "_NAME";
  if (type.ends_with(kCue)) type.remove_suffix(kCue.size());
  if (!type.ends_with(kName)) return {};
  type.remove_suffix(kName.size());
  if (std::find(std::begin(kFactTypes), std::end(kFactTypes), type) == std::end(kFactTypes))
    return {};
  std::string kind(type);
  std::transform(kind.begin(), kind.end(), kind.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return kind;
}

namespace {

bool Digit(char c) { return c >= '0' && c <= '9'; }
bool Latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Digit(c); }

// The code point that ends at / begins at `at`; empty at the edge of the text.
std::string_view CharBefore(std::string_view text, size_t at) {
  size_t from = at;
  while (from > 0 && (static_cast<unsigned char>(text[--from]) & 0xC0) == 0x80) {
  }
  return text.substr(from, at - from);
}
std::string_view CharAfter(std::string_view text, size_t at) {
  size_t to = std::min(at + 1, text.size());
  while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) ++to;
  return text.substr(at, to - at);
}

// True iff the number goes on beyond its digit at `edge`: the 12306 of 12306.95 or 1,12306.
bool GoesOn(std::string_view text, size_t edge, int step) {
  const auto at = [&](int n) {
    const auto i = static_cast<ptrdiff_t>(edge) + (step > 0 ? n : -n);
    return i < 0 || i >= static_cast<ptrdiff_t>(text.size()) ? '\0' : text[static_cast<size_t>(i)];
  };
  return (at(1) == '.' || at(1) == ',') && Digit(at(2));
}

}  // namespace

bool LexiconEntry::MayStand(std::string_view text, uint32_t begin, uint32_t end) const {
  if (!guarded) return true;
  if (Digit(surface.front()) && GoesOn(text, begin, -1)) return false;
  if (Digit(surface.back()) && GoesOn(text, end - 1, 1)) return false;
  // A unit stands behind digits: 5GB; a name does not.
  if (Latin(surface.front()) && begin > 0 && Latin(text[begin - 1]) &&
      !(Digit(text[begin - 1]) && !Digit(surface.front()) && unit))
    return false;
  if (Latin(surface.back()) && end < text.size() && Latin(text[end]) &&
      !(Digit(text[end]) && money))  // USD35
    return false;
  const auto holds = [&](Part part, std::string_view character) {
    return part.size > 0 && !character.empty() &&
           std::string_view(flags).substr(part.at, part.size).find(character) !=
               std::string_view::npos;
  };
  if (not_before.size > 0 && holds(not_before, CharBefore(text, begin))) return false;
  return not_after.size == 0 || !holds(not_after, CharAfter(text, end));
}

Lexicon Lexicon::Load(const std::string& dir, SymbolTable& symbols, std::vector<Diagnostic>& out) {
  std::error_code error;
  std::vector<std::string> paths;
  for (const auto& e : std::filesystem::directory_iterator(dir, error)) {
    if (e.path().extension() == ".tsv") paths.push_back(e.path().string());
  }
  if (error) throw RulesError(dir + ": cannot read the lexicon: " + error.message());
  if (paths.empty()) throw RulesError(dir + ": no lexicon (*.tsv) here");
  std::sort(paths.begin(), paths.end());
  Lexicon lexicon;
  for (const std::string& path : paths) lexicon.LoadFile(path, symbols, out);
  lexicon.ApplyBans(symbols);
  return lexicon;
}

void Lexicon::LoadFile(const std::string& path, SymbolTable& symbols,
                       std::vector<Diagnostic>& out) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw RulesError(path + ": cannot be opened");
  files_.push_back(path);
  std::string line;
  std::string before;
  for (uint32_t number = 1; std::getline(in, line); ++number) {
    const auto problem = [&](const char* code, const std::string& message) {
      out.push_back({Diagnostic::Level::kError, path, number, 1, code, message, line});
    };
    if (line.empty() || line.front() == '#') continue;
    if (!IsRuleText(line)) {
      problem("lexicon-utf8", "not UTF-8, or a private-use character");
      continue;
    }
    const auto columns = SplitTabs(line);
    if (columns.size() != 4) {
      problem("lexicon-columns", "4 columns expected (surface, type, canonical, flags), found " +
                                     std::to_string(columns.size()));
      continue;
    }
    if (columns[0].empty() || columns[1].empty()) {
      problem("lexicon-empty", "surface and type must not be empty");
      continue;
    }
    const std::string key = std::string(columns[0]) + '\t' + std::string(columns[1]);
    if (!before.empty() && key <= before) {
      problem("lexicon-order", key == before ? "the entry stands twice"
                                             : "entries must be sorted bytewise by surface");
    }
    before = key;
    AddRow(columns, number, symbols);
  }
  if (in.bad()) throw RulesError(path + ": cannot be read");
}

void Lexicon::AddRow(const std::vector<std::string_view>& columns, uint32_t line,
                     SymbolTable& symbols) {
  LexiconEntry e;
  e.surface = columns[0];
  e.canonical = columns[2].empty() ? columns[0] : columns[2];
  e.flags = columns[3];
  e.file = static_cast<uint32_t>(files_.size() - 1);
  e.line = line;
  if (e.Has("ban")) {
    e.type = columns[1] == kAnyTypeName ? kAnyType : symbols.Intern(columns[1]);
    bans_.push_back({std::move(e), {}});
    return;
  }
  const auto part = [&](std::string_view key) {
    const std::string_view value = e.Flag(key);
    if (value.empty()) return LexiconEntry::Part{};
    return LexiconEntry::Part{static_cast<uint32_t>(value.data() - e.flags.data()),
                              static_cast<uint32_t>(value.size())};
  };
  e.not_before = part("notprev");
  e.not_after = part("notnext");
  e.unit = e.Has("kind");
  e.money = e.Flag("kind") == "money";
  e.guarded = e.not_before.size > 0 || e.not_after.size > 0 || Latin(e.surface.front()) ||
              Latin(e.surface.back());
  e.must = e.Has("must");
  // An entry that stands only with a cue is of a type of its own, which rules with a cue ask for.
  e.type =
      symbols.Intern(e.Has("cue") ? std::string(columns[1]) + "_CUE" : std::string(columns[1]));
  entries_.push_back(std::move(e));
}

void Lexicon::ApplyBans(const SymbolTable& symbols) {
  if (bans_.empty()) return;
  std::stable_sort(bans_.begin(), bans_.end(), [](const LexiconBan& a, const LexiconBan& b) {
    return a.entry.surface < b.entry.surface;
  });
  const auto bans = [&](const LexiconEntry& ban, const LexiconEntry& e) {
    if (ban.surface != e.surface) return false;
    return ban.type == kAnyType || ban.type == e.type ||
           (e.Has("cue") && symbols.Name(e.type) == symbols.Name(ban.type) + "_CUE");
  };
  const auto of = [](const LexiconBan& ban, std::string_view surface) {
    return ban.entry.surface < surface;
  };
  std::vector<LexiconEntry> kept;
  for (LexiconEntry& e : entries_) {
    auto it = std::lower_bound(bans_.begin(), bans_.end(), e.surface, of);
    while (it != bans_.end() && it->entry.surface == e.surface && !bans(it->entry, e)) ++it;
    if (it == bans_.end() || it->entry.surface != e.surface) {
      kept.push_back(std::move(e));
    } else {
      it->entries.push_back(static_cast<uint32_t>(banned_.size()));
      banned_.push_back(std::move(e));
    }
  }
  entries_ = std::move(kept);
}

std::vector<const LexiconEntry*> Lexicon::OfType(TypeId type) const {
  std::vector<const LexiconEntry*> out;
  for (const LexiconEntry& e : entries_) {
    if (e.type == type) out.push_back(&e);
  }
  std::sort(out.begin(), out.end(),
            [](const auto* a, const auto* b) { return a->surface < b->surface; });
  return out;
}

void Lexicon::Index(const std::vector<bool>& in_scan, const std::vector<std::string>& literals) {
  const auto scanned = [&](const LexiconEntry& e) {
    return e.type < in_scan.size() && in_scan[e.type];
  };
  std::stable_sort(entries_.begin(), entries_.end(),
                   [&](const LexiconEntry& a, const LexiconEntry& b) {
                     const bool sa = scanned(a);
                     const bool sb = scanned(b);
                     return sa != sb ? sa : a.surface < b.surface;
                   });
  indexed_ = static_cast<size_t>(
      std::find_if(entries_.begin(), entries_.end(), [&](const auto& e) { return !scanned(e); }) -
      entries_.begin());
  compact_.clear();
  for (const LexiconEntry& e : entries_)
    compact_.push_back(static_cast<uint16_t>(e.type | (e.guarded ? kGuarded : 0)));
  must_types_.reset();
  for (size_t i = 0; i < indexed_; ++i) {
    if (entries_[i].must) must_types_.set(entries_[i].type);
  }
  literals_ = literals;
  groups_.clear();
  std::vector<std::string_view> keys;
  size_t literal = 0;
  const auto add_literals = [&](std::string_view before) {  // those that sort before it
    for (; literal < literals_.size() && (before.empty() || literals_[literal] < before);
         ++literal) {
      keys.push_back(literals_[literal]);
      groups_.push_back({0, static_cast<uint32_t>(literal), 0, 0});
    }
  };
  for (size_t i = 0; i < indexed_; ++i) {
    if (i == 0 || entries_[i].surface != entries_[i - 1].surface) {
      add_literals(entries_[i].surface);
      keys.push_back(entries_[i].surface);
      groups_.push_back({static_cast<uint32_t>(i), kNoLiteral, 0, compact_[i]});
      if (literal < literals_.size() && literals_[literal] == entries_[i].surface)
        groups_.back().literal = static_cast<uint32_t>(literal++);
    }
    ++groups_.back().count;
  }
  add_literals({});
  trie_.Build(keys);
  longest_ = 0;
  for (std::string_view key : keys) longest_ = std::max(longest_, key.size());
}

void Lexicon::AppendBackwards(std::string_view text, uint32_t begin, uint32_t end,
                              const Group& group, std::vector<LexiconHit>& hits) const {
  if (group.count == 1 && (group.compact & kGuarded) == 0) {  // nearly always
    hits.push_back({begin, end, group.first, group.compact});
    return;
  }
  for (uint32_t e = group.first + group.count; e-- > group.first;) {
    if (!Guarded(e) || entries_[e].MayStand(text, begin, end))
      hits.push_back({begin, end, e, TypeOf(e)});
  }
}

void Lexicon::Scan(std::string_view text, uint32_t begin, uint32_t end,
                   std::vector<LexiconHit>& hits, std::vector<LiteralHit>& literals) const {
  std::vector<uint16_t> codes;
  std::vector<uint32_t> bytes;
  for (uint32_t at = begin; at < end; at += static_cast<uint32_t>(Utf8Width(text[at]))) {
    codes.push_back(CodeOf(Utf8At(text, at)));
    bytes.push_back(at);
  }
  bytes.push_back(end);
  Scan({text, codes, bytes}, 0, static_cast<uint32_t>(codes.size()), hits, literals);
}

void Lexicon::Scan(const CodedText& text, uint32_t begin, uint32_t end,
                   std::vector<LexiconHit>& hits, std::vector<LiteralHit>& literals) const {
  const std::span<const uint16_t> window = text.codes.first(end);
  for (uint32_t place = begin; place < end; ++place) {
    const size_t first = hits.size();
    const uint32_t at = text.bytes[place];
    trie_.Prefixes(window, place, [&](size_t stop, uint32_t value) {
      const Group& group = groups_[value];
      if (group.literal != kNoLiteral) literals.push_back({at, text.bytes[stop], group.literal});
      if (group.count > 0) AppendBackwards(text.text, at, text.bytes[stop], group, hits);
    });
    if (hits.size() - first > 1)
      std::reverse(hits.begin() + static_cast<ptrdiff_t>(first), hits.end());
  }
}

void Lexicon::ScanSlow(std::string_view text, uint32_t begin, uint32_t end,
                       std::vector<LexiconHit>& hits, std::vector<LiteralHit>& literals) const {
  const auto last = entries_.begin() + static_cast<ptrdiff_t>(indexed_);
  for (uint32_t at = begin; at < end; ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    const size_t first = hits.size();
    const auto most = static_cast<uint32_t>(std::min<size_t>(longest_, end - at));
    for (uint32_t size = 1; size <= most; ++size) {
      const std::string_view word = text.substr(at, size);
      const auto it =
          std::lower_bound(entries_.begin(), last, word,
                           [](const LexiconEntry& e, std::string_view w) { return e.surface < w; });
      Group group{static_cast<uint32_t>(it - entries_.begin()), kNoLiteral, 0, 0};
      if (it != last) group.compact = compact_[group.first];
      for (auto e = it; e != last && e->surface == word; ++e) ++group.count;
      AppendBackwards(text, at, at + size, group, hits);
      const auto literal = std::lower_bound(literals_.begin(), literals_.end(), word);
      if (literal != literals_.end() && *literal == word)
        literals.push_back({at, at + size, static_cast<uint32_t>(literal - literals_.begin())});
    }
    std::reverse(hits.begin() + static_cast<ptrdiff_t>(first), hits.end());
  }
}

}  // namespace kaoju
