#include "extract/attempt.h"

#include <algorithm>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kNear = 60;  // bytes of the view around the wanted span in which triggers count

}  // namespace

std::optional<Span> ViewText::Of(Span folded_span) const {
  const auto place = [&](uint32_t at) -> std::optional<uint32_t> {
    const auto it = std::lower_bound(folded.begin(), folded.end(), at);
    if (it == folded.end() || *it != at) return std::nullopt;
    return static_cast<uint32_t>(it - folded.begin());
  };
  const auto begin = place(folded_span.begin);
  const auto end = place(folded_span.end);
  if (!begin || !end) return std::nullopt;
  return Span{*begin, *end};
}

ViewText MakeViewText(const LayerView& view, std::string_view folded, const SymbolTable& symbols) {
  ViewText out;
  uint32_t at = view.sentence.begin;
  const auto plain = [&](uint32_t end) {
    for (; at < end; ++at) {
      out.text += folded[at];
      out.folded.push_back(at);
    }
  };
  for (const SeenSymbol& s : view.symbols) {
    plain(s.span.begin);
    out.text += SymbolUtf8(*symbols.Find(s.type));
    out.folded.insert(out.folded.end(), 3, s.span.begin);
    at = s.span.end;
  }
  plain(view.sentence.end);
  out.folded.push_back(at);
  return out;
}

const RE2& Attempter::Compiled(const std::string& regex) {
  std::unique_ptr<RE2>& re = compiled_[regex];
  if (!re) {
    RE2::Options o;
    o.set_log_errors(false);
    o.set_dot_nl(true);
    o.set_longest_match(true);
    re = std::make_unique<RE2>(regex, o);
  }
  return *re;
}

// Of the pieces [from, …) as many as match from `at` on.
Attempter::Reach Attempter::Rightwards(const PiecedPattern& p, size_t from, const ViewText& view,
                                       size_t at) {
  const re2::StringPiece rest(view.text.data() + at, view.text.size() - at);
  for (size_t n = p.pieces.size() - from; n > 0; --n) {
    const RE2& re = Compiled("(?:" + p.Regex(from, from + n) + ")");
    re2::StringPiece all;
    if (re.ok() && re.Match(rest, 0, rest.size(), RE2::ANCHOR_START, &all, 1))
      return {n, at + all.size()};
  }
  return {0, at};
}

// Of the pieces […, to) as many as match up to `at`.
Attempter::Reach Attempter::Leftwards(const PiecedPattern& p, size_t to, const ViewText& view,
                                      size_t at) {
  const re2::StringPiece before(view.text.data(), at);
  for (size_t n = to; n > 0; --n) {
    const RE2& re = Compiled("(?:" + p.Regex(to - n, to) + ")\\z");
    re2::StringPiece all;
    if (re.ok() && re.Match(before, 0, before.size(), RE2::UNANCHORED, &all, 1))
      return {n, at - all.size()};
  }
  return {0, at};
}

// Says what was wanted and what stands there.
void Attempter::Fail(const PiecedPattern& p, size_t piece, bool left, const ViewText& view,
                     size_t at, Attempt& a) {
  std::string there;
  if (left) {
    size_t from = at;
    for (int n = 0; n < 4 && from > 0; ++n) from = Utf8Back(view.text, from);
    there = from == at ? "the sentence begins"
                       : "'" + readable_.Text(view.text.substr(from, at - from)) + "' stands";
  } else {
    size_t to = at;
    for (int n = 0; n < 4 && to < view.text.size(); ++n) to += Utf8Width(view.text[to]);
    there = to == at ? "the sentence ends"
                     : "'" + readable_.Text(view.text.substr(at, to - at)) + "' stands";
  }
  a.failures.push_back(std::string(p.pieces[piece].trigger ? "trigger absent: "
                                   : left                  ? "left side fails at "
                                                           : "right side fails at ") +
                       readable_.Regex(p.pieces[piece].regex) + ", where " + there);
}

std::optional<Attempt> Attempter::FromSpan(const PiecedPattern& p, const ViewText& view,
                                           Span wanted) {
  const RE2& re = Compiled("(?:" + p.Regex(p.span_begin, p.span_end) + ")");
  const std::string_view span = Slice(view.text, wanted);
  if (!re.ok() || !RE2::FullMatch(re2::StringPiece(span.data(), span.size()), re)) return {};
  const Reach left = Leftwards(p, p.span_begin, view, wanted.begin);
  const Reach right = Rightwards(p, p.span_end, view, wanted.end);
  Attempt a;
  a.span_fits = true;
  const size_t all = p.pieces.size();
  size_t held = p.Required(p.span_begin - left.pieces, p.span_end + right.pieces);
  if (left.pieces < p.span_begin) Fail(p, p.span_begin - left.pieces - 1, true, view, left.at, a);
  if (p.span_end + right.pieces < all) Fail(p, p.span_end + right.pieces, false, view, right.at, a);
  a.score =
      1 + static_cast<double>(held) / static_cast<double>(std::max<size_t>(1, p.Required(0, all)));
  return a;
}

std::optional<Attempt> Attempter::FromTrigger(const PiecedPattern& p, const ViewText& view,
                                              Span wanted) {
  const RE2& re = Compiled("(?:" + p.pieces[p.trigger].regex + ")");
  if (!re.ok()) return {};
  std::optional<Attempt> best;
  size_t low = wanted.begin > kNear ? wanted.begin - kNear : 0;
  size_t high = std::min(view.text.size(), wanted.end + kNear);
  while (!OnCodePoint(view.text, low)) --low;
  while (!OnCodePoint(view.text, high)) ++high;
  const re2::StringPiece text(view.text);
  for (size_t at = low; at < high;) {
    re2::StringPiece hit;
    if (!re.Match(text, at, high, RE2::UNANCHORED, &hit, 1) || hit.empty()) break;
    const auto begin = static_cast<size_t>(hit.data() - text.data());
    const size_t end = begin + hit.size();
    at = end;
    const Reach left = Leftwards(p, p.trigger, view, begin);
    const Reach right = Rightwards(p, p.trigger + 1, view, end);
    if (right.at <= wanted.begin || left.at >= wanted.end) continue;  // it says nothing of the span
    Attempt a;
    const size_t all = p.pieces.size();
    const size_t held = p.Required(p.trigger - left.pieces, p.trigger + 1 + right.pieces);
    if (left.pieces < p.trigger) Fail(p, p.trigger - left.pieces - 1, true, view, left.at, a);
    if (p.trigger + 1 + right.pieces < all)
      Fail(p, p.trigger + 1 + right.pieces, false, view, right.at, a);
    a.score =
        static_cast<double>(held) / static_cast<double>(std::max<size_t>(1, p.Required(0, all)));
    // A trigger inside the span says more than one beside it.
    if (begin < wanted.end && wanted.begin < end) a.score += 0.5;
    if (!best || a.score > best->score) best = a;
  }
  return best;
}

std::optional<Attempt> Attempter::Best(const Rule& rule, const ViewText& view, Span wanted) {
  std::optional<Attempt> best;
  for (size_t k = 0; k < rule.patterns.size(); ++k) {
    const PiecedPattern p = CutPattern(rule, k);
    for (std::optional<Attempt> a : {FromSpan(p, view, wanted), FromTrigger(p, view, wanted)}) {
      if (!a || (best && a->score <= best->score)) continue;
      a->rule = &rule;
      a->pattern = k;
      best = std::move(a);
    }
  }
  return best;
}

}  // namespace kaoju
