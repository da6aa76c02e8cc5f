#include "ingest/fetcher.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>
#include <string_view>

#include "ingest/http_message.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxRobots = size_t{500} << 10;  // bytes, RFC 9309, 2.5
constexpr size_t kMaxRobotsBody = size_t{8} << 20;
constexpr size_t kRobotsRedirects = 5;  // 2.3.1.2
constexpr std::chrono::seconds kMaxCrawlDelay{60};
constexpr std::chrono::milliseconds kPoll{200};  // how soon an interrupt is seen

std::string HeaderOf(const HttpExchange& exchange, const char* name) {
  const auto response = ParseHttp(exchange.head);
  if (!response) return {};
  const auto at = response->headers.find(name);
  return at == response->headers.end() ? std::string() : at->second;
}

// RFC 9110, 10.2.3: seconds, or a date.
std::optional<std::chrono::seconds> RetryAfter(const HttpExchange& exchange) {
  const std::string text = HeaderOf(exchange, "retry-after");
  if (text.empty()) return std::nullopt;
  int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc() && end == text.data() + text.size() && seconds >= 0)
    return std::chrono::seconds(seconds);
  const time_t at = curl_getdate(text.c_str(), nullptr);
  if (at < 0) return std::nullopt;
  return std::chrono::seconds(std::max<int64_t>(0, at - std::time(nullptr)));
}

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}
bool MayPass(int status) { return status == 429 || (status >= 500 && status != 501); }

bool IsWeb(const Url& url) { return url.scheme == "http" || url.scheme == "https"; }

}  // namespace

std::string_view NameOf(FetchDecision decision) {
  switch (decision) {
    case FetchDecision::kFetched:
      return "fetched";
    case FetchDecision::kUnchanged:
      return "unchanged";
    case FetchDecision::kRedirected:
      return "redirected";
    case FetchDecision::kRetried:
      return "retried";
    case FetchDecision::kBlocked:
      return "blocked";
    case FetchDecision::kRefused:
      return "refused";
    case FetchDecision::kFailed:
      return "failed";
  }
  return {};
}

Fetcher::Fetcher(HttpClient& client, FetchOptions options, Conditions conditions, Sink sink)
    : client_(client),
      options_(std::move(options)),
      conditions_(std::move(conditions)),
      sink_(std::move(sink)) {}

bool Fetcher::Add(const std::string& text, bool soon) {
  Task task;
  const auto url = ParseUrl(text);
  task.asked = url ? url->text : text;
  if (url) task.url = *url;
  task.url.text = task.asked;
  if (!seen_.insert(task.asked).second) return false;
  if (!url || !IsWeb(*url)) {
    Report(task, FetchDecision::kRefused, url ? url->scheme + " is not fetched" : "is no address");
    return true;
  }
  task.origin = url->origin;
  Origin& origin = origins_[task.origin];
  origin.tasks.insert(soon ? origin.tasks.begin() : origin.tasks.end(), std::move(task));
  Schedule(url->origin, origin);
  return true;
}

void Fetcher::Run(const std::atomic<bool>& stop) {
  while (!stop && (!wake_.empty() || !running_.empty())) {
    StartDue();
    for (HttpClient::Done& done : client_.Wait(NextWake())) {
      const auto at = running_.find(done.id);
      Task task = std::move(at->second);
      running_.erase(at);
      const std::string name = task.origin;
      --origins_[name].active;
      if (task.robots) {
        FinishRobots(std::move(task), std::move(done.exchange));
      } else {
        Finish(std::move(task), std::move(done.exchange));
      }
      Schedule(name, origins_[name]);
    }
  }
}

// Puts the origin where its turn comes, if it has anything to do and may do it.
void Fetcher::Schedule(const std::string& name, Origin& origin) {
  if (origin.waits) wake_.erase({origin.woken, name});
  origin.waits = !origin.tasks.empty() && origin.active < options_.per_origin &&
                 origin.state != Origin::State::kAsked;
  if (!origin.waits) return;
  origin.woken = std::max(origin.next, origin.tasks.front().due);
  wake_.insert({origin.woken, name});
}

void Fetcher::StartDue() {
  while (!wake_.empty() && running_.size() < options_.parallel &&
         wake_.begin()->first <= Clock::now()) {
    const std::string name = wake_.begin()->second;
    Origin& origin = origins_[name];
    StartOne(name, origin);
    Schedule(name, origin);
  }
}

void Fetcher::StartOne(const std::string& name, Origin& origin) {
  if (origin.state == Origin::State::kUnknown) return AskForRobots(name, origin);
  Task task = std::move(origin.tasks.front());
  origin.tasks.pop_front();
  if (!Allowed(origin, task)) return;
  const auto wanted =
      std::chrono::duration<double>(origin.robots.CrawlDelay(options_.agent).value_or(0));
  const auto delay = std::max<std::chrono::duration<double>>(
      options_.delay, std::min<std::chrono::duration<double>>(wanted, kMaxCrawlDelay));
  origin.next = Clock::now() + std::chrono::duration_cast<Clock::duration>(delay);
  ++origin.active;
  StartTask(std::move(task));
}

bool Fetcher::Allowed(Origin& origin, Task& task) {
  if (!origin.shut.empty()) {
    Report(task, origin.shut_as, origin.shut);
    return false;
  }
  const Robots::Verdict verdict = origin.robots.Judge(options_.agent, task.url.text);
  if (verdict.allowed) return true;
  Report(task, FetchDecision::kBlocked,
         "robots.txt:" + std::to_string(verdict.line) + ": " + verdict.rule);
  return false;
}

