#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace kaoju {

Progress::Progress(bool quiet)
    : shown_(!quiet && isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()),
      drawn_(start_) {}

Progress::~Progress() {
  if (!shown_) return;
  Draw();
  std::fputc('\n', stderr);
}

void Progress::Add(size_t docs, size_t bytes, size_t facts, size_t failed) {
  docs_ += docs;
  bytes_ += bytes;
  facts_ += facts;
  failed_ += failed;
  if (shown_ && std::chrono::steady_clock::now() - drawn_ > std::chrono::milliseconds(200)) Draw();
}

void Progress::Draw() {
  drawn_ = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(drawn_ - start_).count() + 1e-9;
  const std::string line =
      fmt::format("\r\033[K{} documents ({:.0f}/s), {:.1f} MB ({:.1f} MB/s), {} facts{}", docs_,
                  static_cast<double>(docs_) / seconds, static_cast<double>(bytes_) / 1e6,
                  static_cast<double>(bytes_) / 1e6 / seconds, facts_,
                  failed_ > 0 ? fmt::format(", {} failed", failed_) : std::string());
  std::fputs(line.c_str(), stderr);
}

}  // namespace kaoju
