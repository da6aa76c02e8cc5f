#include "cli/rows.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>
#include <vector>

#include "cli/version.h"

namespace kaoju {
namespace {

// True iff `text` stands in JSON as it is.
bool Plain(std::string_view text) {
  unsigned special = 0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    special |= static_cast<unsigned>(u < 0x20) | static_cast<unsigned>(u == '"') |
               static_cast<unsigned>(u == '\\');
  }
  return special == 0;
}

void AppendQuoted(std::string_view text, std::string& out) {
  if (Plain(text)) {  // nearly always
    out += '"';
    out += text;
    out += '"';
    return;
  }
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  out.append(buffer.GetString(), buffer.GetSize());
}

// Writes one row straight into the output.
class RowWriter {
 public:
  // REQUIRES kinds and keys that are plain; so are all that the contract names.
  RowWriter(std::string_view kind, std::string& out) : out_(out) {
    out_ += "{\"kind\":\"";
    out_ += kind;
    out_ += '"';
  }
  RowWriter(std::string_view kind, std::string_view doc, std::string& out) : RowWriter(kind, out) {
    Text("doc", doc);
  }

  void Text(std::string_view key, std::string_view value) {
    Key(key);
    AppendQuoted(value, out_);
  }
  void TextOrNull(std::string_view key, std::string_view value) {
    if (!value.empty()) return Text(key, value);
    Null(key);
  }
  void TextIfAny(std::string_view key, std::string_view value) {
    if (!value.empty()) Text(key, value);
  }
  void Null(std::string_view key) {
    Key(key);
    out_ += "null";
  }
  void Number(std::string_view key, size_t value) {
    Key(key);
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), static_cast<size_t>(end - digits.data()));
  }
  void Flag(std::string_view key, bool value) {
    Key(key);
    out_ += value ? "true" : "false";
  }
  void Exact(std::string_view key, const Decimal& value) {
    Key(key);
    out_ += value.ToString();
  }
  void Place(std::string_view text, Span span, std::string_view rule) {
    Number("start", span.begin);
    Number("end", span.end);
    Text("surface", Slice(text, span));
    Text("rule", rule);
  }
  void Range(std::string_view start, std::string_view end, Span span) {
    Number(start, span.begin);
    Number(end, span.end);
  }
  void Comparison(const std::optional<kaoju::Comparison>& c) {
    if (!c) return Null("comparison");
    Key("comparison");
    Open('{');
    Text("kind", c->kind);
    TextIfAny("direction", c->direction);
    TextIfAny("baseline", c->baseline);
    Close('}');
  }
  // The repairs that the fact's text rests on.
  void Repairs(const Article& article, Span span) {
    const auto touches = [&](const Repair& r) { return r.source.Overlaps(span); };
    if (std::none_of(article.repairs.begin(), article.repairs.end(), touches)) return;
    Key("repairs");
    Open('[');
    for (const Repair& r : article.repairs) {
      if (!touches(r)) continue;
      if (!first_) out_ += ',';
      Open('{');
      Text("repair", r.kind);
      Range("start", "end", r.source);
      Text("after", r.after);
      Close('}');
    }
    Close(']');
  }

  void Finish() { out_ += "}\n"; }

 private:
  void Key(std::string_view key) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += key;
    out_ += "\":";
  }
  void Open(char bracket) {
    out_ += bracket;
    first_ = true;
  }
  void Close(char bracket) {
    out_ += bracket;
    first_ = false;
  }

  std::string& out_;
  bool first_ = false;  // nothing stands yet in the object or list at hand
};

void Append(const Article& a, const Mention& m, std::string& out) {
  RowWriter w("entity", a.id, out);
  w.Place(a.text, m.span, m.rule);
  w.Text("type", m.type);
  w.Text("canonical", m.canonical);
  w.Repairs(a, m.span);
  w.Finish();
}

void Append(const Article& a, const TimeExpr& t, std::string& out) {
  RowWriter w("time", a.id, out);
  w.Place(a.text, t.span, t.rule);
  w.Text("type", t.type);
  w.TextOrNull("value", t.value);
  w.TextIfAny("mod", t.mod);
  w.Repairs(a, t.span);
  w.Finish();
}

