#include "extract/pieces.h"

#include <algorithm>

#include "extract/span.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr std::string_view kBegin = "__b";
constexpr std::string_view kEnd = "__e";
constexpr size_t kLongClass = 300;  // bytes of a regex that may hold a whole lexicon class
constexpr size_t kShown = 40;       // characters of a regex that are shown

// Where the group or class that opens at `at` is closed.
size_t Closing(std::string_view r, size_t at) {
  int depth = 0;
  for (size_t i = at; i < r.size(); ++i) {
    if (r[i] == '\\') {
      ++i;
    } else if (r[i] == '[') {
      size_t k = i + 1;
      if (k < r.size() && r[k] == '^') ++k;
      if (k < r.size() && r[k] == ']') ++k;
      for (; k < r.size() && r[k] != ']'; ++k) k += r[k] == '\\' ? 1 : 0;
      if (i == at) return k;
      i = k;
    } else if (r[i] == '(') {
      ++depth;
    } else if (r[i] == ')' && --depth == 0) {
      return i;
    }
  }
  return r.empty() ? 0 : r.size() - 1;
}

bool HasBar(std::string_view r) {
  for (size_t i = 0; i < r.size(); ++i) {
    if (r[i] == '\\') {
      ++i;
    } else if (r[i] == '(' || r[i] == '[') {
      i = Closing(r, i);
    } else if (r[i] == '|') {
      return true;
    }
  }
  return false;
}

size_t QuantifierSize(std::string_view rest) {
  size_t n = 0;
  if (!rest.empty() && (rest[0] == '?' || rest[0] == '*' || rest[0] == '+')) n = 1;
  if (!rest.empty() && rest[0] == '{') n = std::min(rest.find('}'), rest.size() - 1) + 1;
  if (n > 0 && n < rest.size() && rest[n] == '?') ++n;
  return n;
}

class Cutter {
 public:
  explicit Cutter(std::string span) : span_(std::move(span)) {}

  void Cut(std::string_view r) {
    for (size_t i = 0; i < r.size();) {
      size_t end = i;
      if (r[i] == '(' || r[i] == '[') {
        end = std::min(Closing(r, i) + 1, r.size());
      } else if (r[i] == '\\') {
        end = std::min(r.compare(i, 3, "\\x{") == 0 || r.compare(i, 3, "\\p{") == 0
                           ? r.find('}', i) + 1
                           : i + 2,
                       r.size());
      } else {
        end = std::min(i + Utf8Width(r[i]), r.size());
      }
      const size_t q = QuantifierSize(r.substr(end));
      const std::string_view atom = r.substr(i, end - i);
      if (r[i] == '(' && q == 0 && Flatten(atom)) {
        i = end;
        continue;
      }
      const bool optional = q > 0 && (r[end] == '?' || r[end] == '*' || r.substr(end, 2) == "{0");
      const bool plain = q == 0 &&
                         std::string_view("([\\.^$").find(r[i]) == std::string_view::npos &&
                         !IsSymbol(Utf8At(r, i));
      if (plain && joins_ && !out.pieces.empty()) {
        out.pieces.back().regex += atom;
      } else {
        out.pieces.push_back({std::string(r.substr(i, end - i + q)), optional, false});
      }
      joins_ = plain;
      i = end + q;
    }
  }

  void Trigger(const Trigger& t) {
    std::string regex;
    for (TypeId type : t.types) regex += SymbolUtf8(type);
    if (t.types.size() > 1) regex = "[" + regex + "]";
    for (const std::string& s : t.literals) {
      if (!regex.empty()) regex += '|';
      for (const char c : s)
        regex += std::string_view("\\.+*?()|[]{}^$").find(c) == std::string_view::npos
                     ? std::string(1, c)
                     : std::string("\\") + c;
    }
    if (t.literals.size() > 1) regex = "(?:" + regex + ")";
    out.trigger = out.pieces.size();
    if (!span_.empty() && t.capture == span_) {
      out.span_begin = out.trigger;
      out.span_end = out.trigger + 1;
      spanned_ = true;
    }
    out.pieces.push_back({regex, false, true});
    joins_ = false;
  }

  PiecedPattern Finish() {
    if (!spanned_) {
      out.span_begin = 0;
      out.span_end = out.pieces.size();
    }
    return std::move(out);
  }

  PiecedPattern out;

