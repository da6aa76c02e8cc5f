// TARGET [-max_total_time=SECONDS] [-seed=N] [-artifact_prefix=PATH] FOLDER|FILE…: drives a fuzz
// target where clang's libFuzzer is not at hand, with the same options. It damages what it was
// given and keeps what takes a way through the code that no input took before; g++ marks the ways
// with -fsanitize-coverage=trace-pc. An input that ends the program is written to PATHcrash-N.
#include <sanitizer/common_interface_defs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/damage.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr size_t kMaxInput = 4096;    // bytes; longer inputs are slow, and break nothing else
constexpr unsigned kMaxSeconds = 20;  // for one input
constexpr size_t kWays = size_t{1} << 16;

std::array<bool, kWays> seen;  // ways through the code, by hash
size_t fresh = 0;              // ways that the last input took first
uintptr_t last_place = 0;

std::string input;
std::string prefix;

void Keep() {
  const size_t name = std::hash<std::string>{}(input);
  std::ofstream out(prefix + "crash-" + std::to_string(name), std::ios::binary);
  out << input;
}

void OnSignal(int signal) {
  std::fputs(signal == SIGALRM ? "too slow\n" : "aborted\n", stderr);
  Keep();
  _exit(1);
}

void Run(const std::string& bytes) {
  input = bytes;
  fresh = 0;
  last_place = 0;
  alarm(kMaxSeconds);
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
  alarm(0);
}

void Read(const std::filesystem::path& path, std::vector<std::string>& inputs) {
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::directory_iterator(path)) Read(entry.path(), inputs);
    return;
  }
  std::ifstream in(path, std::ios::binary);
  inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

struct Options {
  uint64_t seed = 1;
  long seconds = 60;
  std::vector<std::string> inputs;
};

Options Parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const std::string value = word.substr(word.find('=') + 1);
    if (word.starts_with("-max_total_time=")) {
      options.seconds = std::atol(value.c_str());
    } else if (word.starts_with("-seed=")) {
      options.seed = std::strtoull(value.c_str(), nullptr, 10);
    } else if (word.starts_with("-artifact_prefix=")) {
      prefix = value;
    } else {
      Read(word, options.inputs);
    }
  }
  return options;
}

// Long inputs are cut, so that runs stay many.
std::string Damaged(const std::vector<std::string>& inputs, kaoju::Dice& dice) {
  std::string bytes = inputs[dice.Roll(inputs.size())];
  if (bytes.size() > kMaxInput)
    bytes = bytes.substr(dice.Roll(bytes.size() - kMaxInput), kMaxInput);
  for (size_t n = 1 + dice.Roll(6); n > 0; --n) {
    kaoju::DamageOnce(bytes, inputs[dice.Roll(inputs.size())], dice);
  }
  bytes.resize(std::min(bytes.size(), kMaxInput));
  return bytes;
}

}  // namespace

// Called by what is under test at each edge.
extern "C" void __sanitizer_cov_trace_pc() {
  const auto place = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  bool& way = seen[(place ^ (last_place >> 1)) % kWays];
  if (!way) ++fresh;
  way = true;
  last_place = place;
}

int main(int argc, char** argv) {
  Options options = Parse(argc, argv);
  std::signal(SIGABRT, OnSignal);
  std::signal(SIGALRM, OnSignal);
  __sanitizer_set_death_callback(Keep);
  if (options.inputs.empty()) options.inputs.emplace_back();
  for (const std::string& bytes : options.inputs) Run(bytes);
  kaoju::Dice dice(options.seed);
  size_t runs = 0;
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end = Clock::now() + std::chrono::seconds(options.seconds);
  for (; Clock::now() < end; ++runs) {
    Run(Damaged(options.inputs, dice));
    if (fresh > 0) options.inputs.push_back(input);
  }
  std::printf("%zu runs in %ld s, %zu inputs kept\n", runs, options.seconds, options.inputs.size());
  return 0;
}
