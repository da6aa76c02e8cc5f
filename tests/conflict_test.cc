// Conflicts: the policy in its order, and against a plain twin.
#include "extract/conflict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "tests/rules_fixture.h"

namespace kaoju {
namespace {

using testing_rules::Rules;

// The n-th rule of this priority.
uint32_t RuleOf(int priority, size_t n = 0) {
  for (size_t i = 0; i < Rules().rules().size(); ++i) {
    if (Rules().rules()[i].priority == priority && n-- == 0) return static_cast<uint32_t>(i);
  }
  ADD_FAILURE() << "no rule of priority " << priority;
  return 0;
}

Proposal Over(Span domain, uint32_t rule) {
  Proposal p;
  p.rule = rule;
  p.domain = p.span = domain;
  return p;
}

// "0 0 2": by each proposal, the one that stands in its place.
std::string Settled(const std::vector<Proposal>& proposals) {
  std::string out;
  std::vector<size_t> settled;
  SettleConflicts(proposals, Rules(), settled);
  for (size_t i : settled) out += (out.empty() ? "" : " ") + std::to_string(i);
  return out;
}

TEST(ConflictTest, NoneAndOne) {
  EXPECT_EQ(Settled({}), "");
  EXPECT_EQ(Settled({Over({3, 9}, 0)}), "0");
}

TEST(ConflictTest, ApartBothStand) {
  EXPECT_EQ(Settled({Over({0, 3}, 0), Over({3, 6}, 0)}), "0 1");
}

TEST(ConflictTest, PriorityBeatsLength) {
  EXPECT_EQ(Settled({Over({0, 30}, RuleOf(0)), Over({3, 6}, RuleOf(1))}), "1 1");
  EXPECT_EQ(Settled({Over({0, 30}, RuleOf(-1)), Over({3, 6}, RuleOf(0))}), "1 1");
}

TEST(ConflictTest, LengthBeatsTheOrderOfRules) {
  EXPECT_EQ(Settled({Over({0, 6}, RuleOf(0, 0)), Over({0, 9}, RuleOf(0, 1))}), "1 1");
}

TEST(ConflictTest, TheOrderOfRulesBeatsThePlace) {
  EXPECT_EQ(Settled({Over({0, 6}, RuleOf(0, 1)), Over({3, 9}, RuleOf(0, 0))}), "1 1");
}

TEST(ConflictTest, ThePlaceDecidesLast) {
  EXPECT_EQ(Settled({Over({3, 9}, RuleOf(0)), Over({0, 6}, RuleOf(0))}), "1 1");
  EXPECT_EQ(Settled({Over({0, 6}, RuleOf(0)), Over({0, 6}, RuleOf(0))}), "0 0");
}

TEST(ConflictTest, WhatLostTakesNothing) {
  EXPECT_EQ(Settled({Over({0, 9}, RuleOf(0)), Over({6, 12}, RuleOf(0)), Over({9, 12}, RuleOf(0))}),
            "0 0 2");
}

// The twin: who beats whom, one after the other.
std::vector<bool> Standing(const std::vector<Proposal>& all) {
  std::vector<size_t> order(all.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto beats = [&](size_t a, size_t b) {
    const auto key = [&](size_t i) {
      return std::tuple(-Rules().rules()[all[i].rule].priority,
                        -static_cast<int>(all[i].domain.size()), all[i].rule, all[i].domain.begin,
                        i);
    };
    return key(a) < key(b);
  };
  std::sort(order.begin(), order.end(), beats);
  std::vector<bool> stands(all.size(), false);
  for (size_t i : order) {
    stands[i] = true;
    for (size_t k = 0; k < all.size(); ++k) {
      if (k != i && stands[k] && all[k].domain.Overlaps(all[i].domain)) stands[i] = false;
    }
  }
  return stands;
}

TEST(ConflictTest, AgreesWithTheTwin) {
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Proposal> all;
    for (size_t n = random() % 12; n > 0; --n) {
      const auto begin = static_cast<uint32_t>(random() % 30);
      all.push_back(Over({begin, begin + 1 + static_cast<uint32_t>(random() % 8)},
                         static_cast<uint32_t>(random() % Rules().rules().size())));
    }
    std::vector<size_t> settled;
    SettleConflicts(all, Rules(), settled);
    const std::vector<bool> stands = Standing(all);
    ASSERT_EQ(settled.size(), all.size());
    for (size_t i = 0; i < all.size(); ++i) {
      ASSERT_EQ(settled[i] == i, stands[i]);
      ASSERT_TRUE(stands[settled[i]]) << "lost to a loser";
      ASSERT_TRUE(all[settled[i]].domain.Overlaps(all[i].domain));
    }
  }
}

}  // namespace
}  // namespace kaoju
