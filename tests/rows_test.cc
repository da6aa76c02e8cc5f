// The rows of extract as JSON.
#include "cli/rows.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

namespace kaoju {
namespace {

// Every character of ASCII at every place of words of eight bytes and behind them.
TEST(RowsTest, TextsComeBackAsTheyWere) {
  for (size_t before = 0; before <= 17; ++before) {
    for (char c = 0; c >= 0 && c < 0x7F; ++c) {
      Article article;
      article.title = std::string(before, 'x') + c + "末";
      std::string rows;
      AppendRows(article, {}, false, rows);
      rapidjson::Document row;
      row.Parse(rows.data(), rows.size());
      ASSERT_FALSE(row.HasParseError()) << rows;
      const auto& title = row["title"];
      EXPECT_EQ(std::string(title.GetString(), title.GetStringLength()), article.title) << rows;
    }
  }
}

}  // namespace
}  // namespace kaoju
