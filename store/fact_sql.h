// Pieces of SQL that several questions share; `f` is the alias of the kind's table in all of them.
#pragma once

#include <string>

#include "store/fact_kind.h"

namespace kaoju {

// The decision of the last verdict that holds for the fact, else NULL.
inline std::string VerdictOf(const FactKind& kind) {
  return std::string(
             "(SELECT v.decision FROM standing s JOIN verdict v ON v.hash = s.verdict "
             "WHERE s.article = f.article AND s.n = f.n AND v.kind = '") +
         kind.name + "' ORDER BY v.place DESC, v.hash DESC LIMIT 1)";
}

// All that the fact says, with its inner spans.
inline std::string ReadingOf(const FactKind& kind) {
  return std::string(kind.detail) + " || " + kind.inner;
}

// Whether a rejection hides it.
inline std::string IsHidden(const FactKind& kind) {
  return std::string(
             "EXISTS (SELECT 1 FROM suppression p JOIN article a ON a.seq = f.article "
             "WHERE p.surface = f.surface AND p.kind = '") +
         kind.name + "' AND p.rule = f.rule AND p.reading = " + ReadingOf(kind) +
         " AND (p.scope = 'everywhere' OR (p.scope = 'article' AND p.within = a.id) "
         "OR (p.scope = 'source' AND p.within = a.source)))";
}

}  // namespace kaoju
