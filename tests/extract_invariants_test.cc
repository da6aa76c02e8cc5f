// What holds of every extraction, whatever the text: spans in range and on code points, parts
// inside their whole, the same facts whatever was read before.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "ingest/utf8.h"
#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_rules::CorpusTexts;
using testing_rules::MakeArticle;
using testing_rules::NamedText;
using testing_rules::Rules;
using testing_rules::TextMaker;

::testing::AssertionResult Sound(Span s, std::string_view text) {
  if (s.begin <= s.end && s.end <= text.size() && OnCodePoint(text, s.begin) &&
      OnCodePoint(text, s.end)) {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure() << "[" << s.begin << "," << s.end << ") of " << text.size();
}

template <typename Fact>
void ExpectSortedAndSound(const std::vector<Fact>& facts, std::string_view text) {
  for (size_t i = 0; i < facts.size(); ++i) {
    EXPECT_TRUE(Sound(facts[i].span, text)) << facts[i].rule;
    EXPECT_FALSE(facts[i].span.empty()) << facts[i].rule;
    EXPECT_FALSE(facts[i].rule.empty());
    if (i == 0) continue;
    const auto key = [](const Fact& f) { return std::tie(f.span.begin, f.span.end, f.rule); };
    EXPECT_LE(key(facts[i - 1]), key(facts[i]));
  }
}

void ExpectClaimWhole(const std::vector<Claim>& claims, size_t i, std::string_view text) {
  const Claim& c = claims[i];
  EXPECT_TRUE(Sound(c.cue_span, text)) << c.rule;
  EXPECT_TRUE(Sound(c.content, text)) << c.rule;
  EXPECT_FALSE(c.content.empty()) << c.rule;
  EXPECT_TRUE(c.span.Contains(c.cue_span)) << c.rule;
  EXPECT_TRUE(c.span.Contains(c.content)) << c.rule;
  if (c.source_span) {
    EXPECT_TRUE(Sound(*c.source_span, text)) << c.rule;
    EXPECT_TRUE(c.span.Contains(*c.source_span)) << c.rule;
  }
  if (c.parent) {
    ASSERT_LT(*c.parent, claims.size());
    EXPECT_NE(*c.parent, i);
    // Its source may stand before the content: 他在会上说明时表示：“…”, one subject with two cues.
    EXPECT_TRUE(claims[*c.parent].content.Contains(c.cue_span)) << c.rule;
    EXPECT_TRUE(c.nested);
  }
}

void ExpectSound(const Article& article, const Extraction& x) {
  const std::string_view text = article.text;
  for (Span s : x.sentences) EXPECT_TRUE(Sound(s, article.folded));
  ExpectSortedAndSound(x.mentions, text);
  ExpectSortedAndSound(x.times, text);
  ExpectSortedAndSound(x.figures, text);
  ExpectSortedAndSound(x.claims, text);
  ExpectSortedAndSound(x.relations, text);
  for (const Mention& m : x.mentions) EXPECT_FALSE(m.canonical.empty()) << m.rule;
  for (const Figure& f : x.figures) EXPECT_LE(f.low, f.high) << f.rule;
  for (size_t i = 0; i < x.claims.size(); ++i) ExpectClaimWhole(x.claims, i, text);
  for (const Relation& r : x.relations) {
    for (const Role& role : r.roles) {
      EXPECT_TRUE(Sound(role.span, text)) << r.rule;
      EXPECT_TRUE(r.span.Contains(role.span)) << r.rule;
    }
  }
  for (const Candidate& c : x.candidates) {
    EXPECT_TRUE(Sound(c.span, text)) << c.rule;
    EXPECT_TRUE(Sound(c.folded, article.folded)) << c.rule;
    EXPECT_TRUE(Sound(c.match, article.folded)) << c.rule;
    EXPECT_EQ(c.won, c.lost_to.empty()) << c.rule;
    for (const Captured& capture : c.captures)
      EXPECT_TRUE(Sound(capture.span, article.folded)) << c.rule;
  }
}

std::string Said(const Article& article, const Extraction& x) {
  std::string out;
  for (const Written& w : WriteAll(x, article.text)) {
    out += std::to_string(w.span.begin) + "-" + std::to_string(w.span.end) + " " + w.rule + " " +
           w.ToString() + "\n";
  }
  return out;
}

// No private-use code point of the symbols is in what is matched or said.
bool HoldsSymbol(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    if (IsSymbol(c.value)) return true;
    at = c.end;
  }
  return false;
}

