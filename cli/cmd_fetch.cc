#include "cli/cmd_fetch.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/fetch_log.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/rules_dir.h"
#include "cli/version.h"
#include "ingest/fetcher.h"
#include "ingest/http_message.h"
#include "ingest/ingest.h"
#include "ingest/line_reader.h"
#include "ingest/links.h"
#include "ingest/warc_writer.h"
#include "rules/error.h"
#include "rules/hash.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxAddress = 8192;  // bytes
constexpr int kMaxDepth = 2;          // an index of sitemaps, a sitemap, pages
const std::string kSoftware = std::string("kaoju/") + kVersion;

std::string Now() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

std::vector<std::string> Addresses(const FetchCommand& o) {
  std::vector<std::string> out = o.urls;
  if (o.list.empty()) return out;
  LineReader lines(o.list);
  std::string line;
  for (bool fits = true; lines.Next(kMaxAddress, line, fits);) {
    if (!fits) {
      throw IoError(o.list + ':' + std::to_string(lines.number()) + ": is longer than " +
                    std::to_string(kMaxAddress) + " bytes");
    }
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty() && line[0] != '#') out.push_back(line);
  }
  return out;
}

// The folder of what is fetched: an archive, and the log of every decision.
struct FetchFolder {
  explicit FetchFolder(const std::string& dir)
      : archive_path(dir + "/pages.warc.gz"),
        log(dir + "/fetch.log"),
        archive(archive_path, KnownSize(), kSoftware, Now()) {
    if (log.archive_size() > 0) return;
    FetchRow began;
    began.at = Now();
    began.decision = "began";
    began.size = fs::file_size(archive_path);
    log.Write(began);
  }

  std::string archive_path;
  FetchLog log;
  WarcWriter archive;

 private:
  // What the log does not know of is cut off; an archive that it knows nothing of is not ours to
  // cut.
  uint64_t KnownSize() const {
    std::error_code none;
    const uint64_t size = fs::file_size(archive_path, none);
    const bool exists = !none && size > 0;
    if (exists && log.archive_size() == 0)
      throw IoError(archive_path + ": exists, and there is no log of it beside it");
    if (log.archive_size() > (exists ? size : 0))
      throw IoError(archive_path + ": is shorter than the log beside it says");
    return log.archive_size();
  }
};

class Fetching {
 public:
  Fetching(const FetchCommand& o, const Ingest* ingest)
      : o_(o),
        ingest_(ingest),
        folder_(o.out),
        client_(kSoftware + " (+" + o.contact + ")", Limits(o), o.certificates),
        progress_(o.quiet),
        fetcher_(
            client_, Options(o), [this](const std::string& url) { return Conditions(url); },
            [this](FetchReport&& report) { Take(std::move(report)); }) {}

  void Add(const std::string& url) {
    const auto parsed = ParseUrl(url);
    const bool done = parsed && folder_.log.Done(parsed->text);
    if (done && !o_.again && !o_.follow) {
      ++skipped_;
      return;
    }
    if (parsed && o_.follow) lists_.emplace(parsed->text, 0);
    AddPage(url);
  }
  void Run(const std::atomic<bool>& stop) { fetcher_.Run(stop); }

  size_t Count(FetchDecision decision) const {
    const auto at = counts_.find(decision);
    return at == counts_.end() ? 0 : at->second;
  }
  size_t skipped() const { return skipped_; }

 private:
  static HttpLimits Limits(const FetchCommand& o) {
    HttpLimits limits;
    limits.body_bytes = o.max_bytes;
    limits.whole = std::chrono::milliseconds(static_cast<int64_t>(o.timeout * 1000));
    limits.allow_private = o.allow_private;
    return limits;
  }
  static FetchOptions Options(const FetchCommand& o) {
    FetchOptions options;
    options.parallel = o.parallel;
    options.per_origin = o.per_host;
    options.delay = std::chrono::milliseconds(static_cast<int64_t>(o.delay * 1000));
    options.backoff = std::max(options.delay, std::chrono::milliseconds(100)) * 2;
    options.retries = o.retries;
    return options;
  }

