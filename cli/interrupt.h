// Ctrl-C: the first asks the command to finish what it has begun, the second ends it.
#pragma once

#include <atomic>

namespace kaoju {

// Installs handlers of SIGINT and SIGTERM; the flag becomes true at the first. May be called once.
const std::atomic<bool>& WatchInterrupts();

}  // namespace kaoju
