// FetchFolder: where `kaoju fetch` puts what it fetches: an archive, and the log of every decision.
#pragma once

#include <cstdint>
#include <string>

#include "cli/fetch_log.h"
#include "ingest/warc_writer.h"

namespace kaoju {

// 2024-05-06T07:08:09Z
std::string TimeNow();

class FetchFolder {
 public:
  // Of a folder that exists. What the log knows nothing of is cut off the archive. Throws IoError
  // for what cannot be read or written, and where the two do not fit.
  FetchFolder(const std::string& dir, const std::string& software);

  FetchLog& log() { return log_; }
  const FetchLog& log() const { return log_; }
  WarcWriter& archive() { return archive_; }

 private:
  uint64_t KnownSize() const;

  std::string archive_path_;
  FetchLog log_;
  WarcWriter archive_;
};

}  // namespace kaoju
