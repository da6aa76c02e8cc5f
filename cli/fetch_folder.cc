#include "cli/fetch_folder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <system_error>

#include "rules/error.h"

namespace kaoju {

namespace fs = std::filesystem;

std::string TimeNow() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

FetchFolder::FetchFolder(const std::string& dir, const std::string& software)
    : archive_path_(dir + "/pages.warc.gz"),
      log_(dir + "/fetch.log"),
      archive_(archive_path_, KnownSize(), software, TimeNow()) {
  if (log_.archive_size() > 0) return;
  FetchRow began;
  began.at = TimeNow();
  began.decision = "began";
  began.size = fs::file_size(archive_path_);
  log_.Write(began);
}

// An archive that the log knows nothing of is not ours to cut.
uint64_t FetchFolder::KnownSize() const {
  std::error_code none;
  const uint64_t size = fs::file_size(archive_path_, none);
  const bool exists = !none && size > 0;
  if (exists && log_.archive_size() == 0)
    throw IoError(archive_path_ + ": exists, and there is no log of it beside it");
  if (log_.archive_size() > (exists ? size : 0))
    throw IoError(archive_path_ + ": is shorter than the log beside it says");
  return log_.archive_size();
}

}  // namespace kaoju
