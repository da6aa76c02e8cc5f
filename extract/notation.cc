#include "extract/notation.h"

#include <algorithm>
#include <tuple>

namespace kaoju {
namespace {

std::string Escaped(std::string_view s) {
  std::string out;
  for (char c : s) {
    if (c == ',' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

void AddRole(Written& w, std::string_view role, std::string_view value) {
  if (!value.empty()) w.parts.push_back(std::string(role) + "=" + Escaped(value));
}

Written Start(std::string_view kind, Span span, std::string_view rule, std::string_view text) {
  Written w{std::string(kind), {}, span, std::string(rule)};
  w.parts.push_back(Escaped(Slice(text, span)));
  return w;
}

std::string Amount(const Figure& f) {
  std::string out;
  if (f.qualifier != "exact" && f.qualifier != "range") out.append(f.qualifier).append(" ");
  out += f.low.ToString();
  if (f.low != f.high) out += ".." + f.high.ToString();
  if (!f.unit.empty()) out.append(" ").append(f.unit);
  return out;
}

}  // namespace

std::string Written::ToString() const {
  std::string out = kind + "(";
  for (size_t i = 0; i < parts.size(); ++i) out += (i > 0 ? ", " : "") + parts[i];
  return out + ")";
}

Written Write(const Mention& m, std::string_view text) {
  Written w = Start(m.type, m.span, m.rule, text);
  AddRole(w, "canonical", m.canonical);
  return w;
}

Written Write(const TimeExpr& t, std::string_view text) {
  Written w = Start("time", t.span, t.rule, text);
  w.parts.emplace_back(t.type);
  if (!t.value.empty()) w.parts.push_back(Escaped(t.value));
  AddRole(w, "mod", t.mod);
  return w;
}

Written Write(const Figure& f, std::string_view text) {
  Written w = Start(f.kind, f.span, f.rule, text);
  w.parts.push_back(Amount(f));
  AddRole(w, "metric", f.metric);
  AddRole(w, "subject", f.subject);
  AddRole(w, "period", f.period);
  AddRole(w, "period_mod", f.period_mod);
  if (f.comparison) {
    AddRole(w, "comparison", f.comparison->kind);
    AddRole(w, "direction", f.comparison->direction);
  }
  AddRole(w, "attribution", f.attribution);
  if (f.modality != "fact") AddRole(w, "modality", f.modality);
  return w;
}

Written Write(const Claim& c, std::string_view text) {
  Written w{"claim", {}, c.span, std::string(c.rule)};
  AddRole(w, "source", c.source);
  AddRole(w, "source_kind", c.source_kind);
  AddRole(w, "cue", c.cue);
  w.parts.emplace_back(c.cue_kind);
  if (c.direct_quote) w.parts.push_back("direct");
  if (c.negated) w.parts.push_back("negated");
  if (c.nested) w.parts.push_back("nested");
  if (c.modality != "fact") AddRole(w, "modality", c.modality);
  AddRole(w, "content", Slice(text, c.content));
  return w;
}

Written Write(const Relation& r, std::string_view text) {
  Written w = Start(r.name, r.span, r.rule, text);
  for (const Role& role : r.roles) AddRole(w, role.name, role.value);
  return w;
}

std::vector<Written> WriteAll(const Extraction& x, std::string_view text) {
  std::vector<Written> all;
  for (const auto& m : x.mentions) all.push_back(Write(m, text));
  for (const auto& t : x.times) all.push_back(Write(t, text));
  for (const auto& f : x.figures) all.push_back(Write(f, text));
  for (const auto& c : x.claims) all.push_back(Write(c, text));
  for (const auto& r : x.relations) all.push_back(Write(r, text));
  std::stable_sort(all.begin(), all.end(), [](const Written& a, const Written& b) {
    return std::tie(a.span.begin, a.span.end, a.rule) < std::tie(b.span.begin, b.span.end, b.rule);
  });
  return all;
}

bool ParseExpected(std::string_view notation, Expected& out) {
  const size_t open = notation.find('(');
  if (open == std::string_view::npos || notation.back() != ')') return false;
  out.kind = notation.substr(0, open);
  out.parts.clear();
  std::string part;
  const std::string_view body = notation.substr(open + 1, notation.size() - open - 2);
  const auto finish = [&] {
    const size_t a = part.find_first_not_of(' ');
    if (a != std::string::npos)
      out.parts.push_back(part.substr(a, part.find_last_not_of(' ') - a + 1));
    part.clear();
  };
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\\' && i + 1 < body.size()) {
      part += body[i];
      part += body[++i];
    } else if (body[i] == ',') {
      finish();
    } else {
      part += body[i];
    }
  }
  finish();
  return true;
}

bool Matches(const Expected& expected, const Written& fact) {
  static constexpr std::string_view kMore = "…";
  if (expected.kind != fact.kind) return false;
  return std::all_of(expected.parts.begin(), expected.parts.end(), [&](const std::string& want) {
    const bool open = want.size() > kMore.size() &&
                      want.compare(want.size() - kMore.size(), kMore.size(), kMore) == 0;
    const std::string_view head =
        std::string_view(want).substr(0, want.size() - (open ? kMore.size() : 0));
    return std::any_of(fact.parts.begin(), fact.parts.end(), [&](const std::string& has) {
      return open ? has.compare(0, head.size(), head) == 0 : has == want;
    });
  });
}

}  // namespace kaoju
