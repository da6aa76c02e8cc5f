#include "cli/cmd_fetch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <utility>

#include "cli/article_pages.h"
#include "cli/exit_codes.h"
#include "cli/fetch_folder.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/rules_dir.h"
#include "cli/version.h"
#include "ingest/fetcher.h"
#include "ingest/http_message.h"
#include "ingest/ingest.h"
#include "ingest/line_reader.h"
#include "ingest/links.h"
#include "rules/error.h"
#include "rules/hash.h"

namespace kaoju {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxAddress = 8192;  // bytes
constexpr int kMaxDepth = 2;          // an index of sitemaps, a sitemap, pages
const std::string kSoftware = std::string("kaoju/") + kVersion;

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

class Fetching {
 public:
  Fetching(const FetchCommand& o, const Ingest& ingest)
      : o_(o),
        ingest_(ingest),
        folder_(o.out, kSoftware),
        client_(kSoftware + " (+" + o.contact + ")", Limits(o), o.certificates),
        progress_(o.quiet),
        fetcher_(
            client_, Options(o), [this](const std::string& url) { return Conditions(url); },
            [this](FetchReport&& report) { Take(std::move(report)); }) {}

  void Add(const std::string& url) {
    const auto parsed = ParseUrl(url);
    const bool done = parsed && folder_.log().Done(parsed->text);
    if (done && !o_.again && !o_.follow) {
      ++skipped_;
      return;
    }
    if (parsed && o_.follow) lists_.emplace(parsed->text, 0);
    AddPage(url);
  }
  // What is held back when it is stopped is fetched anew next time.
  void Run(const std::atomic<bool>& stop) {
    fetcher_.Run(stop);
    if (stop) return;
    for (auto pages = held_.GiveUpAny(); !pages.empty(); pages = held_.GiveUpAny())
      RecordAll(std::move(pages));
  }

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

  // False: it is one too many, or was added before.
  bool AddPage(const std::string& url, bool soon = false) {
    if (o_.most_pages > 0 && added_ >= o_.most_pages) return false;
    if (!fetcher_.Add(url, soon)) return false;
    ++added_;
    return true;
  }

  std::vector<std::string> Conditions(const std::string& url) const {
    const FetchRow* last = folder_.log().Fetched(url);
    if (last == nullptr || lists_.contains(url) || held_.Awaits(url)) return {};
    std::vector<std::string> out;
    if (!last->etag.empty()) out.push_back("If-None-Match: " + last->etag);
    if (!last->last_modified.empty()) out.push_back("If-Modified-Since: " + last->last_modified);
    return out;
  }

  void Take(FetchReport&& report) {
    const bool ends =
        report.decision != FetchDecision::kRedirected && report.decision != FetchDecision::kRetried;
    progress_.Add(ends ? 1 : 0, report.exchange.body.size(), 0, IsFailure(report) ? 1 : 0);
    const bool awaited = held_.Awaits(report.asked);
    if (report.decision == FetchDecision::kFetched) {
      const std::string next = NextPage(report);
      if (!next.empty()) return TakePage(std::move(report), next);
      if (!awaited) return Record(std::move(report), false);
      std::vector<FetchReport> pages = held_.GiveUp(report.asked);
      pages.push_back(std::move(report));
      return RecordAll(std::move(pages));
    }
    std::vector<FetchReport> pages;
    if (ends && awaited) pages = held_.GiveUp(report.asked);
    Record(std::move(report), false);
    RecordAll(std::move(pages));
  }

  static bool IsFailure(const FetchReport& report) {
    return report.decision == FetchDecision::kFailed ||
           report.decision == FetchDecision::kBlocked || report.decision == FetchDecision::kRefused;
  }

  // The address of the page that the article goes on in; empty: it does not, or nobody asked.
  std::string NextPage(const FetchReport& report) const {
    if (o_.single_page || lists_.contains(report.asked)) return {};
    return NextPageIn(report.exchange, report.url, ingest_.decoder(), ingest_.pages(),
                      o_.max_bytes);
  }

