// LexiconEdit: a change of one lexicon file that is tried before it is written. The rules are
// loaded with the change, their examples run and everything linted; where that finds an error,
// nothing is written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/ingest.h"
#include "rules/diagnostic.h"
#include "rules/lexicon_file.h"

namespace kaoju {

// The file of what editors decide by hand, and its first lines.
inline constexpr const char* kEditorFile = "editor.tsv";
inline constexpr const char* kEditorSource = "editors, by kaoju lexicon add and ban";
inline constexpr const char* kEditorAdmission =
    "what an editor has decided of a single word: that it is found (must: against every rule), "
    "only beside a cue, or not at all (ban)";

class LexiconEdit {
 public:
  // `name` is a file of DIR/lexicon, or a path to one, ending in .tsv; it need not exist yet.
  // Throws IoError.
  LexiconEdit(const std::string& dir, const std::string& name);

  const std::string& path() const { return path_; }
  bool is_new() const { return !exists_; }
  // The file as it will be.
  const std::string& text() const { return text_; }
  // "path:line" of that line in it. REQUIRES that it stands there.
  std::string Place(const std::string& line) const;

  // Puts the rows into their places; a new file begins with these two lines' worth of head.
  void Merge(std::vector<LexiconRow> rows, std::string_view source, std::string_view admission);

  // Tries the change. Throws RulesError with what does not hold. Returns the warnings that it
  // brings, such as a word that hides a text of a rule.
  std::vector<Diagnostic> Try(const Ingest& ingest) const;
  // Writes the file, all of it or nothing. Throws IoError; also when it was changed meanwhile.
  void Write() const;

 private:
  std::string dir_;
  std::string path_;
  bool exists_ = false;
  std::string before_;
  std::string text_;
};

}  // namespace kaoju