  void AddPage(const std::string& url) {
    if (o_.most_pages > 0 && added_ >= o_.most_pages) return;
    ++added_;
    fetcher_.Add(url);
  }

  std::vector<std::string> Conditions(const std::string& url) const {
    const FetchRow* last = folder_.log.Fetched(url);
    if (last == nullptr || lists_.contains(url)) return {};
    std::vector<std::string> out;
    if (!last->etag.empty()) out.push_back("If-None-Match: " + last->etag);
    if (!last->last_modified.empty()) out.push_back("If-Modified-Since: " + last->last_modified);
    return out;
  }

  void Take(FetchReport&& report) {
    const HttpExchange& exchange = report.exchange;
    FetchRow row;
    row.url = report.url;
    if (report.asked != report.url) row.asked = report.asked;
    row.at = Now();
    row.reason = report.reason;
    row.status = exchange.status;
    row.bytes = exchange.body.size();
    if (report.decision == FetchDecision::kFetched) Keep(report, row);
    row.decision = NameOf(report.decision);
    folder_.log.Write(row);
    ++counts_[report.decision];
    const bool failed = report.decision == FetchDecision::kFailed ||
                        report.decision == FetchDecision::kBlocked ||
                        report.decision == FetchDecision::kRefused;
    if (failed)
      std::fprintf(stderr, "kaoju: %s: %s: %s\n", report.url.c_str(), row.decision.c_str(),
                   row.reason.c_str());
    const bool ends =
        report.decision != FetchDecision::kRedirected && report.decision != FetchDecision::kRetried;
    progress_.Add(ends ? 1 : 0, exchange.body.size(), 0, failed ? 1 : 0);
  }

  // Into the archive, unless it is what is there already.
  void Keep(FetchReport& report, FetchRow& row) {
    const HttpExchange& exchange = report.exchange;
    row.sha256 = Sha256(exchange.body);
    if (const auto response = ParseHttp(exchange.head)) {
      const auto header = [&](const char* name) {
        const auto at = response->headers.find(name);
        return at == response->headers.end() ? std::string() : at->second;
      };
      row.etag = header("etag");
      row.last_modified = header("last-modified");
    }
    if (lists_.contains(report.asked)) Follow(report);
    const FetchRow* last = folder_.log.Fetched(report.url);
    if (last != nullptr && last->sha256 == row.sha256) {
      report.decision = FetchDecision::kUnchanged;
      row.reason = "the same bytes as before";
      return;
    }
    const WarcPlace place = folder_.archive.WriteResponse(report.url, row.at, exchange);
    row.offset = place.offset;
    row.size = place.size;
  }

  void Follow(const FetchReport& report) {
    const int depth = lists_.at(report.asked);
    try {
      for (const std::string& link : LinksIn(report.exchange, ingest_->decoder(), o_.max_bytes)) {
        const auto url = ParseUrl(link, report.url);
        if (!url) continue;
        const bool sitemap = IsSitemapAddress(url->text);
        if (sitemap && depth < kMaxDepth) lists_.emplace(url->text, depth + 1);
        if (!sitemap && !o_.again && folder_.log.Done(url->text)) {
          ++skipped_;
          continue;
        }
        AddPage(url->text);
      }
    } catch (const DocumentError& e) {
      std::fprintf(stderr, "kaoju: %s: cannot be followed: %s\n", report.url.c_str(), e.what());
    }
  }

  // What an index of sitemaps lists, by its name.
  static bool IsSitemapAddress(const std::string& url) {
    const std::string_view path = std::string_view(url).substr(0, url.find('?'));
    return path.ends_with(".xml") || path.ends_with(".xml.gz");
  }

  const FetchCommand& o_;
  const Ingest* ingest_;
  FetchFolder folder_;
  HttpClient client_;
  Progress progress_;
  std::map<std::string, int>
      lists_;  // addresses that may list others, and how deep they are listed
  std::map<FetchDecision, size_t> counts_;
  size_t added_ = 0;
  size_t skipped_ = 0;
  Fetcher fetcher_;
};

}  // namespace

