#include "extract/word_verdict.h"

#include <algorithm>
#include <map>

namespace kaoju {
namespace {

class Judge {
 public:
  Judge(const Article& article, const Extraction& x, const RuleSet& rules, Span span)
      : text_(article.folded), x_(x), rules_(rules), span_(span) {}

  std::vector<WordVerdict> Run() {
    for (const Bearing& b : FindBearings(rules_.lexicon(), Slice(text_, span_))) {
      const size_t before = out_.size();
      const std::string& word = b.entry->surface;
      const size_t from = span_.begin > word.size() ? span_.begin - word.size() : 0;
      for (size_t at = text_.find(word, from); at < span_.end; at = text_.find(word, at + 1)) {
        const Span s{static_cast<uint32_t>(at), static_cast<uint32_t>(at + word.size())};
        if (s.Overlaps(span_)) out_.push_back({b, s});
      }
      if (out_.size() == before) out_.push_back({b});
      for (size_t i = before; i < out_.size(); ++i) Decide(out_[i]);
    }
    return std::move(out_);
  }

 private:
  void Decide(WordVerdict& v) {
    const LexiconEntry& e = *v.bearing.entry;
    const ClassReaders& readers = Readers(e.type);
    v.text_only = readers.layers.empty() && !readers.as_text.empty();
    if (v.bearing.ban != nullptr) {
      v.why_not = "banned by " + rules_.lexicon().Location(*v.bearing.ban);
    } else if (!readers.any()) {
      v.why_not = "nothing reads the class " + rules_.symbols().Name(e.type);
    } else if (!v.at.empty() && !e.MayStand(text_, v.at.begin, v.at.end)) {
      v.why_not = "a character beside it refutes it";
    } else if (!v.at.empty()) {
      for (const LayerView& view : x_.views) {
        if (view.sentence.Overlaps(v.at) && std::find(readers.layers.begin(), readers.layers.end(),
                                                      view.layer) != readers.layers.end())
          Look(view, v);
      }
    }
  }

  void Look(const LayerView& view, WordVerdict& v) const {
    const std::string source = rules_.lexicon().Location(*v.bearing.entry);
    const SeenSymbol* instead = nullptr;
    for (const SeenSymbol& s : view.symbols) {
      if (s.span == v.at && s.source == source) {
        v.seen.push_back(view.layer);
        return;
      }
      if (instead == nullptr && s.span.Overlaps(v.at)) instead = &s;
    }
    v.hidden.push_back(view.layer + ": " +
                       (instead == nullptr ? NothingInstead(view, v.at) : Rival(*instead, v.at)));
  }

  std::string NothingInstead(const LayerView& view, Span at) const {
    if (!view.sentence.Contains(at)) return "a sentence ends inside it";
    return "an entry with 'must' overlaps it";
  }

  // Why the symbol stands there, and not the word at `at`.
  std::string Rival(const SeenSymbol& s, Span at) const {
    const std::string what = "{" + s.type + " " + std::string(Slice(text_, s.span)) + "}";
    if (s.source.empty()) return what + " was made of it by a layer below, or is a numeral";
    const std::string who = what + " (" + s.source + ") ";
    if (s.span == at) return who + "comes first in the order of the files";
    if (s.span.begin < at.begin) return who + "begins earlier";
    return who + (s.span.size() > at.size() ? "is longer" : "must stand");
  }

  const ClassReaders& Readers(TypeId type) {
    const auto it = readers_.find(type);
    return it != readers_.end() ? it->second
                                : readers_.emplace(type, ReadersOf(rules_, type)).first->second;
  }

  std::string_view text_;
  const Extraction& x_;
  const RuleSet& rules_;
  Span span_;
  std::map<TypeId, ClassReaders> readers_;
  std::vector<WordVerdict> out_;
};

}  // namespace

std::vector<WordVerdict> JudgeWords(const Article& article, const Extraction& x,
                                    const RuleSet& rules, Span span) {
  return Judge(article, x, rules, span).Run();
}

}  // namespace kaoju
