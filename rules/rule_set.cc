#include "rules/rule_set.h"

#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "rules/error.h"
#include "rules/hash.h"
#include "rules/parser.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    if (!in || std::filesystem::file_size(path) > 0) throw RulesError(path + ": cannot be read");
  }
  return text.str();
}

std::vector<std::string> FilesOf(const std::string& dir, const std::string& extension) {
  std::error_code error;
  std::vector<std::string> out;
  for (const auto& e : std::filesystem::directory_iterator(dir, error)) {
    if (e.path().extension() == extension) out.push_back(e.path().string());
  }
  if (error) throw RulesError(dir + ": cannot be read: " + error.message());
  std::sort(out.begin(), out.end());
  if (out.empty()) throw RulesError(dir + ": no *" + extension + " here");
  return out;
}

uint32_t IndexOf(std::map<std::string, uint32_t>& ids, std::vector<std::string>& all,
                 const std::string& text) {
  if (text.empty()) return kNoSide;
  const auto [it, fresh] = ids.emplace(text, static_cast<uint32_t>(all.size()));
  if (fresh) all.push_back(text);
  return it->second;
}

}  // namespace

RuleSet RuleSet::Load(const std::string& dir, std::vector<Diagnostic>& out) {
  RuleSet set;
  for (const char* type : kFactTypes) set.symbols_.Intern(type);
  set.lexicon_ = Lexicon::Load(dir + "/lexicon", set.symbols_, out);
  set.words_ = CommonWords::Load(dir + "/words");
  set.LoadPacks(dir, out);
  return set;
}

std::string RuleSet::ClassRegex(std::string_view type) const {
  const auto id = symbols_.Find(type);
  if (!id) return {};
  std::string single;
  std::string longer;
  for (const LexiconEntry* e : lexicon_.OfType(*id)) {
    const size_t size = Utf8Width(e->surface[0]);
    if (e->surface.size() == size) {
      single += e->surface;
    } else {
      longer += "|" + RE2::QuoteMeta(e->surface);
    }
  }
  if (single.empty() && longer.empty()) return {};
  if (longer.empty()) return "[" + single + "]";
  return single.empty() ? "(?:" + longer.substr(1) + ")" : "(?:[" + single + "]" + longer + ")";
}

void RuleSet::LoadPacks(const std::string& dir, std::vector<Diagnostic>& out) {
  PatternContext context;
  context.symbols = &symbols_;
  std::map<std::string, std::string, std::less<>> classes;
  context.char_class = [&](std::string_view name) {
    auto it = classes.find(name);
    if (it == classes.end()) it = classes.emplace(name, ClassRegex(name)).first;
    return it->second;
  };
  std::vector<Layer> layers;
  std::string all;
  for (const std::string& path : FilesOf(dir + "/packs", ".rules")) {
    const std::string text = ReadFile(path);
    ParsePack(text, path, context, layers, out);
    all += std::filesystem::path(path).filename().string() + ' ' + Sha256(text) + '\n';
  }
  // What folding and reading pages know decides what rules see, so it belongs to the id, too.
  std::vector<std::string> tables = lexicon_.files();
  for (const char* folder : {"/fold", "/page", "/sites", "/words"}) {
    if (!std::filesystem::is_directory(dir + folder)) continue;
    for (const std::string& path : FilesOf(dir + folder, ".tsv")) tables.push_back(path);
  }
  for (const std::string& path : tables) {
    all += std::filesystem::path(path).filename().string() + ' ' + Sha256(ReadFile(path)) + '\n';
  }
  id_ = "sha256:" + Sha256(all);
  Compile(std::move(layers));
}