void AddFetchOptions(CLI::App& sub, FetchCommand& o) {
  sub.add_option("URL", o.urls, "addresses of pages, or with --follow of feeds and sitemaps");
  sub.add_option("--from", o.list, "a file of addresses, one a line; # begins a comment");
  sub.add_option("--out", o.out, "the folder of the archive and the log; made when it is not there")
      ->required();
  sub.add_option("--contact", o.contact,
                 "an address where site owners reach you; stands in the user agent")
      ->required();
  sub.add_flag("--follow", o.follow, "also fetch the pages that feeds and sitemaps list");
  sub.add_flag("--again", o.again,
               "ask again for what was fetched before: only what has changed is sent and kept");
  sub.add_option("--limit", o.most_pages, "fetch at most so many addresses")
      ->check(CLI::PositiveNumber);
  sub.add_option("--parallel", o.parallel, "exchanges at a time")->check(CLI::Range(1, 256));
  sub.add_option("--per-host", o.per_host, "of them with one host")->check(CLI::Range(1, 16));
  sub.add_option("--delay", o.delay, "seconds between two on one host; a longer crawl-delay counts")
      ->check(CLI::Range(0.0, 3600.0));
  sub.add_option("--timeout", o.timeout, "seconds that one exchange may take")
      ->check(CLI::Range(0.1, 3600.0));
  sub.add_option("--retries", o.retries, "further tries of what may pass")
      ->check(CLI::Range(0, 10));
  sub.add_option("--max-bytes", o.max_bytes, "longer bodies are refused")
      ->check(CLI::PositiveNumber);
  sub.add_flag("--allow-private", o.allow_private,
               "also addresses of private networks and of this machine");
  sub.add_option("--ca-file", o.certificates, "certificates to trust in place of the system's")
      ->check(CLI::ExistingFile);
  sub.add_option("--rules", o.rules, "the folder of the rules");
  sub.add_flag("-q,--quiet", o.quiet, "no progress and no summary");
  sub.footer(
      "Examples:\n"
      "  kaoju fetch https://example.com/news/1 --out pages --contact desk@example.com\n"
      "  kaoju fetch --follow https://example.com/sitemap.xml --out pages --contact "
      "desk@example.com\n"
      "  kaoju run pages --db facts.db\n"
      "Writes pages.warc.gz, which run and extract read, and fetch.log: each decision, with its "
      "reason, as JSON Lines. Started again, it goes on where it stopped. robots.txt is obeyed.\n"
      "Exit code: 0 all fetched, 1 usage, 2 some were not, 4 input or output broke.");
}

int RunFetch(const FetchCommand& o) {
  const std::vector<std::string> addresses = Addresses(o);
  if (addresses.empty()) throw CLI::ValidationError("URL", "nothing to fetch");
  if (o.contact.find_first_of("\r\n()") != std::string::npos)
    throw CLI::ValidationError("--contact", "holds what a header cannot");
  std::unique_ptr<Ingest> ingest;
  if (o.follow) ingest = std::make_unique<Ingest>(FindRulesDir(o.rules));
  std::error_code error;
  fs::create_directories(o.out, error);
  if (error) throw IoError(o.out + ": cannot be made: " + error.message());
  const std::atomic<bool>& stop = WatchInterrupts();
  Fetching fetching(o, ingest.get());
  for (const std::string& url : addresses) fetching.Add(url);
  fetching.Run(stop);
  const size_t failed = fetching.Count(FetchDecision::kFailed) +
                        fetching.Count(FetchDecision::kBlocked) +
                        fetching.Count(FetchDecision::kRefused);
  if (!o.quiet) {
    const std::string summary = fmt::format(
        "{} fetched, {} unchanged, {} blocked by robots.txt, {} refused, {} failed, {} there "
        "already; in {}\n",
        fetching.Count(FetchDecision::kFetched), fetching.Count(FetchDecision::kUnchanged),
        fetching.Count(FetchDecision::kBlocked), fetching.Count(FetchDecision::kRefused),
        fetching.Count(FetchDecision::kFailed), fetching.skipped(), o.out);
    std::fputs(summary.c_str(), stdout);
  }
  if (stop) {
    std::fprintf(stderr, "kaoju: interrupted; start again to go on\n");
    return 130;
  }
  return failed > 0 ? kSomeFailed : kGood;
}

}  // namespace kaoju
