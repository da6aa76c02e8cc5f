#include "extract/coverage.h"

#include <algorithm>
#include <cstdint>

#include "extract/arabic_numeral.h"
#include "extract/cue_types.h"
#include "extract/sentences.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

using Kind = Gap::Kind;

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }
bool JoinsDigits(char c) { return c == '.' || c == ',' || c == ':'; }

// Looks through one article.
class Reader {
 public:
  Reader(const Article& article, const Extraction& x, size_t around)
      : article_(article), text_(article.folded), around_(around), marks_(text_.size()) {
    Mark(x);
  }

  void Digits(Span sentence) {
    for (uint32_t at = sentence.begin; at < sentence.end;) {
      uint32_t end = at;
      while (end < sentence.end && (IsDigit(text_, end) || InsideNumber(at, end, sentence.end)))
        ++end;
      const Span span{at, end};
      if (end > at)
        Offer(Kind::kNumber, span, Any(span, kFact), [&] { return Around(span, sentence, "N"); });
      at = std::max(end, at + 1);
    }
  }

  void Names(Span sentence) {
    for (uint32_t at = sentence.begin; at < sentence.end; ++at) {
      if (!IsLatin(at)) continue;
      const uint32_t begin = at;
      while (at < sentence.end && IsLatin(at)) ++at;
      if (!IsCapital(text_[begin]) || at - begin < 2) continue;
      const Span span{begin, at};
      Offer(Kind::kName, span, Any(span, kFact), [&] { return std::string(Slice(text_, span)); });
    }
  }

  void Quotations(Span sentence) {
    for (uint32_t at = sentence.begin; at < sentence.end;) {
      const auto inside = at + static_cast<uint32_t>(Utf8Width(text_[at]));
      const std::string_view open = text_.substr(at, inside - at);
      const std::string_view close = ClosingMark(open);
      const size_t end = close.empty() ? std::string_view::npos
                                       : text_.substr(0, sentence.end).find(close, inside);
      if (end == std::string_view::npos) {
        at = inside;
        continue;
      }
      const Span words{inside, static_cast<uint32_t>(end)};
      const Span span{at, static_cast<uint32_t>(end + close.size())};
      Offer(Kind::kQuotation, span, Any(span, kContent) || All(words, kFact),
            [&] { return Around(span, sentence, std::string(open) + "…" + std::string(close)); });
      at = span.end;
    }
  }

  // `hits`: the lexicon's words in the sentence, by begin, longer ones first.
  void Verbs(Span sentence, const std::vector<LexiconHit>& hits, const TypeSet& verbs) {
    uint32_t covered = sentence.begin;  // by a word that began before
    for (size_t i = 0; i < hits.size();) {
      const Span span{hits[i].begin, hits[i].end};
      bool verb = false;
      for (; i < hits.size() && hits[i].begin == span.begin && hits[i].end == span.end; ++i)
        verb = verb || verbs.test(hits[i].type);
      if (span.end <= covered) continue;
      covered = span.end;
      if (!verb) continue;
      Offer(Kind::kVerb, span, Any(span, kFact | kCue),
            [&] { return Around(span, sentence, Slice(text_, span)); });
    }
  }

  Coverage Take() {
    std::stable_sort(out_.gaps.begin(), out_.gaps.end(),
                     [](const Gap& a, const Gap& b) { return a.kind < b.kind; });
    return std::move(out_);
  }

 private:
  static constexpr uint8_t kFact = 1;
  static constexpr uint8_t kCue = 2;
  static constexpr uint8_t kContent = 4;

  void MarkSpan(Span source, uint8_t mark) {
    const Span span = article_.alignment.ToTarget(source);
    for (uint32_t i = span.begin; i < span.end; ++i) marks_[i] |= mark;
  }
  void MarkFact(Span source, std::string_view kind) {
    MarkSpan(source, kFact);
    named_.push_back({article_.alignment.ToTarget(source), kind});
  }
  void Mark(const Extraction& x) {
    for (const Mention& m : x.mentions) MarkFact(m.span, m.type);
    for (const TimeExpr& t : x.times) MarkFact(t.span, "time");
    for (const Figure& f : x.figures) MarkFact(f.span, f.kind);
    for (const Span s : x.nothings) MarkFact(s, "nothing");
    for (const Relation& r : x.relations) MarkSpan(r.span, kFact);
    for (const Claim& c : x.claims) {
      MarkSpan(c.cue_span, kCue);
      if (c.span.begin < c.content.begin) MarkSpan({c.span.begin, c.content.begin}, kCue);
      MarkSpan(c.content, kContent);
    }
    std::sort(named_.begin(), named_.end(),
              [](const Named& a, const Named& b) { return a.span.begin < b.span.begin; });
  }