  // A page that others follow.
  void TakePage(FetchReport&& report, const std::string& next) {
    std::vector<FetchReport> whole;
    if (!held_.Add(std::move(report), next, whole)) return RecordAll(std::move(whole));
    if (!AddPage(next, true)) RecordAll(held_.GiveUp(next));
  }

  // The pages of an article. If one of them is new, all are kept.
  void RecordAll(std::vector<FetchReport> pages) {
    const bool any_new = std::any_of(pages.begin(), pages.end(), [&](const FetchReport& page) {
      const FetchRow* last = folder_.log().Fetched(page.url);
      return last == nullptr || last->sha256 != Sha256(page.exchange.body);
    });
    for (FetchReport& page : pages) Record(std::move(page), any_new && pages.size() > 1);
  }

  // Into the log, and into the archive what was fetched and is not there, or what `must` be.
  void Record(FetchReport&& report, bool must) {
    const HttpExchange& exchange = report.exchange;
    FetchRow row;
    row.url = report.url;
    if (report.asked != report.url) row.asked = report.asked;
    row.at = TimeNow();
    row.reason = report.reason;
    row.status = exchange.status;
    row.bytes = exchange.body.size();
    if (report.decision == FetchDecision::kFetched) Keep(report, must, row);
    row.decision = NameOf(report.decision);
    folder_.log().Write(row);
    ++counts_[report.decision];
    if (IsFailure(report))
      std::fprintf(stderr, "kaoju: %s: %s: %s\n", report.url.c_str(), row.decision.c_str(),
                   row.reason.c_str());
  }

  // Into the archive, unless it is what is there already.
  void Keep(FetchReport& report, bool must, FetchRow& row) {
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
    const FetchRow* last = folder_.log().Fetched(report.url);
    if (!must && last != nullptr && last->sha256 == row.sha256) {
      report.decision = FetchDecision::kUnchanged;
      row.reason = "the same bytes as before";
      return;
    }
    const WarcPlace place = folder_.archive().WriteResponse(report.url, row.at, exchange);
    row.offset = place.offset;
    row.size = place.size;
  }

  void Follow(const FetchReport& report) {
    const int depth = lists_.at(report.asked);
    try {
      for (const std::string& link : LinksIn(report.exchange, ingest_.decoder(), o_.max_bytes)) {
        const auto url = ParseUrl(link, report.url);
        if (!url) continue;
        const bool sitemap = IsSitemapAddress(url->text);
        if (sitemap && depth < kMaxDepth) lists_.emplace(url->text, depth + 1);
        if (!sitemap && !o_.again && folder_.log().Done(url->text)) {
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
  const Ingest& ingest_;
  FetchFolder folder_;
  HttpClient client_;
  Progress progress_;
  std::map<std::string, int>
      lists_;  // addresses that may list others, and how deep they are listed
  std::map<FetchDecision, size_t> counts_;
  ArticlePages held_;
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
  sub.add_flag("--single-page", o.single_page,
               "not the further pages of an article that goes on over several");
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
      "reason, as JSON Lines. Started again, it goes on where it stopped. robots.txt is obeyed. "
      "Pages of one article stand one "
      "behind the other in the archive, and are read as one.\n"
      "Exit code: 0 all fetched, 1 usage, 2 some were not, 4 input or output broke.");
}

int RunFetch(const FetchCommand& o) {
  const std::vector<std::string> addresses = Addresses(o);
  if (addresses.empty()) throw CLI::ValidationError("URL", "nothing to fetch");
  if (o.contact.find_first_of("\r\n()") != std::string::npos)
    throw CLI::ValidationError("--contact", "holds what a header cannot");
  const Ingest ingest(FindRulesDir(o.rules));
  std::error_code error;
  fs::create_directories(o.out, error);
  if (error) throw IoError(o.out + ": cannot be made: " + error.message());
  const std::atomic<bool>& stop = WatchInterrupts();
  Fetching fetching(o, ingest);
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
