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
  struct sigaction action {};
  action.sa_handler = OnSignal;  // without SA_RESTART: a read that waits for input comes back
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  return interrupted;
}

}  // namespace kaoju
