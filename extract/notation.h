// The one notation of facts, kind(part, role=value …), the same in rule examples, corpus files,
// tests and explain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/facts.h"

namespace kaoju {

// A fact written out: its kind and its parts in a fixed order. `text` is Article::text.
struct Written {
  std::string kind;
  std::vector<std::string> parts;
  Span span;
  std::string rule;

  std::string ToString() const;  // kind(part, part)
};

Written Write(const Mention& m, std::string_view text);
Written Write(const TimeExpr& t, std::string_view text);
Written Write(const Figure& f, std::string_view text);
Written Write(const Claim& c, std::string_view text);
Written Write(const Relation& r, std::string_view text);

// All facts, sorted by begin, end and rule.
std::vector<Written> WriteAll(const Extraction& x, std::string_view text);

// Reads kind(part, part); nullopt iff it is no such thing. Commas inside parts are written \, .
struct Expected {
  std::string kind;
  std::vector<std::string> parts;
};
bool ParseExpected(std::string_view notation, Expected& out);

// True iff the kinds are equal and every expected part is a part of the fact. A part that is a
// prefix ending in … matches what begins so.
bool Matches(const Expected& expected, const Written& fact);

}  // namespace kaoju
