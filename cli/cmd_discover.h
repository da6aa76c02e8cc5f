// kaoju discover: words that the lexicon lacks, found in a corpus by counting.
#pragma once

#include <CLI/CLI.hpp>

namespace kaoju {

// Adds the command to `app`; running it sets `code`. Throws Error where the corpus cannot be read.
void AddDiscover(CLI::App& app, int& code);

}  // namespace kaoju