 private:
  // A group that must occur once and has no alternatives is cut itself.
  bool Flatten(std::string_view group) {
    std::string name;
    size_t skip = 3;  // (?:
    if (group.substr(0, 4) == "(?P<") {
      const size_t close = group.find('>');
      name = group.substr(4, close - 4);
      skip = close + 1;
    }
    const std::string_view body = group.substr(skip, group.size() - skip - 1);
    if (HasBar(body)) {
      if (!name.empty() && name == span_) Mark(1);
      return false;
    }
    joins_ = false;
    const size_t from = out.pieces.size();
    Cut(body);
    joins_ = false;
    if (!span_.empty() && name == span_ + std::string(kBegin)) {
      out.span_begin = from;
      spanned_ = true;
    } else if (!span_.empty() && name == span_ + std::string(kEnd)) {
      out.span_end = from;
    } else if (!span_.empty() && name == span_) {
      out.span_begin = from;
      out.span_end = out.pieces.size();
      spanned_ = true;
    }
    return true;
  }

  // The next `count` pieces are the span.
  void Mark(size_t count) {
    out.span_begin = out.pieces.size();
    out.span_end = out.span_begin + count;
    spanned_ = true;
  }

  std::string span_;  // the capture that is the fact's span; empty: the whole match
  bool joins_ = false;
  bool spanned_ = false;
};

}  // namespace

std::string PiecedPattern::Regex(size_t from, size_t to) const {
  std::string out;
  for (size_t i = from; i < to; ++i) out += pieces[i].regex;
  return out;
}

size_t PiecedPattern::Required(size_t from, size_t to) const {
  return static_cast<size_t>(std::count_if(pieces.begin() + static_cast<ptrdiff_t>(from),
                                           pieces.begin() + static_cast<ptrdiff_t>(to),
                                           [](const Piece& p) { return !p.optional; }));
}

PiecedPattern CutPattern(const Rule& rule, size_t pattern) {
  const SplitPattern& p = rule.patterns[pattern];
  const EmitRole* span = rule.emit.Find("span");
  Cutter cutter(span == nullptr ? std::string() : span->capture);
  cutter.Cut(p.left);
  cutter.Trigger(p.trigger);
  cutter.Cut(p.right);
  return cutter.Finish();
}

std::string Readable::Text(std::string_view view) const {
  std::string out;
  for (size_t i = 0; i < view.size(); i += Utf8Width(view[i])) {
    const char32_t c = Utf8At(view, i);
    if (IsSymbol(c)) {
      out += "{" + rules_.symbols().Name(static_cast<TypeId>(c - kFirstSymbol)) + "}";
    } else {
      out += c == '\n' ? std::string_view(" ") : view.substr(i, Utf8Width(view[i]));
    }
  }
  return out;
}

std::string Readable::Regex(std::string_view regex) {
  std::string text(regex);
  if (text.size() > kLongClass && classes_.empty()) {
    for (TypeId t = 0; t < rules_.symbols().size(); ++t) {
      std::string all = rules_.ClassRegex(rules_.symbols().Name(t));
      if (all.size() > kLongClass) classes_.emplace_back(std::move(all), rules_.symbols().Name(t));
    }
  }
  for (const auto& [all, name] : classes_) {
    for (size_t at = text.find(all); at != std::string::npos; at = text.find(all, at))
      text.replace(at, all.size(), "[:" + name + ":]");
  }
  // A class of symbols alone is a slot: {PERSON|ORG}.
  for (size_t at = text.find('['); at != std::string::npos; at = text.find('[', at + 1)) {
    size_t end = at + 1;
    while (end < text.size() && text[end] != ']' && IsSymbol(Utf8At(text, end))) end += 3;
    if (end == at + 1 || end >= text.size() || text[end] != ']') continue;
    std::string slot = "{";
    for (size_t i = at + 1; i < end; i += 3) {
      slot += (i > at + 1 ? "|" : "") +
              rules_.symbols().Name(static_cast<TypeId>(Utf8At(text, i) - kFirstSymbol));
    }
    text.replace(at, end + 1 - at, slot + "}");
  }
  text = Text(text);
  if (CodePointCount(text) <= kShown) return text;
  size_t cut = 0;
  for (size_t n = 0; n < kShown; ++n) cut += Utf8Width(text[cut]);
  return text.substr(0, cut) + "…";
}

}  // namespace kaoju
