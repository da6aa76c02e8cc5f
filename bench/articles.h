// The texts of the benchmarks: about 1 MB of articles each, ready made as ingest hands them over.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "extract/article.h"
#include "ingest/ingest.h"
#include "ingest/reader.h"
#include "rules/rule_set.h"

#ifndef KAOJU_SHARED_DIR
#define KAOJU_SHARED_DIR KAOJU_SOURCE_DIR "/../shared"
#endif

namespace kaoju::bench {

inline constexpr size_t kTextBytes = 1'000'000;

// $KAOJU_RULES, such as a folder that multiply_rules.py made; else the project's own.
inline std::string RulesDir() {
  const char* env = std::getenv("KAOJU_RULES");
  return env != nullptr && *env != '\0' ? env : KAOJU_SOURCE_DIR "/rules";
}

// Loaded once. The examples are not run: those of multiplied rules cannot hold.
inline const RuleSet& Rules() {
  static const RuleSet rules = [] {
    std::vector<Diagnostic> problems;
    RuleSet loaded = RuleSet::Load(RulesDir(), problems);
    if (HasErrors(problems)) throw std::runtime_error(Render(problems));
    return loaded;
  }();
  return rules;
}

inline const Ingest& Ingestion() {
  static const Ingest ingest(RulesDir());
  return ingest;
}

struct Text {
  std::vector<Article> articles;
  size_t bytes = 0;  // of Article::text, all together

  bool Full() const { return bytes >= kTextBytes; }
  void Add(Article article) {
    bytes += article.text.size();
    articles.push_back(std::move(article));
  }
};

// Appends the documents of one file until the text is full.
inline void ReadInto(const std::string& path, Text& text) {
  DocumentReader reader(path);
  for (RawDocument raw; !text.Full() && reader.Next(raw);) text.Add(Ingestion().Read(raw));
}

// The corpus, articles in the one script or the other, repeated until the text is full.
inline Text CorpusText(bool traditional) {
  Text once;
  for (const std::string& path : ExpandPaths({KAOJU_SOURCE_DIR "/corpus"})) ReadInto(path, once);
  std::erase_if(once.articles, [&](const Article& a) {
    return traditional != (a.region == "TW" || a.region == "HK");
  });
  if (once.articles.empty()) throw std::runtime_error("the corpus has no such articles");
  Text text;
  for (size_t i = 0; !text.Full(); ++i) text.Add(once.articles[i % once.articles.size()]);
  return text;
}

// The beginning of a file of real articles; such files are not part of the project.
inline std::string SharedPath(const std::string& name) {
  return KAOJU_SHARED_DIR "/data/articles/" + name;
}

struct Source {
  std::string name;
  std::function<Text()> load;
};

// What there is to measure on, here.
inline std::vector<Source> Sources() {
  std::vector<Source> all = {{"corpus_simplified", [] { return CorpusText(false); }},
                             {"corpus_traditional", [] { return CorpusText(true); }}};
  const std::pair<const char*, const char*> shared[] = {{"news_simplified", "xwlb.jsonl.gz"},
                                                        {"news_traditional", "rthk.jsonl.gz"}};
  for (const auto& [name, file] : shared) {
    const std::string path = SharedPath(file);
    if (!std::filesystem::exists(path)) continue;
    all.push_back({name, [path] {
                     Text text;
                     ReadInto(path, text);
                     return text;
                   }});
  }
  return all;
}

}  // namespace kaoju::bench
