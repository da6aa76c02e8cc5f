// Documents as rows of tables.
#include "ingest/table_rows.h"

#include <gtest/gtest.h>

#include <string>

#include "ingest/byte_stream.h"
#include "tests/fuzz_target.h"

namespace kaoju {
namespace {

// "line:id|title|bytes" or "line!problem" of each document, separated by " & ".
std::string ReadAll(const std::string& table, Limits limits = {}) {
  const auto source = ReadTableRows(LineReader(FromMemory(table)), limits);
  std::string out;
  for (RawDocument raw; source->Next(raw); raw = {}) {
    if (!out.empty()) out += " & ";
    out += std::to_string(raw.line);
    out += raw.problem.empty() ? ":" + raw.meta.id + "|" + raw.meta.title + "|" + raw.bytes
                               : "!" + raw.problem;
  }
  return out;
}

TEST(TableRowsTest, Reads) {
  EXPECT_EQ(ReadAll("id,title,text\n1,题,文\n2,,文二\n"), "2:1|题|文 & 3:2||文二");
  EXPECT_EQ(ReadAll("\xEF\xBB\xBFText,ID\r\n文,1\r\n"), "2:1||文");
  EXPECT_EQ(ReadAll("id\ttext\n1\t一,二\n"), "2:1||一,二");
  EXPECT_EQ(ReadAll("id;text\n1;一\n"), "2:1||一");
  EXPECT_EQ(ReadAll("text\n\"一\n二，\"\"三\"\"\"\n"), "2:||一\n二，\"三\"");
  EXPECT_EQ(ReadAll("note,text\nx,一\n\n,\ny,二"), "2:||一 & 3:||二");
  EXPECT_EQ(ReadAll("id,text,html\n1,一,<p>二\n"), "2:1||<p>二");
}

TEST(TableRowsTest, Problems) {
  EXPECT_EQ(ReadAll(""), "");
  EXPECT_EQ(ReadAll("id,body\n1,一\n"), "1!no column is called \"text\" or \"html\"");
  EXPECT_EQ(ReadAll("id,text\n1,一,二\n2,三\n"), "2!has 3 cells; there are 2 columns & 3:2||三");
  const Limits few{.document_bytes = 12};
  EXPECT_EQ(ReadAll("id,text\n1,1234567890123\n2,三\n", few),
            "2!row is longer than 12 bytes & 3:2||三");
}

TEST(TableRowsTest, OpenQuoteDoesNotFillMemory) {
  const std::string all = "id,text\n1,一\n2,\"" + std::string(1'000'000, 'x');
  EXPECT_EQ(ReadAll(all, {.document_bytes = 1000}),
            "2:1||一 & 3!row is longer than 1000 bytes: is a quote not closed?; the rows behind it "
            "are not read");
  EXPECT_EQ(
      ReadAll("text\n" + std::string(3'000'000, ','), {.document_bytes = 1000}),
      "2!row is longer than 1000 bytes: is a quote not closed?; the rows behind it are not read");
}

TEST(TableRowsTest, CellsInTheTablesEncoding) {
  // GBK: "标题" and "今天发布年报，营业收入增长。"
  const std::string table =
      "title,text\n\xB1\xEA\xCC\xE2,"
      "\xBD\xF1\xCC\xEC\xB7\xA2\xB2\xBC\xC4\xEA\xB1\xA8\xA3\xAC\xD3\xAA"
      "\xD2\xB5\xCA\xD5\xC8\xEB\xD4\xF6\xB3\xA4\xA1\xA3\n";
  const auto source = ReadTableRows(LineReader(FromMemory(table)), {});
  RawDocument raw;
  ASSERT_TRUE(source->Next(raw));
  const Article a = TheIngest().Read(raw);
  EXPECT_EQ(a.title + "|" + a.text, "标题|今天发布年报，营业收入增长。");
}

}  // namespace
}  // namespace kaoju
