#include "rules/pattern.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <optional>

#include "rules/element.h"

namespace kaoju {
namespace {

constexpr int kMaxDepth = 16;

Element Marker(Element::Kind kind, const std::string& capture) {
  Element e;
  e.kind = kind;
  e.capture = capture;
  return e;
}

class PatternParser {
 public:
  explicit PatternParser(const PatternContext& context) : context_(context) {}

  SplitPattern Parse(std::string_view pattern) {
    std::vector<Element> elements;
    ParseSequence(pattern, 0, elements, 0);
    return Split(Joined(std::move(elements)));
  }

 private:
  void ParseSequence(std::string_view p, size_t origin, std::vector<Element>& out, int depth);
  Element ParseSlot(std::string_view body, size_t at);
  Element ParseGroup(std::string_view body, size_t at, int depth, std::vector<Element>& out,
                     bool quantified, bool& flattened);
  std::string Substitute(std::string_view p, size_t origin, int depth);
  std::vector<Element> Joined(std::vector<Element> in) const;
  SplitPattern Split(const std::vector<Element>& elements);
  std::string Macro(std::string_view name, size_t at) const;
  std::string ClassText(std::string_view name, size_t at) const;

  const PatternContext& context_;
  std::vector<TypeId> types_;
  std::vector<std::string> captures_;
  std::vector<std::string> literals_;
};

bool NameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The end of the bracketed thing that opens at p[at]; REQUIRES p[at] one of ( [ {.
size_t Closing(std::string_view p, size_t at, size_t origin) {
  const char open = p[at];
  const char close = open == '(' ? ')' : open == '[' ? ']' : '}';
  int level = 0;
  for (size_t i = at; i < p.size(); ++i) {
    if (p[i] == '\\') {
      ++i;
    } else if (open == '(' && p[i] == '[') {
      i = Closing(p, i, origin);
    } else if (open == '[' && i > at && p[i] == '[' && i + 1 < p.size() && p[i + 1] == ':') {
      i = p.find(":]", i + 2);
      if (i == std::string_view::npos) break;
      ++i;
    } else if (p[i] == open && open != '[') {
      ++level;
    } else if (p[i] == close && (open != '[' || i > at + 1)) {
      if (open == '[' || --level == 0) return i;
    }
  }
  throw PatternError{origin + at, std::string("'") + open + "' is never closed"};
}

size_t QuantifierSize(std::string_view rest) {
  if (rest.empty()) return 0;
  size_t n = 0;
  if (rest[0] == '?' || rest[0] == '*' || rest[0] == '+') {
    n = 1;
  } else if (rest[0] == '{' && rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9') {
    const size_t close = rest.find('}');
    if (close == std::string_view::npos) return 0;
    n = close + 1;
  }
  if (n > 0 && n < rest.size() && rest[n] == '?') ++n;
  return n;
}

std::string CodePointAt(std::string_view p, size_t at) {
  int32_t end = static_cast<int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(p.data(), end, static_cast<int32_t>(p.size()), c);
  return std::string(p.substr(at, static_cast<size_t>(end) - at));
}

// The alternatives of a group's body iff all are plain text, else nullopt.
std::optional<std::vector<std::string>> PlainAlternatives(std::string_view body) {
  if (body.empty() || body.find_first_of("\\[](){}<>.*+?^$@") != std::string_view::npos) return {};
  std::vector<std::string> out;
  for (size_t from = 0;;) {
    const size_t bar = body.find('|', from);
    out.emplace_back(body.substr(from, bar - from));
    if (out.back().empty()) return {};
    if (bar == std::string_view::npos) return out;
    from = bar + 1;
  }
}

bool HasTopLevelBar(std::string_view p) {
  for (size_t i = 0; i < p.size(); ++i) {
    if (p[i] == '\\') {
      ++i;
    } else if (p[i] == '(' || p[i] == '[' || p[i] == '{') {
      i = Closing(p, i, 0);
    } else if (p[i] == '|') {
      return true;
    }
  }
  return false;
}

std::string PatternParser::Macro(std::string_view name, size_t at) const {
  const auto it = context_.macros->find(name);
  if (it == context_.macros->end()) {
    throw PatternError{at, "no macro '" + std::string(name) + "' (define it first)"};
  }
  return it->second;
}

std::string PatternParser::ClassText(std::string_view name, size_t at) const {
  const std::string text = context_.char_class(name);
  if (text.empty()) throw PatternError{at, "no lexicon class '" + std::string(name) + "'"};
  return text;
}

// {T1|T2} or {name:T1|T2}; `body` is what stands between the braces.
Element PatternParser::ParseSlot(std::string_view body, size_t at) {
  Element e;
  e.kind = Element::Kind::kSymbol;
  const size_t colon = body.find(':');
  if (colon != std::string_view::npos) {
    e.capture = body.substr(0, colon);
    captures_.push_back(e.capture);
    body.remove_prefix(colon + 1);
  }
  std::string set;
  const bool negated = !body.empty() && body.front() == '!';
  if (negated) body.remove_prefix(1);
  for (;;) {
    const size_t bar = body.find('|');
    const std::string_view name = body.substr(0, bar);
    if (name.empty() || !std::all_of(name.begin(), name.end(), NameChar)) {
      throw PatternError{at, "a slot names types: {TYPE}, {name:TYPE|TYPE}"};
    }
    const TypeId type = context_.symbols->Intern(name);
    e.types.push_back(type);
    types_.push_back(type);
    set += SymbolUtf8(type);
    if (bar == std::string_view::npos) break;
    body.remove_prefix(bar + 1);
  }
  e.regex = negated ? "[^" + set + "]" : e.types.size() == 1 ? set : "[" + set + "]";
  if (negated) e.kind = Element::Kind::kOther;
  return e;
}

// Writes slots, macros, captures and lexicon classes inside a group as plain RE2 syntax.
std::string PatternParser::Substitute(std::string_view p, size_t origin, int depth) {
  if (depth > kMaxDepth) throw PatternError{origin, "nested too deeply"};
  std::string out;
  for (size_t i = 0; i < p.size();) {
    const char c = p[i];
    if (c == '\\') {
      out += p.substr(i, 2);
      i = std::min(i + 2, p.size());
    } else if (c == '{' && QuantifierSize(p.substr(i)) == 0) {
      const size_t close = Closing(p, i, origin);
      const Element e = ParseSlot(p.substr(i + 1, close - i - 1), origin + i);
      out += e.capture.empty() ? e.regex : "(?P<" + e.capture + ">" + e.regex + ")";
      i = close + 1;
    } else if (p.substr(i, 2) == "[:") {
      const size_t close = p.find(":]", i);
      if (close == std::string_view::npos) throw PatternError{origin + i, "'[:' is never closed"};
      out += ClassText(p.substr(i + 2, close - i - 2), origin + i);
      i = close + 2;
    } else if (c == '[') {
      const size_t close = Closing(p, i, origin);
      out += p.substr(i, close + 1 - i);
      i = close + 1;
    } else if (c == '<') {
      const size_t close = p.find('>', i);
      if (close == std::string_view::npos) throw PatternError{origin + i, "'<' is never closed"};
      const std::string macro = Macro(p.substr(i + 1, close - i - 1), origin + i);
      out += "(?:" + Substitute(macro, origin + i, depth + 1) + ")";
      i = close + 1;
    } else if (c == '(' && p.substr(i, 2) != "(?") {
      size_t k = i + 1;
      while (k < p.size() && NameChar(p[k])) ++k;
      if (k > i + 1 && k < p.size() && p[k] == ':') {
        captures_.emplace_back(p.substr(i + 1, k - i - 1));
        out += "(?P<" + captures_.back() + ">";
        i = k + 1;
      } else {
        throw PatternError{origin + i, "a group is (?:...) or a capture (name:...)"};
      }
    } else if (c == '@') {
      throw PatternError{origin + i, "'@' marks an element at the top of the pattern only"};
    } else {
      out += c;
      ++i;
    }
  }
  return out;
}

// A group without a quantifier may be flattened into the sequence, so that the trigger may stand
// inside it.
Element PatternParser::ParseGroup(std::string_view whole, size_t at, int depth,
                                  std::vector<Element>& out, bool quantified, bool& flattened) {
  std::string_view body = whole;  // with its brackets
  std::string name;
  size_t skip = 0;
  if (body.substr(0, 3) == "(?:") {
    skip = 3;
  } else {
    size_t k = 1;
    while (k < body.size() && NameChar(body[k])) ++k;
    if (k == 1 || body[k] != ':')
      throw PatternError{at, "a group is (?:...) or a capture (name:...)"};
    name = body.substr(1, k - 1);
    skip = k + 1;
  }
  body = body.substr(skip, body.size() - skip - 1);
  Element e;
  if (const auto plain = PlainAlternatives(body)) {
    e.kind = Element::Kind::kLiteralGroup;
    e.literals = *plain;
    e.regex = "(?:" + std::string(body) + ")";
    e.capture = name;
    if (!name.empty()) captures_.push_back(name);
    return e;
  }
  if (!quantified && !HasTopLevelBar(body)) {
    flattened = true;
    if (!name.empty()) {
      captures_.push_back(name);
      out.push_back(Marker(Element::Kind::kOpen, name));
    }
    ParseSequence(body, at + skip, out, depth + 1);
    if (!name.empty()) out.push_back(Marker(Element::Kind::kClose, name));
    return e;
  }
  const std::string inner = Substitute(body, at + skip, depth + 1);
  if (!name.empty()) captures_.push_back(name);
  e.regex = (name.empty() ? "(?:" : "(?P<" + name + ">") + inner + ")";
  return e;
}

void PatternParser::ParseSequence(std::string_view p, size_t origin, std::vector<Element>& out,
                                  int depth) {
  if (depth > kMaxDepth) throw PatternError{origin, "nested too deeply"};
  bool marked = false;
  for (size_t i = 0; i < p.size();) {
    const size_t at = i;
    Element e;
    bool flattened = false;
    const size_t before = out.size();
    if (p[i] == '@') {
      marked = true;
      ++i;
      continue;
    }
    if (p[i] == '|') throw PatternError{origin + i, "alternatives need a group: (?:a|b)"};
    if (p[i] == '{') {
      i = Closing(p, i, origin) + 1;
      e = ParseSlot(p.substr(at + 1, i - at - 2), origin + at);
    } else if (p.substr(i, 2) == "[:") {
      const size_t close = p.find(":]", i);
      if (close == std::string_view::npos) throw PatternError{origin + i, "'[:' is never closed"};
      e.regex = ClassText(p.substr(i + 2, close - i - 2), origin + i);
      SetClassChars(e);
      i = close + 2;
    } else if (p[i] == '[') {
      i = Closing(p, i, origin) + 1;
      e.regex = p.substr(at, i - at);
    } else if (p[i] == '(') {
      i = Closing(p, i, origin) + 1;
      e = ParseGroup(p.substr(at, i - at), origin + at, depth, out,
                     marked || QuantifierSize(p.substr(i)) > 0, flattened);
    } else if (p[i] == '<') {
      const size_t close = p.find('>', i);
      if (close == std::string_view::npos) throw PatternError{origin + i, "'<' is never closed"};
      i = close + 1;
      const std::string group = "(?:" + Macro(p.substr(at + 1, close - at - 1), origin + at) + ")";
      try {
        e = ParseGroup(group, origin + at, depth + 1, out, QuantifierSize(p.substr(i)) > 0,
                       flattened);
      } catch (PatternError& error) {
        throw PatternError{origin + at, "in the macro: " + error.message};
      }
    } else if (p[i] == '\\') {
      if (i + 1 == p.size()) throw PatternError{origin + i, "a backslash before nothing"};
      i += 2;
      e.regex = p.substr(at, 2);
      if (e.regex == "\\ ") {
        e.kind = Element::Kind::kLiteral;
        e.literals = {" "};
      }
    } else if (std::string_view(".^$").find(p[i]) != std::string_view::npos) {
      e.regex = p.substr(i++, 1);
    } else if (std::string_view("?*+)]}>").find(p[i]) != std::string_view::npos) {
      throw PatternError{origin + i, std::string("'") + p[i] + "' has nothing to stand on"};
    } else {
      e.kind = Element::Kind::kLiteral;
      e.regex = CodePointAt(p, i);
      e.literals = {e.regex};
      i += e.regex.size();
    }
    if (!flattened) {
      const size_t q = QuantifierSize(p.substr(i));
      e.quantified = q > 0;
      if (q > 0 && !e.capture.empty()) {
        e.regex = "(?P<" + e.capture + ">" + e.regex + ")";
        e.capture.clear();
      }
      e.optional = q > 0 && (p[i] == '?' || p[i] == '*' || p.substr(i, 2) == "{0");
      e.regex += p.substr(i, q);
      i += q;
      e.marked = marked;
      if (marked && (e.quantified || e.kind == Element::Kind::kOther)) {
        throw PatternError{
            origin + at, "a trigger is a symbol, a text, or a group of texts that must occur once"};
      }
      out.push_back(std::move(e));
    } else if (marked && out.size() > before) {
      throw PatternError{origin + at, "mark the element itself, inside the group"};
    }
    marked = false;
  }
  if (marked) throw PatternError{origin + p.size(), "'@' stands before nothing"};
}

// Literal characters side by side become one text, unless one of them is marked or quantified.
std::vector<Element> PatternParser::Joined(std::vector<Element> in) const {
  std::vector<Element> out;
  for (Element& e : in) {
    const bool plain = e.kind == Element::Kind::kLiteral && !e.quantified;
    if (plain && !out.empty() && out.back().kind == Element::Kind::kLiteral &&
        !out.back().quantified && !e.marked) {
      out.back().regex += e.regex;
      out.back().literals[0] += e.regex;
    } else {
      out.push_back(std::move(e));
    }
  }
  return out;
}

// How good a trigger is: rare beats frequent. Texts of two characters or more, then symbols, then
// single characters.
int TriggerScore(const Element& e) {
  if (e.marked) return 1000;
  if (e.quantified) return 0;
  const auto shortest = [&] {
    size_t n = SIZE_MAX;
    for (const std::string& s : e.literals) n = std::min(n, s.size());
    return n;
  };
  switch (e.kind) {
    case Element::Kind::kLiteral:
      return shortest() >= 4 ? 100 : 20;
    case Element::Kind::kLiteralGroup:
      return shortest() >= 4 ? 90 : 15;
    case Element::Kind::kSymbol:
      return 50;
    default:
      return 0;
  }
}

std::string Piece(const Element& e) {
  return e.capture.empty() ? e.regex : "(?P<" + e.capture + ">" + e.regex + ")";
}

SplitPattern PatternParser::Split(const std::vector<Element>& elements) {
  size_t best = elements.size();
  for (size_t i = 0; i < elements.size(); ++i) {
    if (TriggerScore(elements[i]) > (best < elements.size() ? TriggerScore(elements[best]) : 0))
      best = i;
  }
  if (best == elements.size()) {
    throw PatternError{
        0, "the rule has no trigger: a symbol, a text or a group of texts that must occur"};
  }
  SplitPattern out;
  std::vector<std::string> open;
  for (size_t i = 0; i < best; ++i) {
    if (elements[i].kind == Element::Kind::kOpen) open.push_back(elements[i].capture);
    if (elements[i].kind == Element::Kind::kClose) open.pop_back();
  }
  const auto straddles = [&](const std::string& name) {
    return std::find(open.begin(), open.end(), name) != open.end();
  };
  for (size_t i = 0; i < elements.size(); ++i) {
    if (i == best) continue;
    const Element& e = elements[i];
    std::string& side = i < best ? out.left : out.right;
    if (e.kind == Element::Kind::kOpen) {
      side += straddles(e.capture) && i < best ? "(?P<" + e.capture + "__b>)"
                                               : "(?P<" + e.capture + ">";
    } else if (e.kind == Element::Kind::kClose) {
      side += straddles(e.capture) && i > best ? "(?P<" + e.capture + "__e>)" : ")";
    } else {
      side += Piece(e);
    }
  }
  for (const Element& e : elements) {
    if (e.kind != Element::Kind::kSymbol || e.optional) continue;
    out.required.emplace_back();
    for (TypeId type : e.types) out.required.back().set(type);
  }
  out.before = NeighboursBefore(elements, best);
  out.after = NeighboursAfter(elements, best);
  const Element& t = elements[best];
  out.trigger = {t.types,
                 t.kind == Element::Kind::kSymbol ? std::vector<std::string>{} : t.literals,
                 t.capture};
  out.captures = captures_;
  out.types = types_;
  for (const Element& e : elements)
    out.literals.insert(out.literals.end(), e.literals.begin(), e.literals.end());
  return out;
}

}  // namespace

SplitPattern ParsePattern(std::string_view pattern, const PatternContext& context) {
  return PatternParser(context).Parse(pattern);
}

}  // namespace kaoju
