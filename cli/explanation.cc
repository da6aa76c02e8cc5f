#include "cli/explanation.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "cli/json.h"
#include "cli/rows.h"
#include "extract/notation.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr const char* kGreen = "\033[32m";
constexpr const char* kRed = "\033[31m";
constexpr const char* kDim = "\033[2m";
constexpr const char* kBold = "\033[1m";
constexpr const char* kPlain = "\033[0m";

// On one line, and without control characters: a text must not steer the terminal.
std::string OneLine(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

// The bytes as fetched, printable: in hexadecimal what is no ASCII, unless all of it is UTF-8.
std::string Printable(std::string_view bytes) {
  if (!FindInvalidUtf8(bytes)) return OneLine(bytes);
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte >= 0x20 && byte < 0x7F ? std::string(1, c) : fmt::format("\\x{:02X}", byte);
  }
  return out;
}

class Explainer {
 public:
  Explainer(const Article& article, const Extraction& x, const RuleSet& rules,
            const ExplanationOptions& o)
      : article_(article), x_(x), rules_(rules), o_(o), facts_(WriteAll(x, article.text)) {}

  std::string Text() {
    Head();
    for (const CompiledLayer& layer : rules_.layers()) Layer(layer.name);
    out_ += Paint(kBold, "facts") + "\n";
    for (const Written& w : facts_) Fact(w);
    return std::move(out_);
  }

  std::string Json() {
    for (const LayerView& v : x_.views) View(v);
    for (const Candidate& c : x_.candidates) CandidateRow(c);
    AppendRows(article_, x_, false, out_);
    return std::move(out_);
  }

 private:
  std::string Paint(const char* colour, const std::string& s) const {
    return o_.colour ? colour + s + kPlain : s;
  }

  void Head() {
    out_ += fmt::format(
        "article {}\n  published {}{}\n  {} bytes, {} in the folded view, {} sentences, {} "
        "repairs\n",
        article_.id, article_.published.empty() ? "(not said)" : article_.published,
        article_.day ? "" : " (no day: relative times stay open)", article_.text.size(),
        article_.folded.size(), x_.sentences.size(), article_.repairs.size());
    for (const Repair& r : article_.repairs) {
      if (o_.only.empty() || o_.only == "repair")
        out_ += fmt::format("  repair {}-{} {}: {} -> {}\n", r.source.begin, r.source.end, r.kind,
                            OneLine(r.before), OneLine(r.after));
    }
    if (!o_.symbols) return;
    for (size_t i = 0; i < x_.sentences.size(); ++i) {
      const Span folded = x_.sentences[i];
      const std::string text = OneLine(Slice(article_.text, article_.alignment.ToSource(folded)));
      const std::string as_folded = OneLine(Slice(article_.folded, folded));
      out_ += fmt::format("sentence {}: {}\n", i + 1, text);
      if (text != as_folded) out_ += fmt::format("  folded: {}\n", as_folded);
    }
    out_ += '\n';
  }

  // A sentence as the layer sees it: 昆明市 as {PLACE_NAME 昆明市}.
  std::string Seen(const LayerView& v) const {
    std::string line;
    uint32_t at = v.sentence.begin;
    for (const SeenSymbol& s : v.symbols) {
      line += OneLine(Slice(article_.folded, {at, s.span.begin}));
      line += Paint(kDim, "{" + s.type + " ") + OneLine(Slice(article_.folded, s.span)) +
              Paint(kDim, "}");
      at = s.span.end;
    }
    return line + OneLine(Slice(article_.folded, {at, v.sentence.end}));
  }

  bool Wanted(const Candidate& c) const {
    return o_.only.empty() || c.emitted.compare(0, o_.only.size() + 1, o_.only + "(") == 0;
  }

  // A winner that is no fact in the end: what took its place.
  std::string Afterwards(const Candidate& c) const {
    const bool skip = c.emitted.compare(0, 5, "skip(") == 0;
    const bool number = c.emitted.compare(0, 7, "number(") == 0;
    if (skip) return " (says that this is nothing)";
    if (number) return " (a symbol for the layers above)";
    for (const Written& w : facts_) {
      if (w.rule == c.rule && (w.span == c.span || w.kind == "claim")) return {};
    }
    for (const Candidate& later : x_.candidates) {
      if (&later > &c && later.won && later.layer != c.layer && later.folded.Overlaps(c.folded))
        return fmt::format(" (covered later by {} in layer {})", later.rule, later.layer);
    }
    return " (no fact of its own in the end)";
  }

  void Layer(const std::string& name) {
    std::string body;
    for (const LayerView& v : x_.views) {
      if (o_.symbols && v.layer == name && !v.symbols.empty()) body += "  sees  " + Seen(v) + "\n";
    }
    bool any = false;
    for (const Candidate& c : x_.candidates) {
      if (c.layer != name || !Wanted(c)) continue;
      any = true;
      body += fmt::format("  {} {} by {}{}\n", c.won ? Paint(kGreen, "won ") : Paint(kRed, "lost"),
                          OneLine(c.emitted), c.rule,
                          c.won                   ? Afterwards(c)
                          : c.lost_to == kDropped ? ": dropped, " + c.lost_to
                                                  : ": lost to " + c.lost_to);
      for (const Captured& r : c.captures)
        body += Paint(kDim, fmt::format("         {} = {}\n", r.name, OneLine(r.value)));
    }
    if (any || (o_.symbols && !body.empty() && o_.only.empty())) {
      out_ += Paint(kBold, "layer " + name) + "\n" + body + "\n";
    }
  }

