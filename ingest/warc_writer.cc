#include "ingest/warc_writer.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "ingest/utf8.h"
#include "rules/error.h"
#include "rules/hash.h"

namespace kaoju {
namespace {

// RFC 4122, 4.4: of random numbers.
std::string RecordId() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) throw IoError("no random numbers");
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "<urn:uuid:";
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += kHex[bytes[i] >> 4];
    out += kHex[bytes[i] & 0x0F];
  }
  return out + '>';
}

std::string Compressed(std::string_view bytes) {
  constexpr int kGzip = 16;
  z_stream z{};
  if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    throw IoError("zlib: out of memory");
  std::string out(deflateBound(&z, static_cast<uLong>(bytes.size())), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

// Without the headers that told how the body was cut into chunks, which it no longer is.
std::string HeadOf(const HttpExchange& exchange) {
  std::string out;
  for (size_t at = 0; at < exchange.head.size();) {
    const size_t end = std::min(exchange.head.find('\n', at), exchange.head.size() - 1) + 1;
    const std::string line = exchange.head.substr(at, end - at);
    if (!LowerAscii(line).starts_with("transfer-encoding:")) out += line;
    at = end;
  }
  return out;
}

}  // namespace

WarcWriter::WarcWriter(const std::string& path, uint64_t size, std::string_view software,
                       const std::string& date)
    : path_(path), fd_(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)), end_(size) {
  if (fd_ < 0) throw IoError(path_ + ": cannot be written: " + std::strerror(errno));
  if (ftruncate(fd_, static_cast<off_t>(size)) != 0)
    throw IoError(path_ + ": cannot be cut: " + std::strerror(errno));
  if (size > 0) return;
  const std::string block =
      "software: " + std::string(software) + "\r\nformat: WARC File Format 1.1\r\n";
  Write(
      "WARC-Type: warcinfo\r\nWARC-Date: " + date + "\r\nContent-Type: application/warc-fields\r\n",
      block);
}

WarcWriter::~WarcWriter() {
  if (fd_ >= 0) close(fd_);
}

WarcPlace WarcWriter::WriteResponse(const std::string& url, const std::string& date,
                                    const HttpExchange& exchange) {
  std::string fields = "WARC-Type: response\r\nWARC-Target-URI: " + url + "\r\nWARC-Date: " + date +
                       "\r\nContent-Type: application/http; msgtype=response\r\n"
                       "WARC-Payload-Digest: sha256:" +
                       Sha256(exchange.body) + "\r\n";
  if (!exchange.address.empty()) fields += "WARC-IP-Address: " + exchange.address + "\r\n";
  return Write(fields, HeadOf(exchange) + exchange.body);
}

WarcPlace WarcWriter::Write(const std::string& fields, std::string_view block) {
  std::string record = "WARC/1.1\r\nWARC-Record-ID: " + RecordId() + "\r\n" + fields +
                       "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n";
  record += block;
  record += "\r\n\r\n";
  const std::string bytes = Compressed(record);
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t n =
        pwrite(fd_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(end_ + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw IoError(path_ + ": cannot be written: " + std::strerror(errno));
    done += static_cast<size_t>(n);
  }
  const WarcPlace place{end_, bytes.size()};
  end_ += bytes.size();
  return place;
}

}  // namespace kaoju
