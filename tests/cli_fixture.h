// What the tests of the program share: a folder of one's own, the real program run in a process of
// its own with an environment of its own, and articles for it. All articles are invented.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

// AddressSanitizer reserves terabytes of addresses: no limit of them can be set.
#if defined(__SANITIZE_ADDRESS__)
#define KAOJU_UNDER_ASAN true
#else
#define KAOJU_UNDER_ASAN false
#endif

namespace kaoju::testing_cli {

namespace fs = std::filesystem;

// One call of the program. What is not given: an empty standard input, no limit.
struct Call {
  std::vector<std::string> args;
  std::string input;                      // standard input, from a file
  std::function<void(int fd)> feed = {};  // writes standard input, a pipe, in a process of its own
  std::vector<std::string> env = {};      // NAME=value, in place of the test's own
  std::string out = {};                   // path for standard output, instead of Outcome::out
  rlim_t address_space = RLIM_INFINITY;
};

struct Outcome {
  int code = -1;  // exit code; -1 iff a signal ended it, or it had to be killed
  int signal = 0;
  bool hung = false;
  std::string out;
  std::string err;
  long peak_kb = 0;  // resident
};

inline std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

inline bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// A running program. Its owner calls Wait.
class Child {
 public:
  // Both take descriptors for the child, which are closed here.
  Child(const Call& call, int in, int out, int err) {
    std::vector<std::string> words = call.args;
    words.insert(words.begin(), KAOJU_BINARY);
    std::vector<std::string> env = Environment(call.env);
    std::vector<char*> argv = Pointers(words);
    std::vector<char*> envp = Pointers(env);
    pid_ = fork();
    if (pid_ == 0) {
      dup2(in, STDIN_FILENO);
      dup2(out, STDOUT_FILENO);
      dup2(err, STDERR_FILENO);
      close_range(3, ~0U, 0);
      signal(SIGPIPE, SIG_DFL);
      signal(SIGINT, SIG_DFL);
      const rlimit limit{call.address_space, call.address_space};
      if (call.address_space != RLIM_INFINITY) setrlimit(RLIMIT_AS, &limit);
      execve(argv[0], argv.data(), envp.data());
      _exit(127);
    }
    for (const int fd : {in, out, err}) close(fd);
  }

  void Interrupt() const { kill(pid_, SIGINT); }
  void Kill() const { kill(pid_, SIGKILL); }

  // Fills the ending; kills the program when it has not ended by itself in two minutes.
  void Wait(Outcome& o) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    int status = 0;
    rusage usage{};
    while (wait4(pid_, &status, WNOHANG, &usage) == 0) {
      if (!o.hung && std::chrono::steady_clock::now() > deadline) {
        o.hung = true;
        kill(pid_, SIGKILL);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    o.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    o.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    o.peak_kb = usage.ru_maxrss;
  }

 private:
  static std::vector<char*> Pointers(std::vector<std::string>& words) {
    std::vector<char*> out;
    for (std::string& word : words) out.push_back(word.data());
    out.push_back(nullptr);
    return out;
  }
  // A small environment that says where the rules are, so that no variable of the caller matters.
  static std::vector<std::string> Environment(std::vector<std::string> env) {
    env.push_back("KAOJU_RULES=" KAOJU_SOURCE_DIR "/rules");
    env.push_back("PATH=/usr/bin:/bin");
    return env;
  }

  pid_t pid_ = -1;
};

class CliTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "kaoju_cli_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string File(const std::string& name, std::string_view bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }
  std::string Gzip(const std::string& name, std::string_view bytes) const {
    const gzFile file = gzopen(Path(name).c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
    return Path(name);
  }

  int OpenToWrite(const std::string& path) const {
    return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  }

  // Runs the program to its end.
  Outcome Run(const Call& call) const {
    pid_t feeder = -1;
    const int in = call.feed ? Feed(call.feed, feeder)
                             : open(File("stdin", call.input).c_str(), O_RDONLY | O_CLOEXEC);
    const std::string out = call.out.empty() ? Path("stdout") : call.out;
    const Child child(call, in, OpenToWrite(out), OpenToWrite(Path("stderr")));
    Outcome o;
    child.Wait(o);
    if (feeder > 0) waitpid(feeder, nullptr, 0);
    if (call.out.empty()) o.out = ReadAll(out);
    o.err = ReadAll(Path("stderr"));
    return o;
  }
  Outcome Run(std::vector<std::string> args, std::string input = {}) const {
    return Run(Call{.args = std::move(args), .input = std::move(input)});
  }

  fs::path folder_;

 private:
  static int Feed(const std::function<void(int fd)>& feed, pid_t& feeder) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    feeder = fork();
    if (feeder == 0) {
      signal(SIGPIPE, SIG_DFL);
      close(ends[0]);
      feed(ends[1]);
      _exit(0);
    }
    close(ends[1]);
    return ends[0];
  }
};

// A document as `extract` reads it.
inline std::string Line(std::string_view id, std::string_view text) {
  std::string line = R"({"id":")";
  line.append(id).append(R"(","published":"2024-10-28","text":")").append(text);
  return line + "\"}\n";
}

inline constexpr std::string_view kCompany =
    "澜桥控股董事长沈映秋10月28日表示，全年研发投入将超过6亿元，同比增长7.2%。"
    "据知情人士透露，公司正与两家客户洽谈近3亿美元的合同。";
inline constexpr std::string_view kFlood =
    "棠洛縣昨日突降暴雨，截至下午3時，已有3,000餘人轉移，2人失聯。縣長周衡之說：「救援仍在進行。」";
inline constexpr std::string_view kMatch =
    "海岳队周六以2比1击败南麓队，现场观众约4.5万人。主教练高仲远称，球队“配得上这场胜利”。";

inline std::string ThreeArticles() {
  return Line("company", kCompany) + Line("flood", kFlood) + Line("match", kMatch);
}

// `count` articles, no two with the same id.
inline std::string ManyArticles(size_t count) {
  std::string lines;
  for (size_t i = 0; i < count; ++i) {
    lines += Line("a" + std::to_string(i), i % 2 == 0 ? kCompany : kFlood);
  }
  return lines;
}

}  // namespace kaoju::testing_cli
