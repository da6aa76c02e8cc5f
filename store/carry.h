// Carry: whether what an editor judged still stands in an article that has been changed, read with
// other rules, or both. A verdict belongs to words in their sentences and to what they were read
// as; it never goes over to text that differs from what the editor saw (DESIGN.md 7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/span.h"
#include "store/stored_fact.h"

namespace kaoju {

// A fact as the editor saw it.
struct Judged {
  std::string article;      // id
  std::string text_sha256;  // of the article's text
  std::string kind;
  int64_t start = 0;  // bytes of that text
  int64_t end = 0;
  std::string surface;
  std::string reading;
  std::string rule;
  std::string rule_version;
  std::string passage;  // the sentences in which the fact stands, as a whole
  int64_t passage_start = 0;
};

enum class Standing {
  kSame,       // the text is the same, and so is the fact: the verdict holds
  kMoved,      // the passage stands elsewhere, once, with the same fact: the verdict holds
  kRevalued,   // the words are there, but something else is read there: judge again
  kAmbiguous,  // the passage stands there more than once: judge again
  kVanished,   // the passage or the fact is gone: the verdict is kept, and marked
};
// same, moved, revalued, ambiguous, vanished.
std::string_view NameOf(Standing standing);

struct Carried {
  Standing standing = Standing::kVanished;
  std::optional<int64_t> n;  // of the fact of Judged::kind; iff kSame or kMoved
};

// The sentences of `text` that `span` touches, as one span. REQUIRES span within text.
Span PassageOf(std::string_view text, Span span);

// REQUIRES `facts` are those of the article whose text is `text`.
Carried Carry(const Judged& judged, std::string_view text, std::string_view text_sha256,
              const std::vector<StoredFact>& facts);

}  // namespace kaoju