// Damage as it comes: characters lost, doubled, moved, and what does not belong there.
std::string Damage(std::string_view text, TextMaker& maker) {
  static const std::u32string kSplinters[] = {U"\uE000", U"\uE005", U"(jié)", U"\uFEFF",    U"\r\n",
                                              U"“",      U"」",     U"１２",  U"\u200B",    U"𠮷",
                                              U"\u0301", U"亿",     U"年",    U"\U0010FFFF"};
  std::u32string chars = FromUtf8(text);
  for (uint32_t n = maker.Below(30); n > 0 && !chars.empty(); --n) {
    const size_t at = maker.Below(chars.size());
    const size_t count = 1 + maker.Below(8);
    switch (maker.Below(4)) {
      case 0:
        chars.erase(at, count);
        break;
      case 1:
        chars.insert(at, chars.substr(maker.Below(chars.size()), count));
        break;
      case 2:
        chars.insert(at, kSplinters[maker.Below(std::size(kSplinters))]);
        break;
      default:
        std::swap(chars[at], chars[maker.Below(chars.size())]);
    }
  }
  return ToUtf8(chars);
}

// The corpus, the corpus damaged, and generated texts.
std::vector<std::string> Texts() {
  TextMaker maker(13);
  std::vector<std::string> texts{"", " ", "\n", "。", "“", "年"};
  for (const NamedText& t : CorpusTexts()) {
    texts.push_back(t.text);
    for (int i = 0; i < 20; ++i) texts.push_back(Damage(t.text, maker));
  }
  for (int i = 0; i < 1000; ++i) texts.push_back(Damage(maker.Make(1 + maker.Below(12)), maker));
  return texts;
}

TEST(ExtractInvariantsTest, EverythingIsSound) {
  Extractor extractor(Rules(), {.trace = true});
  for (const std::string& text : Texts()) {
    const Article article = MakeArticle(text);
    ASSERT_EQ(article.text, text) << "the text never changes";
    ASSERT_FALSE(HoldsSymbol(article.folded)) << text;
    ExpectSound(article, extractor.Extract(article));
    if (HasFailure()) FAIL() << text;
  }
}

TEST(ExtractInvariantsTest, SurfacesAreTheBytesOfTheText) {
  Extractor extractor(Rules());
  for (const std::string& text : Texts()) {
    const Article article = MakeArticle(text);
    for (const Mention& m : extractor.Extract(article).mentions) {
      const std::string surface(Slice(text, m.span));
      ASSERT_EQ(text.find(surface, m.span.begin), m.span.begin);
      ASSERT_FALSE(HoldsSymbol(m.canonical)) << surface;
    }
  }
}

TEST(ExtractInvariantsTest, ATraceChangesNothing) {
  Extractor plain(Rules());
  Extractor traced(Rules(), {.trace = true});
  for (const NamedText& t : CorpusTexts()) {
    const Article article = MakeArticle(t.text);
    const Extraction x = plain.Extract(article);
    EXPECT_TRUE(x.candidates.empty());
    EXPECT_EQ(Said(article, x), Said(article, traced.Extract(article))) << t.name;
  }
}

TEST(ExtractInvariantsTest, TheOrderOfDocumentsDoesNotMatter) {
  const std::vector<std::string> texts = Texts();
  std::vector<std::string> forward;
  std::vector<std::string> backward;
  Extractor first(Rules());
  Extractor second(Rules());
  for (size_t i = 0; i < texts.size(); ++i) {
    const Article a = MakeArticle(texts[i]);
    const Article b = MakeArticle(texts[texts.size() - 1 - i]);
    forward.push_back(Said(a, first.Extract(a)));
    backward.push_back(Said(b, second.Extract(b)));
  }
  std::reverse(backward.begin(), backward.end());
  for (size_t i = 0; i < texts.size(); ++i) ASSERT_EQ(forward[i], backward[i]) << texts[i];
}

// A line of names without a mark is no speaker: sources are bounded, so what claims hold is, too.
TEST(ClaimTest, AWholeLineIsNoSource) {
  Extractor extractor(Rules());
  std::string line = "据";
  for (int i = 0; i < 70; ++i) line += "山";
  EXPECT_TRUE(extractor.Extract(MakeArticle(line + "介绍，情况良好。")).claims.empty());
  EXPECT_EQ(extractor.Extract(MakeArticle("据山山介绍，情况良好。")).claims.size(), 1U);
}

}  // namespace
}  // namespace kaoju
