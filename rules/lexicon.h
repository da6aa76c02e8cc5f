// The lexicon: what words we know. rules/lexicon/*.tsv, four columns: surface, type, canonical,
// flags. The surface is in folded form; one surface may have several types. rules/README.md says
// how entries are admitted.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"
#include "rules/double_array.h"
#include "rules/symbols.h"

namespace kaoju {

struct LexiconEntry {
  std::string surface;
  TypeId type = 0;
  std::string canonical;
  std::string flags;  // comma-separated key or key=value
  uint32_t file = 0;  // index into Lexicon::files()
  uint32_t line = 0;
  bool guarded = false;  // MayStand has something to check
  // Of `flags`, what MayStand asks for, read once: byte ranges of the characters of notprev and
  // notnext, and which units the word is.
  struct Part {
    uint32_t at = 0;
    uint32_t size = 0;
  };
  Part not_before;
  Part not_after;
  bool unit = false;
  bool money = false;
  bool must = false;  // the flag: where the word stands, no rule may make another name of it

  // True iff the word may stand at text[begin, end): none of the characters of its flag notprev
  // directly before it, none of notnext directly after it (会理 is a city, but not in 协会理事),
  // and Latin letters only as whole words.
  bool MayStand(std::string_view text, uint32_t begin, uint32_t end) const;

  // The value of `key`, "" when the key stands alone or is absent.
  std::string_view Flag(std::string_view key) const;
  bool Has(std::string_view key) const;
};

// A word found in a text: bytes [begin, end) are the surface of an entry, which may stand there.
struct LexiconHit {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t entry = 0;
  TypeId type = 0;
};

// A trigger text of rules, found in a text.
struct LiteralHit {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t literal = 0;  // index into RuleSet::literals()
};

// A text as the lexicon's codes.
struct CodedText {
  std::string_view text;
  std::span<const uint16_t> codes;  // by place, Lexicon::CodeOf of each code point
  std::span<const uint32_t> bytes;  // by place, where the code point begins; one more, the end
};

// The kind of fact that entries of this class are names of: "person" for PERSON_NAME and
// PERSON_NAME_CUE; "" for all that are no names.
std::string NameKind(std::string_view type);

// The type of a ban of a surface under every class; written ANY.
inline constexpr TypeId kAnyType = 0xFFFF;
inline constexpr std::string_view kAnyTypeName = "ANY";

// An entry with the flag `ban`: its surface is no word of its type (of any, for kAnyType), neither
// by another entry nor as a name that a rule makes.
struct LexiconBan {
  LexiconEntry entry;
  std::vector<uint32_t> entries;  // index into Lexicon::banned() of those that it takes out
};

class Lexicon {
 public:
  // Reads every *.tsv with four columns below `dir` in bytewise order of name. Problems go to
  // `out`; a directory that cannot be read throws RulesError.
  static Lexicon Load(const std::string& dir, SymbolTable& symbols, std::vector<Diagnostic>& out);

  const std::vector<LexiconEntry>& entries() const { return entries_; }
  const std::vector<std::string>& files() const { return files_; }
  // Sorted by surface, in the order of the files.
  const std::vector<LexiconBan>& bans() const { return bans_; }
  // The entries that bans have taken out. They are not among entries().
  const std::vector<LexiconEntry>& banned() const { return banned_; }
  // The types of which an entry with the flag `must` is findable.
  const TypeSet& must_types() const { return must_types_; }
  // Of the automaton: its keys, and its bytes of memory.
  size_t keys() const { return groups_.size(); }
  size_t automaton_bytes() const { return trie_.bytes(); }
  std::string Location(const LexiconEntry& e) const {
    return files_[e.file] + ':' + std::to_string(e.line);
  }
  // All entries of `type`, in order of surface.
  std::vector<const LexiconEntry*> OfType(TypeId type) const;

  // The type of entry `index`, from a compact array: entries are too far apart in memory for the
  // hot path.
  TypeId TypeOf(uint32_t index) const { return compact_[index] & static_cast<TypeId>(~kGuarded); }
  bool Guarded(uint32_t index) const { return (compact_[index] & kGuarded) != 0; }

  // Makes entries of types with in_scan[type] findable, no others, and the literals, which must be
  // sorted. Must be called before Scan.
  void Index(const std::vector<bool>& in_scan, const std::vector<std::string>& literals);

  // Appends every word of text[begin, end) to `hits`: by begin, longer ones first, those of one
  // surface in the order of entries(); and to `literals` every literal: by begin, shorter ones
  // first.
  void Scan(std::string_view text, uint32_t begin, uint32_t end, std::vector<LexiconHit>& hits,
            std::vector<LiteralHit>& literals) const;
  // The same over places [begin, end) of a text that is decoded already.
  void Scan(const CodedText& text, uint32_t begin, uint32_t end, std::vector<LexiconHit>& hits,
            std::vector<LiteralHit>& literals) const;
  uint16_t CodeOf(char32_t c) const { return trie_.CodeOf(c); }
  // The same without the trie: binary search over the sorted surfaces. The oracle of Scan.
  void ScanSlow(std::string_view text, uint32_t begin, uint32_t end, std::vector<LexiconHit>& hits,
                std::vector<LiteralHit>& literals) const;

 private:
  void LoadFile(const std::string& path, SymbolTable& symbols, std::vector<Diagnostic>& out);
  void AddRow(const std::vector<std::string_view>& columns, uint32_t line, SymbolTable& symbols);
  void ApplyBans(const SymbolTable& symbols);

  std::vector<std::string> files_;
  std::vector<LexiconBan> bans_;
  std::vector<LexiconEntry> banned_;
  TypeSet must_types_;
  std::vector<LexiconEntry> entries_;  // sorted by surface, then type name; those of Index first
  size_t indexed_ = 0;
  struct Group {
    uint32_t first = 0;
    uint32_t literal = kNoLiteral;
    uint16_t count = 0;
    uint16_t compact = 0;  // of the first entry
  };
  static constexpr uint16_t kGuarded = 0x8000;
  static constexpr uint32_t kNoLiteral = 0xFFFFFFFF;
  std::vector<Group> groups_;      // by trie value
  std::vector<uint16_t> compact_;  // by entry: type, and kGuarded
  void AppendBackwards(std::string_view text, uint32_t begin, uint32_t end, const Group& group,
                       std::vector<LexiconHit>& hits) const;
  DoubleArray trie_;
  std::vector<std::string> literals_;
  size_t longest_ = 0;  // bytes of the longest surface or literal
};

}  // namespace kaoju
