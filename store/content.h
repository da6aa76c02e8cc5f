// Content: all that a store holds of articles, as plain rows in an order that depends on nothing
// but the content. Two stores are equal iff these rows are.
#pragma once

#include <SQLiteCpp/Column.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kaoju {

struct ContentRow {
  using Value = std::variant<std::monostate, int64_t, double, std::string>;  // monostate: NULL
  struct Column {
    std::string name;
    Value value;
  };
  std::string table;
  std::string article;  // id; empty for what belongs to none
  std::vector<Column> columns;
};
// What a column of a result holds.
ContentRow::Value ValueOf(const SQLite::Column& column);

// Articles bytewise by id, each with its repairs and facts in their order; then rules, then
// failures. Left out: numbers of rows and runs, and the keys of inputs. One thread at a time may
// use it.
class Content {
 public:
  // Opens an existing store. Throws IoError, as its other functions do.
  static Content Open(const std::string& path);
  Content(Content&&) noexcept;
  ~Content();

  // The next row; false iff there is none, however often it is asked.
  bool Next(ContentRow& out);

 private:
  struct Impl;
  explicit Content(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
