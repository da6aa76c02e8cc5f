// HttpClient: many HTTP exchanges at a time, by libcurl's multi interface, on the caller's thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kaoju {

struct HttpLimits {
  size_t body_bytes = size_t{32} << 20;  // as sent, so before decompression
  std::chrono::milliseconds connect = std::chrono::seconds(15);
  std::chrono::milliseconds whole = std::chrono::seconds(60);
  bool allow_private = false;  // addresses that are not public
};

struct HttpRequest {
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
};

// What became of a request. Redirects are not followed.
struct HttpExchange {
  std::string error;     // why there is no whole response; empty: there is one
  bool refused = false;  // by a limit or a rule of ours: trying again is useless
  bool passing = false;  // the error may pass
  int status = 0;
  std::string head;     // the status line and the headers as sent, with their line ends
  std::string body;     // as sent, without the chunks of HTTP/1.1
  std::string address;  // of the server
};

class HttpClient {
 public:
  // `certificates`: a file of authorities to trust in place of the system's; may be empty. Throws
  // IoError where libcurl does not start.
  HttpClient(std::string user_agent, HttpLimits limits, std::string certificates);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // `id` comes back with the exchange. Only http and https are ever asked for anything.
  void Start(uint64_t id, const HttpRequest& request);
  size_t active() const;

  struct Done {
    uint64_t id = 0;
    HttpExchange exchange;
  };
  // Waits until something is done, or for `most`.
  std::vector<Done> Wait(std::chrono::milliseconds most);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
