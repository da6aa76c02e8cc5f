// Addresses of pages, as libcurl parses and normalizes them (RFC 3986, WHATWG's slips included).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kaoju {

struct Url {
  std::string
      text;  // normalized: percent-encoded, no dot segments, no fragment, host in lower case
  std::string scheme;  // in lower case
  std::string origin;  // scheme://host:port
};

// `text` against `base`, where that is not empty. nullopt: it is no address with a scheme. Its host
// may be empty: file:///a.
std::optional<Url> ParseUrl(std::string_view text, std::string_view base = {});

// The host of an address with a scheme, in lower case, without user and port; empty: none.
std::string HostOf(std::string_view url);

}  // namespace kaoju