  // The winner behind a fact: the same rule, the same bytes.
  const Candidate* Origin(const Written& w) const {
    for (const Candidate& c : x_.candidates) {
      const bool same =
          w.kind == "claim" ? c.span.Overlaps(w.span) && w.span.Contains(c.span) : c.span == w.span;
      if (c.won && c.rule == w.rule && same) return &c;
    }
    return nullptr;
  }

  void Fact(const Written& w) {
    const std::string line = OneLine(w.ToString());
    if (!o_.only.empty() && w.kind != o_.only) return;
    if (!o_.grep.empty() && line.find(o_.grep) == std::string::npos) return;
    out_ += fmt::format("\n{}\n  bytes {}-{}: {}\n", Paint(kGreen, line), w.span.begin, w.span.end,
                        OneLine(Slice(article_.text, w.span)));
    if (!o_.raw.empty()) {
      const Span fetched = article_.raw.ToSource(w.span);
      out_ += fmt::format("  raw {}-{}: {}\n", fetched.begin, fetched.end,
                          Printable(Slice(o_.raw, fetched)));
    }
    for (const Repair& r : article_.repairs) {
      if (r.source.Overlaps(w.span))
        out_ += fmt::format("  repaired {}-{} {}: {} -> {}\n", r.source.begin, r.source.end, r.kind,
                            OneLine(r.before), OneLine(r.after));
    }
    const Candidate* c = Origin(w);
    if (c == nullptr) {
      out_ += fmt::format(
          "  by {}: the same words were established as a name elsewhere in the article\n", w.rule);
      return;
    }
    const auto rule = std::find_if(rules_.rules().begin(), rules_.rules().end(),
                                   [&](const Rule& r) { return r.id == c->rule; });
    out_ += fmt::format("  folded: {}\n  by {} (layer {}, version {}), {}:{}\n",
                        OneLine(Slice(article_.folded, c->folded)), c->rule, c->layer,
                        rule->version, rule->file, rule->line);
    if (c->match != c->folded)
      out_ += fmt::format("  matched with its context: {}\n",
                          OneLine(Slice(article_.folded, c->match)));
    for (const Captured& r : c->captures)
      out_ += fmt::format("    {} = {}\n", r.name, OneLine(r.value));
    for (const Candidate& lost : x_.candidates) {
      if (!lost.won && lost.layer == c->layer &&
          (lost.lost_to == c->rule || lost.lost_to.rfind(c->rule + ",", 0) == 0) &&
          lost.folded.Overlaps(c->folded)) {
        out_ += fmt::format("  won against {}: {}{}\n", lost.rule, OneLine(lost.emitted),
                            lost.lost_to == c->rule ? "" : " (" + lost.lost_to + ")");
      }
    }
  }

  // {"kind":"view", …}, one a layer and sentence; spans count bytes of `text`.
  void View(const LayerView& v) {
    rapidjson::StringBuffer buffer;
    JsonWriter w(buffer);
    w.StartObject();
    PutText(w, "kind", "view");
    PutText(w, "doc", article_.id);
    PutText(w, "layer", v.layer);
    Place(w, v.sentence);
    w.Key("symbols");
    w.StartArray();
    for (const SeenSymbol& s : v.symbols) {
      w.StartObject();
      Place(w, s.span);
      PutText(w, "type", s.type);
      if (!s.value.empty()) PutText(w, "canonical", s.value);
      if (!s.source.empty()) PutText(w, "entry", s.source);
      w.EndObject();
    }
    w.EndArray();
    w.EndObject();
    out_.append(buffer.GetString(), buffer.GetSize()) += '\n';
  }

  void CandidateRow(const Candidate& c) {
    rapidjson::StringBuffer buffer;
    JsonWriter w(buffer);
    w.StartObject();
    PutText(w, "kind", "candidate");
    PutText(w, "doc", article_.id);
    PutText(w, "layer", c.layer);
    PutText(w, "rule", c.rule);
    Place(w, c.folded);
    PutText(w, "emitted", c.emitted);
    w.Key("won");
    w.Bool(c.won);
    if (!c.won) PutText(w, "lost_to", c.lost_to);
    w.Key("captures");
    w.StartObject();
    for (const Captured& r : c.captures) PutText(w, r.name.c_str(), r.value);
    w.EndObject();
    w.EndObject();
    out_.append(buffer.GetString(), buffer.GetSize()) += '\n';
  }

  void Place(JsonWriter& w, Span folded) {
    const Span s = article_.alignment.ToSource(folded);
    PutCount(w, "start", s.begin);
    PutCount(w, "end", s.end);
  }

  const Article& article_;
  const Extraction& x_;
  const RuleSet& rules_;
  const ExplanationOptions& o_;
  std::vector<Written> facts_;
  std::string out_;
};

}  // namespace

bool WantsColour() { return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr; }

std::string Explain(const Article& article, const Extraction& x, const RuleSet& rules,
                    const ExplanationOptions& options) {
  Explainer explainer(article, x, rules, options);
  return options.json ? explainer.Json() : explainer.Text();
}

}  // namespace kaoju
