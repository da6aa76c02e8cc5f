#include "cli/lexicon_edit.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "cli/text_file.h"
#include "extract/examples.h"
#include "rules/error.h"
#include "rules/lexicon_lint.h"
#include "rules/lint.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;

// A rules folder made of links, all but one lexicon file, which is written into it.
class Stage {
 public:
  Stage(const std::string& dir, const std::string& name, const std::string& text) : real_(dir) {
    std::string pattern = (fs::temp_directory_path() / "kaoju_rules_XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw IoError(pattern + ": cannot be made");
    dir_ = pattern;
    const fs::path from = fs::absolute(dir);
    for (const auto& e : fs::directory_iterator(from)) {
      if (e.path().filename() != "lexicon")
        fs::create_symlink(e.path(), fs::path(dir_) / e.path().filename());
    }
    fs::create_directory(fs::path(dir_) / "lexicon");
    for (const auto& e : fs::directory_iterator(from / "lexicon")) {
      if (e.path().filename() != name)
        fs::create_symlink(e.path(), fs::path(dir_) / "lexicon" / e.path().filename());
    }
    WriteTextFile((fs::path(dir_) / "lexicon" / name).string(), text);
  }
  ~Stage() {
    std::error_code ignored;
    fs::remove_all(dir_, ignored);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  const std::string& dir() const { return dir_; }
  // A message about the stage, as one about the folder that it stands for.
  std::string Named(std::string message) const {
    for (size_t at = message.find(dir_); at != std::string::npos; at = message.find(dir_, at))
      message.replace(at, dir_.size(), real_);
    return message;
  }

 private:
  std::string real_;
  std::string dir_;
};

// What is wrong with the rules beside their examples.
std::vector<Diagnostic> AllWarnings(const RuleSet& rules, const Ingest& ingest) {
  std::vector<Diagnostic> all = Lint(rules);
  std::vector<Diagnostic> words =
      LintLexicon(rules.lexicon(), rules.symbols(),
                  [&](std::string_view text) { return ingest.fold().Fold(text).text; });
  std::move(words.begin(), words.end(), std::back_inserter(all));
  return all;
}

}  // namespace

LexiconEdit::LexiconEdit(const std::string& dir, const std::string& name) : dir_(dir) {
  const fs::path folder = fs::path(dir) / "lexicon";
  const bool bare = name.find('/') == std::string::npos;
  const fs::path path = bare ? folder / name : fs::path(name);
  std::error_code error;
  if (path.extension() != ".tsv" || !fs::equivalent(path.parent_path(), folder, error)) {
    throw IoError(name + ": a file of " + folder.string() + " that ends in .tsv expected");
  }
  path_ = path.string();
  exists_ = fs::exists(path, error);
  if (exists_) before_ = ReadTextFile(path_);
  text_ = before_;
}

std::string LexiconEdit::Place(const std::string& line) const {
  const std::string all = "\n" + text_;
  const size_t at = all.find("\n" + line + "\n");
  const auto end = all.begin() + static_cast<ptrdiff_t>(std::min(at, all.size() - 1) + 1);
  return path_ + ':' + std::to_string(std::count(all.begin(), end, '\n'));
}

void LexiconEdit::Merge(std::vector<LexiconRow> rows, std::string_view source,
                        std::string_view admission) {
  if (text_.empty()) text_ = LexiconHead(source, admission);
  text_ = MergeRows(text_, std::move(rows));
}

std::vector<Diagnostic> LexiconEdit::Try(const Ingest& ingest) const {
  const Stage stage(dir_, fs::path(path_).filename().string(), text_);
  std::vector<Diagnostic> fresh;
  try {
    const RuleSet rules = LoadCheckedRules(stage.dir());
    fresh = AllWarnings(rules, ingest);
  } catch (const RulesError& e) {
    throw RulesError(stage.Named(e.what()) + " with this change; nothing was written");
  }
  std::vector<Diagnostic> problems;
  const std::vector<Diagnostic> old = AllWarnings(RuleSet::Load(dir_, problems), ingest);
  const auto known = [&](const Diagnostic& d) {
    return std::any_of(old.begin(), old.end(), [&](const Diagnostic& o) {
      return o.code == d.code && stage.Named(o.message) == stage.Named(d.message);
    });
  };
  fresh.erase(std::remove_if(fresh.begin(), fresh.end(), known), fresh.end());
  for (Diagnostic& d : fresh) {
    d.file = stage.Named(d.file);
    d.message = stage.Named(d.message);
  }
  if (HasErrors(fresh))
    throw RulesError(Render(fresh) + dir_ +
                     ": the rules do not hold with this change; nothing was "
                     "written");
  return fresh;
}

void LexiconEdit::Write() const {
  std::error_code error;
  if (fs::exists(path_, error) != exists_ || (exists_ && ReadTextFile(path_) != before_))
    throw IoError(path_ + ": changed by somebody else meanwhile; nothing was written");
  WriteTextFile(path_, text_);
}

}  // namespace kaoju
