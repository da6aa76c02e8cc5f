// ByteStream: bytes in order, of a file, of standard input or of memory, decompressed on the way.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "rules/error.h"

namespace kaoju {

// What cannot be decompressed.
struct BrokenStream : IoError {
  using IoError::IoError;
};

class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // Up to `most` bytes, REQUIRES most > 0; 0: the end. Throws IoError (here and below "NAME:
  // reason") for what cannot be read, and BrokenStream for what cannot be decompressed.
  virtual size_t Read(char* to, size_t most) = 0;
  // After BrokenStream: goes on at the next member of a gzip file that begins behind; false: there
  // is none, or no such thing.
  virtual bool Recover() { return false; }
  // Bytes read of the file, before decompression.
  virtual size_t position() const = 0;
};

enum class Compression { kNone, kGzip, kDeflate, kZstd, kBrotli };

// A file, or "-": standard input, by its first bytes or (.br) its name decompressed. Throws IoError
// if it cannot be opened, or is a directory.
std::unique_ptr<ByteStream> OpenBytes(const std::string& path);

// `name` is for messages; `from` is read as it is needed. kDeflate: with a zlib header or without.
std::unique_ptr<ByteStream> Decompress(std::unique_ptr<ByteStream> from, Compression how,
                                       const std::string& name);
// `bytes` must stay.
std::unique_ptr<ByteStream> FromMemory(std::string_view bytes);

// `path` without .gz, .zst or .br.
std::string_view WithoutCompression(std::string_view path);

}  // namespace kaoju
