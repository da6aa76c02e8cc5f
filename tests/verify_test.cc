#include "store/verify.h"

#include <SQLiteCpp/Database.h>

#include <fstream>
#include <vector>

#include "rules/error.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

std::vector<std::string> ProblemsOf(const std::string& path) {
  std::vector<std::string> out;
  const Verified v =
      Verify(path, [&](const Problem& p) { out.push_back(p.where + ": " + p.what); });
  EXPECT_EQ(v.problems, static_cast<int64_t>(out.size()));
  return out;
}

struct Damage {
  const char* name;
  const char* sql;
  const char* problem;  // the only one; nullptr: there is none
};

void PrintTo(const Damage& d, std::ostream* out) { *out << d.name; }

class VerifyTest : public StoreTest, public testing::WithParamInterface<Damage> {};

TEST_P(VerifyTest, FindsIt) {
  {
    Store store = Store::Open(Path());
    std::vector<RuleRow> rules;
    for (const char* id : {"person/name", "product/lexicon", "time/none", "money/amount",
                           "claim/said", "relation/product"})
      rules.push_back({id, "v1", "a", "match x\n"});
    store.SaveRules("r1", rules);
    const int64_t run = store.BeginRun({"r1", "0.1.0", {"a.jsonl"}});
    store.Save(run, MakeArticle("a"), MakeExtraction(), "r1");
    store.EndRun(run, {1, 1, 0, 0, 0, 7});
  }
  ASSERT_EQ(ProblemsOf(Path()), std::vector<std::string>());
  SQLite::Database(Path(), SQLite::OPEN_READWRITE).exec(GetParam().sql);
  EXPECT_EQ(ProblemsOf(Path()), std::vector<std::string>{GetParam().problem});
}

// clang-format off
const Damage kDamages[] = {
    {"Hash", "UPDATE article SET text_sha256 = 'x'", "article a: its text differs from its hash"},
    {"Outside", "UPDATE claim SET content_end = 4711 WHERE n = 0", "article a, claim 0: bytes 18..4711 are not within the text of 53 bytes"},
    {"Negative", "UPDATE claim SET cue_start = -1 WHERE n = 0", "article a, claim 0: bytes -1..15 are not within the text of 53 bytes"},
    {"Backwards", "UPDATE claim SET cue_start = 18 WHERE n = 0", "article a, claim 0: bytes 18..15 are not within the text of 53 bytes"},
    {"Cut", "UPDATE claim SET source_end = 8 WHERE n = 0", "article a, claim 0: bytes 0..8 cut a character"},
    {"Words", "UPDATE mention SET surface = '王' WHERE n = 0", "article a, mention 0: bytes 0..9 read '李开复', not '王'"},
    {"Repair", "UPDATE repair SET before_text = '王'", "article a, repair 0: bytes 0..3 read '李', not '王'"},
    {"Value", "UPDATE figure SET value_min = 'ten'", "article a, figure 0: its value does not read as a decimal"},
    {"Range", "UPDATE figure SET value_max = '1'", "article a, figure 0: its value runs from 1000000000 down to 1"},
    {"Rule", "DELETE FROM rule WHERE id = 'money/amount'", "rule money/amount: its text is not kept, but a figure was found by it"},
    {"Orphan", "PRAGMA foreign_keys = OFF; UPDATE time SET article = 9", "table time: a row refers to a missing row of article"},
    {"Counts", "UPDATE run SET docs = 2", "run 1: its counts do not add up to its documents"},
    {"Unfinished", "UPDATE run SET complete = 0", "run 1: it did not come to its end; start it again to go on"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Rows, VerifyTest, testing::ValuesIn(kDamages),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(StoreTest, VerifyRefusesADamagedFile) {
  Store::Open(Path());
  {
    std::fstream file(Path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(0);
    file << "no database";
  }
  EXPECT_THROW(ProblemsOf(Path()), IoError);
}

}  // namespace
}  // namespace kaoju
