// The kinds of fact, each with its table and with how its rows read.
#pragma once

#include <array>

namespace kaoju {

// `f` is the table's alias in the SQL here.
struct FactKind {
  const char* name;
  const char* table;
  const char* detail;  // what a row says: its notation (DESIGN.md 2) without the words
  const char* about;   // when a row is about the name ?2
  const char* inner;   // the spans inside the fact, from its beginning; '' where there are none
};

inline constexpr std::array kFactKinds = {
    FactKind{"entity", "mention", "f.type || '(' || f.canonical || ')'", "f.canonical = ?2", "''"},
    FactKind{"time", "time",
             "lower(f.type) || '(' || coalesce(f.value, '?') || coalesce(', ' || f.mod, '') || ')'",
             "0", "''"},
    FactKind{"figure", "figure",
             "f.kind || '(' || iif(f.qualifier = 'exact', '', f.qualifier || ' ') || f.value_min"
             " || iif(f.value_max = f.value_min, '', '..' || f.value_max)"
             " || coalesce(' ' || f.unit, '')"
             " || coalesce(', metric=' || f.metric, '') || coalesce(', subject=' || f.subject, '')"
             " || coalesce(', period=' || f.period, '')"
             " || coalesce(', period_mod=' || f.period_mod, '')"
             " || coalesce(', comparison=' || f.comparison_kind"
             "   || coalesce(' ' || f.comparison_direction, '')"
             "   || coalesce(' ' || f.comparison_baseline, ''), '')"
             " || coalesce(', attribution=' || f.attribution, '')"
             " || iif(f.modality = 'fact', '', ', ' || f.modality) || ')'",
             "f.subject = ?2", "''"},
    FactKind{"claim", "claim",
             "'claim(source=' || coalesce(f.source, f.source_kind) || ', cue=' || f.cue"
             " || iif(f.direct_quote, ', direct', '') || iif(f.negated, ', negated', '')"
             " || iif(f.nested, ', nested', '')"
             " || iif(f.modality = 'fact', '', ', ' || f.modality) || ')'",
             "f.source = ?2",
             "' @' || (f.content_start - f.start_byte) || '..' || (f.content_end - f.start_byte)"
             " || ' @' || (f.cue_start - f.start_byte) || '..' || (f.cue_end - f.start_byte)"},
    FactKind{
        "relation", "relation",
        "f.name || '(' || coalesce((SELECT group_concat(r.name || '=' || r.value, ', ') FROM"
        "   (SELECT name, value FROM role WHERE role.article = f.article AND role.relation = f.n"
        "    ORDER BY role.n) r), '') || ')'",
        "EXISTS (SELECT 1 FROM role WHERE role.article = f.article AND role.relation = f.n"
        " AND role.value = ?2)",
        "coalesce((SELECT group_concat(' @' || s || '..' || e, '') FROM"
        " (SELECT start_byte - f.start_byte AS s, end_byte - f.start_byte AS e FROM role"
        " WHERE role.article = f.article AND role.relation = f.n ORDER BY role.n)), '')"},
};

}  // namespace kaoju
