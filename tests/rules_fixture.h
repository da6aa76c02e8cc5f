// The project's own rules, loaded once for all tests of a binary, and articles to try them on.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/article.h"
#include "extract/extract.h"
#include "extract/notation.h"
#include "extract/span.h"
#include "ingest/ingest.h"
#include "rules/error.h"
#include "rules/rule_set.h"

#ifndef KAOJU_SHARED_DIR
#define KAOJU_SHARED_DIR KAOJU_SOURCE_DIR "/../shared"
#endif

namespace kaoju::testing_rules {

inline const RuleSet& Rules() {
  static const RuleSet rules = [] {
    std::vector<Diagnostic> problems;
    RuleSet loaded = RuleSet::Load(KAOJU_SOURCE_DIR "/rules", problems);
    if (HasErrors(problems)) throw RulesError(Render(problems));
    return loaded;
  }();
  return rules;
}

inline const Ingest& Ingestion() {
  static const Ingest ingest(KAOJU_SOURCE_DIR "/rules");
  return ingest;
}

// An article of `text` as ingest would hand it over, published on `day`.
inline Article MakeArticle(std::string text,
                           std::optional<CivilDate> day = CivilDate{2024, 6, 15}) {
  Article article;
  article.id = "test";
  article.day = day;
  article.text = std::move(text);
  Ingestion().Prepare(article);
  return article;
}

inline std::string FileText(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct NamedText {
  std::string name;
  std::string text;
};

inline std::vector<NamedText> CorpusTexts() {
  std::vector<NamedText> texts;
  for (const auto& entry : std::filesystem::directory_iterator(KAOJU_SOURCE_DIR "/corpus")) {
    if (!entry.is_directory()) continue;
    texts.push_back({entry.path().filename().string(), FileText(entry.path() / "text.txt")});
  }
  std::sort(texts.begin(), texts.end(),
            [](const NamedText& a, const NamedText& b) { return a.name < b.name; });
  return texts;
}

// The first `count` code points of `text`.
inline std::string_view Head(std::string_view text, size_t count) {
  size_t at = 0;
  for (; at < text.size(); ++at) {
    if (OnCodePoint(text, at) && count-- == 0) break;
  }
  return text.substr(0, at);
}

// Texts made of what rules look at: pieces of their examples, words of the lexicon, digits, marks.
class TextMaker {
 public:
  explicit TextMaker(uint32_t seed) : random_(seed) {
    for (const Rule& rule : Rules().rules()) {
      for (const RuleExample& e : rule.examples) examples_.push_back(e.text);
    }
  }

  std::string Make(size_t pieces) {
    std::string text;
    for (size_t i = 0; i < pieces; ++i) text += Piece();
    return text;
  }

  uint32_t Below(size_t n) { return static_cast<uint32_t>(random_() % n); }

  std::string Piece() {
    static constexpr std::string_view kMarks[] = {
        "，", "。", "、", "：", "；", "！", "？", "“",  "”", "「", "」", "（", "）", "《", "》",
        "—",  "-",  "~",  "%",  ".",  ",",  " ",  "\n", "·", "的", "了", "年", "月", "日", "𠮷"};
    const uint32_t dice = Below(10);
    if (dice < 5) return Cut(examples_[Below(examples_.size())]);
    if (dice < 7)
      return Rules().lexicon().entries()[Below(Rules().lexicon().entries().size())].surface;
    if (dice < 8) return std::to_string(Below(Below(2) == 0 ? 40 : 3000));
    return std::string(kMarks[Below(std::size(kMarks))]);
  }

 private:
  // A random stretch of whole code points, or all.
  std::string Cut(const std::string& text) {
    if (Below(3) == 0) return text;
    const size_t count = CodePointCount(text);
    const std::string_view head = Head(text, 1 + Below(count));
    return std::string(head.substr(Head(head, Below(CodePointCount(head))).size()));
  }

  std::mt19937 random_;
  std::vector<std::string> examples_;
};

}  // namespace kaoju::testing_rules
