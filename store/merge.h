// Merge: what several stores hold, in a new one. The order of the stores does not matter, nor how
// they are grouped, nor that one comes twice. Runs and their changes are those of each store and
// stay there.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

struct MergeCounts {
  int64_t articles = 0;
  int64_t differing = 0;  // that stores hold with other texts, facts or metadata
  int64_t verdicts = 0;
};

// Of an article that stores hold differently, the one that was published last stays, of these the
// one with the greater hash of its text, then id of its rules, then content; other texts become
// revisions, by time of publication and hash. Verdicts are all kept, and where they stand is found
// anew. `fold`: the view of a text that search sees; `done` is called now and then. REQUIRES no
// file at `into`. Throws IoError; then there is none.
MergeCounts MergeStores(const std::vector<std::string>& from, const std::string& into,
                        const std::string& version,
                        const std::function<std::string(std::string_view text)>& fold,
                        const std::function<void(int64_t articles)>& done);

}  // namespace kaoju