void Append(const Article& a, const Figure& f, std::string& out) {
  RowWriter w("figure", a.id, out);
  w.Place(a.text, f.span, f.rule);
  w.Text("figure_kind", f.kind);
  w.Exact("value_min", f.low);
  w.Exact("value_max", f.high);
  w.TextOrNull("unit", f.unit);
  w.Text("qualifier", f.qualifier);
  w.TextOrNull("metric", f.metric);
  w.TextOrNull("subject", f.subject);
  w.TextOrNull("period", f.period);
  w.TextOrNull("period_mod", f.period_mod);
  w.Comparison(f.comparison);
  w.TextOrNull("attribution", f.attribution);
  w.Text("modality", f.modality);
  w.Repairs(a, f.span);
  w.Finish();
}

void Append(const Article& a, const Extraction& x, const Claim& c, std::string& out) {
  RowWriter w("claim", a.id, out);
  w.Place(a.text, c.span, c.rule);
  w.TextOrNull("source", c.source);
  w.Text("source_kind", c.source_kind);
  if (c.source_span) w.Range("source_start", "source_end", *c.source_span);
  w.Text("cue", c.cue);
  w.Text("cue_kind", c.cue_kind);
  w.Range("cue_start", "cue_end", c.cue_span);
  w.Range("content_start", "content_end", c.content);
  w.Flag("direct_quote", c.direct_quote);
  w.Flag("negated", c.negated);
  w.Flag("nested", c.nested);
  if (c.parent) w.Number("parent", x.claims[*c.parent].span.begin);
  w.Text("modality", c.modality);
  w.Repairs(a, c.span);
  w.Finish();
}

void Append(const Article& a, const Relation& r, std::string& out) {
  RowWriter w("relation", a.id, out);
  w.Place(a.text, r.span, r.rule);
  w.Text("relation", r.name);
  for (const Role& role : r.roles) w.Text(role.name, role.value);
  w.Finish();
}

}  // namespace

void AppendRows(const Article& article, const Extraction& x, bool with_text, std::string& out) {
  RowWriter w("article", article.id, out);
  w.Number("facts", x.facts());
  w.TextIfAny("title", article.title);
  w.TextIfAny("published", article.published);
  w.Number("repairs", article.repairs.size());
  if (with_text) w.Text("text", article.text);
  w.Finish();
  struct Item {
    Span span;
    std::string_view rule;
    int kind;
    size_t index;
  };
  std::vector<Item> order;
  order.reserve(x.facts());
  const auto list = [&](const auto& facts, int kind) {
    for (size_t i = 0; i < facts.size(); ++i)
      order.push_back({facts[i].span, facts[i].rule, kind, i});
  };
  list(x.mentions, 0);
  list(x.times, 1);
  list(x.figures, 2);
  list(x.claims, 3);
  list(x.relations, 4);
  std::sort(order.begin(), order.end(), [](const Item& a, const Item& b) {
    return std::tie(a.span.begin, a.span.end, a.rule, a.kind, a.index) <
           std::tie(b.span.begin, b.span.end, b.rule, b.kind, b.index);
  });
  for (const Item& i : order) {
    if (i.kind == 0) Append(article, x.mentions[i.index], out);
    if (i.kind == 1) Append(article, x.times[i.index], out);
    if (i.kind == 2) Append(article, x.figures[i.index], out);
    if (i.kind == 3) Append(article, x, x.claims[i.index], out);
    if (i.kind == 4) Append(article, x.relations[i.index], out);
  }
}

void AppendErrorRow(const std::string& doc, const std::string& error, std::string& out) {
  RowWriter w("error", doc, out);
  w.Text("error", error);
  w.Finish();
}

void AppendEndRow(const EndRow& end, std::string& out) {
  RowWriter w("end", out);
  w.Number("docs", end.docs);
  w.Number("facts", end.facts);
  w.Number("failed", end.failed);
  w.Text("rules", end.rules);
  w.Text("version", kVersion);
  w.Finish();
}

}  // namespace kaoju
