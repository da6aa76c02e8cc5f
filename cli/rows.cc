#include "cli/rows.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <tuple>
#include <vector>

#include "cli/version.h"
#include "ingest/encoding.h"

namespace kaoju {
namespace {

constexpr uint64_t kEachByte = 0x0101010101010101;

// Nonzero iff a byte of the word is 0, with the sign bit of the lowest such byte set (Mycroft).
constexpr uint64_t ZeroBytes(uint64_t word) { return (word - kEachByte) & ~word & kEachByte << 7; }

// True iff each of eight bytes stands in a JSON string as it is. Of a byte below 0x20 the upper
// three bits are 0.
bool PlainWord(uint64_t word) {
  return (ZeroBytes(word & kEachByte * 0xE0) | ZeroBytes(word ^ kEachByte * '"') |
          ZeroBytes(word ^ kEachByte * '\\')) == 0;
}

// True iff `text` stands in JSON as it is.
bool Plain(std::string_view text) {
  uint64_t word = 0;
  for (; text.size() >= sizeof(word); text.remove_prefix(sizeof(word))) {
    std::memcpy(&word, text.data(), sizeof(word));
    if (!PlainWord(word)) return false;
  }
  word = kEachByte * ' ';
  if (!text.empty()) std::memcpy(&word, text.data(), text.size());
  return PlainWord(word);
}

// Collects many small pieces for the output.
class Pieces {
 public:
  explicit Pieces(std::string& out) : out_(out) {}
  ~Pieces() { Flush(); }
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;

  void Put(std::string_view text) {
    if (text.size() > buffer_.size() - size_) {
      Flush();
      if (text.size() > buffer_.size()) {
        out_ += text;
        return;
      }
    }
    std::memcpy(buffer_.data() + size_, text.data(), text.size());
    size_ += text.size();
  }

 private:
  void Flush() {
    out_.append(buffer_.data(), size_);
    size_ = 0;
  }

