#include "cli/rows.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "cli/version.h"

namespace kaoju {
namespace {

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

class RowWriter {
 public:
  RowWriter(const char* kind, const std::string& doc, rapidjson::StringBuffer& buffer)
      : buffer_(buffer), json_(buffer) {
    buffer_.Clear();
    json_.StartObject();
    Text("kind", kind);
    Text("doc", doc);
  }
  RowWriter(const char* kind, rapidjson::StringBuffer& buffer) : buffer_(buffer), json_(buffer) {
    buffer_.Clear();
    json_.StartObject();
    Text("kind", kind);
  }

  void Text(const char* key, std::string_view value) {
    json_.Key(key);
    json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  void TextOrNull(const char* key, std::string_view value) {
    if (!value.empty()) return Text(key, value);
    json_.Key(key);
    json_.Null();
  }
  void TextIfAny(const char* key, std::string_view value) {
    if (!value.empty()) Text(key, value);
  }
  void Number(const char* key, size_t value) {
    json_.Key(key);
    json_.Uint64(value);
  }
  void Flag(const char* key, bool value) {
    json_.Key(key);
    json_.Bool(value);
  }
  void Exact(const char* key, const Decimal& value) {
    json_.Key(key);
    const std::string text = value.ToString();
    json_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
  }
  void Place(std::string_view text, Span span, std::string_view rule) {
    Number("start", span.begin);
    Number("end", span.end);
    Text("surface", Slice(text, span));
    Text("rule", rule);
  }
  void Range(const char* start, const char* end, Span span) {
    Number(start, span.begin);
    Number(end, span.end);
  }
  // The repairs that the fact's text rests on.
  void Repairs(const Article& article, Span span) {
    const auto touches = [&](const Repair& r) { return r.source.Overlaps(span); };
    if (std::none_of(article.repairs.begin(), article.repairs.end(), touches)) return;
    json_.Key("repairs");
    json_.StartArray();
    for (const Repair& r : article.repairs) {
      if (!touches(r)) continue;
      json_.StartObject();
      Text("repair", r.kind);
      Range("start", "end", r.source);
      Text("after", r.after);
      json_.EndObject();
    }
    json_.EndArray();
  }
  Json& json() { return json_; }

  void Finish(std::string& out) {
    json_.EndObject();
    out.append(buffer_.GetString(), buffer_.GetSize());
    out += '\n';
  }

 private:
  rapidjson::StringBuffer& buffer_;  // shared by the rows of a document, for its memory
  Json json_;
};

void Append(const Article& a, const Mention& m, rapidjson::StringBuffer& buffer, std::string& out) {
  RowWriter w("entity", a.id, buffer);
  w.Place(a.text, m.span, m.rule);
  w.Text("type", m.type);
  w.Text("canonical", m.canonical);
  w.Repairs(a, m.span);
  w.Finish(out);
}

void Append(const Article& a, const TimeExpr& t, rapidjson::StringBuffer& buffer,
            std::string& out) {
  RowWriter w("time", a.id, buffer);
  w.Place(a.text, t.span, t.rule);
  w.Text("type", t.type);
  w.TextOrNull("value", t.value);
  w.TextIfAny("mod", t.mod);
  w.Repairs(a, t.span);
  w.Finish(out);
}

void Append(const Article& a, const Figure& f, rapidjson::StringBuffer& buffer, std::string& out) {
  RowWriter w("figure", a.id, buffer);
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
  w.json().Key("comparison");
  if (f.comparison) {
    w.json().StartObject();
    w.Text("kind", f.comparison->kind);
    w.TextIfAny("direction", f.comparison->direction);
    w.TextIfAny("baseline", f.comparison->baseline);
    w.json().EndObject();
  } else {
    w.json().Null();
  }
  w.TextOrNull("attribution", f.attribution);
  w.Text("modality", f.modality);
  w.Repairs(a, f.span);
  w.Finish(out);
}

void Append(const Article& a, const Extraction& x, const Claim& c, rapidjson::StringBuffer& buffer,
            std::string& out) {
  RowWriter w("claim", a.id, buffer);
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
  w.Finish(out);
}

void Append(const Article& a, const Relation& r, rapidjson::StringBuffer& buffer,
            std::string& out) {
  RowWriter w("relation", a.id, buffer);
  w.Place(a.text, r.span, r.rule);
  w.Text("relation", r.name);
  for (const Role& role : r.roles) w.Text(std::string(role.name).c_str(), role.value);
  w.Finish(out);
}

}  // namespace

void AppendRows(const Article& article, const Extraction& x, bool with_text, std::string& out) {
  rapidjson::StringBuffer buffer;
  RowWriter w("article", article.id, buffer);
  w.Number("facts", x.facts());
  w.TextIfAny("title", article.title);
  w.TextIfAny("published", article.published);
  w.Number("repairs", article.repairs.size());
  if (with_text) w.Text("text", article.text);
  w.Finish(out);
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
    if (i.kind == 0) Append(article, x.mentions[i.index], buffer, out);
    if (i.kind == 1) Append(article, x.times[i.index], buffer, out);
    if (i.kind == 2) Append(article, x.figures[i.index], buffer, out);
    if (i.kind == 3) Append(article, x, x.claims[i.index], buffer, out);
    if (i.kind == 4) Append(article, x.relations[i.index], buffer, out);
  }
}

void AppendErrorRow(const std::string& doc, const std::string& error, std::string& out) {
  rapidjson::StringBuffer buffer;
  RowWriter w("error", doc, buffer);
  w.Text("error", error);
  w.Finish(out);
}

void AppendEndRow(const EndRow& end, std::string& out) {
  rapidjson::StringBuffer buffer;
  RowWriter w("end", buffer);
  w.Number("docs", end.docs);
  w.Number("facts", end.facts);
  w.Number("failed", end.failed);
  w.Text("rules", end.rules);
  w.Text("version", kVersion);
  w.Finish(out);
}

}  // namespace kaoju
