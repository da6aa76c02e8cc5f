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

// The time of day that stands behind that day, in minutes since midnight as written; nullopt iff
// there is none.
std::optional<int> ParsePublishedMinute(std::string_view text);

// One change that ingest made to the text before matching, beyond folding: what stood where, and
// what it was read as.
struct Repair {
  Span source;                      // bytes of Article::text
  std::string kind;                 // "pinyin-gloss", …
  std::string before;               // the bytes of the span
  std::string after;                // what they were read as
  std::string certainty = "exact";  // "exact": nothing else could have been meant; "likely"; or
                                    // "lost": a mark of what cannot be brought back
  // Which parts of `before` became which of `after`, each from its beginning; empty: as a whole.
  std::vector<EditRun> parts = {};
};

// A part of the text that was in another encoding than the rest.
struct EncodedSegment {
  Span span;  // bytes of Article::text; of the page, where the text was taken out of HTML
  std::string encoding;
};

// How the bytes became text. Encodings are named as in the WHATWG Encoding Standard.
struct Decoding {
  std::string declared;         // the label as written; empty iff there was none
  std::string declared_by;      // "http", "bom", "meta", "xml"; empty iff there was none
  std::string detected;         // what the bytes speak for; empty: ASCII, or never asked
  std::string chosen;           // what they were decoded as
  std::vector<Span> undecoded;  // U+FFFD that stand for bytes that could not be decoded
  std::vector<EncodedSegment> segments;
};

// Where a document is from, by one piece of evidence.
struct RegionEvidence {
  std::string kind;    // "given", "domain", "source", "script", "currency", "wording"
  std::string cue;     // what was found
  std::string region;  // what it speaks for
  int weight = 0;
};

// One place that says when an article was published.
struct PublishedEvidence {
  std::string by;     // "given", "site", "json-ld", "meta", "byline", "time", "line", "script",
                      // "url", "dateline"
  std::string value;  // as it stands there, or its day and time
};

// What a report's first line says of where it is from, and its last one of what it is drawn from.
struct Origin {
  std::string agency;  // as written; 本报 and the like stay so
  std::string place;
  std::string day;  // YYYY-MM-DD; XXXX for a year, XX for a month that nothing says
  std::vector<std::string> reporters;
  std::vector<std::string> chain;  // the outlets that it is drawn from
  Span span;                       // of the dateline, bytes of Article::text; empty: there is none

  bool empty() const { return span.empty() && chain.empty(); }
};

// A part of the text that is no running paragraph on its page.
struct TextBlock {
  std::string kind;  // heading, list_item, table_row (cells apart by tabs), caption, quote
  Span span;         // bytes of Article::text
};

struct Article {
  std::string id;
  std::string url;
  std::string title;
  std::string source;                // outlet, as given
  std::vector<std::string> authors;  // as given, or as the page names them
  std::string editor;                // who answers for the page, apart from the authors
  std::string published;             // as given
  std::string modified;              // when the page was changed last, as given
  std::vector<PublishedEvidence>
      published_evidence;  // the first is what `published` was taken from
  Origin origin;
  std::string region;  // CN, TW, HK, MO, SG … or empty
  std::optional<CivilDate>
      day;  // the document creation time, from `published`; absent: relative times stay unresolved
  std::optional<int> minute;  // of that day, where `published` says it
  std::string text;  // what an editor sees; valid UTF-8; never changes; all offsets point into it
  std::vector<TextBlock> blocks;  // of a web page, in order
  std::string folded;             // what rules match on
  Alignment alignment;            // text (source) -> folded (target)
  std::vector<Repair> repairs;
  Decoding decoding;
  Alignment raw;       // bytes as fetched (source) -> text (target), where the reader asked for it
  std::string script;  // "Hans", "Hant", "mixed" (half-converted), or empty: too little to say
  std::vector<RegionEvidence> region_evidence;
  std::vector<std::string> pages;  // addresses of further pages that the text goes on in
  std::string next;   // that of one that it goes on in as well, and that is not here; or empty
  std::string extra;  // keys that kaoju does not know, as they were given: a JSON object, or empty
  std::vector<std::string> left_out;  // the names of those that are too long or too deep for it

  // Sets published, day and minute.
  void Publish(std::string when);
};

}  // namespace kaoju
