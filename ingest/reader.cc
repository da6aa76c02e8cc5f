#include "ingest/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "rules/error.h"

namespace kaoju {
namespace {

constexpr unsigned kBufferSize = 1U << 16;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool EndsIn(std::string_view path, std::initializer_list<std::string_view> endings) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  return std::any_of(endings.begin(), endings.end(), [&](auto e) { return path.ends_with(e); });
}

RawDocument::Format FormatOf(std::string_view path) {
  if (path == "-" || EndsIn(path, {".jsonl", ".ndjson", ".json"})) {
    return RawDocument::Format::kJsonLine;
  }
  if (EndsIn(path, {".html", ".htm"})) return RawDocument::Format::kHtml;
  return RawDocument::Format::kText;
}

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

// Bytes through zlib, in pieces.
class DocumentReader::Stream {
 public:
  explicit Stream(const std::string& path) : path_(path) {
    const int fd = OpenDescriptor(path);
    file_ = gzdopen(fd, "rb");
    if (file_ == nullptr) {
      close(fd);
      Fail(path_, "cannot be opened: out of memory");
    }
    gzbuffer(file_, kBufferSize);
  }
  ~Stream() { gzclose_r(file_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // What is left of the current piece, or the next one; empty at the end.
  std::string_view Peek() {
    if (used_ == filled_) Fill();
    return {buffer_.data() + used_, filled_ - used_};
  }
  void Skip(size_t bytes) { used_ += bytes; }
  size_t position() const { return static_cast<size_t>(std::max<z_off_t>(0, gzoffset(file_))); }

 private:
  void Fill() {
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

  std::string path_;
  gzFile file_ = nullptr;
  std::array<char, kBufferSize> buffer_{};
  size_t used_ = 0;
  size_t filled_ = 0;
};

DocumentReader::DocumentReader(const std::string& path, Limits limits)
    : path_(path),
      limits_(limits),
      format_(FormatOf(path)),
      stream_(std::make_unique<Stream>(path)) {}

DocumentReader::~DocumentReader() = default;
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;

size_t DocumentReader::position() const { return stream_->position(); }

bool DocumentReader::Next(RawDocument& out) {
  out.format = format_;
  out.path = path_;
  out.bytes.clear();
  out.problem.clear();
  return format_ == RawDocument::Format::kJsonLine ? NextLine(out) : WholeFile(out);
}

bool DocumentReader::NextLine(RawDocument& out) {
  while (!stream_->Peek().empty()) {
    out.line = ++line_;
    out.bytes.clear();
    bool fits = true;
    for (bool open = true; open;) {
      const std::string_view piece = stream_->Peek();
      const size_t size = std::min(piece.find('\n'), piece.size());
      fits = fits && out.bytes.size() + size <= limits_.document_bytes;
      if (fits) out.bytes += piece.substr(0, size);
      open = size == piece.size() && !piece.empty();
      stream_->Skip(std::min(size + 1, piece.size()));
    }
    if (!fits) {
      out.bytes = {};
      out.problem = "line is longer than " + std::to_string(limits_.document_bytes) + " bytes";
      return true;
    }
    if (line_ == 1 && out.bytes.starts_with(kByteOrderMark))
      out.bytes.erase(0, kByteOrderMark.size());
    if (out.bytes.find_first_not_of(" \t\r") != std::string::npos) return true;
  }
  return false;
}

bool DocumentReader::WholeFile(RawDocument& out) {
  if (line_ > 0) return false;
  out.line = line_ = 1;
  for (std::string_view piece = stream_->Peek(); !piece.empty(); piece = stream_->Peek()) {
    const bool fits = out.bytes.size() + piece.size() <= limits_.document_bytes;
    if (!fits && out.problem.empty()) {
      out.bytes = {};
      out.problem = "file is longer than " + std::to_string(limits_.document_bytes) + " bytes";
    }
    if (out.problem.empty()) out.bytes += piece;
    stream_->Skip(piece.size());
  }
  return true;
}

std::vector<std::string> ExpandPaths(const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (path == "-") {
      files.push_back(path);
      continue;
    }
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) Fail(path, "no such file or directory");
    if (!fs::is_directory(status)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    fs::recursive_directory_iterator walk(path, error);
    for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
      const std::string name = walk->path().string();
      std::error_code unreadable;
      if (EndsIn(name, {".txt", ".html", ".htm", ".jsonl", ".ndjson"}) &&
          walk->is_regular_file(unreadable)) {
        found.push_back(name);
      }
    }
    if (error) Fail(path, "cannot be listed: " + error.message());
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

}  // namespace kaoju
