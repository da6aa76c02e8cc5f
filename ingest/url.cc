#include "ingest/url.h"

#include <curl/curl.h>

#include <memory>

#include "ingest/html_walk.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string Part(CURLU* url, CURLUPart part, unsigned flags) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

}  // namespace

std::string HostOf(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == url.npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const size_t user = url.rfind('@'); user != url.npos) url.remove_prefix(user + 1);
  return LowerAscii(url.substr(0, url.find(':')));
}

std::optional<Url> ParseUrl(std::string_view text, std::string_view base) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (url == nullptr) return std::nullopt;
  constexpr unsigned kFlags = CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME;
  const std::string first(base.empty() ? Collapse(text) : std::string(base));
  if (curl_url_set(url.get(), CURLUPART_URL, first.c_str(), kFlags) != CURLUE_OK)
    return std::nullopt;
  if (!base.empty() &&
      curl_url_set(url.get(), CURLUPART_URL, Collapse(text).c_str(), kFlags) != CURLUE_OK)
    return std::nullopt;
  curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
  const std::string host = LowerAscii(Part(url.get(), CURLUPART_HOST, CURLU_PUNYCODE));
  if (!host.empty()) curl_url_set(url.get(), CURLUPART_HOST, host.c_str(), 0);
  Url out;
  out.scheme = Part(url.get(), CURLUPART_SCHEME, 0);
  out.text = Part(url.get(), CURLUPART_URL, CURLU_NO_DEFAULT_PORT);
  out.origin =
      out.scheme + "://" + host + ':' + Part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (out.text.empty()) return std::nullopt;
  return out;
}

}  // namespace kaoju
