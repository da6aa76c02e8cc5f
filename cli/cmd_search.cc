#include "cli/cmd_search.h"

#include <algorithm>
#include <limits>

#include "cli/corpus_scan.h"
#include "cli/exit_codes.h"
#include "cli/rules_dir.h"
#include "cli/table.h"
#include "ingest/ingest.h"
#include "ingest/utf8.h"
#include "rules/error.h"
#include "store/search.h"
#include "store/search_text.h"

namespace kaoju {
namespace {

constexpr size_t kAround = 16;

std::string LowerAscii(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// Where `phrase` stands first, as whole words where it begins or ends with Latin letters or digits;
// npos: nowhere. REQUIRES both in lower case.
size_t FindPhrase(std::string_view text, std::string_view phrase) {
  for (size_t at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) {
    const size_t end = at + phrase.size();
    const bool left = at == 0 || !IsAsciiWord(phrase.front()) || !IsAsciiWord(text[at - 1]);
    const bool right = end == text.size() || !IsAsciiWord(phrase.back()) || !IsAsciiWord(text[end]);
    if (left && right) return at;
  }
  return text.npos;
}

// What is looked for, each folded and in lower case.
std::vector<std::string> Phrases(const std::vector<std::string>& words, const FoldTable& fold) {
  std::vector<std::string> out;
  for (const std::string& given : words) {
    if (FindInvalidUtf8(given)) throw Error("'" + given + "' is not UTF-8");
    const std::string folded = LowerAscii(fold.Fold(given).text);
    for (size_t from = 0; from < folded.size();) {
      const size_t blank = std::min(folded.find(' ', from), folded.size());
      if (blank > from) out.push_back(folded.substr(from, blank - from));
      from = blank + 1;
    }
  }
  return out;
}

// The bytes of the article's text where the first phrase stands; empty iff not all of them do: the
// index knows no punctuation, 收，购 is no 收购.
Span FirstHit(const Article& article, const std::vector<std::string>& phrases) {
  const std::string text = LowerAscii(article.folded);
  size_t first = std::numeric_limits<size_t>::max();
  for (const std::string& phrase : phrases) {
    const size_t at = FindPhrase(text, phrase);
    if (at == text.npos) return {};
    if (first == std::numeric_limits<size_t>::max()) first = at;
  }
  const auto begin = static_cast<uint32_t>(first);
  return article.alignment.ToSource({begin, begin + static_cast<uint32_t>(phrases.front().size())});
}

}  // namespace

void AddSearchOptions(CLI::App& sub, SearchCommand& o) {
  sub.add_option("WORDS", o.words, "all of them must stand in the article")->required();
  sub.add_option("--db", o.db, "the fact store")->required()->type_name("FILE");
  sub.add_option("--rules", o.rules, "the folder of the rules, for its tables of both scripts");
  sub.add_option("--limit", o.limit, "at most so many articles, the newest arrivals; 0: all")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  sub.footer(
      "Examples:\n"
      "  kaoju search DeepSeek --db facts.db\n"
      "  kaoju search iPhone Foxconn --db facts.db --limit 0\n"
      "Words are found in both scripts and in damaged text as it was repaired; Latin letters and "
      "digits as whole words, in either case.");
}

int RunSearch(const SearchCommand& o, std::ostream& out) {
  const Ingest ingest(FindRulesDir(o.rules));
  const std::vector<std::string> phrases = Phrases(o.words, ingest.fold());
  if (SearchQuestion(phrases).empty())
    throw CLI::ValidationError("WORDS", "no letter or digit is in them");
  Search search = Search::Open(o.db, phrases);
  std::vector<std::vector<std::string>> cells;
  for (StoredText found; search.Next(found);) {
    Article article;
    article.text = std::move(found.text);
    ingest.Prepare(article);
    const Span hit = FirstHit(article, phrases);
    if (hit.begin == hit.end) continue;
    cells.push_back({found.id, found.published, found.source, std::to_string(hit.begin),
                     InContext(article.text, hit, kAround)});
    if (static_cast<int64_t>(cells.size()) == o.limit) break;
  }
  PrintTable({{"article", 32}, {"published", 19}, {"source", 20}, {"byte", 10, true}, {"text", 90}},
             cells, out);
  out.flush();
  if (!out) throw IoError("the output cannot be written");
  return kGood;
}

}  // namespace kaoju
