#include "store/fact_writer.h"

#include <charconv>

#include "rules/error.h"
#include "store/row.h"

namespace kaoju {
namespace {

// "INSERT INTO figure VALUES (?, …)": all columns in the order of the schema.
std::string Insert(const std::string& table, int columns) {
  std::string sql = "INSERT INTO " + table + " VALUES (?";
  for (int i = 1; i < columns; ++i) sql += ", ?";
  return sql + ")";
}

// Independent of the locale, unlike strtod.
double Rounded(const std::string& decimal) {
  double value = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  return value;
}

void RequireWithin(const Article& article, Span span) {
  if (span.end <= article.text.size() && span.begin <= span.end) return;
  throw Error("article " + article.id + ": span " + std::to_string(span.begin) + ".." +
              std::to_string(span.end) + " is outside a text of " +
              std::to_string(article.text.size()) + " bytes");
}

}  // namespace

void RequireWritable(const Article& article, const Extraction& x) {
  for (const Mention& mention : x.mentions) RequireWithin(article, mention.span);
  for (const TimeExpr& time : x.times) RequireWithin(article, time.span);
  for (const Figure& figure : x.figures) RequireWithin(article, figure.span);
  for (const Relation& relation : x.relations) RequireWithin(article, relation.span);
  for (const Claim& claim : x.claims) {
    RequireWithin(article, claim.span);
    if (claim.parent && *claim.parent >= x.claims.size()) {
      throw Error("article " + article.id + ": a claim's parent " + std::to_string(*claim.parent) +
                  " is not among its " + std::to_string(x.claims.size()) + " claims");
    }
  }
}

FactWriter::FactWriter(SQLite::Database& db)
    : mention_(db, Insert("mention", 8)),
      time_(db, Insert("time", 9)),
      figure_(db, Insert("figure", 22)),
      claim_(db, Insert("claim", 21)),
      relation_(db, Insert("relation", 7)),
      role_(db, Insert("role", 7)),
      repair_(db, Insert("repair", 7)) {
  // Roles go with their relations.
  for (const char* table : {"repair", "mention", "time", "figure", "claim", "relation"}) {
    removals_.emplace_back(db, std::string("DELETE FROM ") + table + " WHERE article = ?");
  }
}

void FactWriter::Remove(int64_t seq) {
  for (SQLite::Statement& removal : removals_) Row(removal).Int(seq).Run();
}

void FactWriter::Write(int64_t seq, const Article& article, const Extraction& x) {
  const auto write_all = [&](const auto& facts) {
    int64_t n = 0;
    for (const auto& fact : facts) Write(seq, n++, article.text, fact);
  };
  write_all(article.repairs);
  write_all(x.mentions);
  write_all(x.times);
  write_all(x.figures);
  write_all(x.claims);
  write_all(x.relations);
}

const std::string& FactWriter::Surface(const std::string& text, Span span) {
  surface_.assign(Slice(text, span));
  return surface_;
}

void FactWriter::Write(int64_t seq, int64_t n, const std::string& text, const Mention& mention) {
  Row(mention_)
      .Int(seq)
      .Int(n)
      .Int(mention.span.begin)
      .Int(mention.span.end)
      .Text(Surface(text, mention.span))
      .Text(mention.type)
      .Text(mention.canonical)
      .Text(mention.rule)
      .Run();
}

void FactWriter::Write(int64_t seq, int64_t n, const std::string& text, const TimeExpr& time) {
  Row(time_)
      .Int(seq)
      .Int(n)
      .Int(time.span.begin)
      .Int(time.span.end)
      .Text(Surface(text, time.span))
      .Text(time.type)
      .TextOrNull(time.value)
      .TextOrNull(time.mod)
      .Text(time.rule)
      .Run();
}

void FactWriter::Write(int64_t seq, int64_t n, const std::string& text, const Figure& figure) {
  const std::string low = figure.low.ToString();
  const std::string high = figure.high.ToString();
  const Comparison comparison = figure.comparison.value_or(Comparison{});
  Row(figure_)
      .Int(seq)
      .Int(n)
      .Int(figure.span.begin)
      .Int(figure.span.end)
      .Text(Surface(text, figure.span))
      .Text(figure.kind)
      .Text(low)
      .Text(high)
      .Real(Rounded(low))
      .Real(Rounded(high))
      .TextOrNull(figure.unit)
      .Text(figure.qualifier)
      .TextOrNull(figure.metric)
      .TextOrNull(figure.subject)
      .TextOrNull(figure.period)
      .TextOrNull(figure.period_mod)
      .TextOrNull(comparison.kind)
      .TextOrNull(comparison.direction)
      .TextOrNull(comparison.baseline)
      .TextOrNull(figure.attribution)
      .Text(figure.modality)
      .Text(figure.rule)
      .Run();
}

void FactWriter::Write(int64_t seq, int64_t n, const std::string& text, const Claim& claim) {
  std::optional<int64_t> source_start;
  std::optional<int64_t> source_end;
  if (claim.source_span) {
    source_start = claim.source_span->begin;
    source_end = claim.source_span->end;
  }
  std::optional<int64_t> parent;
  if (claim.parent) parent = static_cast<int64_t>(*claim.parent);
  Row(claim_)
      .Int(seq)
      .Int(n)
      .Int(claim.span.begin)
      .Int(claim.span.end)
      .Text(Surface(text, claim.span))
      .TextOrNull(claim.source)
      .Text(claim.source_kind)
      .Int(source_start)
      .Int(source_end)
      .Text(claim.cue)
      .Text(claim.cue_kind)
      .Int(claim.cue_span.begin)
      .Int(claim.cue_span.end)
      .Int(claim.content.begin)
      .Int(claim.content.end)
      .Int(claim.direct_quote)
      .Int(claim.negated)
      .Int(claim.nested)
      .Int(parent)
      .Text(claim.modality)
      .Text(claim.rule)
      .Run();
}

void FactWriter::Write(int64_t seq, int64_t n, const std::string& text, const Relation& relation) {
  Row(relation_)
      .Int(seq)
      .Int(n)
      .Int(relation.span.begin)
      .Int(relation.span.end)
      .Text(Surface(text, relation.span))
      .Text(relation.name)
      .Text(relation.rule)
      .Run();
  int64_t place = 0;
  for (const Role& role : relation.roles) {
    Row(role_)
        .Int(seq)
        .Int(n)
        .Int(place++)
        .Int(role.span.begin)
        .Int(role.span.end)
        .Text(role.name)
        .Text(role.value)
        .Run();
  }
}

void FactWriter::Write(int64_t seq, int64_t n, const std::string&, const Repair& repair) {
  Row(repair_)
      .Int(seq)
      .Int(n)
      .Int(repair.source.begin)
      .Int(repair.source.end)
      .Text(repair.kind)
      .Text(repair.before)
      .Text(repair.after)
      .Run();
}

}  // namespace kaoju
