// Fetcher: pages fetched politely. Each origin is asked for its robots.txt first and then for at
// most a few pages at a time, with pauses between; redirects are followed one by one, each judged
// anew; what may pass is tried again later. Every decision is reported.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ingest/http_client.h"
#include "ingest/robots.h"
#include "ingest/url.h"

namespace kaoju {

struct FetchOptions {
  std::string agent = "kaoju";  // that robots.txt is read for
  size_t parallel = 16;         // exchanges at a time
  size_t per_origin = 1;
  std::chrono::milliseconds delay = std::chrono::seconds(1);    // between two on one origin
  std::chrono::milliseconds backoff = std::chrono::seconds(2);  // doubled with each try
  std::chrono::seconds most_wait = std::chrono::minutes(5);     // that a server may ask for
  size_t retries = 2;
  size_t redirects = 10;
};

enum class FetchDecision {
  kFetched,
  kUnchanged,   // the server says that it is as it was
  kRedirected,  // to what is fetched next
  kRetried,     // will be tried again
  kBlocked,     // by robots.txt
  kRefused,     // by us
  kFailed,
};
std::string_view NameOf(FetchDecision decision);

struct FetchReport {
  std::string url;    // that was, or would have been, asked for
  std::string asked;  // the address that led to it
  FetchDecision decision = FetchDecision::kFailed;
  std::string reason;  // empty: none is needed
  HttpExchange exchange;
};

class Fetcher {
 public:
  // Headers that make a request for a page conditional; may be empty.
  using Conditions = std::function<std::vector<std::string>(const std::string& url)>;
  // Called for each decision, on the thread of Run; may call Add.
  using Sink = std::function<void(FetchReport&&)>;

  Fetcher(HttpClient& client, FetchOptions options, Conditions conditions, Sink sink);

  // A page to fetch, once, however often it is added; false: it was added before. `soon`: before
  // all others of its origin. What is no address of the web is refused.
  bool Add(const std::string& url, bool soon = false);
  // Until all is done, or `stop`.
  void Run(const std::atomic<bool>& stop);

 private:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  struct Task {
    Url url;
    std::string asked;
    size_t redirects = 0;
    size_t tries = 0;
    Time due;
    bool robots = false;  // of the origin's robots.txt
    std::string origin;   // whose turn it is; of robots.txt, whose it is
  };
  struct Origin {
    std::deque<Task> tasks;
    size_t active = 0;
    enum class State { kUnknown, kAsked, kKnown } state = State::kUnknown;
    Robots robots;
    size_t robots_tries = 0;
    std::string shut;  // why nothing may be fetched; empty: nothing is against it
    FetchDecision shut_as = FetchDecision::kBlocked;
    Time next;   // when the next exchange may begin
    Time woken;  // its entry in wake_
    bool waits = false;
  };

  void Schedule(const std::string& name, Origin& origin);
  void StartDue();
  void StartOne(const std::string& name, Origin& origin);
  void AskForRobots(const std::string& name, Origin& origin);
  void StartTask(Task task);
  bool Allowed(Origin& origin, Task& task);
  void Finish(Task task, HttpExchange&& exchange);
  void FinishRobots(Task task, HttpExchange&& exchange);
  bool TryAgain(Task& task, const HttpExchange& exchange);
  void Follow(Task task, HttpExchange&& exchange, const std::string& location);
  void Report(const Task& task, FetchDecision decision, std::string reason,
              HttpExchange&& exchange = {});
  std::chrono::milliseconds NextWake() const;

  HttpClient& client_;
  const FetchOptions options_;
  const Conditions conditions_;
  const Sink sink_;
  std::map<std::string, Origin> origins_;
  std::set<std::pair<Time, std::string>> wake_;
  std::set<std::string> seen_;
  std::map<uint64_t, Task> running_;
  uint64_t last_id_ = 0;
};

}  // namespace kaoju
