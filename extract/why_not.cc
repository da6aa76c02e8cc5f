#include "extract/why_not.h"

#include <algorithm>
#include <set>

#include "extract/notation.h"

namespace kaoju {
namespace {

constexpr std::string_view kNames[] = {"person", "org",   "product", "place",
                                       "media",  "event", "work",    "other"};
constexpr std::string_view kTimes[] = {"date", "duration", "set", "time"};
constexpr size_t kMostWords = 12;

template <typename All>
bool Among(std::string_view kind, const All& all) {
  return std::find(std::begin(all), std::end(all), kind) != std::end(all);
}

std::string Family(std::string_view kind) {
  if (kind == "entity" || Among(kind, kNames)) return "entity";
  if (Among(kind, kTimes)) return "time";
  if (kind == "claim" || kind == "skip" || kind == "number") return std::string(kind);
  if (kind.substr(0, 8) == "relation") return "relation";
  return "figure";
}

class Asker {
 public:
  Asker(const Article& article, const Extraction& x, const RuleSet& rules, Span span,
        std::string_view kind)
      : article_(article),
        x_(x),
        rules_(rules),
        span_(span),
        folded_(article.alignment.ToTarget(span)),
        kind_(kind),
        attempter_(rules) {}

  WhyNot Run() {
    Found();
    Lost();
    Cut();
    Words();
    Bans();
    Attempts();
    Conclude();
    return std::move(out_);
  }

 private:
  void Found() {
    for (const Written& w : WriteAll(x_, article_.text)) {
      if (!w.span.Overlaps(span_)) continue;
      const bool fits = KindFits(w.kind == "time" ? "date" : w.kind, kind_) ||
                        (w.kind == "other" && Family(kind_) == "figure");
      // A claim spans much: it is the answer only where claims are asked for.
      if (w.kind == "claim" && kind_ != "claim") continue;
      const std::string line = w.ToString() + " by " + std::string(w.rule);
      out_.found.push_back(line);
      if (!fits) {
        if (other_.empty()) other_ = line;
      } else if (w.span == span_) {
        exact_ = line;
      } else if (near_.empty()) {
        near_ = line;
      }
    }
  }

  // Won, and yet no fact: what covers it.
  std::string CoveredBy(const Candidate& c) const {
    for (const Written& w : WriteAll(x_, article_.text)) {
      if (w.span == c.span && w.rule == c.rule) return {};
    }
    for (const Candidate& later : x_.candidates) {
      if (&later > &c && later.won && later.layer != c.layer && later.folded.Overlaps(c.folded))
        return later.rule + " in the later layer " + later.layer + " covers it: " + later.emitted;
    }
    return {};
  }

  void Lost() {
    for (const Candidate& c : x_.candidates) {
      const std::string_view kind = std::string_view(c.emitted).substr(0, c.emitted.find('('));
      if (!c.folded.Overlaps(folded_)) continue;
      if (c.won && kind == "skip") {
        skips_ += (skips_.empty() ? "" : "; ") + c.rule + " says that '" +
                  std::string(Slice(article_.folded, c.folded)) + "' is nothing (skip)";
      }
      if (!KindFits(kind, kind_) || Family(kind) == "number") continue;
      std::string reason = c.lost_to;
      if (c.won) {
        reason = CoveredBy(c);
        if (reason.empty()) continue;
      } else if (reason == kDropped) {
        reason = "dropped: " + reason;
      } else {
        reason = "lost to " + reason + Versus(c);
      }
      const std::string line = c.rule + " proposed " + c.emitted + ": " + reason;
      out_.lost.push_back(line);
      if (c.folded == folded_ || lost_.empty()) lost_ = line;
      lost_exact_ |= c.folded == folded_;
    }
  }

  // Why the winner won.
  std::string Versus(const Candidate& c) const {
    const auto rule = [&](std::string_view id) {
      return std::find_if(rules_.rules().begin(), rules_.rules().end(),
                          [&](const Rule& r) { return r.id == id; });
    };
    const auto mine = rule(c.rule);
    const auto other = rule(c.lost_to);
    if (mine == rules_.rules().end() || other == rules_.rules().end()) return {};
    if (mine->priority != other->priority) {
      return " (priority " + std::to_string(other->priority) + " against " +
             std::to_string(mine->priority) + ")";
    }
    for (const Candidate& w : x_.candidates) {
      if (!w.won || w.rule != c.lost_to || w.layer != c.layer || !w.folded.Overlaps(c.folded))
        continue;
      return w.folded.size() > c.folded.size() ? " (it is longer: " + w.emitted + ")"
                                               : " (it comes first: " + w.emitted + ")";
    }
    return {};
  }

