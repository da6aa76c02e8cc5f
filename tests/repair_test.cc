// Pinyin glosses: which are damage, which are not.
#include "ingest/repair.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rules/error.h"

namespace kaoju {
namespace {

const std::string kFoldDir = std::string(KAOJU_SOURCE_DIR) + "/rules/fold";

const ReadingTable& Readings() {
  static const ReadingTable table = ReadingTable::Load(kFoldDir, FoldMap::Load(kFoldDir));
  return table;
}

std::vector<Repair> Glosses(const std::string& text) {
  static const Surveyor surveyor(kFoldDir, FoldMap::Load(kFoldDir));
  return FindGlosses(text, surveyor.Look(text), Readings());
}

// The repairs, as "before>after", separated by spaces.
std::string Print(const std::vector<Repair>& repairs) {
  std::string out;
  for (const Repair& repair : repairs) {
    out += (out.empty() ? "" : " ") + repair.before + ">" + repair.after;
  }
  return out;
}

struct Row {
  const char* name;
  std::string text;
  std::string repairs;
};

class GlossTest : public testing::TestWithParam<Row> {};

TEST_P(GlossTest, Finds) {
  const std::vector<Repair> repairs = Glosses(GetParam().text);
  EXPECT_EQ(Print(repairs), GetParam().repairs);
  for (const Repair& repair : repairs) {
    EXPECT_EQ(repair.kind, "pinyin-gloss");
    EXPECT_EQ(Slice(GetParam().text, repair.source), repair.before);
  }
}

constexpr char kTwo[] = "節(jié)內(nèi)";

INSTANTIATE_TEST_SUITE_P(
    Table, GlossTest,
    testing::Values(
        Row{"Three", "節(jié)，內(nèi)續(xù)", "節(jié)>節 內(nèi)>內 續(xù)>續"},
        Row{"TwoAreExplanations", kTwo, ""},
        Row{"WideBrackets", "節（jié）內(nèi)穩（wěn）", "節（jié）>節 內(nèi)>內 穩（wěn）>穩"},
        Row{"Simplified", "节(jié)内(nèi)续(xù)", "节(jié)>节 内(nèi)>内 续(xù)>续"},
        Row{"Polyphones", "數(shǔ)數(shù)調(tiáo)調(diào)",
            "數(shǔ)>數 數(shù)>數 調(tiáo)>調 調(diào)>調"},
        Row{"Umlaut", "綠(lǜ)女(nǚ)律(lǜ)", "綠(lǜ)>綠 女(nǚ)>女 律(lǜ)>律"},
        Row{"CombiningMarks", "節(jie\u0301)內(ne\u0300i)續(xu\u0300)",
            "節(jie\u0301)>節 內(ne\u0300i)>內 續(xu\u0300)>續"},
        Row{"LongestSyllable", std::string(kTwo) + "裝(zhuāng)",
            "節(jié)>節 內(nèi)>內 裝(zhuāng)>裝"},
        Row{"WrongReading", std::string(kTwo) + "節(nèi)", ""},
        Row{"WrongTone", std::string(kTwo) + "續(xū)", ""},
        Row{"NoTone", std::string(kTwo) + "續(xu)", ""},
        Row{"NoHan", std::string(kTwo) + "A(xù) (xù) ，(xù)", ""},
        Row{"NoClosing", std::string(kTwo) + "續(xù", ""},
        Row{"Empty", std::string(kTwo) + "續()續(", ""},
        Row{"Spaces", std::string(kTwo) + "續( xù )", ""},
        Row{"English", "公司(company)協會(café)中心(naïve)隊(résumé)", ""},
        Row{"Toneless", "關(guan) 於(yu) 發(fa)展", "關(guan) >關 於(yu) >於 發(fa)>發"},
        Row{"TonelessUmlaut", "女(nv)旅(lv)綠(lv)", "女(nv)>女 旅(lv)>旅 綠(lv)>綠"},
        Row{"TonelessAmongOthers", "關(guan)於(yu)發(fa)展(exhibit)隊(team)", ""},
        Row{"AtTheStart", "(jié)(nèi)(xù)", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(GlossTest, BrokenReadingsAreRefused) {
  const std::string dir = testing::TempDir() + "/repair_test";
  std::filesystem::create_directories(dir);
  for (const char* rows : {"数\n", "数\tshu\n", "数\tshù,shǔ\n", "数字\tshù\n", "\tshù\n"}) {
    std::ofstream(dir + "/readings.tsv") << rows;
    EXPECT_THROW(ReadingTable::Load(dir, FoldMap{}), RulesError) << rows;
  }
  EXPECT_THROW(ReadingTable::Load(dir + "/absent", FoldMap{}), RulesError);
}

// The real damaged article: all of its glosses, and nothing else.
TEST(GlossTest, DamagedArticle) {
#ifdef KAOJU_SHARED_DIR
  const std::filesystem::path seed = std::filesystem::path(KAOJU_SHARED_DIR) / "gold/seed";
#else
  const std::filesystem::path seed =
      std::filesystem::path(KAOJU_SOURCE_DIR).parent_path() / "shared/gold/seed";
#endif
  std::ifstream text_file(seed / "text.txt");
  std::ifstream damage_file(seed / "damage.jsonl");
  if (!text_file || !damage_file) GTEST_SKIP() << seed << " is not here";
  const std::string text{std::istreambuf_iterator<char>(text_file), {}};
  const auto number = [](const std::string& line, const std::string& key) {
    const size_t at = line.find("\"" + key + "\": ");
    return std::stoul(line.substr(at + key.size() + 4));
  };
  std::set<std::pair<size_t, size_t>> expected;
  std::string line;
  while (std::getline(damage_file, line)) {
    if (line.find("\"pinyin-gloss\"") == std::string::npos) continue;
    expected.emplace(number(line, "start"), number(line, "end"));
  }
  std::set<std::pair<size_t, size_t>> found;
  for (const Repair& r : Glosses(text)) found.emplace(r.source.begin, r.source.end);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace kaoju
