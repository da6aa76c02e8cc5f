#include "cli/interrupt.h"

#include <csignal>

namespace kaoju {
namespace {

std::atomic<bool> interrupted{false};  // a signal handler can reach nothing else

extern "C" void OnSignal(int signal) {
  if (interrupted.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

const std::atomic<bool>& WatchInterrupts() {
  std::signal(SIGINT, OnSignal);
  std::signal(SIGTERM, OnSignal);
  return interrupted;
}

}  // namespace kaoju
