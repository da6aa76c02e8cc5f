// Servers on loopback for tests: one that answers with given bytes, whatever they are, and nginx.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kaoju::testing_web {

namespace fs = std::filesystem;

inline sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// A listening socket on a free port.
inline int Listen(int& port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
  listen(fd, 64);
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return fd;
}

// Answers each request, one a connection, by the handler of its path; 404 where there is none.
class RawServer {
 public:
  // Writes the answer to the socket; `request` is the head as sent.
  using Handler = std::function<void(int fd, const std::string& request)>;

  RawServer() : fd_(Listen(port_)), thread_([this] { Serve(); }) {}
  ~RawServer() {
    stop_ = true;
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    for (std::thread& t : answers_) t.join();
    close(fd_);
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  void On(const std::string& path, Handler handler) {
    const std::lock_guard lock(mutex_);
    handlers_[path] = std::move(handler);
  }
  void Say(const std::string& path, const std::string& bytes) {
    On(path, [bytes](int fd, const std::string&) { Send(fd, bytes); });
  }
  static bool Send(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(n));
    }
    return true;
  }

  std::string Url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  // The paths that were asked for, in order.
  std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  const std::atomic<bool>& stopping() const { return stop_; }

 private:
  void Serve() {
    while (!stop_) {
      const int fd = accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) break;
      answers_.emplace_back([this, fd] { Answer(fd); });
    }
  }

  void Answer(int fd) {
    std::string request;
    char byte = 0;
    while (!request.ends_with("\r\n\r\n") && recv(fd, &byte, 1, 0) == 1) request += byte;
    const size_t begin = request.find(' ') + 1;
    const std::string path = request.substr(begin, request.find(' ', begin) - begin);
    Handler handler;
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(path);
      if (const auto at = handlers_.find(path); at != handlers_.end()) handler = at->second;
    }
    if (handler) {
      handler(fd, request);
    } else {
      Send(fd, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    shutdown(fd, SHUT_WR);
    close(fd);
  }

  int port_ = 0;
  int fd_;
  mutable std::mutex mutex_;
  std::map<std::string, Handler> handlers_;
  std::vector<std::string> asked_;
  std::atomic<bool> stop_ = false;
  std::vector<std::thread> answers_;  // touched by thread_ only, until it has ended
  std::thread thread_;
};

// nginx with the files of a folder: plain at port(), and with HTTP/2 over TLS at tls_port(), by the
// certificate of certificate().
class Nginx {
 public:
  static bool Installed() {
    return fs::exists("/usr/sbin/nginx") && fs::exists("/usr/bin/openssl");
  }

  // `locations`: of nginx's configuration.
  Nginx(const fs::path& dir, const std::string& locations) : dir_(dir) {
    close(Listen(port_));
    close(Listen(tls_port_));
    fs::create_directories(dir_ / "www");
    const std::string make =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=IP:127.0.0.1 -keyout " +
        (dir_ / "key.pem").string() + " -out " + certificate() + " 2>/dev/null";
    if (std::system(make.c_str()) != 0) return;
    std::ofstream(dir_ / "nginx.conf") << Configuration(locations);
    pid_ = fork();
    if (pid_ == 0) {
      const std::string conf = (dir_ / "nginx.conf").string();
      const std::string log = (dir_ / "start.log").string();
      execl("/usr/sbin/nginx", "nginx", "-e", log.c_str(), "-p", dir_.c_str(), "-c", conf.c_str(),
            nullptr);
      _exit(127);
    }
    for (int i = 0; i < 200 && !running_; ++i) {
      running_ = Answers();
      if (!running_) std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
  }
  ~Nginx() {
    if (pid_ <= 0) return;
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  bool running() const { return running_; }
  fs::path www() const { return dir_ / "www"; }
  std::string certificate() const { return (dir_ / "cert.pem").string(); }
  std::string Url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  std::string TlsUrl(const std::string& path) const {
    return "https://127.0.0.1:" + std::to_string(tls_port_) + path;
  }

 private:
  bool Answers() const {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = Loopback(tls_port_);
    const bool open = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return open;
  }

  std::string Configuration(const std::string& locations) const {
    const std::string dir = dir_.string();
    const auto port = [](int number) { return "127.0.0.1:" + std::to_string(number); };
    return "daemon off;\nmaster_process off;\npid " + dir + "/pid;\nerror_log " + dir +
           "/error.log;\nevents {}\nhttp {\n  access_log off;\n  types { text/html html; "
           "application/xml xml; text/plain txt; application/gzip gz; }\n  client_body_temp_path " +
           dir + "/t1;\n  proxy_temp_path " + dir + "/t2;\n  fastcgi_temp_path " + dir +
           "/t3;\n  uwsgi_temp_path " + dir + "/t4;\n  scgi_temp_path " + dir +
           "/t5;\n  gzip on;\n  gzip_min_length 1;\n  gzip_types *;\n  etag on;\n  server {\n"
           "    listen " +
           port(port_) + ";\n    listen " + port(tls_port_) + " ssl http2;\n    ssl_certificate " +
           certificate() + ";\n    ssl_certificate_key " + dir + "/key.pem;\n    root " + dir +
           "/www;\n    charset utf-8;\n" + locations + "  }\n}\n";
  }

  fs::path dir_;
  int port_ = 0;
  int tls_port_ = 0;
  pid_t pid_ = -1;
  bool running_ = false;
};

}  // namespace kaoju::testing_web
