#include "ingest/line_reader.h"

#include <algorithm>

namespace kaoju {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

LineReader::LineReader(const std::string& path) : LineReader(OpenBytes(path)) {}

std::string_view LineReader::Peek() {
  if (used_ == filled_) {
    used_ = 0;
    filled_ = 0;
    filled_ = bytes_->Read(buffer_.data(), buffer_.size());
  }
  return {buffer_.data() + used_, filled_ - used_};
}

bool LineReader::Recover() {
  used_ = 0;
  filled_ = 0;
  return bytes_->Recover();
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
