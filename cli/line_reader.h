// The lines of a file, plain or gzipped, one after another in little memory.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <memory>
#include <string>

namespace kaoju {

class LineReader {
 public:
  // A line of more than `most` bytes is skipped. "-" is standard input. Throws IoError.
  explicit LineReader(const std::string& path, size_t most = size_t{32} << 20);

  // The next line without its end (LF or CR LF), the first without a byte order mark; false: none
  // is left. `too_long`: the line was skipped, and `line` is empty. Throws IoError.
  bool Next(std::string& line, bool& too_long);
  size_t number() const { return number_; }  // of the last line, from 1

 private:
  bool Fill();

  struct Close {
    void operator()(gzFile_s* file) const { gzclose(file); }
  };
  std::string path_;
  size_t most_;
  std::unique_ptr<gzFile_s, Close> file_;
  std::string buffer_;
  size_t at_ = 0;
  size_t number_ = 0;
};

}  // namespace kaoju
