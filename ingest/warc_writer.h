// WarcWriter: what was fetched, as a WARC 1.1 archive (ISO 28500), each record compressed alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/http_client.h"

namespace kaoju {

// Where a record stands in the archive.
struct WarcPlace {
  uint64_t offset = 0;
  uint64_t size = 0;
};

class WarcWriter {
 public:
  // Goes on behind the first `size` bytes of the file, and cuts off what is behind them: a record
  // that was not finished. A new file begins with a record about its maker, `software`, and `date`,
  // as below. Throws IoError, here and below.
  WarcWriter(const std::string& path, uint64_t size, std::string_view software,
             const std::string& date);
  ~WarcWriter();
  WarcWriter(const WarcWriter&) = delete;
  WarcWriter& operator=(const WarcWriter&) = delete;

  // A response; `date` as 2024-05-06T07:08:09Z. All of it is written when this returns.
  WarcPlace WriteResponse(const std::string& url, const std::string& date,
                          const HttpExchange& exchange);

 private:
  WarcPlace Write(const std::string& fields, std::string_view block);

  std::string path_;
  int fd_ = -1;
  uint64_t end_ = 0;
};

}  // namespace kaoju
