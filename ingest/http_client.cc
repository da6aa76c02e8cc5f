#include "ingest/http_client.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "ingest/address.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxHead = size_t{256} << 10;
constexpr long kSlowBytes = 64;    // a second; slower than that …
constexpr long kSlowSeconds = 30;  // … for so long is given up
// Bodies are kept as they are sent: an archive holds what a server said.
constexpr const char* kAcceptEncoding = "Accept-Encoding: gzip, deflate, br, zstd";

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Transfer {
  uint64_t id = 0;
  HttpLimits limits;
  std::unique_ptr<CURL, FreeEasy> easy;
  std::unique_ptr<curl_slist, FreeList> headers;
  std::array<char, CURL_ERROR_SIZE> error{};
  std::string refusal;  // why it was broken off
  HttpExchange exchange;
};

size_t OnBody(char* data, size_t, size_t size, void* to) {
  auto& t = *static_cast<Transfer*>(to);
  if (t.exchange.body.size() + size > t.limits.body_bytes) {
    t.refusal = "the body is longer than " + std::to_string(t.limits.body_bytes) + " bytes";
    return 0;
  }
  t.exchange.body.append(data, size);
  return size;
}

size_t OnHeader(char* data, size_t, size_t size, void* to) {
  auto& t = *static_cast<Transfer*>(to);
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) t.exchange.head.clear();  // one before it was of status 1xx
  if (t.exchange.head.size() + size > kMaxHead) {
    t.refusal = "the headers are longer than " + std::to_string(kMaxHead) + " bytes";
    return 0;
  }
  t.exchange.head += line;
  return size;
}

// Names are resolved by now, so no name can lead elsewhere than it was checked for.
curl_socket_t OnSocket(void* to, curlsocktype, curl_sockaddr* address) {
  auto& t = *static_cast<Transfer*>(to);
  if (!t.limits.allow_private && !IsPublicAddress(address->addr)) {
    t.refusal = "the address " + ToString(address->addr) + " is not public";
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool MayPass(CURLcode code) {
  constexpr std::array<CURLcode, 10> kCodes = {CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT,
                                               CURLE_OPERATION_TIMEDOUT,   CURLE_SEND_ERROR,
                                               CURLE_RECV_ERROR,           CURLE_GOT_NOTHING,
                                               CURLE_PARTIAL_FILE,         CURLE_HTTP2,
                                               CURLE_HTTP2_STREAM,         CURLE_SSL_CONNECT_ERROR};
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

}  // namespace

class HttpClient::Impl {
 public:
  Impl(std::string user_agent, HttpLimits limits, std::string certificates)
      : user_agent_(std::move(user_agent)),
        limits_(limits),
        certificates_(std::move(certificates)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    multi_ = curl_multi_init();
    if (multi_ == nullptr) throw IoError("libcurl does not start");
  }
  ~Impl() {
    for (auto& [easy, transfer] : transfers_) curl_multi_remove_handle(multi_, easy);
    transfers_.clear();
    curl_multi_cleanup(multi_);
  }

  void Start(uint64_t id, const HttpRequest& request) {
    auto t = std::make_unique<Transfer>();
    t->id = id;
    t->limits = limits_;
    t->easy.reset(curl_easy_init());
    if (t->easy == nullptr) throw IoError("libcurl: out of memory");
    SetUp(*t, request);
    CURL* easy = t->easy.get();
    curl_multi_add_handle(multi_, easy);
    transfers_.emplace(easy, std::move(t));
  }

  std::vector<Done> Wait(std::chrono::milliseconds most) {
    int running = 0;
    curl_multi_perform(multi_, &running);
    std::vector<Done> done = Collect();
    if (!done.empty()) return done;
    curl_multi_poll(multi_, nullptr, 0, static_cast<int>(most.count()), nullptr);
    curl_multi_perform(multi_, &running);
    return Collect();
  }

  size_t active() const { return transfers_.size(); }

 private:
  void SetUp(Transfer& t, const HttpRequest& request) const {
    CURL* easy = t.easy.get();
    curl_slist* list = curl_slist_append(nullptr, kAcceptEncoding);
    for (const std::string& header : request.headers)
      list = curl_slist_append(list, header.c_str());
    t.headers.reset(list);
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // it would connect in our place, past our checks
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent_.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t.error.data());
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.whole.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, kSlowBytes);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, OnBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &t);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, OnHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &t);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, OnSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &t);
    if (!certificates_.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, certificates_.c_str());
  }

  std::vector<Done> Collect() {
    std::vector<Done> out;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode code = message->data.result;
      const auto at = transfers_.find(easy);
      out.push_back({at->second->id, Finish(*at->second, code)});
      curl_multi_remove_handle(multi_, easy);
      transfers_.erase(at);
    }
    return out;
  }

  static HttpExchange Finish(Transfer& t, CURLcode code) {
    HttpExchange out = std::move(t.exchange);
    long status = 0;
    char* address = nullptr;
    curl_easy_getinfo(t.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(t.easy.get(), CURLINFO_PRIMARY_IP, &address);
    out.status = static_cast<int>(status);
    if (address != nullptr) out.address = address;
    if (code == CURLE_OK) return out;
    out.refused = !t.refusal.empty();
    out.passing = !out.refused && MayPass(code);
    out.error = t.refusal;
    if (out.error.empty())
      out.error = t.error[0] != '\0' ? t.error.data() : curl_easy_strerror(code);
    return out;
  }

  const std::string user_agent_;
  const HttpLimits limits_;
  const std::string certificates_;
  CURLM* multi_ = nullptr;
  std::map<CURL*, std::unique_ptr<Transfer>> transfers_;
};

HttpClient::HttpClient(std::string user_agent, HttpLimits limits, std::string certificates)
    : impl_(std::make_unique<Impl>(std::move(user_agent), limits, std::move(certificates))) {}
HttpClient::~HttpClient() = default;
void HttpClient::Start(uint64_t id, const HttpRequest& request) { impl_->Start(id, request); }
size_t HttpClient::active() const { return impl_->active(); }
std::vector<HttpClient::Done> HttpClient::Wait(std::chrono::milliseconds most) {
  return impl_->Wait(most);
}

}  // namespace kaoju
