// Groups of articles that say the same, and the texts that articles had before.
#include "store/duplicates.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "ingest/line_reader.h"
#include "store/query.h"
#include "store/revision.h"
#include "tests/cli_fixture.h"

namespace kaoju {
namespace {

using testing_cli::CliTest;
using testing_cli::Has;
using testing_cli::Outcome;

const std::string kStory =
    "澜桥控股今天发布年报，营业收入为三亿元，比去年多。公司表示，明年将继续投入研发，并在北方开设两"
    "家新厂。"
    "董事会同时宣布，将向股东派发股息，每股一元二角，并计划在年内回购部分股份，以稳定股价。";
const std::string kOther =
    "台风青鹭昨晚在南部沿海登陆，当地已经转移居民一万二千人，学校停课，渔船全部回港避风，铁路部门停"
    "运多趟列车，"
    "气象台预计未来两天仍有大到暴雨，提醒市民注意防范次生灾害。";

std::string Article(const std::string& id, const std::string& published, const std::string& title,
                    const std::string& text) {
  return R"({"id":")" + id + R"(","published":")" + published + R"(","title":")" + title +
         R"(","text":")" + text + "\"}\n";
}

class DuplicatesTest : public CliTest {
 protected:
  void Load(const std::string& lines) {
    const Outcome o = Run({"run", "-q", File("in.jsonl", lines), "--db", Path("f.db")});
    ASSERT_EQ(o.code, 0) << o.err;
  }
  std::vector<std::string> Groups() {
    const Outcome o = Run({"duplicates", "--db", Path("f.db")});
    EXPECT_EQ(o.code, 0) << o.err;
    std::vector<std::string> out;
    for (const DuplicateRow& row : Query::Open(Path("f.db")).Duplicates("", 0))
      out.push_back(row.lead + " " + row.article + " " + row.kind);
    return out;
  }
};

TEST_F(DuplicatesTest, GroupsAroundTheEarliest) {
  const std::string traditional =
      "瀾橋控股今天發佈年報，營業收入為三億元，比去年多。公司表示，明年將繼續投入研發，並在北方開設"
      "兩家新廠。"
      "董事會同時宣佈，將向股東派發股息，每股一元二角，並計劃在年內回購部分股份，以穩定股價。";
  Load(Article("later", "2024-05-07", "年报", kStory) +
       Article("first", "2024-05-06 08:00", "年报", kStory) +
       Article("hant", "2024-05-06 09:00", "年報", traditional) +
       Article("longer", "2024-05-08", "别的题",
               "虚构网讯 " + kStory + "另据报道，该公司股价昨日上涨。") +
       Article("excerpt", "2024-05-09", "短讯", kStory.substr(0, 165)) +
       Article("other", "2024-05-06", "台风", kOther));
  EXPECT_EQ(Groups(),
            (std::vector<std::string>{"first first lead", "first hant same", "first later same",
                                      "first longer near", "first excerpt excerpt"}));
  const Outcome show = Run({"show", "duplicates", "--db", Path("f.db"), "--article", "hant"});
  EXPECT_TRUE(Has(show.out, "later")) << show.out;
}

TEST_F(DuplicatesTest, NoStoreIsMade) {
  const Outcome o = Run({"duplicates", "--db", Path("absent.db")});
  EXPECT_EQ(o.code, 4);
  EXPECT_TRUE(Has(o.err, "absent.db: the file does not exist")) << o.err;
  EXPECT_FALSE(testing_cli::fs::exists(Path("absent.db")));
}

// A figure that is reprinted is reported once.
TEST_F(DuplicatesTest, ReprintsAreNotIndependent) {
  const std::string fact = "2023年昆明市财政收入3亿元。";
  Load(Article("a", "2024-05-06", "年报", fact + kStory) +
       Article("b", "2024-05-06", "年报", fact + kStory) +
       Article("c", "2024-05-06", "台风", fact + kOther));
  Groups();
  const Outcome o = Run({"show", "timeline", "--db", Path("f.db"), "--name", "昆明市"});
  EXPECT_TRUE(std::regex_search(o.out, std::regex(R"(3\s+0\s+2\s+2024-05-06)"))) << o.out;
}

TEST_F(DuplicatesTest, OnlyWhatIsNewIsRead) {
  Load(Article("a", "2024-05-06", "年报", kStory) + Article("b", "2024-05-06", "台风", kOther) +
       Article("short", "2024-05-06", "", "好。"));
  EXPECT_TRUE(Groups().empty());
  EXPECT_EQ(Duplicates::Open(Path("f.db")).without(), 0);
  Load(Article("c", "2024-05-07", "年报", kStory) + Article("b", "2024-05-06", "台风", kStory));
  EXPECT_EQ(Duplicates::Open(Path("f.db")).without(), 2);
  EXPECT_EQ(Groups(), (std::vector<std::string>{"a a lead", "a b same", "a c same"}));
}

// One headline may stand over two texts that share some words; of another day it is another story.
TEST_F(DuplicatesTest, HeadlineAndDay) {
  const std::string third =
      "竹林镇图书馆下月重新开放，新馆藏书十六万册，设有儿童阅览室和自习室，周末延长至晚上九点闭馆，"
      "读者可以在网上预约座位，"
      "也可以用社保卡借书，逾期不再收费。";
  const std::string some = kStory.substr(0, 165);
  Load(Article("a", "2024-05-06", "澜桥控股发布年报", kStory) +
       Article("b", "2024-05-06 18:00", "澜桥控股发布年报", some + kOther) +
       Article("c", "2024-05-07", "澜桥控股发布年报", some + third));
  EXPECT_EQ(Groups(), (std::vector<std::string>{"a a lead", "a b story"}));
}

TEST(RevisionTest, Kinds) {
  EXPECT_EQ(KindOfRevision("甲，乙。", "甲 乙", 0), "layout");
  EXPECT_EQ(KindOfRevision(kStory, kStory + "完", 0), "typo");
  EXPECT_EQ(KindOfRevision(kStory, kStory + kOther, 0), "update");
  EXPECT_EQ(KindOfRevision(kStory, "今日消息：" + kStory, 2), "correction");
  EXPECT_EQ(KindOfRevision(kStory, kOther, 9), "update");
  EXPECT_EQ(KindOfRevision("", kStory, 0), "update");
  std::string long_one;
  for (int i = 0; i < 3000; ++i) long_one += kStory;
  EXPECT_EQ(KindOfRevision("甲" + long_one + "乙", "丙" + kOther + long_one + "丁", 0), "update");
}

TEST_F(DuplicatesTest, RevisionsAreKept) {
  std::string corrected = kStory;
  corrected.replace(corrected.find("三亿元"), 9, "五亿元");
  Load(Article("a", "2024-05-06", "年报", kStory));
  Load(Article("a", "2024-05-06", "年报", kStory + "\\n"));
  Load(Article("a", "2024-05-06", "年报（更正）", corrected));
  Load(Article("a", "2024-05-06", "年报（更正）", corrected));
  std::string shown;
  for (const RevisionRow& row : Query::Open(Path("f.db")).Revisions("a", 0))
    shown += std::to_string(row.n) + " " + row.change + " " + row.title + "\n";
  EXPECT_EQ(shown, "1 layout 年报\n2 correction 年报\n");
  EXPECT_TRUE(Has(Run({"dump", "--db", Path("f.db")}).out, "\"table\":\"revision\""));
  EXPECT_EQ(Run({"verify", "--db", Path("f.db")}).code, 0);
  EXPECT_TRUE(Has(Run({"show", "revisions", "--db", Path("f.db")}).out, "correction"));
}

// Versions of one story against each other, and against those of all others.
TEST_F(DuplicatesTest, RealRevisions) {
  const std::string path =
      std::string(KAOJU_SOURCE_DIR) + "/../shared/data/revisions/rthk_revisions.jsonl.gz";
  if (!testing_cli::fs::exists(path)) GTEST_SKIP() << path << " is not here";
  LineReader lines(path);
  std::ofstream in(Path("versions.jsonl"), std::ios::binary);
  std::map<std::string, size_t> versions;
  std::string line;
  for (bool fits = true; lines.Next(1 << 24, line, fits);) {
    rapidjson::Document json;
    json.Parse(line.c_str());
    for (auto& version : json["versions"].GetArray()) {
      rapidjson::StringBuffer buffer;
      rapidjson::Writer<rapidjson::StringBuffer> out(buffer);
      const std::string story = json["id"].GetString();
      out.StartObject();
      out.Key("id");
      out.String((story + "#" + std::to_string(versions[story]++)).c_str());
      out.Key("published");
      json["published"].Accept(out);
      for (const char* key : {"title", "text"}) {
        out.Key(key);
        version[key].Accept(out);
      }
      out.EndObject();
      in << buffer.GetString() << "\n";
    }
  }
  in.close();
  ASSERT_EQ(Run({"run", "-q", Path("versions.jsonl"), "--db", Path("f.db")}).code, 0);
  Groups();
  size_t all = 0;
  for (const auto& [story, count] : versions) all += count * (count - 1) / 2;
  std::map<std::string, std::map<std::string, size_t>> groups;  // lead, story
  for (const DuplicateRow& row : Query::Open(Path("f.db")).Duplicates("", 0))
    ++groups[row.lead][row.article.substr(0, row.article.find('#'))];
  size_t right = 0;
  size_t wrong = 0;
  for (const auto& [lead, stories] : groups) {
    size_t members = 0;
    for (const auto& [story, count] : stories) {
      right += count * (count - 1) / 2;
      wrong += members * count;
      members += count;
    }
  }
  std::printf("%zu of %zu pairs of versions are in one group, and %zu pairs of other stories\n",
              right, all, wrong);
  EXPECT_GE(static_cast<double>(right), 0.98 * static_cast<double>(all));
}

}  // namespace
}  // namespace kaoju
