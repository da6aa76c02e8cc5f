// Survey: one pass over a text that says whether there is anything to repair, and where to look. A
// clean text costs this pass and no more.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/fold_map.h"

namespace kaoju {

// What a character may be a sign of. Those from kFirstMark on are rare in clean text; each place is
// kept.
enum class Sign : uint8_t {
  kNone,
  kTraditional,  // written so in traditional script only
  kSimplified,   // in simplified script only
  kMerged,       // 后, of a pair that simplified script merged
  kApart,        // 後, the other one
  kFirstMark,    //
  kBracket,      // ( or its full-width form: a gloss may follow
  kQuestion,     // ? stands where bytes were lost
  kAmpersand,    // an entity
  kAngle,        // < or >: a tag
  kLatin,        // U+0080 to U+00FF and the like: bytes read as windows-1252
  kReplacement,  // U+FFFD
  kInvisible,    // controls, zero width
  kPrivate,      // private use
  kMisread,      // an unusual ideograph that UTF-8 read as GBK is full of
  kWide,         // a full-width form that folds to ASCII
  kCount,
};

struct Mark {
  uint32_t at = 0;
  Sign sign = Sign::kNone;
};

struct Survey {
  std::array<uint32_t, static_cast<size_t>(Sign::kCount)> counts{};
  std::vector<Mark> marks;  // in order
  bool spaced = false;      // single ideographs stand between single spaces somewhere

  uint32_t count(Sign sign) const { return counts[static_cast<size_t>(sign)]; }
};

// Immutable: threads may share it.
class Surveyor {
 public:
  // Reads merged.tsv of `fold_dir`; throws RulesError.
  Surveyor(const std::string& fold_dir, const FoldMap& fold);

  // REQUIRES valid UTF-8.
  Survey Look(std::string_view utf8) const;

 private:
  std::vector<Sign> plane_;  // by code point of the basic plane
};

// "Hans", "Hant", "mixed" if one is strewn into the other, "" if there is too little to say.
std::string ScriptOf(const Survey& survey);

}  // namespace kaoju
