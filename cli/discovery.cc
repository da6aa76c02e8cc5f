#include "cli/discovery.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/corpus_scan.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kDetailed = 3;     // from this occurrence on, what stands beside it is noted
constexpr size_t kMostBeside = 64;  // different strings noted on each side
constexpr size_t kShown = 4;
constexpr size_t kAround = 12;     // characters of an example
constexpr double kExplains = 0.6;  // of a string's count: what holds it explains it
constexpr double kExtends = 0.5;   // below this share of a part's count a string only extends it

void CountKey(const std::string& key, std::map<std::string, size_t>& to) {
  const auto it = to.find(key);
  if (it != to.end()) {
    ++it->second;
  } else if (to.size() < kMostBeside) {
    to.emplace(key, 1);
  }
}

// Punctuation, or the end of the sentence: each occurrence counts as another string would.
bool IsEdge(const std::string& text) { return text.empty() || !IsHan(Utf8At(text, 0)); }

std::vector<std::pair<std::string, size_t>> MostFrequent(const std::map<std::string, size_t>& all) {
  std::vector<std::pair<std::string, size_t>> out(all.begin(), all.end());
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  out.resize(std::min(out.size(), kShown));
  return out;
}

}  // namespace

void Discovery::Note(const Beside& beside, Side& to) {
  CountKey(beside.text, to.texts);
  CountKey(beside.label, to.labels);
}

// In bits.
double Discovery::Entropy(const Side& side) {
  double all = 0;
  for (const auto& [text, n] : side.texts) all += static_cast<double>(n);
  double out = 0;
  for (const auto& [text, n] : side.texts) {
    const double share = static_cast<double>(n) / all;
    out -= share * std::log2(IsEdge(text) ? 1 / all : share);
  }
  return out;
}

void Discovery::Add(const Article& article, const std::vector<UnknownWord>& words) {
  ++article_;
  for (const UnknownWord& word : words) Count(article, word);
}

void Discovery::Count(const Article& article, const UnknownWord& word) {
  auto& entry = counts_.Count(std::string(Slice(article.folded, word.span)));
  Counted& c = entry.value;
  parts_ += word.part ? 1 : 0;
  if (c.last_article != article_) {
    c.last_article = article_;
    ++c.articles;
  }
  if (word.part || entry.count < kDetailed) return;
  if (c.details == nullptr) {
    c.details = std::make_unique<Details>();
    c.details->known = word.known;
    c.details->example =
        article.id + ": " + InContext(article.text, article.alignment.ToSource(word.span), kAround);
  }
  Note(word.before, c.details->before);
  Note(word.behind, c.details->behind);
}

// Over all seams; a part that was never counted by itself is as frequent as the word.
double Discovery::Cohesion(const std::string& word, size_t count) const {
  double least = 1e9;
  for (size_t at = Utf8Width(word[0]); at < word.size(); at += Utf8Width(word[at])) {
    const size_t left = std::max(counts_.CountOf(word.substr(0, at)), count);
    const size_t right = std::max(counts_.CountOf(word.substr(at)), count);
    const double bits =
        std::log2(static_cast<double>(count) * static_cast<double>(std::max<size_t>(parts_, 1)) /
                  (static_cast<double>(left) * static_cast<double>(right)));
    least = std::min(least, bits);
  }
  return least;
}

std::vector<Found> Discovery::Candidates() const {
  std::vector<Found> out;
  for (const auto& [word, entry] : counts_.entries()) {
    const Counted& c = entry.value;
    if (c.details == nullptr || entry.count < options_.least_count ||
        c.articles < options_.least_articles)
      continue;
    const Details& d = *c.details;
    Found f{word,
            entry.count,
            c.articles,
            d.known,
            Cohesion(word, entry.count),
            Entropy(d.before),
            Entropy(d.behind),
            MostFrequent(d.before.labels),
            MostFrequent(d.behind.labels),
            d.example};
    if (f.cohesion >= options_.least_cohesion &&
        std::min(f.before, f.behind) >= options_.least_entropy)
      out.push_back(std::move(f));
  }
  std::sort(out.begin(), out.end(), [](const Found& a, const Found& b) {
    return a.count != b.count ? a.count > b.count : a.word < b.word;
  });
  return out;
}

std::vector<Found> Discovery::Words() const {
  std::vector<Found> all = Candidates();
  std::unordered_map<std::string_view, size_t> counts;
  for (const Found& f : all) counts[f.word] = f.count;
  std::set<std::string_view> out;  // of the running
  for (const Found& f : all) {
    for (size_t from = 0; from < f.word.size(); from += Utf8Width(f.word[from])) {
      for (size_t to = from + Utf8Width(f.word[from]); to <= f.word.size();
           to += to < f.word.size() ? Utf8Width(f.word[to]) : 1) {
        const auto part = counts.find(std::string_view(f.word).substr(from, to - from));
        if (part == counts.end() || part->first == f.word) continue;
        const auto whole = static_cast<double>(f.count);
        const auto inside = static_cast<double>(part->second);
        if (whole >= kExplains * inside)
          out.insert(part->first);
        else if (whole < kExtends * inside)
          out.insert(f.word);
      }
    }
  }
  std::erase_if(all, [&](const Found& f) { return out.contains(f.word); });
  return all;
}

}  // namespace kaoju
