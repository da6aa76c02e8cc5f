// RuleSet: all packs and the lexicon of one directory, loaded, checked and indexed. Immutable and
// shared by threads; the automata themselves belong to each thread's matcher (extract/matcher.h),
// since many tiny matches on one shared RE2 do not scale.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "rules/double_array.h"
#include "rules/lexicon.h"
#include "rules/role.h"
#include "rules/rule.h"
#include "rules/words.h"

namespace kaoju {

inline constexpr uint32_t kNoSide = 0xFFFFFFFF;
inline constexpr uint8_t kNoCapture = 0xFF;
inline constexpr size_t kMaxLayers = 64;  // a bit each, in what is known of a sentence

// One pattern of one rule.
struct Variant {
  uint32_t rule = 0;     // index into RuleSet::rules()
  uint32_t pattern = 0;  // index into Rule::patterns
  uint32_t left = kNoSide;
  uint32_t right = kNoSide;
  std::vector<TypeSet> required;  // of each set one symbol must stand in the view
  uint32_t before = kNoSide;      // index into CompiledLayer::neighbours; kNoSide: any
  uint32_t after = kNoSide;
  // By role, what it emits: an index into the pattern's captures, or kNoCapture; and a constant.
  std::array<uint8_t, kRoleCount> captures{};
  std::array<std::string_view, kRoleCount> constants{};
  // Variants that match the same and emit the same, and come later in the order of winning: they
  // can never win.
  std::vector<uint32_t> shadowed_rules;
};

struct CompiledLayer {
  std::string name;
  bool conflict_on_trigger = false;
  std::vector<bool> visible;  // by TypeId: lexicon classes and NUMBER that stand as symbols here
  std::vector<std::string> left_sides;  // regexes, each once
  std::vector<std::string> right_sides;
  std::vector<std::vector<char32_t>> neighbours;  // sorted: what may stand beside the trigger
  std::vector<Variant> variants;
  std::vector<std::vector<uint32_t>> by_type;     // TypeId -> variants triggered by that symbol
  std::vector<std::vector<uint32_t>> by_literal;  // index into RuleSet::literals() -> variants
  TypeSet trigger_types;                          // those of by_type that trigger anything
};

class RuleSet {
 public:
  RuleSet(RuleSet&&) = default;
  RuleSet& operator=(RuleSet&&) = default;
  RuleSet(const RuleSet&) = delete;  // variants hold views of its own rules
  RuleSet& operator=(const RuleSet&) = delete;

  // Loads DIR/packs/*.rules (bytewise order of name), DIR/lexicon/*.tsv and DIR/words. Problems go
  // to `out`; a directory or file that cannot be read throws RulesError.
  static RuleSet Load(const std::string& dir, std::vector<Diagnostic>& out);

  const SymbolTable& symbols() const { return symbols_; }
  const Lexicon& lexicon() const { return lexicon_; }
  const CommonWords& words() const { return words_; }
  const std::vector<CompiledLayer>& layers() const { return layers_; }
  const std::vector<Rule>& rules() const { return rules_; }
  const std::string& layer_of(uint32_t rule) const { return rule_layers_[rule]; }
  // The trigger texts of all layers, sorted. The lexicon finds them as it scans.
  const std::vector<std::string>& literals() const { return literals_; }
  // "sha256:" and the hash of every pack and table, those that ingest reads included: two equal ids
  // mean equal rules.
  const std::string& id() const { return id_; }

  // The regex text of a lexicon class, [赵钱孙李] or (?:[赵钱]|欧阳); "" iff it has no entries.
  std::string ClassRegex(std::string_view type) const;

 private:
  RuleSet() = default;
  void LoadPacks(const std::string& dir, std::vector<Diagnostic>& out);
  void Compile(std::vector<Layer> layers);
  void CompileLayer(const Layer& layer, CompiledLayer& to);

  SymbolTable symbols_;
  Lexicon lexicon_;
  CommonWords words_;
  std::vector<CompiledLayer> layers_;
  std::vector<Rule> rules_;
  std::vector<std::string> rule_layers_;
  std::vector<std::string> literals_;
  std::string id_;
};

}  // namespace kaoju
