// HttpResponse: a response as it went over the wire and archives keep it (RFC 9112).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kaoju {

struct HttpResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case; of several, the first
  std::string_view body;                       // as sent, of the bytes that were parsed

  // Without parameters, in lower case; empty: not said.
  std::string media_type() const;
  // Of the Content-Type; empty: not said.
  std::string charset() const;
};

// nullopt: it begins with no status line. Headers end at the first empty line, or with the bytes.
std::optional<HttpResponse> ParseHttp(std::string_view bytes);

// The body without chunks and compression, at most `most` bytes. A body that is said to be chunked
// or compressed and is not is taken as it is, which is what archives hold of bodies that were
// decoded before they were kept. Throws DocumentError (the reason alone) for a body that is longer,
// and for one that breaks off.
std::string DecodeBody(const HttpResponse& response, size_t most);

// "text/html; charset=big5" in its parts.
std::string MediaType(std::string_view content_type);
std::string CharsetOf(std::string_view content_type);

}  // namespace kaoju
