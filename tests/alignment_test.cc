// Alignment against a naive oracle that lists what every byte was made from, over generated edit
// scripts.
#include "extract/alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace kaoju {
namespace {

// A piece that became another as a whole. An untouched byte is the atom {1, 1, false}.
struct Atom {
  uint32_t source_size;
  uint32_t target_size;
  bool edited;
};

using Script = std::vector<Atom>;

// What the generated scripts may hold.
enum class Edits { kReplacements, kReplacementsAndRemovals, kAll };

Script MakeScript(std::mt19937& random, size_t atoms, Edits edits) {
  Script script;
  const auto below = [&random](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  while (script.size() < atoms) {
    const uint32_t dice = below(10);
    if (dice < 5 || (dice > 7 && edits == Edits::kReplacements)) {
      script.push_back({1, 1, false});
    } else if (dice < 8) {
      script.push_back({1 + below(4), 1 + below(4), true});
    } else if (dice == 8 || edits != Edits::kAll) {
      script.push_back({1 + below(4), 0, true});
    } else {
      script.push_back({0, 1 + below(4), true});
    }
  }
  return script;
}

Alignment ToAlignment(const Script& script) {
  Alignment alignment;
  uint32_t source = 0;
  uint32_t target = 0;
  for (const Atom& atom : script) {
    if (atom.edited) alignment.Add({source, atom.source_size, target, atom.target_size});
    source += atom.source_size;
    target += atom.target_size;
  }
  return alignment;
}

uint32_t SourceSize(const Script& script) {
  uint32_t size = 0;
  for (const Atom& atom : script) size += atom.source_size;
  return size;
}

Script Mirror(Script script) {
  for (Atom& atom : script) std::swap(atom.source_size, atom.target_size);
  return script;
}

uint32_t TargetSize(const Script& script) { return SourceSize(Mirror(script)); }

// Scans all atoms: the union of those under the span, and the empty ones directly at its end.
// REQUIRES !span.empty().
Span OracleToSource(const Script& script, Span span) {
  uint32_t source = 0;
  uint32_t target = 0;
  Span result;
  bool inside = false;
  for (const Atom& atom : script) {
    const bool covered = target < span.end && span.begin < target + atom.target_size;
    const bool trails = inside && atom.target_size == 0;
    if (covered || trails) {
      if (!inside) result.begin = source;
      inside = true;
      result.end = source + atom.source_size;
    } else if (inside) {
      break;
    }
    source += atom.source_size;
    target += atom.target_size;
  }
  return result;
}

std::vector<Span> AllSpans(uint32_t size, bool with_empty) {
  std::vector<Span> spans;
  for (uint32_t begin = 0; begin <= size; ++begin) {
    for (uint32_t end = begin + (with_empty ? 0 : 1); end <= size; ++end) {
      spans.push_back({begin, end});
    }
  }
  return spans;
}

TEST(Alignment, IdentityMapsEverySpanToItself) {
  const Alignment identity;
  EXPECT_TRUE(identity.identity());
  for (const Span span : AllSpans(5, true)) {
    EXPECT_EQ(identity.ToSource(span), span);
    EXPECT_EQ(identity.ToTarget(span), span);
  }
}

// 节(jié)约 -> 节约: the gloss of 6 bytes belongs to the character before it.
TEST(Alignment, RemovedGlossBelongsToTheCharacterBefore) {
  Alignment alignment;
  alignment.Add({3, 6, 3, 0});
  EXPECT_EQ(alignment.ToSource({0, 3}), (Span{0, 9}));
  EXPECT_EQ(alignment.ToSource({3, 6}), (Span{9, 12}));
  EXPECT_EQ(alignment.ToSource({0, 6}), (Span{0, 12}));
  EXPECT_EQ(alignment.ToSource({3, 3}), (Span{9, 9}));
  EXPECT_EQ(alignment.ToTarget({0, 3}), (Span{0, 3}));
  EXPECT_EQ(alignment.ToTarget({3, 9}), (Span{3, 3}));
  EXPECT_EQ(alignment.ToTarget({0, 12}), (Span{0, 6}));
}

// Ａ股 -> A股 (3 bytes to 1): a run is taken as a whole.
TEST(Alignment, PartOfARunIsTheWholeRun) {
  Alignment alignment;
  alignment.Add({0, 3, 0, 1});
  EXPECT_EQ(alignment.ToSource({0, 1}), (Span{0, 3}));
  EXPECT_EQ(alignment.ToSource({1, 4}), (Span{3, 6}));
  EXPECT_EQ(alignment.ToTarget({1, 2}), (Span{0, 1}));
  EXPECT_EQ(alignment.ToTarget({2, 4}), (Span{0, 2}));
}

TEST(Alignment, EmptyRunsAreNotRecorded) {
  Alignment alignment;
  alignment.Add({4, 0, 4, 0});
  EXPECT_TRUE(alignment.identity());
}

class GeneratedAlignment : public testing::TestWithParam<Edits> {
 protected:
  std::vector<Script> Scripts() const {
    std::mt19937 random(20241227);
    std::vector<Script> scripts;
    for (size_t i = 0; i < 200; ++i) scripts.push_back(MakeScript(random, 1 + i % 20, GetParam()));
    return scripts;
  }
};

TEST_P(GeneratedAlignment, AgreesWithTheOracle) {
  for (const Script& script : Scripts()) {
    const Alignment alignment = ToAlignment(script);
    for (const Span span : AllSpans(TargetSize(script), false)) {
      ASSERT_EQ(alignment.ToSource(span), OracleToSource(script, span));
    }
    for (const Span span : AllSpans(SourceSize(script), false)) {
      ASSERT_EQ(alignment.ToTarget(span), OracleToSource(Mirror(script), span));
    }
  }
}

TEST_P(GeneratedAlignment, IsTotalAndEmptyMapsToEmpty) {
  for (const Script& script : Scripts()) {
    const Alignment alignment = ToAlignment(script);
    for (const Span span : AllSpans(TargetSize(script), true)) {
      const Span source = alignment.ToSource(span);
      ASSERT_LE(source.begin, source.end);
      ASSERT_LE(source.end, SourceSize(script));
      if (span.empty()) {
        ASSERT_TRUE(source.empty());
      }
    }
  }
}

TEST_P(GeneratedAlignment, IsMonotone) {
  for (const Script& script : Scripts()) {
    const Alignment alignment = ToAlignment(script);
    const uint32_t size = TargetSize(script);
    for (uint32_t at = 0; at + 1 < size; ++at) {
      const Span here = alignment.ToSource({at, at + 1});
      const Span next = alignment.ToSource({at + 1, at + 2});
      ASSERT_LE(here.begin, next.begin);
      ASSERT_LE(here.end, next.end);
      ASSERT_LE(alignment.ToSource({at, at}).begin, alignment.ToSource({at + 1, at + 1}).begin);
    }
    for (const Span span : AllSpans(size, false)) {
      const Span whole = alignment.ToSource(span);
      ASSERT_TRUE(whole.Contains(alignment.ToSource({span.begin, span.begin + 1})));
      ASSERT_TRUE(whole.Contains(alignment.ToSource({span.end - 1, span.end})));
    }
  }
}

// Adjacent spans stay adjacent unless they cut a run, so a text cut in tokens stays cut in tokens.
TEST_P(GeneratedAlignment, SpansThatCutNoRunTile) {
  for (const Script& script : Scripts()) {
    const Alignment alignment = ToAlignment(script);
    uint32_t target = 0;
    for (const Atom& atom : script) {
      target += atom.target_size;
      if (target == 0 || target == TargetSize(script)) continue;
      ASSERT_EQ(alignment.ToSource({0, target}).end,
                alignment.ToSource({target, TargetSize(script)}).begin);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Scripts, GeneratedAlignment,
                         testing::Values(Edits::kReplacements, Edits::kReplacementsAndRemovals,
                                         Edits::kAll));

TEST(Alignment, ThereAndBackContains) {
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    const Script script = MakeScript(random, 20, Edits::kReplacementsAndRemovals);
    const Alignment alignment = ToAlignment(script);
    for (const Span span : AllSpans(TargetSize(script), false)) {
      ASSERT_TRUE(alignment.ToTarget(alignment.ToSource(span)).Contains(span));
    }
    // What was removed at the front of a source span is not in what the rest was made into.
    const Script kept = MakeScript(random, 20, Edits::kReplacements);
    const Alignment keeping = ToAlignment(kept);
    for (const Span span : AllSpans(SourceSize(kept), false)) {
      ASSERT_TRUE(keeping.ToSource(keeping.ToTarget(span)).Contains(span));
    }
  }
}

// A script whose source has exactly `size` bytes.
Script MakeScriptFor(std::mt19937& random, uint32_t size, Edits edits) {
  Script script;
  for (uint32_t used = 0; used < size;) {
    Atom atom = MakeScript(random, 1, edits).front();
    if (used + atom.source_size > size) atom = {1, 1, false};
    used += atom.source_size;
    script.push_back(atom);
  }
  return script;
}

TEST(Compose, HoldsWhatMappingTwiceGives) {
  std::mt19937 random(11);
  for (int i = 0; i < 500; ++i) {
    const Script ab = MakeScript(random, 15, Edits::kReplacementsAndRemovals);
    const Script bc = MakeScriptFor(random, TargetSize(ab), Edits::kReplacements);
    const Alignment first = ToAlignment(ab);
    const Alignment second = ToAlignment(bc);
    const Alignment both = Compose(first, second);
    for (const Span span : AllSpans(TargetSize(bc), false)) {
      ASSERT_TRUE(both.ToSource(span).Contains(first.ToSource(second.ToSource(span))));
    }
    for (const Span span : AllSpans(SourceSize(ab), false)) {
      ASSERT_TRUE(both.ToTarget(span).Contains(second.ToTarget(first.ToTarget(span))));
    }
  }
}

// One step's runs do not cut the other's: a later run spans whole atoms of the first step.
Script MakeNested(std::mt19937& random, const Script& ab, Edits edits) {
  Script script;
  for (size_t i = 0; i < ab.size();) {
    const size_t atoms = std::min<size_t>(random() % 3 + 1, ab.size() - i);
    uint32_t size = 0;
    for (size_t k = 0; k < atoms; ++k) size += ab[i + k].target_size;
    i += atoms;
    const uint32_t least = edits == Edits::kReplacements ? 1 : 0;
    if (size > 0 && random() % 2 == 0) {
      script.push_back({size, least + static_cast<uint32_t>(random() % 4), true});
    } else {
      script.insert(script.end(), size, Atom{1, 1, false});
    }
  }
  return script;
}

// True iff an end of the target span lies strictly inside a run.
bool Cuts(const Alignment& alignment, Span target) {
  return std::any_of(alignment.runs().begin(), alignment.runs().end(),
                     [target](const EditRun& run) {
                       const uint32_t end = run.target + run.target_size;
                       return (run.target < target.begin && target.begin < end) ||
                              (run.target < target.end && target.end < end);
                     });
}

TEST(Compose, EqualsMappingTwiceWhenRunsNest) {
  std::mt19937 random(13);
  for (const Edits edits : {Edits::kReplacements, Edits::kReplacementsAndRemovals, Edits::kAll}) {
    for (int i = 0; i < 1000; ++i) {
      const Script ab = MakeScript(random, 1 + i % 20, edits);
      const Script bc = MakeNested(random, ab, edits);
      const Alignment first = ToAlignment(ab);
      const Alignment second = ToAlignment(bc);
      const Alignment both = Compose(first, second);
      for (const Span span : AllSpans(TargetSize(bc), true)) {
        const Span middle = second.ToSource(span);
        const Span twice = first.ToSource(middle);
        if (!Cuts(second, span) && !Cuts(first, middle)) {
          ASSERT_EQ(both.ToSource(span), twice);
        } else if (!span.empty()) {
          ASSERT_TRUE(both.ToSource(span).Contains(twice));
        }
      }
    }
  }
}

TEST(Compose, IdentityIsNeutral) {
  std::mt19937 random(17);
  const Alignment some = ToAlignment(MakeScript(random, 40, Edits::kAll));
  EXPECT_EQ(Compose(some, Alignment{}).runs(), some.runs());
  EXPECT_EQ(Compose(Alignment{}, some).runs(), some.runs());
}

TEST(Compose, IsAssociative) {
  std::mt19937 random(19);
  for (int i = 0; i < 300; ++i) {
    const Script ab = MakeScript(random, 15, Edits::kReplacementsAndRemovals);
    const Script bc = MakeScriptFor(random, TargetSize(ab), Edits::kReplacementsAndRemovals);
    const Script cd = MakeScriptFor(random, TargetSize(bc), Edits::kReplacementsAndRemovals);
    const Alignment a = ToAlignment(ab);
    const Alignment b = ToAlignment(bc);
    const Alignment c = ToAlignment(cd);
    const Alignment left = Compose(Compose(a, b), c);
    const Alignment right = Compose(a, Compose(b, c));
    for (const Span span : AllSpans(TargetSize(cd), true)) {
      ASSERT_EQ(left.ToSource(span), right.ToSource(span));
    }
  }
}

}  // namespace
}  // namespace kaoju