  bool IsLatin(uint32_t at) const { return IsLetter(text_, at) || IsDigit(text_, at); }
  bool InsideNumber(uint32_t begin, uint32_t at, uint32_t end) const {
    return at > begin && at + 1 < end && JoinsDigits(text_[at]) && IsDigit(text_, at + 1);
  }

  bool Any(Span span, uint8_t marks) const {
    return std::any_of(marks_.begin() + span.begin, marks_.begin() + span.end,
                       [&](uint8_t m) { return (m & marks) != 0; });
  }
  bool All(Span span, uint8_t marks) const {
    return std::all_of(marks_.begin() + span.begin, marks_.begin() + span.end,
                       [&](uint8_t m) { return (m & marks) != 0; });
  }

  // Counts it, and notes it with shape() when no rule has touched it.
  template <typename Shape>
  void Offer(Kind kind, Span span, bool touched, const Shape& shape) {
    ++out_.seen[static_cast<size_t>(kind)];
    if (!touched) out_.gaps.push_back({kind, article_.alignment.ToSource(span), shape()});
  }

  struct Named {
    Span span;
    std::string_view kind;
  };
  // The fact that holds the byte, or nullptr.
  const Named* NamedAt(uint32_t at) const {
    if ((marks_[at] & kFact) == 0) return nullptr;
    auto it = std::upper_bound(named_.begin(), named_.end(), at,
                               [](uint32_t a, const Named& n) { return a < n.span.begin; });
    for (size_t tries = 0; it != named_.begin() && tries < kNamesTried; ++tries) {
      --it;
      if (at < it->span.end) return &*it;
    }
    return nullptr;
  }

  // `word` with what stands beside `span` in the sentence.
  std::string Around(Span span, Span sentence, std::string_view word) const {
    std::string out(word);
    uint32_t at = span.begin;
    for (size_t n = 0; n < around_ && at != kOutside; ++n) out = Before(at, sentence) + out;
    at = span.end;
    for (size_t n = 0; n < around_ && at != kOutside; ++n) out += Behind(at, sentence);
    return out;
  }
  // One character or fact before `at`, which moves to its beginning.
  std::string Before(uint32_t& at, Span sentence) const {
    if (at <= sentence.begin) {
      at = kOutside;
      return "^";
    }
    const auto from = static_cast<uint32_t>(Utf8Back(text_, at));
    const std::string_view c = text_.substr(from, at - from);
    const Named* fact = NamedAt(from);
    at = fact == nullptr ? from : std::min(fact->span.begin, from);
    return fact == nullptr ? std::string(c) : "<" + std::string(fact->kind) + ">";
  }
  std::string Behind(uint32_t& at, Span sentence) const {
    if (at >= sentence.end) {
      at = kOutside;
      return "$";
    }
    const auto to = at + static_cast<uint32_t>(Utf8Width(text_[at]));
    const std::string_view c = text_.substr(at, to - at);
    const Named* fact = NamedAt(at);
    at = fact == nullptr ? to : std::max(fact->span.end, to);
    return fact == nullptr ? std::string(c) : "<" + std::string(fact->kind) + ">";
  }

  static constexpr size_t kNamesTried = 8;
  static constexpr uint32_t kOutside = 0xFFFFFFFF;

  const Article& article_;
  std::string_view text_;
  size_t around_;
  std::vector<uint8_t> marks_;  // by byte of the folded text
  std::vector<Named> named_;    // by begin, in the folded text
  Coverage out_;
};

}  // namespace

std::string_view NameOf(Gap::Kind kind) {
  static constexpr std::string_view kNames[kGapKinds] = {"number", "quotation", "verb", "name"};
  return kNames[static_cast<size_t>(kind)];
}

CoverageReader::CoverageReader(const RuleSet& rules, size_t around)
    : rules_(rules), around_(around), verbs_(CueTypes(rules)) {}

Coverage CoverageReader::Read(const Article& article, const Extraction& x) const {
  Reader reader(article, x, around_);
  std::vector<LexiconHit> hits;
  std::vector<LiteralHit> literals;
  for (const Span sentence : x.sentences) {
    hits.clear();
    literals.clear();
    rules_.lexicon().Scan(article.folded, sentence.begin, sentence.end, hits, literals);
    reader.Digits(sentence);
    reader.Quotations(sentence);
    reader.Verbs(sentence, hits, verbs_);
    reader.Names(sentence);
  }
  return reader.Take();
}

}  // namespace kaoju
