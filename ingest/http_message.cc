#include "ingest/http_message.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include "ingest/byte_stream.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxHeaders = 1000;
constexpr size_t kPiece = size_t{1} << 16;

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

// The next line without its end; takes it off.
std::string_view TakeLine(std::string_view& bytes) {
  const size_t end = std::min(bytes.find('\n'), bytes.size());
  std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The size that a chunk begins with; nullopt: it is none.
std::optional<size_t> ChunkSize(std::string_view line) {
  line = Trim(line.substr(0, line.find(';')));
  size_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  if (error != std::errc() || end != line.data() + line.size()) return std::nullopt;
  return size;
}

std::string Dechunk(std::string_view body) {
  const std::string_view whole = body;
  std::string out;
  for (;;) {
    const bool first = body.size() == whole.size();
    const auto size = ChunkSize(TakeLine(body));
    if (!size && first) return std::string(whole);
    if (!size) throw DocumentError("a chunk of the body has no size");
    if (*size == 0) return out;
    if (*size > body.size() && first) return std::string(whole);
    if (*size > body.size()) throw DocumentError("the last chunk of the body is not whole");
    out += body.substr(0, *size);
    body.remove_prefix(*size);
    if (!Trim(TakeLine(body)).empty())
      throw DocumentError("a chunk of the body is longer than it says");
    if (body.empty()) return out;  // without the last chunk, which is empty
  }
}

Compression CompressionOf(std::string_view coding) {
  if (coding == "gzip" || coding == "x-gzip") return Compression::kGzip;
  if (coding == "deflate") return Compression::kDeflate;
  if (coding == "br") return Compression::kBrotli;
  if (coding == "zstd") return Compression::kZstd;
  return Compression::kNone;
}

// nullopt: not even its first bytes are what it is said to be.
std::optional<std::string> Expand(std::string_view body, Compression how, size_t most) {
  std::string out;
  std::string piece(kPiece, '\0');
  try {
    const auto stream = Decompress(FromMemory(body), how, "body");
    while (const size_t n = stream->Read(piece.data(), piece.size())) {
      if (out.size() + n > most)
        throw DocumentError("the body is longer than " + std::to_string(most) + " bytes");
      out.append(piece, 0, n);
    }
  } catch (const BrokenStream& e) {
    if (out.empty()) return std::nullopt;
    throw DocumentError(e.what());
  }
  return out;
}

}  // namespace

std::string MediaType(std::string_view content_type) {
  return LowerAscii(Trim(content_type.substr(0, content_type.find(';'))));
}

std::string CharsetOf(std::string_view content_type) {
  constexpr std::string_view kName = "charset=";
  const size_t at = LowerAscii(content_type).find(kName);
  if (at == std::string::npos) return {};
  std::string_view rest = Trim(content_type.substr(at + kName.size()));
  rest = rest.substr(0, rest.find(';'));
  while (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) rest.remove_prefix(1);
  return std::string(rest.substr(0, rest.find_first_of("\"' \t")));
}

std::string HttpResponse::media_type() const {
  const auto at = headers.find("content-type");
  return at == headers.end() ? std::string() : MediaType(at->second);
}

std::string HttpResponse::charset() const {
  const auto at = headers.find("content-type");
  return at == headers.end() ? std::string() : CharsetOf(at->second);
}

std::optional<HttpResponse> ParseHttp(std::string_view bytes) {
  std::string_view status = TakeLine(bytes);
  if (!status.starts_with("HTTP/")) return std::nullopt;
  HttpResponse out;
  status = Trim(status.substr(std::min(status.find(' '), status.size())));
  std::from_chars(status.data(), status.data() + status.size(), out.status);
  std::string* last = nullptr;
  while (!bytes.empty()) {
    const std::string_view line = TakeLine(bytes);
    if (Trim(line).empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') &&
        last != nullptr) {  // folded, RFC 9112, 5.2
      *last += ' ';
      *last += Trim(line);
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == line.npos || out.headers.size() == kMaxHeaders) continue;
    const auto [at, fresh] =
        out.headers.emplace(LowerAscii(Trim(line.substr(0, colon))), Trim(line.substr(colon + 1)));
    last = fresh ? &at->second : nullptr;
  }
  out.body = bytes;
  return out;
}

std::string DecodeBody(const HttpResponse& response, size_t most) {
  const auto header = [&](const char* name) {
    const auto at = response.headers.find(name);
    return at == response.headers.end() ? std::string() : LowerAscii(at->second);
  };
  std::string body = header("transfer-encoding").find("chunked") != std::string::npos
                         ? Dechunk(response.body)
                         : std::string(response.body);
  const Compression how = CompressionOf(header("content-encoding"));
  if (how != Compression::kNone) {
    if (auto expanded = Expand(body, how, most)) body = std::move(*expanded);
  }
  if (body.size() > most)
    throw DocumentError("the body is longer than " + std::to_string(most) + " bytes");
  return body;
}

}  // namespace kaoju
