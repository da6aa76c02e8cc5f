#include "ingest/byte_stream.h"

#include <brotli/decode.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kBuffered = size_t{1} << 16;
constexpr std::string_view kGzipMagic = "\x1F\x8B\x08";
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
constexpr unsigned kZstdWindowLog = 27;  // 128 MiB, as much as zstd(1) takes without being told to

[[noreturn]] void Break(const std::string& name, std::string_view what, const std::string& why) {
  throw BrokenStream(name + ": the " + std::string(what) + " stream is broken: " + why);
}

// Opens a file for reading, or takes a copy of standard input's descriptor.
int OpenDescriptor(const std::string& path) {
  const int fd = path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw IoError(path + ": cannot be opened: " + std::strerror(errno));
  struct stat info {};
  if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    close(fd);
    throw IoError(path + ": is a directory, a file was expected");
  }
  return fd;
}

class FileBytes : public ByteStream {
 public:
  explicit FileBytes(const std::string& path) : path_(path), fd_(OpenDescriptor(path)) {}
  ~FileBytes() override { close(fd_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  size_t Read(char* to, size_t most) override {
    const ssize_t n = read(fd_, to, most);
    if (n < 0) throw IoError(path_ + ": cannot be read: " + std::strerror(errno));
    position_ += static_cast<size_t>(n);
    return static_cast<size_t>(n);
  }
  size_t position() const override { return position_; }

 private:
  std::string path_;
  int fd_;
  size_t position_ = 0;
};

class MemoryBytes : public ByteStream {
 public:
  explicit MemoryBytes(std::string_view bytes) : bytes_(bytes) {}
  size_t Read(char* to, size_t most) override {
    const size_t size = std::min(most, bytes_.size() - position_);
    std::copy_n(bytes_.data() + position_, size, to);
    position_ += size;
    return size;
  }
  size_t position() const override { return position_; }

 private:
  std::string_view bytes_;
  size_t position_ = 0;
};

// What a decoder has of the stream below it.
class Input {
 public:
  explicit Input(std::unique_ptr<ByteStream> from) : from_(std::move(from)), bytes_(kBuffered) {}

  // All bytes at hand, after reading some where there were none; empty: the end.
  std::string_view Peek() {
    if (begin_ == end_) Fill();
    return {bytes_.data() + begin_, end_ - begin_};
  }
  // At least `least` bytes, REQUIRES least <= kBuffered / 2; fewer: the end.
  std::string_view Peek(size_t least) {
    while (end_ - begin_ < least) {
      std::copy(bytes_.data() + begin_, bytes_.data() + end_, bytes_.data());
      end_ -= std::exchange(begin_, 0);
      const size_t n = from_->Read(bytes_.data() + end_, bytes_.size() - end_);
      if (n == 0) break;
      end_ += n;
    }
    return {bytes_.data() + begin_, end_ - begin_};
  }
  void Skip(size_t size) { begin_ += size; }
  size_t position() const { return from_->position() - (end_ - begin_); }

 private:
  void Fill() {
    begin_ = 0;
    end_ = from_->Read(bytes_.data(), bytes_.size());
  }

  std::unique_ptr<ByteStream> from_;
  std::vector<char> bytes_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

class PlainBytes : public ByteStream {
 public:
  explicit PlainBytes(Input input) : input_(std::move(input)) {}
  size_t Read(char* to, size_t most) override {
    const std::string_view bytes = input_.Peek();
    const size_t size = std::min(most, bytes.size());
    std::copy_n(bytes.data(), size, to);
    input_.Skip(size);
    return size;
  }
  size_t position() const override { return input_.position(); }

 private:
  Input input_;
};

// One or more gzip members, or one zlib or raw deflate stream.
class InflatedBytes : public ByteStream {
 public:
  InflatedBytes(Input input, bool gzip, std::string name)
      : input_(std::move(input)), gzip_(gzip), name_(std::move(name)) {
    const bool header = gzip || HasZlibHeader();
    constexpr int kGzipOnly = 16;
    if (inflateInit2(&z_, gzip ? MAX_WBITS + kGzipOnly : (header ? MAX_WBITS : -MAX_WBITS)) != Z_OK)
      throw IoError(name_ + ": cannot be opened: out of memory");
  }
  ~InflatedBytes() override { inflateEnd(&z_); }
  InflatedBytes(const InflatedBytes&) = delete;
  InflatedBytes& operator=(const InflatedBytes&) = delete;

  size_t Read(char* to, size_t most) override {
    size_t written = 0;
    while (written == 0 && !(ended_ && !NextMember())) {
      const std::string_view bytes = input_.Peek();
      if (bytes.empty()) Break(name_, What(), "it ends too early");
      z_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      z_.avail_in = static_cast<uInt>(bytes.size());
      z_.next_out = reinterpret_cast<Bytef*>(to);
      z_.avail_out = static_cast<uInt>(std::min(most, kBuffered));
      const uInt room = z_.avail_out;
      const int code = inflate(&z_, Z_NO_FLUSH);
      input_.Skip(bytes.size() - z_.avail_in);
      written = room - z_.avail_out;
      ended_ = code == Z_STREAM_END;
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        Break(name_, What(), z_.msg != nullptr ? z_.msg : "data error");
    }
    return written;
  }

  bool Recover() override {
    if (!gzip_) return false;
    for (std::string_view bytes = input_.Peek(kGzipMagic.size()); bytes.size() >= kGzipMagic.size();
         bytes = input_.Peek(kGzipMagic.size())) {
      const size_t at = bytes.find(kGzipMagic);
      if (at != bytes.npos) {
        input_.Skip(at);
        inflateReset(&z_);
        ended_ = false;
        return true;
      }
      input_.Skip(bytes.size() - (kGzipMagic.size() - 1));
    }
    return false;
  }
  size_t position() const override { return input_.position(); }

 private:
  std::string_view What() const { return gzip_ ? "gzip" : "deflate"; }

  // RFC 1950: the method, and a check over two bytes.
  bool HasZlibHeader() {
    const std::string_view head = input_.Peek(2);
    if (head.size() < 2) return true;
    const auto first = static_cast<unsigned char>(head[0]);
    const auto second = static_cast<unsigned char>(head[1]);
    return (first & 0x0F) == Z_DEFLATED && (first * 256U + second) % 31 == 0;
  }

  // Behind a member: the next one, or padding with zeros, or the end.
  bool NextMember() {
    if (!gzip_) return false;
    const std::string_view bytes = input_.Peek(kGzipMagic.size());
    if (bytes.starts_with(kGzipMagic)) {
      inflateReset(&z_);
      ended_ = false;
      return true;
    }
    for (std::string_view rest = bytes; !rest.empty(); rest = input_.Peek()) {
      if (rest.find_first_not_of('\0') != rest.npos) {
        ended_ = false;
        Break(name_, What(), "what follows its end is no gzip");
      }
      input_.Skip(rest.size());
    }
    return false;
  }

  Input input_;
  bool gzip_;
  std::string name_;
  z_stream z_{};
  bool ended_ = false;
};

class ZstdBytes : public ByteStream {
 public:
  ZstdBytes(Input input, std::string name)
      : input_(std::move(input)), name_(std::move(name)), context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw IoError(name_ + ": cannot be opened: out of memory");
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kZstdWindowLog);
  }

  size_t Read(char* to, size_t most) override {
    ZSTD_outBuffer out{to, most, 0};
    while (out.pos == 0) {
      const std::string_view bytes = input_.Peek();
      if (bytes.empty()) {
        if (open_) Break(name_, "zstd", "it ends too early");
        return 0;
      }
      ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
      const size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
      if (ZSTD_isError(left) != 0) Break(name_, "zstd", ZSTD_getErrorName(left));
      input_.Skip(in.pos);
      open_ = left != 0;
    }
    return out.pos;
  }
  size_t position() const override { return input_.position(); }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  Input input_;
  std::string name_;
  std::unique_ptr<ZSTD_DCtx, Free> context_;
  bool open_ = true;  // in a frame
};

class BrotliBytes : public ByteStream {
 public:
  BrotliBytes(Input input, std::string name)
      : input_(std::move(input)),
        name_(std::move(name)),
        state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
    if (state_ == nullptr) throw IoError(name_ + ": cannot be opened: out of memory");
  }