  void Cut() {
    std::set<std::string> said;
    for (const LayerView& v : x_.views) {
      for (const SeenSymbol& s : v.symbols) {
        if (!s.span.Overlaps(folded_) || folded_.Contains(s.span)) continue;
        std::string line = "'" + std::string(Slice(article_.folded, s.span)) + "' is {" + s.type +
                           "}" + (s.source.empty() ? "" : " (" + s.source + ")");
        if (hidden_.empty() && !s.source.empty() && MayFind(v.layer))
          hidden_ = "a longer word hides it: " + line;
        if (said.insert(line).second) out_.cut.push_back(line + ", first in layer " + v.layer);
      }
    }
  }

  // True iff a rule that could make the fact names this class.
  bool Reads(TypeId type) const {
    return std::any_of(rules_.rules().begin(), rules_.rules().end(), [&](const Rule& r) {
      return KindFits(r.emit.kind, kind_) &&
             std::any_of(r.patterns.begin(), r.patterns.end(), [&](const SplitPattern& p) {
               return std::find(p.types.begin(), p.types.end(), type) != p.types.end();
             });
    });
  }

  // True iff a rule of this layer could make the fact.
  bool MayFind(std::string_view layer) const {
    return std::any_of(rules_.rules().begin(), rules_.rules().end(), [&](const Rule& r) {
      return rules_.layer_of(r.order) == layer && KindFits(r.emit.kind, kind_);
    });
  }

  bool Seen(const LexiconEntry& e, Span at) const {
    return std::any_of(x_.views.begin(), x_.views.end(), [&](const LayerView& v) {
      return std::any_of(v.symbols.begin(), v.symbols.end(), [&](const SeenSymbol& s) {
        return s.span == at && s.source == rules_.lexicon().Location(e);
      });
    });
  }

  void Words() {
    const std::string_view text = article_.folded;
    std::vector<std::pair<Span, const LexiconEntry*>> all;
    for (const LexiconEntry& e : rules_.lexicon().entries()) {
      const size_t from = folded_.begin > e.surface.size() ? folded_.begin - e.surface.size() : 0;
      for (size_t at = text.find(e.surface, from); at != std::string_view::npos && at < folded_.end;
           at = text.find(e.surface, at + 1)) {
        const Span s{static_cast<uint32_t>(at), static_cast<uint32_t>(at + e.surface.size())};
        if (s.Overlaps(folded_)) all.emplace_back(s, &e);
      }
    }
    std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
      return std::pair(a.first != folded_, -static_cast<int>(a.first.size())) <
             std::pair(b.first != folded_, -static_cast<int>(b.first.size()));
    });
    for (const auto& [at, e] : all) {
      const std::string& type = rules_.symbols().Name(e->type);
      std::string line =
          "'" + e->surface + "' " + type + " (" + rules_.lexicon().Location(*e) + ")";
      std::string why;
      if (!e->MayStand(text, at.begin, at.end)) {
        why = ": a character beside it refutes it (" + e->flags + ")";
      } else if (!Seen(*e, at)) {
        why = ": no layer sees it as a symbol here";
      }
      if (at == folded_) {
        word_ = true;
        if (known_as_.empty()) known_as_ = line;
        read_ = read_ || Reads(e->type);
        if (e->Has("cue")) why = ": counts only beside a cue";
        stands_ = stands_ || why.empty();
        if (!why.empty()) word_why_ = line + why;
      }
      if (out_.words.size() < kMostWords) out_.words.push_back(line + why);
    }
    if (!word_) {
      out_.words.insert(out_.words.begin(), "'" + std::string(Slice(text, folded_)) +
                                                "' as a whole stands in no lexicon file");
    }
  }

  // What the lexicon bans at just this span: by an entry that it takes out, or as a name.
  void Bans() {
    const Lexicon& lexicon = rules_.lexicon();
    for (const LexiconBan& ban : lexicon.bans()) {
      if (ban.entry.surface != Slice(article_.folded, folded_)) continue;
      const bool any = ban.entry.type == kAnyType;
      const std::string name(any ? kAnyTypeName : rules_.symbols().Name(ban.entry.type));
      const std::string by = "banned as " + name + " by " + lexicon.Location(ban.entry);
      for (const uint32_t i : ban.entries) {
        const LexiconEntry& e = lexicon.banned()[i];
        out_.words.insert(out_.words.begin(), "'" + e.surface + "' " +
                                                  rules_.symbols().Name(e.type) + " (" +
                                                  lexicon.Location(e) + "): " + by);
      }
      if (ban.entries.empty())
        out_.words.insert(out_.words.begin(), "'" + ban.entry.surface + "': " + by);
      if (any || KindFits(NameKind(name), kind_)) ban_ = "'" + ban.entry.surface + "' is " + by;
    }
  }

