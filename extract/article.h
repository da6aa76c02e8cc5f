// Article: one document as ingest hands it over and extract reads it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extract/alignment.h"
#include "extract/span.h"

namespace kaoju {

// A calendar day, proleptic Gregorian. REQUIRES a real day (no 30 February).
struct CivilDate {
  int year = 0;
  int month = 0;
  int day = 0;
  bool operator==(const CivilDate&) const = default;
};

// Reads the leading day of an ISO 8601 date or time, or of 2022年12月15日 …, from metadata; nullopt
// iff there is none.
std::optional<CivilDate> ParsePublished(std::string_view text);

// One change that ingest made to the text before matching, beyond folding: what stood where, and
// what it was read as.
struct Repair {
  Span source;         // bytes of Article::text
  std::string kind;    // "pinyin-gloss", …
  std::string before;  // the bytes of the span
  std::string after;   // what they were read as
};

struct Article {
  std::string id;
  std::string url;
  std::string title;
  std::string source;     // outlet, as given
  std::string published;  // as given
  std::string region;     // CN, TW, HK, MO, SG … or empty
  std::optional<CivilDate>
      day;  // the document creation time, from `published`; absent: relative times stay unresolved
  std::string text;    // what an editor sees; valid UTF-8; never changes; all offsets point into it
  std::string folded;  // what rules match on
  Alignment alignment;  // text (source) -> folded (target)
  std::vector<Repair> repairs;
};

}  // namespace kaoju
