// ArticleTexts: the articles of a store one after another, to be read again.
#pragma once

#include <memory>
#include <string>

namespace kaoju {

struct StoredText {
  std::string id;
  std::string title;
  std::string published;
  std::string region;
  std::string source;
  std::string text;
};

// One thread at a time may use it.
class ArticleTexts {
 public:
  // Opens an existing store. Throws IoError, as its other functions do.
  static ArticleTexts Open(const std::string& path);
  ArticleTexts(ArticleTexts&&) noexcept;
  ~ArticleTexts();

  // The next in order of arrival; false iff there is none, however often it is asked.
  bool Next(StoredText& out);

 private:
  struct Impl;
  explicit ArticleTexts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
