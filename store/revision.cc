#include "store/revision.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kFewLetters = 6;    // that a slip of the pen changes; …
constexpr size_t kTypoShare = 50;    // … or one letter in so many
constexpr size_t kSomeLetters = 12;  // that a correction changes; …
constexpr size_t kCorrectionShare = 10;
constexpr size_t kMostCompared = 4000;  // letters; more that differ are an update

std::u32string LettersOf(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size(); at += Utf8Width(text[at])) {
    const char32_t c = Utf8At(text, at);
    if (u_isalnum(static_cast<UChar32>(c))) out += c;
  }
  return out;
}

// Levenshtein's distance, after what both begin and end with.
size_t Distance(std::u32string_view a, std::u32string_view b) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.empty() || b.empty() || std::max(a.size(), b.size()) > kMostCompared)
    return std::max(a.size(), b.size());
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t k = 0; k < b.size(); ++k) {
      const size_t change = diagonal + (a[i] == b[k] ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({change, row[k] + 1, row[k + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view KindOfRevision(std::string_view before, std::string_view after,
                                size_t facts_gone) {
  const std::u32string a = LettersOf(before);
  const std::u32string b = LettersOf(after);
  const size_t distance = Distance(a, b);
  if (distance == 0) return "layout";
  if (facts_gone == 0)
    return distance <= std::max(kFewLetters, a.size() / kTypoShare) ? "typo" : "update";
  return distance <= std::max(kSomeLetters, a.size() / kCorrectionShare) ? "correction" : "update";
}

}  // namespace kaoju
