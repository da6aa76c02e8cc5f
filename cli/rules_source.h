// RulesSource: rules named on the command line, a folder or a commit.
#pragma once

#include <string>

namespace kaoju {

class RulesSource {
 public:
  // `name` is a folder with packs/ and lexicon/, or names a commit (HEAD~1, a tag, a hash) of the
  // git repository that holds the folder `beside`: then the folder as it was there is written out
  // to a temporary place, which goes with this object. Throws RulesError when it is neither.
  RulesSource(const std::string& name, const std::string& beside);
  ~RulesSource();
  RulesSource(const RulesSource&) = delete;
  RulesSource& operator=(const RulesSource&) = delete;

  const std::string& dir() const { return dir_; }

 private:
  void CheckOut(const std::string& commit, const std::string& beside);

  std::string dir_;
  std::string temporary_;  // empty iff the name was a folder
};

}  // namespace kaoju
