#include "extract/law.h"

#include <algorithm>
#include <span>
#include <variant>

namespace kaoju {
namespace {

Span SpanOf(const LexiconHit& h) { return {h.begin, h.end}; }

// The first that overlaps `span`, or nullptr. REQUIRES `apart` sorted, none overlapping another.
const LexiconHit* FirstOver(std::span<const LexiconHit> apart, Span span) {
  const auto it =
      std::upper_bound(apart.begin(), apart.end(), span.begin,
                       [](uint32_t begin, const LexiconHit& h) { return begin < h.end; });
  return it == apart.end() || it->begin >= span.end ? nullptr : &*it;
}

}  // namespace

Law::Law(const RuleSet& rules) : lexicon_(rules.lexicon()) {
  for (size_t t = 0; t < rules.symbols().size(); ++t)
    kinds_.push_back(NameKind(rules.symbols().Name(static_cast<TypeId>(t))));
  for (const LexiconBan& ban : lexicon_.bans()) {
    if (ban.entry.type == kAnyType || !kinds_[ban.entry.type].empty())
      bans_[ban.entry.surface].push_back(&ban.entry);
  }
  for (size_t t = 0; t < kinds_.size(); ++t)
    must_types_[t] = lexicon_.must_types().test(t) && !kinds_[t].empty();
}

void Law::Enforce(Sentence& s, Document& doc) const {
  s.musts.begin = s.musts.end = static_cast<uint32_t>(doc.musts.size());
  if (must_types_.none()) return;
  uint32_t covered = 0;  // up to here a word stands that is not the one at hand
  LexiconHit before;
  for (const LexiconHit& h : s.hits.Of(doc.hits)) {  // by begin, longer ones first
    if (SpanOf(h) != SpanOf(before)) covered = std::max(covered, before.end);
    before = h;
    if (!must_types_.test(h.type) || !lexicon_.entries()[h.entry].must || h.end <= covered)
      continue;
    if (s.musts.begin < s.musts.end && h.begin < doc.musts.back().end) continue;
    doc.musts.push_back(h);
    ++s.musts.end;
  }
  if (s.musts.begin == s.musts.end) return;
  const auto loses = [&](const LexiconHit& h) {
    const LexiconHit* m = FirstOver(s.musts.Of(doc.musts), SpanOf(h));
    return m != nullptr && (SpanOf(*m) != SpanOf(h) || m->entry != h.entry);
  };
  const auto first = doc.hits.begin() + s.hits.begin;
  doc.hits.erase(std::remove_if(first, doc.hits.end(), loses), doc.hits.end());
  s.hits.end = static_cast<uint32_t>(doc.hits.size());
}

const LexiconEntry* Law::Against(const Proposal& p, const Sentence& s, const Document& doc) const {
  if (std::holds_alternative<ClaimParts>(p.payload) || std::holds_alternative<Relation>(p.payload))
    return nullptr;
  const auto* mention = std::get_if<Mention>(&p.payload);
  if (const LexiconHit* m = FirstOver(s.musts.Of(doc.musts), p.span)) {
    const bool itself =
        mention != nullptr && SpanOf(*m) == p.span && kinds_[m->type] == mention->type;
    if (!itself) return &lexicon_.entries()[m->entry];
  }
  return mention == nullptr || bans_.empty()
             ? nullptr
             : Ban(Slice(doc.article.folded, p.span), mention->type);
}

const LexiconEntry* Law::Ban(std::string_view surface, std::string_view kind) const {
  const auto it = bans_.find(surface);
  if (it == bans_.end()) return nullptr;
  for (const LexiconEntry* ban : it->second) {
    if (ban->type == kAnyType || kinds_[ban->type] == kind) return ban;
  }
  return nullptr;
}

}  // namespace kaoju
