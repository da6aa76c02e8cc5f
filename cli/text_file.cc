#include "cli/text_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "rules/error.h"

namespace kaoju {
namespace fs = std::filesystem;

std::string ReadTextFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) throw IoError(path + ": cannot be read");
  return text;
}

void WriteTextFile(const std::string& path, std::string_view text) {
  const std::string beside = path + ".new";
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << text;
    out.flush();
    if (!out) throw IoError(beside + ": cannot be written");
  }
  std::error_code error;
  if (const auto status = fs::status(path, error); !error)
    fs::permissions(beside, status.permissions(), error);
  fs::rename(beside, path, error);
  if (error) throw IoError(path + ": cannot be replaced: " + error.message());
}

std::vector<std::string> ListFiles(const std::string& dir, std::string_view extension) {
  std::error_code error;
  std::vector<std::string> out;
  for (const auto& e : fs::directory_iterator(dir, error)) {
    if (e.path().extension() == extension) out.push_back(e.path().string());
  }
  if (error) throw IoError(dir + ": cannot be read: " + error.message());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace kaoju
