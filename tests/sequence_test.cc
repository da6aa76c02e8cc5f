// The loop-free program says what RE2 says, groups included.
#include "extract/sequence.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>

#include "extract/letter_text.h"

namespace kaoju {
namespace {

using Found =
    std::vector<std::pair<int, int>>;  // per group begin and end, -1 where it took no part

Found FromGroups(const Groups& groups, size_t base) {
  Found out;
  for (size_t i = 0; i + 1 < groups.size(); i += 2) {
    const bool set = groups[i] != kUnset && groups[i + 1] != kUnset;
    out.emplace_back(set ? static_cast<int>(groups[i] + base) : -1,
                     set ? static_cast<int>(groups[i + 1] + base) : -1);
  }
  return out;
}

// A text with the way from its letters to its bytes, and the sequence bound to their alphabet.
class Bound {
 public:
  explicit Bound(Sequence sequence) : sequence_(std::move(sequence)), alphabet_(sequence_.sets()) {
    sequence_.Bind(alphabet_);
  }
  Found Prefix(std::string_view text) { return Run(text, &Sequence::MatchPrefix); }
  Found Suffix(std::string_view text) { return Run(text, &Sequence::MatchSuffix); }

 private:
  Found Run(std::string_view text,
            bool (Sequence::*match)(std::span<const Letter>, Groups&, SequenceScratch&) const) {
    LetterText letters;
    letters.Decode(text, alphabet_, lexicon_);
    Groups groups;
    const auto all =
        std::span(letters.letters()).first(letters.PlaceOf(static_cast<uint32_t>(text.size())));
    if (!(sequence_.*match)(all, groups, scratch_)) return {};
    for (uint32_t& place : groups) {
      if (place != kUnset) place = letters.bytes()[place];
    }
    return FromGroups(groups, 0);
  }

  Sequence sequence_;
  SequenceScratch scratch_;
  Alphabet alphabet_;
  Lexicon lexicon_;
};

// What RE2 finds; empty: no match.
Found ByRe2(const std::string& regex, std::string_view text, RE2::Anchor anchor) {
  RE2::Options options;
  options.set_dot_nl(true);
  const RE2 re(regex, options);
  std::vector<re2::StringPiece> groups(static_cast<size_t>(re.NumberOfCapturingGroups()) + 1);
  if (!re.Match(text, 0, text.size(), anchor, groups.data(), static_cast<int>(groups.size()))) {
    return {};
  }
  Found out;
  for (const re2::StringPiece& g : groups) {
    const bool set = g.data() != nullptr;
    const int begin = set ? static_cast<int>(g.data() - text.data()) : -1;
    out.emplace_back(begin, set ? begin + static_cast<int>(g.size()) : -1);
  }
  return out;
}

const char* const kPatterns[] = {
    "一",
    "(?:一|二三)?四",
    "(?P<a>一)(?P<b>二)?",
    "(?:(?P<h>约)(?:达|为)?\\ ?)?(?P<v>[0-9])\\ ?",
    "[一-三]{1,2}(?P<x>四?)",
    "[^，。]二",
    "(?:^|[，。])(?P<n>[一二][三四]{1,2})",
    "(?:，|。|$)",
    "(?P<q>(?:一|一二)(?:三|二三)?)",
    "(?P<c>)二",
    "(?:二|)三",
    "一*",
    "[一二]+三",
    "(?:一二)*",
    "一{1,30}",
    "(?P<n>一?"
    "?)二",  // in two parts: ??) is a trigraph
    "[一二]*?(?P<n>二+)",
    "(?:(?P<a>一)|(?P<b>二)|[三四]+)*(?P<c>四)?",
    "(?:^|[，。])(?P<s>[^，。]*[二三])(?:四|约[^，。]*|(?:一|二)+)*",
    "(?:[一二]|一二)+三?",
    "(?P<x>(?:一|一二|二三)*)(?P<y>[三四]*)",
};

std::string RandomText(std::mt19937& random) {
  static const char* const kPieces[] = {"一", "二", "三", "四", "，", "。",
                                        "约", "达", " ",  "7",  "x",  "𠀀"};
  std::string out;
  for (size_t n = random() % 7; n > 0; --n) out += kPieces[random() % std::size(kPieces)];
  return out;
}

TEST(SequenceTest, AgreesWithRe2) {
  std::mt19937 random(20240615);
  for (const char* pattern : kPatterns) {
    const auto sequence = Sequence::Compile(pattern);
    ASSERT_TRUE(sequence) << pattern;
    Bound bound(*sequence);
    for (int i = 0; i < 4000; ++i) {
      const std::string text = RandomText(random);
      ASSERT_EQ(bound.Prefix(text), ByRe2(pattern, text, RE2::ANCHOR_START))
          << pattern << " on " << text;
      ASSERT_EQ(bound.Suffix(text),
                ByRe2("(?:" + std::string(pattern) + ")\\z", text, RE2::UNANCHORED))
          << pattern << " before the end of " << text;
    }
  }
}

TEST(SequenceTest, TakesTheRestAtTheEndOnly) {
  const auto rest = Sequence::Compile("[，：]?(?P<content>.+)");
  ASSERT_TRUE(rest);
  EXPECT_FALSE(rest->HasSuffix());
  Bound bound(*rest);
  EXPECT_EQ(bound.Prefix("，一二"), ByRe2("[，：]?(?P<content>.+)", "，一二", RE2::ANCHOR_START));
  EXPECT_EQ(bound.Prefix(""), Found());
  EXPECT_FALSE(Sequence::Compile(".+一"));
}

TEST(SequenceTest, LeavesTheRestToRe2) {
  for (const char* pattern : {"(?:一?)*", "(?:|二)+", "一{1,300}", "(?:一二){2}", "(?:.+一)?二",
                              "\\d", "(?i)a", "\\p{Han}"}) {
    EXPECT_FALSE(Sequence::Compile(pattern)) << pattern;
  }
}

}  // namespace
}  // namespace kaoju
