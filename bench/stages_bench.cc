// How fast is each stage, and against what? Every stage names a baseline, a known way to do work of
// its kind, which runs on the same text in the same run. Bytes are those of the article's text;
// `ratio` says how many times as fast as its baseline the stage is.
#include <benchmark/benchmark.h>
#include <re2/re2.h>
#include <unicode/brkiter.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <chrono>
#include <cstring>
#include <iterator>
#include <map>
#include <memory>

#include "bench/articles.h"
#include "cli/rows.h"
#include "extract/extract.h"
#include "extract/numeral.h"
#include "extract/sentences.h"
#include "extract/view.h"
#include "ingest/utf8.h"

namespace kaoju::bench {
namespace {

using Pass = std::function<void()>;  // one pass over a whole text
using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Baselines.

Pass Memcpy(const Text& text) {
  return [&text, to = std::string(kTextBytes, '\0')]() mutable {
    for (const Article& a : text.articles) {
      to.resize(std::max(to.size(), a.text.size()));
      std::memcpy(to.data(), a.text.data(), a.text.size());
      benchmark::DoNotOptimize(to.data());
      benchmark::ClobberMemory();
    }
  };
}

// From UTF-8 to UTF-8, without alignment.
Pass IcuTransliterator(const Text& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::shared_ptr<icu::Transliterator> icu(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return [&text, icu] {
    for (const Article& a : text.articles) {
      icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(a.text);
      icu->transliterate(unicode);
      std::string folded;
      benchmark::DoNotOptimize(unicode.toUTF8String(folded).data());
    }
  };
}

Pass IcuSentences(const Text& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::shared_ptr<icu::BreakIterator> icu(
      icu::BreakIterator::createSentenceInstance(icu::Locale("zh"), status));
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return [&text, icu] {
    for (const Article& a : text.articles) {
      UErrorCode error = U_ZERO_ERROR;
      UText unicode = UTEXT_INITIALIZER;
      utext_openUTF8(&unicode, a.folded.data(), static_cast<int64_t>(a.folded.size()), &error);
      icu->setText(&unicode, error);
      int32_t sentences = 0;
      while (icu->next() != icu::BreakIterator::DONE) ++sentences;
      benchmark::DoNotOptimize(sentences);
      utext_close(&unicode);
    }
  };
}

// The sentence with its words and numerals as symbols, the leftmost longest first: near to what a
// layer sees.
std::string ViewText(const LetterText& text, Span sentence, const NumeralTable& numerals,
                     TypeId number_type) {
  static const std::vector<Letter> symbols(kMaxTypes, 0);  // the letters are not looked at
  std::vector<LexiconHit> hits;
  std::vector<LiteralHit> literals;
  Rules().lexicon().Scan(text.text(), sentence.begin, sentence.end, hits, literals);
  std::vector<NumberToken> numbers;
  numerals.Find(text.text(), sentence.begin, sentence.end, false, numbers);
  std::vector<Token> all;
  for (const LexiconHit& h : hits) {
    all.push_back({h.type, {h.begin, h.end}, h.entry});
  }
  for (const NumberToken& n : numbers) all.push_back({number_type, n.span, 0});
  std::stable_sort(all.begin(), all.end(), [](const Token& x, const Token& y) {
    return x.span.begin != y.span.begin ? x.span.begin < y.span.begin : x.span.end > y.span.end;
  });
  std::vector<Token> tokens;
  for (const Token& t : all) {
    if (tokens.empty() || tokens.back().span.end <= t.span.begin) tokens.push_back(t);
  }
  View view;
  view.Build(text, symbols, sentence, tokens);
  return std::string(view.text());
}

// The whole pattern, as if it had not been split at its trigger.
std::string WholeRegex(const SplitPattern& p) {
  std::string trigger;
  for (const TypeId type : p.trigger.types) trigger += '|' + SymbolUtf8(type);
  for (const std::string& s : p.trigger.literals) trigger += '|' + RE2::QuoteMeta(s);
  return "(?m)(?:" + p.left + ")(?:" + trigger.substr(1) + ")(?:" + p.right + ")";
}

// One RE2 after another over the text. Its views are made beforehand and stand in one piece, so
// that it pays for searching alone, once a text and not once a sentence.
Pass LoopOverRules(const Text& text) {
  const auto number = Rules().symbols().Find("NUMBER");
  const NumeralTable numerals(Rules().lexicon(), Rules().symbols());
  const auto views = std::make_shared<std::string>();
  const Alphabet alphabet;
  LetterText letters;
  for (const Article& a : text.articles) {
    letters.Decode(a.folded, alphabet, Rules().lexicon());
    for (const Span s : SplitSentences(a.folded)) {
      *views += ViewText(letters, s, numerals, number.value_or(0)) + '\n';
    }
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(16 << 20);
  const auto patterns = std::make_shared<std::vector<std::unique_ptr<RE2>>>();
  for (const Rule& rule : Rules().rules()) {
    for (const SplitPattern& p : rule.patterns) {
      patterns->push_back(std::make_unique<RE2>(WholeRegex(p), options));
      if (!patterns->back()->ok()) throw std::runtime_error(rule.id + patterns->back()->error());
    }
  }
  return [views, patterns] {
    size_t found = 0;
    for (const auto& re : *patterns) {
      re2::StringPiece match;
      for (size_t at = 0; re->Match(*views, at, views->size(), RE2::UNANCHORED, &match, 1);) {
        at = static_cast<size_t>(match.data() - views->data()) + std::max<size_t>(1, match.size());
        ++found;
      }
    }
    benchmark::DoNotOptimize(found);
  };
}

// Stages.

Pass Utf8Check(const Text& text) {
  return [&text] {
    for (const Article& a : text.articles) benchmark::DoNotOptimize(FindInvalidUtf8(a.text));
  };
}

Pass Fold(const Text& text) {
  return [&text] {
    for (const Article& a : text.articles) {
      benchmark::DoNotOptimize(Ingestion().fold().Fold(a.text, a.repairs).text.data());
    }
  };
}

// Repairs are looked for, too.
Pass Prepare(const Text& text) {
  return [&text, copy = Article()]() mutable {
    for (const Article& a : text.articles) {
      copy.text = a.text;
      Ingestion().Prepare(copy);
      benchmark::DoNotOptimize(copy.folded.data());
    }
  };
}

Pass LexiconScan(const Text& text) {
  return [&text, hits = std::vector<LexiconHit>(), literals = std::vector<LiteralHit>()]() mutable {
    for (const Article& a : text.articles) {
      hits.clear();
      literals.clear();
      Rules().lexicon().Scan(a.folded, 0, static_cast<uint32_t>(a.folded.size()), hits, literals);
      benchmark::DoNotOptimize(hits.data());
    }
  };
}

Pass Numerals(const Text& text) {
  const auto table = std::make_shared<NumeralTable>(Rules().lexicon(), Rules().symbols());
  return [&text, table, found = std::vector<NumberToken>()]() mutable {
    for (const Article& a : text.articles) {
      found.clear();
      table->Find(a.folded, 0, static_cast<uint32_t>(a.folded.size()), a.region == "CN", found);
      benchmark::DoNotOptimize(found.data());
    }
  };
}

Pass Sentences(const Text& text) {
  return [&text] {
    for (const Article& a : text.articles) {
      benchmark::DoNotOptimize(SplitSentences(a.folded).data());
    }
  };
}

// All of extract/, from the prepared article to its facts.
Pass Extract(const Text& text) {
  const auto extractor = std::make_shared<Extractor>(Rules());
  return [&text, extractor] {
    for (const Article& a : text.articles) {
      benchmark::DoNotOptimize(extractor->Extract(a).facts());
    }
  };
}

Pass Rows(const Text& text) {
  const auto extractions = std::make_shared<std::vector<Extraction>>();
  Extractor extractor(Rules());
  for (const Article& a : text.articles) extractions->push_back(extractor.Extract(a));
  return [&text, extractions, rows = std::string()]() mutable {
    for (size_t i = 0; i < text.articles.size(); ++i) {
      rows.clear();
      AppendRows(text.articles[i], (*extractions)[i], false, rows);
      benchmark::DoNotOptimize(rows.data());
    }
  };
}

struct Stage {
  const char* name;
  Pass (*prepare)(const Text&);
  const char* baseline = nullptr;  // the name of another stage
};

constexpr Stage kStages[] = {
    {"memcpy", Memcpy},
    {"icu_transliterator", IcuTransliterator},
    {"icu_sentences", IcuSentences},
    {"loop_over_rules", LoopOverRules},
    {"utf8_check", Utf8Check, "memcpy"},
    {"fold", Fold, "icu_transliterator"},
    {"repair_and_fold", Prepare, "icu_transliterator"},
    {"sentences", Sentences, "icu_sentences"},
    {"lexicon_scan", LexiconScan, "memcpy"},
    {"numerals", Numerals, "memcpy"},
    {"extract", Extract, "loop_over_rules"},
    {"rows", Rows, "memcpy"},
};

// All stages on one text.
class Suite {
 public:
  explicit Suite(Source source) : source_(std::move(source)) {}

  void Run(benchmark::State& state, const Stage& stage) {
    const Pass pass = stage.prepare(Loaded());
    pass();  // automata are built as they are used
    const Clock::time_point start = Clock::now();
    for ([[maybe_unused]] auto _ : state) pass();
    const double seconds = SecondsSince(start) / static_cast<double>(state.iterations());
    state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text_->bytes));
    state.counters["MB/s"] = static_cast<double>(text_->bytes) / 1e6 / seconds;
    if (stage.baseline == nullptr) return state.SetLabel("a baseline");
    state.counters["ratio"] = SecondsOf(stage.baseline) / seconds;
    state.SetLabel(std::string("against ") + stage.baseline);
  }

 private:
  const Text& Loaded() {
    if (!text_) text_ = std::make_unique<Text>(source_.load());
    return *text_;
  }

  // One pass of a baseline: the best of those that fit into a fifth of a second, and at least one
  // after a warm-up.
  double SecondsOf(const std::string& name) {
    const auto known = seconds_.find(name);
    if (known != seconds_.end()) return known->second;
    const Stage& stage = *std::find_if(std::begin(kStages), std::end(kStages),
                                       [&](const Stage& s) { return name == s.name; });
    const Pass pass = stage.prepare(Loaded());
    pass();
    double best = 1e9;
    for (const Clock::time_point start = Clock::now(); best == 1e9 || SecondsSince(start) < 0.2;) {
      const Clock::time_point begin = Clock::now();
      pass();
      best = std::min(best, SecondsSince(begin));
    }
    return seconds_[name] = best;
  }

  Source source_;
  std::unique_ptr<Text> text_;
  std::map<std::string, double> seconds_;
};

// Benchmarks come into being before main, which belongs to Google Benchmark.
[[maybe_unused]] const bool kRegistered = [] {
  for (const Source& source : Sources()) {
    const auto suite = std::make_shared<Suite>(source);
    for (const Stage& stage : kStages) {
      benchmark::RegisterBenchmark(
          (stage.name + ("/" + source.name)).c_str(),
          [suite, stage](benchmark::State& state) { suite->Run(state, stage); })
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime();
    }
  }
  return true;
}();

}  // namespace
}  // namespace kaoju::bench