  void Attempts() {
    std::string layer;
    ViewText text;
    std::optional<Span> wanted;
    for (const Rule& rule : rules_.rules()) {
      if (!KindFits(rule.emit.kind, kind_) || Family(rule.emit.kind) == "skip" ||
          Family(rule.emit.kind) == "number")
        continue;
      if (const std::string& of = rules_.layer_of(rule.order); of != layer) {
        layer = of;
        wanted.reset();
        for (const LayerView& v : x_.views) {
          if (v.layer != layer || !v.sentence.Contains(folded_)) continue;
          text = MakeViewText(v, article_.folded, rules_.symbols());
          wanted = text.Of(folded_);
          if (!wanted) wanted = text.Of(Widened(v));
        }
      }
      if (!wanted) continue;
      if (auto a = attempter_.Best(rule, text, *wanted)) out_.attempts.push_back(std::move(*a));
    }
    std::stable_sort(out_.attempts.begin(), out_.attempts.end(),
                     [](const Attempt& a, const Attempt& b) { return a.score > b.score; });
  }

  // The wanted span, widened to whole symbols of the view.
  Span Widened(const LayerView& v) const {
    Span s = folded_;
    for (const SeenSymbol& symbol : v.symbols) {
      if (!symbol.span.Overlaps(folded_)) continue;
      s = {std::min(s.begin, symbol.span.begin), std::max(s.end, symbol.span.end)};
    }
    return s;
  }

  std::string Nearest() const {
    const Attempt& a = out_.attempts.front();
    std::string line = "nearest rule " + a.rule->id;
    if (a.failures.empty()) return line + " matches here, but takes another span";
    for (size_t i = 0; i < a.failures.size(); ++i) line += (i == 0 ? ": " : "; ") + a.failures[i];
    return line;
  }

  void Conclude() {
    const bool name = Family(kind_) == "entity" || kind_.empty();
    const std::string nearest = out_.attempts.empty() ? "" : Nearest();
    const bool close = !out_.attempts.empty() && out_.attempts.front().score >= 1.5;
    if (!exact_.empty()) {
      out_.cause = "it is found, " + exact_ + ": if a value is wrong, that rule makes it";
    } else if (lost_exact_) {
      out_.cause = lost_;
    } else if (!ban_.empty()) {
      out_.cause = ban_;
    } else if (!near_.empty()) {
      out_.cause = "found with other bounds: " + near_ + (lost_.empty() ? "" : "; also " + lost_);
    } else if (!hidden_.empty()) {
      out_.cause = hidden_;
    } else if (!word_why_.empty() && !stands_) {
      out_.cause = "a word that does not count here: " + word_why_;
    } else if (!lost_.empty() && !(close && out_.attempts.front().span_fits)) {
      out_.cause = lost_;
    } else if (!skips_.empty()) {
      out_.cause = skips_ + (close ? "; " + nearest : "");
    } else if (!other_.empty()) {
      out_.cause = "taken for something else: " + other_ + (close ? "; " + nearest : "");
    } else if (name && !word_) {
      out_.cause = "no word and no rule: '" + std::string(Slice(article_.folded, folded_)) +
                   "' stands in no lexicon file" + (nearest.empty() ? "" : "; " + nearest);
    } else if (word_ && (nearest.empty() || (!read_ && !close))) {
      out_.cause =
          "a word that no such rule reads: " + known_as_ + (nearest.empty() ? "" : "; " + nearest);
    } else {
      out_.cause = nearest.empty() ? "no rule has a trigger near it" : nearest;
    }
  }

  const Article& article_;
  const Extraction& x_;
  const RuleSet& rules_;
  Span span_;
  Span folded_;
  std::string kind_;
  Attempter attempter_;
  WhyNot out_;
  std::string exact_;
  std::string near_;
  std::string other_;
  std::string lost_;
  bool lost_exact_ = false;
  std::string skips_;
  std::string ban_;
  bool word_ = false;
  bool stands_ = false;  // as a word of some class
  bool read_ = false;    // as a word of a class that a rule for the kind names
  std::string word_why_;
  std::string hidden_;
  std::string known_as_;
};

}  // namespace

bool KindFits(std::string_view emitted, std::string_view kind) {
  if (kind.empty() || emitted == kind) return true;
  const std::string family = Family(emitted);
  if (family == kind) return true;
  // The builder of quantity decides by the unit; times are of four kinds by their value.
  if (emitted == "quantity" || kind == "quantity") return Family(kind) == family;
  return family == "time" && Family(kind) == "time";
}

WhyNot ExplainMiss(const Article& article, const Extraction& x, const RuleSet& rules, Span span,
                   std::string_view kind) {
  return Asker(article, x, rules, span, kind).Run();
}

}  // namespace kaoju
