#include "rules/lexicon_search.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "rules/utf8.h"

namespace kaoju {
namespace {

// True iff an end of `left`, two characters or more and not all of it, is a beginning of `right`.
bool RunsInto(std::string_view left, std::string_view right) {
  for (size_t from = Utf8Width(left[0]); from < left.size(); from += Utf8Width(left[from])) {
    const std::string_view end = left.substr(from);
    if (end.size() <= Utf8Width(end[0])) return false;
    if (end.size() < right.size() && right.starts_with(end)) return true;
  }
  return false;
}

std::optional<Bearing::How> Bears(std::string_view surface, std::string_view folded) {
  if (surface == folded) return Bearing::How::kEqual;
  if (folded.find(surface) != std::string_view::npos) return Bearing::How::kInside;
  if (surface.find(folded) != std::string_view::npos) return Bearing::How::kHolds;
  if (RunsInto(surface, folded) || RunsInto(folded, surface)) return Bearing::How::kOverlaps;
  return std::nullopt;
}

}  // namespace

const char* NameOf(Bearing::How how) {
  switch (how) {
    case Bearing::How::kEqual:
      return "equal";
    case Bearing::How::kInside:
      return "inside";
    case Bearing::How::kHolds:
      return "holds";
    case Bearing::How::kOverlaps:
      break;
  }
  return "overlaps";
}

std::vector<Bearing> FindBearings(const Lexicon& lexicon, std::string_view folded) {
  std::vector<Bearing> out;
  const auto add = [&](const LexiconEntry& e, const LexiconEntry* ban) {
    if (const auto how = Bears(e.surface, folded)) out.push_back({*how, &e, ban});
  };
  for (const LexiconEntry& e : lexicon.entries()) add(e, nullptr);
  for (const LexiconBan& ban : lexicon.bans()) {
    for (const uint32_t i : ban.entries) add(lexicon.banned()[i], &ban.entry);
  }
  const auto key = [&](const Bearing& b) {
    const std::string& s = b.entry->surface;
    const auto size = static_cast<ptrdiff_t>(s.size());
    switch (b.how) {
      case Bearing::How::kInside:
        return std::tuple(b.how, folded.find(s), -size);
      case Bearing::How::kHolds:
        return std::tuple(b.how, size_t{0}, size);
      default:
        return std::tuple(b.how, size_t{0}, ptrdiff_t{0});
    }
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const Bearing& a, const Bearing& b) { return key(a) < key(b); });
  return out;
}

ClassReaders ReadersOf(const RuleSet& rules, TypeId type) {
  ClassReaders out;
  const std::string& name = rules.symbols().Name(type);
  out.numerals = name.starts_with("NUM_");
  for (const CompiledLayer& layer : rules.layers()) {
    if (type < layer.visible.size() && layer.visible[type]) out.layers.push_back(layer.name);
  }
  const std::string text = rules.ClassRegex(name);
  for (const Rule& rule : rules.rules()) {
    bool symbol = false;
    bool as_text = false;
    for (const SplitPattern& p : rule.patterns) {
      symbol |= std::find(p.types.begin(), p.types.end(), type) != p.types.end();
      as_text |= !text.empty() && (p.left.find(text) != std::string::npos ||
                                   p.right.find(text) != std::string::npos);
    }
    if (symbol) out.rules.push_back(rule.id);
    if (as_text) out.as_text.push_back(rule.id);
  }
  return out;
}

}  // namespace kaoju