void Fetcher::AskForRobots(const std::string& name, Origin& origin) {
  Task task;
  task.robots = true;
  task.origin = name;
  task.url = *ParseUrl("/robots.txt", origin.tasks.front().url.text);
  task.asked = task.url.text;
  task.tries = origin.robots_tries;
  origin.state = Origin::State::kAsked;
  ++origin.active;
  StartTask(std::move(task));
}

void Fetcher::StartTask(Task task) {
  HttpRequest request{task.url.text, {}};
  if (!task.robots && conditions_) request.headers = conditions_(task.url.text);
  client_.Start(++last_id_, request);
  running_.emplace(last_id_, std::move(task));
}

void Fetcher::Finish(Task task, HttpExchange&& exchange) {
  if (exchange.refused)
    return Report(task, FetchDecision::kRefused, exchange.error, std::move(exchange));
  const std::string location =
      IsRedirect(exchange.status) ? HeaderOf(exchange, "location") : std::string();
  if (exchange.error.empty() && !location.empty())
    return Follow(std::move(task), std::move(exchange), location);
  const bool whole = exchange.error.empty();
  if (whole && exchange.status == 304)
    return Report(task, FetchDecision::kUnchanged, "", std::move(exchange));
  if (whole && exchange.status >= 200 && exchange.status < 300)
    return Report(task, FetchDecision::kFetched, "", std::move(exchange));
  const std::string reason = whole ? "status " + std::to_string(exchange.status) : exchange.error;
  if (TryAgain(task, exchange)) {
    Report(task, FetchDecision::kRetried, reason, std::move(exchange));
    origins_[task.origin].tasks.push_front(std::move(task));
    return;
  }
  Report(task, FetchDecision::kFailed, reason, std::move(exchange));
}

// Whether the task may be tried again, and when; then the whole origin waits.
bool Fetcher::TryAgain(Task& task, const HttpExchange& exchange) {
  const bool passing = exchange.error.empty() ? MayPass(exchange.status) : exchange.passing;
  if (!passing || task.tries >= options_.retries) return false;
  std::chrono::milliseconds wait = options_.backoff * (1 << std::min<size_t>(task.tries, 10));
  if (const auto asked = RetryAfter(exchange)) wait = *asked;
  if (wait > options_.most_wait) return false;
  ++task.tries;
  task.due = Clock::now() + wait;
  return true;
}

void Fetcher::Follow(Task task, HttpExchange&& exchange, const std::string& location) {
  const auto next = ParseUrl(location, task.url.text);
  if (!next || !IsWeb(*next) || task.redirects >= options_.redirects) {
    const std::string reason =
        next && IsWeb(*next) ? "more than " + std::to_string(options_.redirects) + " redirects"
                             : "a redirect to what is not fetched: " + location;
    return Report(task, FetchDecision::kRefused, reason, std::move(exchange));
  }
  Report(task, FetchDecision::kRedirected, "to " + next->text, std::move(exchange));
  Task following = std::move(task);
  following.url = *next;
  following.origin = next->origin;
  ++following.redirects;
  following.tries = 0;
  Origin& origin = origins_[next->origin];
  origin.tasks.push_front(std::move(following));
  Schedule(next->origin, origin);
}

void Fetcher::FinishRobots(Task task, HttpExchange&& exchange) {
  Origin& origin = origins_[task.origin];
  const std::string location =
      IsRedirect(exchange.status) ? HeaderOf(exchange, "location") : std::string();
  const auto next = location.empty() ? std::nullopt : ParseUrl(location, task.url.text);
  if (exchange.error.empty() && next && IsWeb(*next) && task.redirects < kRobotsRedirects) {
    task.url = *next;
    ++task.redirects;
    ++origin.active;
    return StartTask(std::move(task));
  }
  if (TryAgain(task, exchange)) {
    origin.state = Origin::State::kUnknown;  // the first page waits, and asks again
    origin.robots_tries = task.tries;
    origin.tasks.front().due = task.due;
    return;
  }
  origin.state = Origin::State::kKnown;
  if (!exchange.error.empty() || exchange.status >= 500 || exchange.status == 429) {
    origin.shut_as = exchange.refused         ? FetchDecision::kRefused
                     : exchange.error.empty() ? FetchDecision::kBlocked
                                              : FetchDecision::kFailed;
    origin.shut = exchange.error.empty() ? "robots.txt: status " + std::to_string(exchange.status)
                                         : "robots.txt: " + exchange.error;
    return;
  }
  if (exchange.status < 200 || exchange.status > 299) return;  // there is none
  const std::string whole = exchange.head + exchange.body;
  try {
    const std::string body = DecodeBody(*ParseHttp(whole), kMaxRobotsBody);
    origin.robots = Robots::Parse(std::string_view(body).substr(0, kMaxRobots));
  } catch (const DocumentError& e) {
    origin.shut = std::string("robots.txt: ") + e.what();
  }
}

void Fetcher::Report(const Task& task, FetchDecision decision, std::string reason,
                     HttpExchange&& exchange) {
  sink_({task.url.text, task.asked, decision, std::move(reason), std::move(exchange)});
}

std::chrono::milliseconds Fetcher::NextWake() const {
  if (wake_.empty() || running_.size() >= options_.parallel) return kPoll;
  const auto until =
      std::chrono::duration_cast<std::chrono::milliseconds>(wake_.begin()->first - Clock::now());
  return std::clamp<std::chrono::milliseconds>(until, std::chrono::milliseconds(0), kPoll);
}

}  // namespace kaoju
