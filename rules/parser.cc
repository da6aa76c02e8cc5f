#include "rules/parser.h"

#include <algorithm>
#include <charconv>

#include "rules/utf8.h"

namespace kaoju {

const EmitRole* Emit::Find(std::string_view role) const {
  const auto it =
      std::find_if(roles.begin(), roles.end(), [&](const EmitRole& r) { return r.role == role; });
  return it == roles.end() ? nullptr : &*it;
}

namespace {

std::string_view Trimmed(std::string_view s) {
  const size_t a = s.find_first_not_of(" \t\r");
  if (a == std::string_view::npos) return {};
  return s.substr(a, s.find_last_not_of(" \t\r") - a + 1);
}

size_t CodePointsIn(std::string_view s) {
  return static_cast<size_t>(std::count_if(
      s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Text before a comment: a '#' with a blank before it.
std::string_view WithoutComment(std::string_view s) {
  for (size_t i = 1; i < s.size(); ++i) {
    if (s[i] == '#' && (s[i - 1] == ' ' || s[i - 1] == '\t')) return Trimmed(s.substr(0, i));
  }
  return Trimmed(s);
}

class PackParser {
 public:
  PackParser(std::string file, const PatternContext& context, std::vector<Layer>& layers,
             std::vector<Diagnostic>& out)
      : file_(std::move(file)), context_(context), layers_(layers), out_(out) {
    context_.macros = &macros_;
  }

  void Parse(std::string_view text) {
    size_t from = 0;
    for (number_ = 1; from <= text.size(); ++number_) {
      const size_t end = std::min(text.find('\n', from), text.size());
      line_ = text.substr(from, end - from);
      from = end + 1;
      ParseLine();
    }
    FinishRule();
  }

 private:
  void ParseLine();
  void Header(std::string_view word, std::string_view rest);
  void Field(std::string_view word, std::string_view rest);
  void Match(std::string_view rest);
  void ParseEmit(std::string_view rest);
  void Example(bool positive, std::string_view rest);
  void FinishRule();
  void Problem(std::string code, std::string message, std::string_view at = {});

  std::string file_;
  PatternContext context_;
  std::vector<Layer>& layers_;
  std::vector<Diagnostic>& out_;
  std::map<std::string, std::string, std::less<>> macros_;
  std::string_view line_;
  size_t number_ = 0;
  Layer* layer_ = nullptr;
  Rule rule_;
  bool in_rule_ = false;
  bool broken_ = false;
};

// `at` is a part of the current line.
void PackParser::Problem(std::string code, std::string message, std::string_view at) {
  const size_t col =
      at.data() == nullptr
          ? 0
          : CodePointsIn(line_.substr(0, static_cast<size_t>(at.data() - line_.data()))) + 1;
  out_.push_back({Diagnostic::Level::kError, file_, number_, col, std::move(code),
                  std::move(message), std::string(line_)});
  broken_ = true;
}

void PackParser::ParseLine() {
  const std::string_view content = Trimmed(line_);
  if (!IsRuleText(line_)) return Problem("pack-utf8", "not UTF-8, or a private-use character");
  if (content.empty() || content.front() == '#') return;
  const size_t space = std::min(content.find_first_of(" \t"), content.size());
  const std::string_view word = content.substr(0, space);
  const std::string_view rest = Trimmed(content.substr(space));
  if (word == "layer" || word == "define" || word == "rule" || word == "see") {
    FinishRule();
    Header(word, rest.data() == nullptr ? content.substr(content.size()) : rest);
  } else if (!in_rule_) {
    Problem("syntax",
            "'layer', 'see', 'define' or 'rule' expected, found '" + std::string(word) + "'", word);
  } else {
    Field(word, rest);
  }
}

void PackParser::Header(std::string_view word, std::string_view rest) {
  const size_t space = std::min(rest.find_first_of(" \t"), rest.size());
  const std::string name(rest.substr(0, space));
  const std::string_view more = Trimmed(rest.substr(space));
  if (name.empty()) return Problem("syntax", "'" + std::string(word) + "' wants a name", word);
  if (word == "define") {
    macros_[name] = std::string(more);
  } else if (word == "layer") {
    auto it = std::find_if(layers_.begin(), layers_.end(),
                           [&](const Layer& l) { return l.name == name; });
    if (it == layers_.end()) {
      layers_.push_back({name, false, {}, {}});
      it = layers_.end() - 1;
    }
    layer_ = &*it;
    if (more == "conflict=trigger") {
      layer_->conflict_on_trigger = true;
    } else if (!more.empty()) {
      Problem("syntax", "after a layer's name only conflict=trigger may stand", more);
    }
  } else if (layer_ == nullptr) {
    Problem("syntax", "'" + std::string(word) + "' before any 'layer'", word);
  } else if (word == "see") {
    for (std::string_view left = WithoutComment(rest); !left.empty();) {
      const size_t gap = std::min(left.find(' '), left.size());
      layer_->see.push_back(context_.symbols->Intern(left.substr(0, gap)));
      left = Trimmed(left.substr(gap));
    }
  } else {
    in_rule_ = true;
    broken_ = false;
    rule_ = {};
    rule_.id = name;
    rule_.file = file_;
    rule_.line = number_;
  }
}

void PackParser::Field(std::string_view word, std::string_view rest) {
  if (rest.empty()) return Problem("syntax", "'" + std::string(word) + "' wants a value", word);
  if (word == "match") {
    Match(rest);
  } else if (word == "emit") {
    ParseEmit(rest);
  } else if (word == "yes" || word == "no") {
    Example(word == "yes", rest);
  } else if (word == "why") {
    rule_.why = rest;
  } else if (word == "allow") {
    if (rest.find(':') == std::string_view::npos)
      Problem("syntax", "'allow CODE: reason' expected", rest);
    rule_.allowed.emplace_back(rest);
  } else if (word == "priority") {
    const auto r = std::from_chars(rest.data(), rest.data() + rest.size(), rule_.priority);
    if (r.ec != std::errc{} || r.ptr != rest.data() + rest.size())
      Problem("syntax", "a whole number expected", rest);
  } else if (word == "status") {
    if (rest == "draft") {
      rule_.status = Rule::Status::kDraft;
    } else if (rest == "retired") {
      rule_.status = Rule::Status::kRetired;
    } else if (rest != "stable") {
      Problem("syntax", "status is draft, stable or retired", rest);
    }
  } else {
    Problem("syntax",
            "unknown field '" + std::string(word) +
                "' (match, emit, priority, status, yes, no, why, allow)",
            word);
  }
}

void PackParser::Match(std::string_view rest) {
  try {
    rule_.patterns.push_back(ParsePattern(rest, context_));
    rule_.matches.emplace_back(rest);
    rule_.match_lines.push_back(number_);
  } catch (const PatternError& e) {
    Problem(e.message.find("no trigger") != std::string::npos ? "no-trigger" : "pattern", e.message,
            rest.substr(std::min(e.at, rest.size())));
  }
}

void PackParser::ParseEmit(std::string_view rest) {
  const size_t open = rest.find('(');
  if (open == std::string_view::npos || rest.back() != ')')
    return Problem("syntax", "kind(role, role=capture, role=\"text\") expected", rest);
  rule_.emit_text = rest;
  rule_.emit.kind = rest.substr(0, open);
  std::string_view roles = rest.substr(open + 1, rest.size() - open - 2);
  while (!Trimmed(roles).empty()) {
    const size_t comma = std::min(roles.find(','), roles.size());
    const std::string_view one = Trimmed(roles.substr(0, comma));
    roles = comma < roles.size() ? roles.substr(comma + 1) : std::string_view{};
    const size_t eq = one.find('=');
    EmitRole r;
    r.role = one.substr(0, eq);
    const std::string_view value = eq == std::string_view::npos ? one : one.substr(eq + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      r.constant = value.substr(1, value.size() - 2);
    } else {
      r.capture = value;
    }
    if (r.role.empty()) return Problem("syntax", "a role without a name", one);
    rule_.emit.roles.push_back(std::move(r));
  }
}

void PackParser::Example(bool positive, std::string_view rest) {
  const std::string_view body = WithoutComment(rest);
  const size_t arrow = body.find(" => ");
  RuleExample e{positive, std::string(Trimmed(body.substr(0, arrow))), {}, number_};
  if (arrow != std::string_view::npos) e.expected = Trimmed(body.substr(arrow + 4));
  if (!positive && !e.expected.empty()) Problem("syntax", "a 'no' example has no '=>'", rest);
  rule_.examples.push_back(std::move(e));
}

void PackParser::FinishRule() {
  if (!in_rule_) return;
  in_rule_ = false;
  const auto fail = [&](const char* code, const std::string& message) {
    out_.push_back({Diagnostic::Level::kError, file_, rule_.line, 6, code,
                    "rule " + rule_.id + ": " + message, "rule " + rule_.id});
    broken_ = true;
  };
  if (!broken_ && rule_.matches.empty()) fail("no-match", "it has no 'match'");
  if (!broken_ && rule_.emit.kind.empty()) fail("no-emit", "it has no 'emit'");
  const auto has = [&](bool positive) {
    return std::any_of(rule_.examples.begin(), rule_.examples.end(),
                       [&](const RuleExample& e) { return e.positive == positive; });
  };
  if (!broken_ && !has(true)) fail("no-yes", "it needs at least one 'yes' example");
  if (!broken_ && !has(false)) fail("no-no", "it needs at least one 'no' example");
  for (const EmitRole& r : rule_.emit.roles) {
    const bool known =
        r.capture.empty() ||
        std::any_of(rule_.patterns.begin(), rule_.patterns.end(), [&](const SplitPattern& p) {
          return std::find(p.captures.begin(), p.captures.end(), r.capture) != p.captures.end();
        });
    if (!broken_ && !known)
      fail("emit-capture", "it emits '" + r.capture + "', which no match captures");
  }
  for (const Layer& l : layers_) {
    for (const Rule& r : l.rules) {
      if (r.id == rule_.id)
        fail("rule-twice", "the name stands already at " + r.file + ':' + std::to_string(r.line));
    }
  }
  if (!broken_ && rule_.status != Rule::Status::kRetired) layer_->rules.push_back(std::move(rule_));
  broken_ = false;
}

}  // namespace

void ParsePack(std::string_view text, const std::string& file, const PatternContext& context,
               std::vector<Layer>& layers, std::vector<Diagnostic>& out) {
  PackParser(file, context, layers, out).Parse(text);
}

}  // namespace kaoju
