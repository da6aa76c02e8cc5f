#include "ingest/line_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "rules/error.h"

namespace kaoju {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

[[noreturn]] void Fail(const std::string& path, const std::string& why) {
  throw IoError(path + ": " + why);
}

// Opens a file for reading, or takes a copy of standard input's descriptor.
int OpenDescriptor(const std::string& path) {
  const int fd = path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) Fail(path, std::string("cannot be opened: ") + std::strerror(errno));
  struct stat info {};
  if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    close(fd);
    Fail(path, "is a directory, a file was expected");
  }
  return fd;
}

}  // namespace

LineReader::LineReader(const std::string& path) : path_(path) {
  const int fd = OpenDescriptor(path);
  file_ = gzdopen(fd, "rb");
  if (file_ == nullptr) {
    close(fd);
    Fail(path_, "cannot be opened: out of memory");
  }
  gzbuffer(file_, kBufferSize);
}

LineReader::~LineReader() { gzclose_r(file_); }

std::string_view LineReader::Peek() {
  if (used_ == filled_) Fill();
  return {buffer_.data() + used_, filled_ - used_};
}

size_t LineReader::position() const {
  return static_cast<size_t>(std::max<z_off_t>(0, gzoffset(file_)));
}

void LineReader::Fill() {
  errno = 0;
  const int read = gzread(file_, buffer_.data(), static_cast<unsigned>(buffer_.size()));
  int code = Z_OK;
  const char* message = gzerror(file_, &code);
  if (code == Z_ERRNO) Fail(path_, std::string("cannot be read: ") + std::strerror(errno));
  // A stream that stops early gives its last bytes first, and says Z_BUF_ERROR with them.
  if (read < 0 || code == Z_BUF_ERROR) {
    Fail(path_, std::string("the gzip stream is broken: ") + message);
  }
  used_ = 0;
  filled_ = static_cast<size_t>(read);
}

bool LineReader::Next(size_t most, std::string& line, bool& fits) {
  line.clear();
  fits = true;
  if (Peek().empty()) return false;
  ++number_;
  for (bool open = true; open;) {
    const std::string_view piece = Peek();
    const size_t size = std::min(piece.find('\n'), piece.size());
    fits = fits && line.size() + size <= most;
    if (fits) line += piece.substr(0, size);
    open = size == piece.size() && !piece.empty();
    Skip(std::min(size + 1, piece.size()));
  }
  if (!fits) line = {};
  if (number_ == 1 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
  return true;
}

}  // namespace kaoju
