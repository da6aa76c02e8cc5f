#include "cli/cmd_lexicon.h"

namespace kaoju {

void AddLexicon(CLI::App& above, int& code) {
  CLI::App* lexicon = above.add_subcommand("lexicon", "explain, edit and count the words");
  lexicon->require_subcommand(1);
  AddLexiconWhy(*lexicon, code);
  AddLexiconAdd(*lexicon, code);
  AddLexiconBan(*lexicon, code);
  AddLexiconImport(*lexicon, code);
  AddLexiconStats(*lexicon, code);
}

}  // namespace kaoju
