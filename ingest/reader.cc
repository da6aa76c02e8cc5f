#include "ingest/reader.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "ingest/line_reader.h"
#include "rules/error.h"

namespace kaoju {
namespace {

bool EndsIn(std::string_view path, std::initializer_list<std::string_view> endings) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  return std::any_of(endings.begin(), endings.end(), [&](auto e) { return path.ends_with(e); });
}

RawDocument::Format FormatOf(std::string_view path) {
  if (path == "-" || EndsIn(path, {".jsonl", ".ndjson", ".json"})) {
    return RawDocument::Format::kJsonLine;
  }
  if (EndsIn(path, {".html", ".htm"})) return RawDocument::Format::kHtml;
  return RawDocument::Format::kText;
}

[[noreturn]] void Fail(const std::string& path, const std::string& why) {
  throw IoError(path + ": " + why);
}

}  // namespace

DocumentReader::DocumentReader(const std::string& path, Limits limits)
    : path_(path),
      limits_(limits),
      format_(FormatOf(path)),
      lines_(std::make_unique<LineReader>(path)) {}

DocumentReader::~DocumentReader() = default;
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;

size_t DocumentReader::position() const { return lines_->position(); }

bool DocumentReader::Next(RawDocument& out) {
  out.format = format_;
  out.path = path_;
  out.bytes.clear();
  out.problem.clear();
  return format_ == RawDocument::Format::kJsonLine ? NextLine(out) : WholeFile(out);
}

bool DocumentReader::NextLine(RawDocument& out) {
  for (bool fits = true; lines_->Next(limits_.document_bytes, out.bytes, fits);) {
    out.line = lines_->number();
    if (!fits) {
      out.problem = "line is longer than " + std::to_string(limits_.document_bytes) + " bytes";
      return true;
    }
    if (out.bytes.find_first_not_of(" \t\r") != std::string::npos) return true;
  }
  return false;
}

bool DocumentReader::WholeFile(RawDocument& out) {
  if (read_) return false;
  read_ = true;
  out.line = 1;
  for (std::string_view piece = lines_->Peek(); !piece.empty(); piece = lines_->Peek()) {
    const bool fits = out.bytes.size() + piece.size() <= limits_.document_bytes;
    if (!fits && out.problem.empty()) {
      out.bytes = {};
      out.problem = "file is longer than " + std::to_string(limits_.document_bytes) + " bytes";
    }
    if (out.problem.empty()) out.bytes += piece;
    lines_->Skip(piece.size());
  }
  return true;
}

std::vector<std::string> ExpandPaths(const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (path == "-") {
      files.push_back(path);
      continue;
    }
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) Fail(path, "no such file or directory");
    if (!fs::is_directory(status)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    fs::recursive_directory_iterator walk(path, error);
    for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
      const std::string name = walk->path().string();
      std::error_code unreadable;
      if (EndsIn(name, {".txt", ".html", ".htm", ".jsonl", ".ndjson"}) &&
          walk->is_regular_file(unreadable)) {
        found.push_back(name);
      }
    }
    if (error) Fail(path, "cannot be listed: " + error.message());
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

}  // namespace kaoju
