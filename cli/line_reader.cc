#include "cli/line_reader.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kBuffer = 256 << 10;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

}  // namespace

LineReader::LineReader(const std::string& path, size_t most) : path_(path), most_(most) {
  file_.reset(path == "-" ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path.c_str(), "rbe"));
  if (file_ == nullptr) throw IoError(path + ": cannot be opened: " + std::strerror(errno));
}

bool LineReader::Fill() {
  buffer_.resize(kBuffer);
  const int n = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
  int code = Z_OK;
  const char* reason = gzerror(file_.get(), &code);
  if (n < 0 || (n == 0 && code != Z_OK && code != Z_STREAM_END))
    throw IoError(path_ + ": cannot be read: " + (code == Z_ERRNO ? std::strerror(errno) : reason));
  buffer_.resize(static_cast<size_t>(n));
  at_ = 0;
  return n > 0;
}

bool LineReader::Next(std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  bool any = false;
  for (bool ended = false; !ended;) {
    if (at_ == buffer_.size() && !Fill()) break;
    any = true;
    const size_t end = buffer_.find('\n', at_);
    const size_t stop = std::min(end, buffer_.size());
    too_long |= line.size() + (stop - at_) > most_;
    if (!too_long) line.append(buffer_, at_, stop - at_);
    ended = end != std::string::npos;
    at_ = ended ? stop + 1 : stop;
  }
  if (!any) return false;
  ++number_;
  if (too_long) line.clear();
  if (number_ == 1 && line.starts_with(kMark)) line.erase(0, kMark.size());
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

}  // namespace kaoju
