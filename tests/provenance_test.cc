// The bytes that articles were read from: where they stood, and kept as they were.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "rules/error.h"
#include "store/raw_bytes.h"
#include "tests/cli_fixture.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

using testing_cli::CliTest;
using testing_cli::Has;
using testing_cli::Line;
using testing_cli::Lines;
using testing_cli::Outcome;

TEST(RawBytes, ComeBackAsTheyWere) {
  std::mt19937 random(20241205);
  for (const size_t size : {0, 1, 100, 70000, 3000000}) {
    std::string bytes(size, '\0');
    for (char& c : bytes) c = static_cast<char>(size == 3000000 ? 'x' : random());
    const std::string packed = PackRaw(bytes);
    EXPECT_FALSE(packed.empty());
    EXPECT_TRUE(UnpackRaw(packed, static_cast<int64_t>(size)) == bytes);
    EXPECT_THROW(UnpackRaw(packed, static_cast<int64_t>(size) + 1), Error);
    EXPECT_THROW(UnpackRaw(packed, -1), Error);
    for (size_t cut = 0; cut < packed.size(); cut += 1 + packed.size() / 7)
      EXPECT_THROW(UnpackRaw(packed.substr(0, cut), static_cast<int64_t>(size)), Error) << size;
  }
}

TEST(RawBytes, AFalseSizeReservesNoMemory) {
  // A frame that promises 2^56 bytes and holds none.
  const std::string frame("\x28\xB5\x2F\xFD\xE0\x00\x00\x00\x00\x00\x00\x00\x01\x01\x00\x00", 16);
  EXPECT_THROW(UnpackRaw(frame, int64_t{1} << 56), Error);
}

class ProvenanceTest : public CliTest {
 protected:
  Outcome RawOf(const std::string& article, const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"show", "raw", "--db", Path("f.db"), "--article", article};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }
  void Fill(const std::vector<std::string>& args) {
    std::vector<std::string> all = {"run", "-q", "--db", Path("f.db")};
    all.insert(all.end(), args.begin(), args.end());
    const Outcome o = Run(all);
    ASSERT_EQ(o.code, 0) << o.err;
  }
};

TEST_F(ProvenanceTest, BytesAreKeptWhereTheyAreWanted) {
  const std::string lines = Line("a", "澜桥控股发布年报。") + "\n" + Line("b", "青鹭登陆。");
  // GB18030: 澜桥控股今天发布年报。 is not UTF-8 in the file.
  const std::string page =
      "<html><head><meta charset=gb18030><title>x</title></head><body><p>\xBD\xF1\xCC\xEC"
      "\xB7\xA2\xB2\xBC</p></body></html>";
  const std::string in = Gzip("in.jsonl.gz", lines);
  const std::string html = File("page.html", page);
  Fill({in, html, "--keep-raw", "-j2"});
  EXPECT_EQ(RawOf("a").out + "\n", Lines(lines)[0] + "\n");
  EXPECT_EQ(RawOf("b").out, Lines(lines)[2]);
  EXPECT_EQ(RawOf(html).out, page);
  EXPECT_EQ(RawOf("nobody").code, 4);
  const std::string shown = Run({"show", "provenance", "--db", Path("f.db"), "--article", "b"}).out;
  EXPECT_TRUE(Has(shown, "in.jsonl.gz") && Has(shown, "     3  ") && Has(shown, "yes")) << shown;
  EXPECT_EQ(Run({"verify", "--db", Path("f.db")}).code, 0);
  EXPECT_EQ(Run({"show", "raw", "--db", Path("f.db")}).code, 1);
  EXPECT_EQ(Run({"show", "facts", "--db", Path("f.db"), "--revision", "1"}).code, 1);
}

TEST_F(ProvenanceTest, BytesCanBeAskedForLater) {
  const std::string in = File("in.jsonl", Line("a", "澜桥控股发布年报。"));
  Fill({in});
  const Outcome none = RawOf("a");
  EXPECT_EQ(none.code, 4);
  EXPECT_TRUE(
      Has(none.err, "its bytes are not kept (kaoju run --keep-raw); they stood in " + in + ", 1"))
      << none.err;
  Fill({in, "--keep-raw"});
  EXPECT_EQ(RawOf("a").out, Lines(Line("a", "澜桥控股发布年报。"))[0]);
  EXPECT_EQ(CountOf(Path("f.db"), "SELECT replaced + added FROM run WHERE id = 2"), 0);
  Fill({in, "--keep-raw"});
  Fill({in});
  EXPECT_EQ(RawOf("a").code, 0) << "bytes that are kept stay";
}

TEST_F(ProvenanceTest, OlderTextsKeepTheirBytes) {
  const std::string before = Line("a", "澜桥控股发布年报，营业收入为3亿元。");
  const std::string after = Line("a", "澜桥控股发布年报，营业收入为5亿元。");
  Fill({File("in.jsonl", before), "--keep-raw"});
  Fill({File("in.jsonl", after), "--keep-raw"});
  EXPECT_EQ(RawOf("a").out + "\n", after);
  EXPECT_EQ(RawOf("a", {"--revision", "1"}).out + "\n", before);
  EXPECT_EQ(RawOf("a", {"--revision", "2"}).code, 4);
  EXPECT_EQ(Run({"verify", "--db", Path("f.db")}).code, 0);
  ASSERT_EQ(Run({"merge", "-q", "--into", Path("m.db"), Path("f.db"), Path("f.db")}).code, 0);
  EXPECT_EQ(Run({"verify", "--db", Path("m.db")}).code, 0);
  EXPECT_EQ(Run({"dump", "--db", Path("m.db")}).out, Run({"dump", "--db", Path("f.db")}).out);
  EXPECT_EQ(Run({"show", "raw", "--db", Path("m.db"), "--article", "a", "--revision", "1"}).out,
            RawOf("a", {"--revision", "1"}).out);
}

TEST_F(ProvenanceTest, VerifyReadsKeptBytesAgain) {
  Fill({File("in.jsonl", Line("a", "澜桥控股发布年报。")), "--keep-raw"});
  struct Row {
    const char* damage;
    const char* says;
  };
  for (const Row& row : std::vector<Row>{
           {"UPDATE raw SET bytes = x'28b52ffd'", "not as many as they should be"},
           {"UPDATE provenance SET size = size + 1", "not as many as they should be"},
           {"UPDATE raw SET bytes = CAST(substr(bytes, 1, length(bytes) - 3) AS BLOB)", "damaged"},
           {"UPDATE provenance SET text_sha256 = 'x'", "those of a text that it never had"}}) {
    fs::copy_file(Path("f.db"), Path("g.db"), fs::copy_options::overwrite_existing);
    SQLite::Database(Path("g.db"), SQLite::OPEN_READWRITE).exec(row.damage);
    const Outcome o = Run({"verify", "--db", Path("g.db")});
    EXPECT_EQ(o.code, 2) << row.damage;
    EXPECT_TRUE(Has(o.out, row.says)) << row.damage << ": " << o.out;
  }
}

}  // namespace
}  // namespace kaoju
