#include "cli/rules_source.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "rules/error.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;

std::string FirstLine(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  std::getline(in, line);
  return line;
}

// One call of git, what it says kept in files of the folder `scratch`.
class Git {
 public:
  Git(std::string repository, fs::path scratch)
      : repository_(std::move(repository)), scratch_(std::move(scratch)) {}

  // Standard output's first line. Throws RulesError with git's own words when it fails.
  std::string Run(std::vector<std::string> words) const {
    words.insert(words.begin(), {"git", "-C", repository_});
    const int code = Spawn(words);
    if (code == 127) throw RulesError("git is not installed: only folders can be compared");
    if (code != 0) throw RulesError("git: " + FirstLine(Error()));
    return FirstLine(Output());
  }

 private:
  fs::path Output() const { return scratch_ / "out"; }
  fs::path Error() const { return scratch_ / "err"; }

  int Spawn(std::vector<std::string>& words) const {
    std::vector<char*> argv;
    for (std::string& w : words) argv.push_back(w.data());
    argv.push_back(nullptr);
    // An index of its own: that of the repository stays as it is.
    const std::string index = "GIT_INDEX_FILE=" + (scratch_ / "index").string();
    std::vector<std::string> env{index};
    for (char** e = environ; *e != nullptr; ++e) {
      if (!std::string_view(*e).starts_with("GIT_")) env.emplace_back(*e);
    }
    std::vector<char*> envp;
    for (std::string& e : env) envp.push_back(e.data());
    envp.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, Output().c_str(), kWrite, 0600);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, Error().c_str(), kWrite, 0600);
    pid_t pid = 0;
    const int failed = posix_spawnp(&pid, "git", &files, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) return 127;
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
      if (errno != EINTR) return 127;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  }

  std::string repository_;
  fs::path scratch_;
};

bool HoldsRules(const fs::path& p) {
  std::error_code error;
  return fs::is_directory(p / "packs", error) && fs::is_directory(p / "lexicon", error);
}

}  // namespace

RulesSource::RulesSource(const std::string& name, const std::string& beside) : dir_(name) {
  std::error_code error;
  if (HoldsRules(name)) return;
  if (fs::exists(name, error))
    throw RulesError(name + ": no rules (a folder with packs/ and lexicon/)");
  std::string pattern = (fs::temp_directory_path() / "kaoju_rules_XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw IoError(pattern + ": cannot be made");
  temporary_ = pattern;
  try {
    CheckOut(name, beside);
  } catch (...) {
    fs::remove_all(temporary_, error);
    throw;
  }
}

RulesSource::~RulesSource() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void RulesSource::CheckOut(const std::string& commit, const std::string& beside) {
  const Git there(beside, temporary_);
  std::string tree;
  try {
    tree = there.Run({"rev-parse", "--verify", "--end-of-options", commit + ":./"});
  } catch (const RulesError& e) {
    throw RulesError("'" + commit +
                     "' is neither a folder of rules nor a commit of the repository of " + beside +
                     ": " + e.what());
  }
  dir_ = temporary_ + "/rules";
  const Git git(there.Run({"rev-parse", "--show-toplevel"}), temporary_);
  git.Run({"read-tree", tree});
  git.Run({"checkout-index", "--all", "--prefix=" + dir_ + "/"});
  if (!HoldsRules(dir_))
    throw RulesError(commit + ": " + beside + " held no rules (packs/ and lexicon/) there");
}

}  // namespace kaoju
