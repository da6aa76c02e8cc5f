// VerdictBook: where editors write down what they say of facts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "store/verdict.h"

namespace kaoju {

// What an editor says of the fact at these bytes of an article.
struct Judgement {
  std::string article;  // id
  int64_t start = 0;
  int64_t end = 0;
  std::string kind;  // entity, time, figure, claim, relation; empty: there is but one fact there
  std::string rule;  // the same
  std::string decision;
  std::string who;
  std::string why;
  std::string edited;
  std::string scope;
  std::string at;  // RFC 3339
};

// One thread at a time may use it.
class VerdictBook {
 public:
  // Opens an existing store for writing. Throws IoError, as its other functions do.
  static VerdictBook Open(const std::string& path);
  VerdictBook(VerdictBook&&) noexcept;
  ~VerdictBook();

  // Adds the verdict, and stores it on the disk before it returns. Throws Error iff there is no
  // such article, no fact at the place or more than one, or the scope is `source` and the article
  // has none.
  Verdict Add(const Judgement& judgement);

 private:
  struct Impl;
  explicit VerdictBook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
