// FetchLog: every decision of `kaoju fetch`, as JSON Lines beside the archive, and what it knew
// before.
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace kaoju {

struct FetchRow {
  std::string url;
  std::string asked;  // the address that led to it, where it is another
  std::string at;     // 2024-05-06T07:08:09Z
  std::string decision;
  std::string reason;
  int status = 0;  // 0: there was no response
  uint64_t bytes = 0;
  std::string sha256;  // of the body as sent
  std::string etag;
  std::string last_modified;
  uint64_t offset = 0;  // of its record in the archive; size 0: it has none
  uint64_t size = 0;
};

class FetchLog {
 public:
  // Reads what is there; a last line that was not finished is cut off. Throws IoError for what
  // cannot be read or written, and for a file that is no such log.
  explicit FetchLog(const std::string& path);

  void Write(const FetchRow& row);

  // What was fetched of an address last; nullptr: nothing yet.
  const FetchRow* Fetched(const std::string& url) const;
  // Whether an address needs no second look: it, or what it led to, was fetched.
  bool Done(const std::string& asked) const;
  // Where the last record ends in the archive that the log knows of.
  uint64_t archive_size() const { return archive_size_; }

 private:
  void Take(const FetchRow& row);

  std::string path_;
  std::ofstream out_;
  std::map<std::string, FetchRow> fetched_;
  std::set<std::string> done_;
  uint64_t archive_size_ = 0;
};

}  // namespace kaoju
