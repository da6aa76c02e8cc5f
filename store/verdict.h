// Verdict: what an editor says of a fact. Verdicts are only ever added, each with the hash of the
// one before it (a hash chain as in Haber and Stornetta, "How to Time-Stamp a Digital Document",
// 1991), so that none can be changed or taken out of the middle without notice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "store/carry.h"

namespace kaoju {

struct Verdict {
  std::string hash;      // of all that follows
  std::string previous;  // hash of the verdict before it; empty: it is the first
  int64_t place = 0;     // more than that of any verdict known when it was given: gives the order
                         // (Lamport, "Time, Clocks, and the Ordering of Events", 1978)
  std::string at;        // when, by the machine's clock, RFC 3339; not to be relied on
  std::string who;
  std::string decision;  // accept, reject, edit, unsure
  std::string why;       // may be empty
  std::string edited;    // the right reading; empty unless edit
  std::string scope;     // where a rejection hides the same mistake: article, source, everywhere;
                         // empty: nowhere
  std::string within;    // the id of that article, or the name of that source
  Judged judged;
};

// Lower-case hexadecimal SHA-256 over all fields but `hash`, each with its name and length.
std::string HashOf(const Verdict& verdict);

}  // namespace kaoju
