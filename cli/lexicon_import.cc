#include "cli/lexicon_import.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "extract/span.h"

namespace kaoju {
namespace {

const std::string& CanonicalOf(const LexiconRow& row) {
  return row.canonical.empty() ? row.surface : row.canonical;
}

std::optional<Refusal> TooShort(const LexiconRow& row) {
  const bool ascii = std::all_of(row.surface.begin(), row.surface.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const size_t least = ascii ? 3 : 2;
  if (NameKind(row.type).empty() || CodePointCount(row.surface) >= least) return std::nullopt;
  return Refusal{"too short", "'" + row.surface + "' is too short for a name: " +
                                  std::to_string(least) + " characters or more expected"};
}

}  // namespace

LexiconImport::LexiconImport(const LexiconAdmission& admission, const RuleSet& rules,
                             std::string path, std::FILE* report)
    : admission_(admission), rules_(rules), path_(std::move(path)), report_(report) {}

void LexiconImport::Refuse(size_t line, const Refusal& refusal) {
  ++refused_;
  ++kinds_[refusal.kind];
  if (report_ != nullptr)
    std::fprintf(report_, "%s:%zu: %s\n", path_.c_str(), line, refusal.message.c_str());
}

std::vector<LexiconImport::Meaning> LexiconImport::MeaningsOf(const std::string& surface) const {
  std::vector<Meaning> out;
  for (const LexiconEntry* e : admission_.Of(surface))
    out.push_back({admission_.WrittenType(*e), e->canonical, rules_.lexicon().Location(*e)});
  if (const auto it = fresh_.find(surface); it != fresh_.end()) out.push_back(it->second);
  return out;
}

void LexiconImport::Offer(LexiconRow row, size_t line) {
  row.surface = admission_.Fold(row.surface);
  if (row.canonical == row.surface) row.canonical.clear();
  std::optional<Refusal> refusal = TooShort(row);
  for (const Meaning& m : MeaningsOf(row.surface)) {
    if (refusal) break;
    if (m.type == row.type && m.canonical == CanonicalOf(row)) return ++present_, void();
    refusal = Refusal{m.type == row.type ? "other meaning" : "other class",
                      "'" + row.surface + "' stands as " + m.type + " for '" + m.canonical +
                          "' in " + m.place + ": for an editor to decide"};
  }
  if (!refusal) refusal = admission_.Refuse(row);
  if (refusal) return Refuse(line, *refusal);
  fresh_[row.surface] = {row.type, CanonicalOf(row), path_ + ':' + std::to_string(line)};
  added_.push_back(std::move(row));
}

}  // namespace kaoju