  std::string& out_;
  std::array<char, 8192> buffer_;
  size_t size_ = 0;
};

std::string Quoted(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

void PutQuoted(std::string_view text, Pieces& out) {
  if (!Plain(text)) return out.Put(Quoted(text));
  out.Put("\"");  // nearly always
  out.Put(text);
  out.Put("\"");
}

// Writes one row.
class RowWriter {
 public:
  // REQUIRES kinds and keys that are plain; so are all that the contract names.
  RowWriter(std::string_view kind, Pieces& out) : out_(out) {
    out_.Put("{\"kind\":\"");
    out_.Put(kind);
    out_.Put("\"");
  }
  // `doc`: its id as JSON, quotes included; many rows have the same.
  RowWriter(std::string_view kind, std::string_view doc, Pieces& out) : RowWriter(kind, out) {
    Key("doc");
    out_.Put(doc);
  }

  void Text(std::string_view key, std::string_view value) {
    Key(key);
    PutQuoted(value, out_);
  }
  void TextOrNull(std::string_view key, std::string_view value) {
    if (!value.empty()) return Text(key, value);
    Null(key);
  }
  void TextIfAny(std::string_view key, std::string_view value) {
    if (!value.empty()) Text(key, value);
  }
  // What is JSON already.
  void JsonIfAny(std::string_view key, std::string_view json) {
    if (json.empty()) return;
    Key(key);
    out_.Put(json);
  }
  void TextsIfAny(std::string_view key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    Key(key);
    Open('[');
    for (const std::string& value : values) {
      if (!first_) out_.Put(",");
      PutQuoted(value, out_);
      first_ = false;
    }
    Close(']');
  }
  void Null(std::string_view key) {
    Key(key);
    out_.Put("null");
  }
  void Number(std::string_view key, size_t value) {
    Key(key);
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.Put({digits.data(), static_cast<size_t>(end - digits.data())});
  }
  void Flag(std::string_view key, bool value) {
    Key(key);
    out_.Put(value ? "true" : "false");
  }
  void Exact(std::string_view key, const Decimal& value) {
    Key(key);
    out_.Put(value.ToString());
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
      if (!first_) out_.Put(",");
      Open('{');
      Text("repair", r.kind);
      Range("start", "end", r.source);
      Text("after", r.after);
      Close('}');
    }
    Close(']');
  }

  void RegionEvidence(const std::vector<kaoju::RegionEvidence>& evidence) {
    if (evidence.empty()) return;
    Key("region_evidence");
    Open('[');
    for (const kaoju::RegionEvidence& e : evidence) {
      if (!first_) out_.Put(",");
      Open('{');
      Text("by", e.kind);
      Text("cue", e.cue);
      Text("region", e.region);
      Number("weight", static_cast<size_t>(e.weight));
      Close('}');
    }
    Close(']');
  }

  // Where the day of publication is said more than once.
  void PublishedEvidence(const Article& article) {
    if (article.published_evidence.size() < 2) return;
    Key("published_evidence");
    Open('[');
    for (const kaoju::PublishedEvidence& e : article.published_evidence) {
      if (!first_) out_.Put(",");
      Open('{');
      Text("by", e.by);
      Text("value", e.value);
      Flag("agrees", ParsePublished(e.value) == article.day);
      Close('}');
    }
    Close(']');
  }

  void Blocks(const std::vector<TextBlock>& blocks) {
    if (blocks.empty()) return;
    Key("blocks");
    Open('[');
    for (const TextBlock& block : blocks) {
      if (!first_) out_.Put(",");
      Open('{');
      Text("kind", block.kind);
      Number("start", block.span.begin);
      Number("end", block.span.end);
      Close('}');
    }
    Close(']');
  }

  void Origin(const kaoju::Origin& origin) {
    if (origin.empty()) return;
    Key("origin");
    Open('{');
    TextIfAny("agency", origin.agency);
    TextIfAny("place", origin.place);
    TextIfAny("day", origin.day);
    TextsIfAny("reporters", origin.reporters);
    TextsIfAny("chain", origin.chain);
    if (!origin.span.empty()) {
      Number("start", origin.span.begin);
      Number("end", origin.span.end);
    }
    Close('}');
  }

  void Finish() { out_.Put("}\n"); }

 private:
  void Key(std::string_view key) {
    if (!first_) out_.Put(",");
    first_ = false;
    out_.Put("\"");
    out_.Put(key);
    out_.Put("\":");
  }
  void Open(char bracket) {
    out_.Put({&bracket, 1});
    first_ = true;
  }
  void Close(char bracket) {
    out_.Put({&bracket, 1});
    first_ = false;
  }

  Pieces& out_;
  bool first_ = false;  // nothing stands yet in the object or list at hand
};

void Append(const Article& a, std::string_view doc, const Mention& m, Pieces& out) {
  RowWriter w("entity", doc, out);
  w.Place(a.text, m.span, m.rule);
  w.Text("type", m.type);
  w.Text("canonical", m.canonical);
  w.Repairs(a, m.span);
  w.Finish();
}

void Append(const Article& a, std::string_view doc, const TimeExpr& t, Pieces& out) {
  RowWriter w("time", doc, out);
  w.Place(a.text, t.span, t.rule);
  w.Text("type", t.type);
  w.TextOrNull("value", t.value);
  w.TextIfAny("mod", t.mod);
  w.Repairs(a, t.span);
  w.Finish();
}

void Append(const Article& a, std::string_view doc, const Figure& f, Pieces& out) {
  RowWriter w("figure", doc, out);
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

void Append(const Article& a, std::string_view doc, const Extraction& x, const Claim& c,
            Pieces& out) {
  RowWriter w("claim", doc, out);
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

void Append(const Article& a, std::string_view doc, const Relation& r, Pieces& out) {
  RowWriter w("relation", doc, out);
  w.Place(a.text, r.span, r.rule);
  w.Text("relation", r.name);
  for (const Role& role : r.roles) w.Text(role.name, role.value);
  w.Finish();
}

}  // namespace

void AppendRows(const Article& article, const Extraction& x, bool with_text, std::string& to) {
  Pieces out(to);
  const std::string doc = Quoted(article.id);
  RowWriter w("article", doc, out);
  w.Number("facts", x.facts());
  w.TextIfAny("title", article.title);
  w.TextIfAny("published", article.published);
  w.TextIfAny("source", article.source);
  w.TextIfAny("modified", article.modified);
  w.PublishedEvidence(article);
  w.Origin(article.origin);
  w.Blocks(article.blocks);
  w.TextsIfAny("pages", article.pages);
  w.TextIfAny("next", article.next);
  w.TextsIfAny("authors", article.authors);
  w.TextIfAny("editor", article.editor);
  w.Number("repairs", article.repairs.size());
  const Decoding& decoding = article.decoding;
  const bool other = !decoding.chosen.empty() && decoding.chosen != kUtf8;
  w.TextIfAny("encoding_declared", decoding.declared);
  w.TextIfAny("encoding_declared_by", decoding.declared_by);
  if (other || !decoding.declared.empty()) w.TextIfAny("encoding_detected", decoding.detected);
  if (other) w.Text("encoding", decoding.chosen);
  if (!decoding.undecoded.empty()) w.Number("undecoded", decoding.undecoded.size());
  if (with_text || other || !decoding.undecoded.empty()) w.Text("text", article.text);
  w.TextIfAny("script", article.script);
  w.TextIfAny("region", article.region);
  w.RegionEvidence(article.region_evidence);
  w.JsonIfAny("extra", article.extra);
  w.TextsIfAny("extra_left_out", article.left_out);
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
    if (i.kind == 0) Append(article, doc, x.mentions[i.index], out);
    if (i.kind == 1) Append(article, doc, x.times[i.index], out);
    if (i.kind == 2) Append(article, doc, x.figures[i.index], out);
    if (i.kind == 3) Append(article, doc, x, x.claims[i.index], out);
    if (i.kind == 4) Append(article, doc, x.relations[i.index], out);
  }
}

void AppendErrorRow(const std::string& doc, const std::string& error, std::string& to) {
  Pieces out(to);
  RowWriter w("error", Quoted(doc), out);
  w.Text("error", error);
  w.Finish();
}

void AppendEndRow(const EndRow& end, std::string& to) {
  Pieces out(to);
  RowWriter w("end", out);
  w.Number("docs", end.docs);
  w.Number("facts", end.facts);
  w.Number("failed", end.failed);
  w.Text("rules", end.rules);
  w.Text("version", kVersion);
  w.Finish();
}

}  // namespace kaoju
