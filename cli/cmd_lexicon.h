// kaoju lexicon: commands for those who keep the words.
#pragma once

#include <CLI/CLI.hpp>

namespace kaoju {

// Adds `lexicon` with its commands below `above`; when one is called, it sets `code` to its exit
// code or throws Error.
void AddLexicon(CLI::App& above, int& code);

void AddLexiconWhy(CLI::App& above, int& code);
void AddLexiconAdd(CLI::App& above, int& code);
void AddLexiconBan(CLI::App& above, int& code);
void AddLexiconImport(CLI::App& above, int& code);
void AddLexiconStats(CLI::App& above, int& code);

}  // namespace kaoju
