// Progress on a terminal: one line on stderr, rewritten. Silent anywhere else.
#pragma once

#include <chrono>
#include <cstddef>

namespace kaoju {

class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Add(size_t docs, size_t bytes, size_t facts, size_t failed);

 private:
  void Draw();
  bool shown_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point drawn_;
  size_t docs_ = 0;
  size_t bytes_ = 0;
  size_t facts_ = 0;
  size_t failed_ = 0;
};

}  // namespace kaoju
