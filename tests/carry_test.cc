#include "store/carry.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

#include "extract/sentences.h"
#include "rules/hash.h"

namespace kaoju {
namespace {

StoredFact FactAt(const std::string& text, const std::string& words, const std::string& reading,
                  size_t from = 0) {
  const size_t at = text.find(words, from);
  EXPECT_NE(at, std::string::npos) << words;
  return {"figure",
          7,
          static_cast<int64_t>(at),
          static_cast<int64_t>(at + words.size()),
          words,
          reading,
          "money/amount"};
}

Judged See(const std::string& text, const StoredFact& f) {
  const Span passage =
      PassageOf(text, {static_cast<uint32_t>(f.start), static_cast<uint32_t>(f.end)});
  return {"a",          Sha256(text), f.kind, f.start, f.end,
          f.surface,    f.reading,    f.rule, "v1",    std::string(Slice(text, passage)),
          passage.begin};
}

struct Row {
  const char* name;
  std::string before;
  std::string after;
  std::string words;    // of the fact, in both
  std::string reading;  // what is read afterwards; empty: nothing
  Standing standing;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class CarryTest : public testing::TestWithParam<Row> {};

TEST_P(CarryTest, Table) {
  const Row& row = GetParam();
  const Judged judged = See(row.before, FactAt(row.before, row.words, "money(10)"));
  std::vector<StoredFact> facts;
  if (!row.reading.empty()) facts.push_back(FactAt(row.after, row.words, row.reading));
  const Carried carried = Carry(judged, row.after, Sha256(row.after), facts);
  EXPECT_EQ(NameOf(carried.standing), NameOf(row.standing));
  EXPECT_EQ(carried.n.has_value(),
            row.standing == Standing::kSame || row.standing == Standing::kMoved);
}

// clang-format off
const std::string kText = "公司去年盈利。研发费用10亿元。今年更多。";
INSTANTIATE_TEST_SUITE_P(Rows, CarryTest, testing::Values(
    Row{"Same", kText, kText, "10亿元", "money(10)", Standing::kSame},
    Row{"OtherReading", kText, kText, "10亿元", "money(11)", Standing::kRevalued},
    Row{"NoLongerRead", kText, kText, "10亿元", "", Standing::kVanished},
    Row{"Moved", kText, "据报道，公司去年盈利。研发费用10亿元。", "10亿元", "money(10)", Standing::kMoved},
    Row{"MovedAndOtherReading", kText, "新增。研发费用10亿元。", "10亿元", "money(11)", Standing::kRevalued},
    Row{"MovedAndNoLongerRead", kText, "新增。研发费用10亿元。", "10亿元", "", Standing::kVanished},
    Row{"Twice", kText, "研发费用10亿元。研发费用10亿元。", "10亿元", "money(10)", Standing::kAmbiguous},
    Row{"SentenceChanged", kText, "研发费用约10亿元。", "10亿元", "money(10)", Standing::kVanished},
    Row{"PartOfAnotherSentence", kText, "没有人认为，研发费用10亿元。", "10亿元", "money(10)", Standing::kVanished},
    Row{"SentenceGoesOn", "研发费用10亿元", "研发费用10亿元的说法不实", "10亿元", "money(10)", Standing::kVanished}),
    [](const auto& row) { return row.param.name; });
// clang-format on

TEST(Passage, IsWholeSentences) {
  const std::string text = "甲说好。乙说不好。丙走了。";
  EXPECT_EQ(Slice(text, PassageOf(text, {3, 6})), "甲说好。");
  EXPECT_EQ(Slice(text, PassageOf(text, {3, 15})), "甲说好。乙说不好。");
}

// Articles of few different sentences, edited at random and read with rules that change: whatever
// carries over must be what was judged, word for word, and nothing that stayed may be lost.
class Histories {
 public:
  explicit Histories(uint32_t seed) : random_(seed) {}

  void Run() {
    for (int i = 0; i < 6; ++i) sentences_.push_back(Pick());
    for (int step = 0; step < 8; ++step) {
      Read();
      for (const Judged& judged : verdicts_) Check(judged);
      if (!facts_.empty()) verdicts_.push_back(See(text_, facts_[random_() % facts_.size()]));
      Edit();
    }
  }

  int held = 0;
  int open = 0;

 private:
  std::string Pick() {
    static const std::array<std::string, 6> kSubjects = {"甲公司", "乙公司",       "丙",
                                                         "",       "有人说甲公司", "“甲公司"};
    static const std::array<std::string, 4> kAmounts = {"10亿元", "11亿元", "10亿美元", "不少钱"};
    static const std::array<std::string, 4> kEnds = {"。", "！", "，大家不信。", "。”"};
    return kSubjects[random_() % 6] + "盈利" + kAmounts[random_() % 4] + kEnds[random_() % 4];
  }

  void Edit() {
    const size_t at = random_() % (sentences_.size() + 1);
    switch (random_() % 4) {
      case 0:
        sentences_.insert(sentences_.begin() + static_cast<ptrdiff_t>(at), Pick());
        break;
      case 1:
        if (at < sentences_.size() && sentences_.size() > 1)
          sentences_.erase(sentences_.begin() + static_cast<ptrdiff_t>(at));
        break;
      case 2:
        if (at < sentences_.size()) sentences_[at] = Pick();
        break;
      default:
        ++rules_;
    }
  }

  // Rules of version n read some amounts otherwise, or not at all.
  void Read() {
    text_.clear();
    for (const std::string& s : sentences_) text_ += s;
    facts_.clear();
    for (const std::string words : {"10亿元", "11亿元", "10亿美元", "10亿"}) {
      if (Sha256(words + std::to_string(rules_ / 2))[0] == '0') continue;
      for (size_t at = text_.find(words); at != std::string::npos; at = text_.find(words, at + 1)) {
        facts_.push_back(
            {"figure", static_cast<int64_t>(facts_.size()), static_cast<int64_t>(at),
             static_cast<int64_t>(at + words.size()), words,
             "money(" + std::to_string(Sha256(words + std::to_string(rules_))[0] % 3) + ")", "r"});
      }
    }
  }

  void Check(const Judged& judged) {
    const Carried carried = Carry(judged, text_, Sha256(text_), facts_);
    if (!carried.n) {
      ++open;
      // What has not changed at all is not lost.
      for (const StoredFact& f : facts_) {
        EXPECT_FALSE(judged.text_sha256 == Sha256(text_) && f.start == judged.start &&
                     f.end == judged.end && f.reading == judged.reading);
      }
      return;
    }
    ++held;
    const StoredFact& f = facts_[static_cast<size_t>(*carried.n)];
    const Judged now = See(text_, f);
    EXPECT_EQ(now.passage, judged.passage);
    EXPECT_EQ(now.start - now.passage_start, judged.start - judged.passage_start);
    EXPECT_EQ(f.surface, judged.surface);
    EXPECT_EQ(f.reading, judged.reading);
  }

  std::mt19937 random_;
  std::vector<std::string> sentences_;
  std::string text_;
  int rules_ = 0;
  std::vector<StoredFact> facts_;
  std::vector<Judged> verdicts_;
};

TEST(Carry, TenThousandHistoriesWithoutAWrongAttachment) {
  int held = 0;
  int open = 0;
  for (uint32_t seed = 0; seed < 10000; ++seed) {
    Histories histories(seed);
    histories.Run();
    held += histories.held;
    open += histories.open;
    if (testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(held, 20000);
  EXPECT_GT(open, 20000);
}

}  // namespace
}  // namespace kaoju
