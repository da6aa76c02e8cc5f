// LineReader: a file, plain or compressed, or standard input, by lines or in pieces, in little
// memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/byte_stream.h"

namespace kaoju {

class LineReader {
 public:
  // "-" is standard input. Throws as OpenBytes, and below as ByteStream::Read.
  explicit LineReader(const std::string& path);
  explicit LineReader(std::unique_ptr<ByteStream> bytes) : bytes_(std::move(bytes)) {}

  // The next line without its LF, the first without a byte order mark; false: none is left. `fits`
  // becomes false, and `line` empty, where it is longer than `most` bytes.
  bool Next(size_t most, std::string& line, bool& fits);
  size_t number() const { return number_; }  // of the last line, from 1

  // What is left of the current piece, or the next one; empty at the end.
  std::string_view Peek();
  void Skip(size_t bytes) { used_ += bytes; }
  // As ByteStream::Recover.
  bool Recover();
  // Bytes of the file (compressed ones, if it is) read so far.
  size_t position() const { return bytes_->position(); }

 private:
  std::unique_ptr<ByteStream> bytes_;
  std::vector<char> buffer_ = std::vector<char>(size_t{1} << 16);
  size_t used_ = 0;
  size_t filled_ = 0;
  size_t number_ = 0;
};

}  // namespace kaoju
