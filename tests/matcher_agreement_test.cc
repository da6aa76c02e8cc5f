// Each fast path has a slow twin: the matcher, the lexicon's trie, the double array. They agree.
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "ingest/reader.h"
#include "ingest/utf8.h"
#include "rules/double_array.h"
#include "rules/utf8.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_rules::CorpusTexts;
using testing_rules::Head;
using testing_rules::MakeArticle;
using testing_rules::NamedText;
using testing_rules::Rules;
using testing_rules::TextMaker;

std::string Place(Span s) {
  return "[" + std::to_string(s.begin) + "," + std::to_string(s.end) + ")";
}

// All that an extraction says, a line a fact; claims with all their parts.
std::string Said(const Extraction& x, std::string_view text) {
  std::string out;
  for (const Written& w : WriteAll(x, text)) {
    out += Place(w.span) + " " + w.rule + " " + w.ToString() + "\n";
  }
  for (const Claim& c : x.claims) {
    out += "content " + Place(c.content) + " cue " + Place(c.cue_span);
    if (c.source_span) out += " source " + Place(*c.source_span);
    if (c.parent) out += " parent " + std::to_string(*c.parent);
    out += "\n";
  }
  return out;
}

class Twins {
 public:
  void Expect(const std::string& name, std::string text) {
    const Article article = MakeArticle(std::move(text));
    EXPECT_EQ(Said(fast_.Extract(article), article.text),
              Said(slow_.Extract(article), article.text))
        << name << ": " << article.text;
  }

 private:
  Extractor fast_{Rules(), {.slow = false}};
  Extractor slow_{Rules(), {.slow = true}};
};

Twins& SharedTwins() {
  static Twins twins;
  return twins;
}

// The slow twin is cubic in the length of a sentence: only the head of an article is read.
constexpr size_t kCorpusHead = 1000;
constexpr size_t kSharedHead = 200;

TEST(MatcherAgreementTest, OnTheCorpus) {
  for (const NamedText& t : CorpusTexts()) {
    SharedTwins().Expect(t.name, std::string(Head(t.text, kCorpusHead)));
  }
}

TEST(MatcherAgreementTest, OnSharedArticles) {
  const std::filesystem::path dir = KAOJU_SHARED_DIR "/data/articles";
  if (!std::filesystem::is_directory(dir)) GTEST_SKIP() << "no articles at " << dir;
  for (const std::string& path : ExpandPaths({dir.string()})) {
    DocumentReader reader(path);
    RawDocument raw;
    for (int i = 0; i < 40 && reader.Next(raw); ++i) {
      rapidjson::Document json;
      json.Parse(raw.bytes.c_str());
      if (!json.IsObject() || !json.HasMember("text") || !json["text"].IsString()) continue;
      SharedTwins().Expect(path + ":" + std::to_string(raw.line),
                           std::string(Head(json["text"].GetString(), kSharedHead)));
    }
  }
}

TEST(MatcherAgreementTest, OnGeneratedTexts) {
  TextMaker maker(20240615);
  for (int i = 0; i < 300; ++i) {
    SharedTwins().Expect("text " + std::to_string(i), maker.Make(2 + maker.Below(7)));
  }
}

// A word found by Scan or its twin.
std::vector<std::vector<uint32_t>> Listed(const std::vector<LexiconHit>& hits) {
  std::vector<std::vector<uint32_t>> out;
  for (const LexiconHit& h : hits) out.push_back({h.begin, h.end, h.entry, h.type});
  return out;
}

std::vector<std::vector<uint32_t>> Listed(const std::vector<LiteralHit>& hits) {
  std::vector<std::vector<uint32_t>> out;
  for (const LiteralHit& h : hits) out.push_back({h.begin, h.end, h.literal});
  return out;
}