  size_t Read(char* to, size_t most) override {
    size_t room = most;
    auto* out = reinterpret_cast<uint8_t*>(to);
    while (room == most && BrotliDecoderIsFinished(state_.get()) == 0) {
      const std::string_view bytes = input_.Peek();
      const auto* in = reinterpret_cast<const uint8_t*>(bytes.data());
      size_t left = bytes.size();
      const auto code =
          BrotliDecoderDecompressStream(state_.get(), &left, &in, &room, &out, nullptr);
      input_.Skip(bytes.size() - left);
      if (code == BROTLI_DECODER_RESULT_ERROR) {
        Break(name_, "brotli", BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state_.get())));
      }
      if (code == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && bytes.empty())
        Break(name_, "brotli", "it ends too early");
    }
    if (room == most && !input_.Peek().empty()) Break(name_, "brotli", "more bytes follow its end");
    return most - room;
  }
  size_t position() const override { return input_.position(); }

 private:
  struct Free {
    void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
  };
  Input input_;
  std::string name_;
  std::unique_ptr<BrotliDecoderState, Free> state_;
};

std::unique_ptr<ByteStream> Decode(Input input, Compression how, const std::string& name) {
  switch (how) {
    case Compression::kGzip:
      return std::make_unique<InflatedBytes>(std::move(input), true, name);
    case Compression::kDeflate:
      return std::make_unique<InflatedBytes>(std::move(input), false, name);
    case Compression::kZstd:
      return std::make_unique<ZstdBytes>(std::move(input), name);
    case Compression::kBrotli:
      return std::make_unique<BrotliBytes>(std::move(input), name);
    case Compression::kNone:
      break;
  }
  return std::make_unique<PlainBytes>(std::move(input));
}

}  // namespace

std::unique_ptr<ByteStream> OpenBytes(const std::string& path) {
  Input input(std::make_unique<FileBytes>(path));
  Compression how = path.ends_with(".br") ? Compression::kBrotli : Compression::kNone;
  const std::string_view head = input.Peek(kZstdMagic.size());
  if (head.starts_with(kGzipMagic)) how = Compression::kGzip;
  if (head.starts_with(kZstdMagic)) how = Compression::kZstd;
  return Decode(std::move(input), how, path);
}

std::unique_ptr<ByteStream> Decompress(std::unique_ptr<ByteStream> from, Compression how,
                                       const std::string& name) {
  return Decode(Input(std::move(from)), how, name);
}

std::unique_ptr<ByteStream> FromMemory(std::string_view bytes) {
  return std::make_unique<MemoryBytes>(bytes);
}

std::string_view WithoutCompression(std::string_view path) {
  for (const std::string_view ending : {".gz", ".zst", ".br"}) {
    if (path.ends_with(ending)) return path.substr(0, path.size() - ending.size());
  }
  return path;
}

}  // namespace kaoju
