// Row: fills the parameters of a prepared statement from left to right and runs it. Strings are
// bound without a copy; views, which SQLiteCpp can bind as blobs only, are copied.
#pragma once

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaoju {

// REQUIRES bound strings live and stay unchanged until the Row ends.
class Row {
 public:
  explicit Row(SQLite::Statement& statement) : statement_(statement) {}
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  ~Row() { statement_.tryReset(); }  // an open statement would hold its transaction open

  Row& Int(int64_t value) {
    statement_.bind(++at_, value);
    return *this;
  }
  Row& Int(const std::optional<int64_t>& value) { return value ? Int(*value) : Null(); }
  Row& Real(double value) {
    statement_.bind(++at_, value);
    return *this;
  }
  Row& Text(const std::string& value) {
    statement_.bindNoCopy(++at_, value);
    return *this;
  }
  Row& Text(std::string&& value) = delete;  // would not live
  Row& Text(std::string_view value) {
    statement_.bind(++at_, std::string(value));
    return *this;
  }
  Row& Bytes(const std::string& value) {
    statement_.bindNoCopy(++at_, value.data(), static_cast<int>(value.size()));
    return *this;
  }
  Row& Bytes(std::string&& value) = delete;
  // Empty text says that there is none.
  Row& TextOrNull(const std::string& value) { return value.empty() ? Null() : Text(value); }
  Row& TextOrNull(std::string&& value) = delete;
  Row& TextOrNull(std::string_view value) { return value.empty() ? Null() : Text(value); }
  Row& Null() {
    statement_.bind(++at_);
    return *this;
  }

  void Run() { statement_.exec(); }
  // Steps to the next row of the result; false iff there is none.
  bool Next() { return statement_.executeStep(); }
  int64_t GetInt(int column) { return statement_.getColumn(column).getInt64(); }
  std::string GetText(int column) { return statement_.getColumn(column).getString(); }

 private:
  SQLite::Statement& statement_;
  int at_ = 0;
};

}  // namespace kaoju