void RuleSet::Compile(std::vector<Layer> layers) {
  if (layers.size() > kMaxLayers) {
    throw RulesError(std::to_string(layers.size()) + " layers, at most " +
                     std::to_string(kMaxLayers) + " expected; the last is '" + layers.back().name +
                     "'");
  }
  for (const Layer& layer : layers) {
    for (const Rule& rule : layer.rules) {
      for (const SplitPattern& p : rule.patterns) {
        if (p.captures.size() >= kNoCapture)
          throw RulesError("rule " + rule.id + ": too many captures, fewer than 255 expected");
      }
    }
  }
  std::vector<bool> in_scan(symbols_.size(), false);
  for (Layer& layer : layers) {
    // What a layer without rules sees is looked for only where somebody asks (extract/clause.h).
    for (TypeId t : layer.see) in_scan[t] = in_scan[t] || !layer.rules.empty();
    for (Rule& rule : layer.rules) {
      rule.order = static_cast<uint32_t>(rules_.size());
      std::string meaning =
          layer.name + '\n' + rule.emit_text + '\n' + std::to_string(rule.priority);
      for (const std::string& m : rule.matches) meaning += '\n' + m;
      rule.version = Sha256(meaning).substr(0, 12);
      for (const SplitPattern& p : rule.patterns) {
        for (TypeId t : p.types) in_scan[t] = true;
      }
      rules_.push_back(rule);
      rule_layers_.push_back(layer.name);
    }
  }
  std::set<std::string> literals;
  for (const Rule& rule : rules_) {
    for (const SplitPattern& p : rule.patterns)
      literals.insert(p.trigger.literals.begin(), p.trigger.literals.end());
  }
  literals_.assign(literals.begin(), literals.end());
  lexicon_.Index(in_scan, literals_);
  for (const Layer& layer : layers) {
    layers_.emplace_back();
    CompileLayer(layer, layers_.back());
  }
}

namespace {

// What the roles of `rule` are in the match of this pattern. The texts live as long as the rule.
void BindRoles(const Rule& rule, const SplitPattern& pattern, Variant& v) {
  v.captures.fill(kNoCapture);
  for (const EmitRole& r : rule.emit.roles) {
    const std::optional<RoleId> id = FindRole(r.role);
    if (!id) continue;
    const auto role = static_cast<size_t>(*id);
    v.constants[role] = r.constant;
    const auto it = std::find(pattern.captures.begin(), pattern.captures.end(), r.capture);
    if (it != pattern.captures.end())
      v.captures[role] = static_cast<uint8_t>(it - pattern.captures.begin());
  }
}

}  // namespace

void RuleSet::CompileLayer(const Layer& layer, CompiledLayer& to) {
  to.name = layer.name;
  to.conflict_on_trigger = layer.conflict_on_trigger;
  to.visible.assign(symbols_.size(), false);
  for (TypeId t : layer.see) to.visible[t] = true;
  to.by_type.resize(symbols_.size());
  to.by_literal.resize(literals_.size());
  std::map<std::string, uint32_t> lefts;
  std::map<std::string, uint32_t> rights;
  // What matches and emits the same: one variant; the rules that come later in the order of winning
  // are shadowed.
  std::map<std::tuple<uint32_t, uint32_t, std::string, std::string>, uint32_t> known;
  std::map<std::vector<char32_t>, uint32_t> sets;
  const auto add_neighbours = [&](const Neighbours& n) {
    if (n.any) return kNoSide;
    const auto [it, fresh] = sets.emplace(n.chars, static_cast<uint32_t>(to.neighbours.size()));
    if (fresh) to.neighbours.push_back(n.chars);
    return it->second;
  };
  std::vector<const Rule*> order;
  for (const Rule& r : layer.rules) order.push_back(&r);
  std::stable_sort(order.begin(), order.end(),
                   [](const Rule* a, const Rule* b) { return a->priority > b->priority; });
  for (const Rule* rule : order) {
    for (uint32_t k = 0; k < rule->patterns.size(); ++k) {
      const SplitPattern& p = rule->patterns[k];
      Variant v{rule->order,
                k,
                IndexOf(lefts, to.left_sides, p.left),
                IndexOf(rights, to.right_sides, p.right),
                p.required,
                add_neighbours(p.before),
                add_neighbours(p.after),
                {},
                {},
                {}};
      BindRoles(rules_[rule->order], rules_[rule->order].patterns[k], v);
      std::string trigger = p.trigger.capture;
      for (TypeId t : p.trigger.types) trigger += ' ' + std::to_string(t);
      for (const std::string& s : p.trigger.literals) trigger += '\n' + s;
      for (TypeId t : p.types) to.visible[t] = true;
      const auto [it, fresh] = known.emplace(std::tuple(v.left, v.right, trigger, rule->emit_text),
                                             static_cast<uint32_t>(to.variants.size()));
      if (!fresh) {
        to.variants[it->second].shadowed_rules.push_back(rule->order);
        continue;
      }
      for (TypeId t : p.trigger.types) {
        to.by_type[t].push_back(it->second);
        to.trigger_types.set(t);
      }
      for (const std::string& s :
           std::set<std::string>(p.trigger.literals.begin(), p.trigger.literals.end())) {
        const auto at = std::lower_bound(literals_.begin(), literals_.end(), s);
        to.by_literal[static_cast<size_t>(at - literals_.begin())].push_back(it->second);
      }
      to.variants.push_back(std::move(v));
    }
  }
}

}  // namespace kaoju
