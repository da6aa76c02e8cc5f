// Verify: reads a store again from end to end and says what does not hold. What it asks of a fact
// it asks of the stored text: that the evidence stands there, word for word.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace kaoju {

struct Problem {
  std::string where;  // such as article news-17, figure 3
  std::string what;
};

struct Verified {
  int64_t articles = 0;
  int64_t facts = 0;
  int64_t problems = 0;
};

// Calls `report` for each problem: pages that SQLite finds damaged, references to nothing, a text
// that differs from its hash, a span that is not in the text or cuts a character, a surface that is
// not what stands there, a number that does not read, a rule whose text is not kept, runs that did
// not come to their end and were not done again, counts that do not add up. Throws IoError when the
// store cannot be opened or read.
Verified Verify(const std::string& path, const std::function<void(const Problem&)>& report);

}  // namespace kaoju
