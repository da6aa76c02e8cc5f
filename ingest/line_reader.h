// LineReader: a file, plain or gzipped, or standard input, by lines or in pieces, in little memory.
#pragma once

#include <zlib.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace kaoju {

class LineReader {
 public:
  // "-" is standard input. Throws IoError, here and below, that names the path and the reason: it
  // cannot be opened, is a directory, cannot be read, or is a broken gzip stream.
  explicit LineReader(const std::string& path);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // The next line without its LF, the first without a byte order mark; false: none is left. `fits`
  // becomes false, and `line` empty, where it is longer than `most` bytes.
  bool Next(size_t most, std::string& line, bool& fits);
  size_t number() const { return number_; }  // of the last line, from 1

  // What is left of the current piece, or the next one; empty at the end.
  std::string_view Peek();
  void Skip(size_t bytes) { used_ += bytes; }
  // Bytes of the file (compressed ones, if it is) read so far.
  size_t position() const;

 private:
  static constexpr unsigned kBufferSize = 1U << 16;
  void Fill();

  std::string path_;
  gzFile file_ = nullptr;
  std::array<char, kBufferSize> buffer_{};
  size_t used_ = 0;
  size_t filled_ = 0;
  size_t number_ = 0;
};

}  // namespace kaoju