TEST(LexiconAgreementTest, ScanFindsWhatTheBinarySearchFinds) {
  TextMaker maker(7);
  const Lexicon& lexicon = Rules().lexicon();
  size_t found = 0;
  size_t found_literals = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = maker.Make(1 + maker.Below(20));
    const auto size = static_cast<uint32_t>(text.size());
    uint32_t begin = maker.Below(size);
    uint32_t end = begin + maker.Below(size - begin + 1);
    while (!OnCodePoint(text, begin)) --begin;
    while (!OnCodePoint(text, end)) ++end;
    std::vector<LexiconHit> fast;
    std::vector<LexiconHit> slow;
    std::vector<LiteralHit> fast_literals;
    std::vector<LiteralHit> slow_literals;
    lexicon.Scan(text, begin, end, fast, fast_literals);
    lexicon.ScanSlow(text, begin, end, slow, slow_literals);
    ASSERT_EQ(Listed(fast), Listed(slow)) << text;
    ASSERT_EQ(Listed(fast_literals), Listed(slow_literals)) << text;
    found += fast.size();
    found_literals += fast_literals.size();
  }
  EXPECT_GT(found_literals, 1000U) << "the texts hold too few triggers to say anything";
  EXPECT_GT(found, 2000U) << "the texts hold too few words to say anything";
}

// Keys from a small alphabet, so that they share beginnings, of one, two and three bytes a
// character.
std::string RandomKey(std::mt19937& random, size_t longest) {
  static constexpr char32_t kAlphabet[] = {U'a',  U'b',  U'0',   U'é',  U'中',
                                           U'国', U'一', 0xFFFF, 0xE000};
  std::string key;
  for (size_t n = 1 + random() % longest; n > 0; --n) {
    AppendUtf8(kAlphabet[random() % std::size(kAlphabet)], key);
  }
  return key;
}

using Found = std::vector<std::pair<size_t, uint32_t>>;

Found FindFast(const DoubleArray& trie, std::string_view text, size_t at) {
  std::vector<uint16_t> codes;
  std::vector<size_t> bytes;
  for (size_t i = at; i < text.size(); i += Utf8Width(text[i])) {
    codes.push_back(trie.CodeOf(Utf8At(text, i)));
    bytes.push_back(i);
  }
  bytes.push_back(text.size());
  Found out;
  trie.Prefixes(codes, 0, [&](size_t end, uint32_t value) { out.emplace_back(bytes[end], value); });
  return out;
}

Found FindSlow(const std::map<std::string, uint32_t>& keys, const std::string& text, size_t at) {
  Found out;
  for (size_t end = at + 1; end <= text.size(); ++end) {
    const auto it = keys.find(text.substr(at, end - at));
    if (it != keys.end()) out.emplace_back(end, it->second);
  }
  return out;
}

TEST(DoubleArrayTest, FindsWhatAMapFinds) {
  std::mt19937 random(11);
  for (size_t size : {0, 1, 2, 10, 100, 1000, 5000}) {
    std::map<std::string, uint32_t> keys;
    for (size_t i = 0; i < size; ++i) keys.emplace(RandomKey(random, 6), 0);
    uint32_t value = 0;
    std::vector<std::string_view> sorted;
    for (auto& [key, v] : keys) {
      v = value++;
      sorted.push_back(key);
    }
    DoubleArray trie;
    trie.Build(sorted);
    for (int i = 0; i < 500; ++i) {
      std::string text = RandomKey(random, 12);
      if (i % 10 == 0) text.insert(0, "𠮷");
      for (size_t at = 0; at < text.size(); ++at) {
        if (!OnCodePoint(text, at)) continue;
        ASSERT_EQ(FindFast(trie, text, at), FindSlow(keys, text, at)) << size << " keys: " << text;
      }
    }
  }
}

TEST(DoubleArrayTest, AnEmptyOneFindsNothing) {
  EXPECT_TRUE(FindFast(DoubleArray(), "abc", 0).empty());
}

TEST(DoubleArrayTest, FindsKeysBeyondTheBasicPlane) {
  DoubleArray trie;
  trie.Build({"a", "a𠮷", "𠮷"});
  EXPECT_EQ(FindFast(trie, "a𠮷", 0), (Found{{1, 0}, {5, 1}}));
  EXPECT_EQ(FindFast(trie, "𠮷", 0), (Found{{4, 2}}));
}

}  // namespace
}  // namespace kaoju
