#include "ingest/reader.h"

#include <glob.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "ingest/archive.h"
#include "ingest/byte_stream.h"
#include "ingest/decode.h"
#include "ingest/feed.h"
#include "ingest/line_reader.h"
#include "ingest/page_chain.h"
#include "ingest/table_rows.h"
#include "rules/error.h"

namespace kaoju {
namespace {

using Format = RawDocument::Format;

enum class InputFormat { kText, kJsonLines, kHtml, kTable, kFeed, kWarc, kArc };

struct NamedFormat {
  std::string_view ending;
  InputFormat format;
};
constexpr std::array<NamedFormat, 15> kFormats = {{
    {".txt", InputFormat::kText},
    {".jsonl", InputFormat::kJsonLines},
    {".ndjson", InputFormat::kJsonLines},
    {".json", InputFormat::kJsonLines},
    {".html", InputFormat::kHtml},
    {".htm", InputFormat::kHtml},
    {".xhtml", InputFormat::kHtml},
    {".csv", InputFormat::kTable},
    {".tsv", InputFormat::kTable},
    {".rss", InputFormat::kFeed},
    {".atom", InputFormat::kFeed},
    {".rdf", InputFormat::kFeed},
    {".xml", InputFormat::kFeed},
    {".warc", InputFormat::kWarc},
    {".arc", InputFormat::kArc},
}};

// What the name says; nullopt: nothing.
std::optional<InputFormat> FormatOf(std::string_view path) {
  if (path == "-") return InputFormat::kJsonLines;
  path = WithoutCompression(path);
  for (const auto& [ending, format] : kFormats) {
    if (path.ends_with(ending)) return format;
  }
  return std::nullopt;
}

// Of a folder's files. Sidecars and configuration are JSON, too, and are no input.
bool IsInput(std::string_view name) {
  return FormatOf(name).has_value() && !WithoutCompression(name).ends_with(".json");
}

[[noreturn]] void Fail(const std::string& path, const std::string& why) {
  throw IoError(path + ": " + why);
}

class JsonLines : public DocumentSource {
 public:
  JsonLines(LineReader lines, Limits limits) : lines_(std::move(lines)), limits_(limits) {}

  bool Next(RawDocument& out) override {
    out.format = Format::kJsonLine;
    for (bool fits = true; lines_.Next(limits_.document_bytes, out.bytes, fits);) {
      out.line = lines_.number();
      if (!fits) {
        out.problem = "line is longer than " + std::to_string(limits_.document_bytes) + " bytes";
        return true;
      }
      if (out.bytes.find_first_not_of(" \t\r") != std::string::npos) return true;
    }
    return false;
  }
  size_t position() const override { return lines_.position(); }

 private:
  LineReader lines_;
  Limits limits_;
};

// A file as a whole; the reason why there are no bytes of it is a problem.
void ReadWhole(LineReader& lines, Limits limits, RawDocument& out) {
  out.line = 1;
  for (std::string_view piece = lines.Peek(); !piece.empty(); piece = lines.Peek()) {
    if (out.bytes.size() + piece.size() > limits.document_bytes) {
      out.bytes = {};
      out.problem = "file is longer than " + std::to_string(limits.document_bytes) + " bytes";
      return;
    }
    out.bytes += piece;
    lines.Skip(piece.size());
  }
}

class WholeFile : public DocumentSource {
 public:
  WholeFile(LineReader lines, Format format, Limits limits)
      : lines_(std::move(lines)), format_(format), limits_(limits) {}

  bool Next(RawDocument& out) override {
    if (std::exchange(read_, true)) return false;
    out.format = format_;
    ReadWhole(lines_, limits_, out);
    return true;
  }
  size_t position() const override { return lines_.position(); }

 private:
  LineReader lines_;
  Format format_;
  Limits limits_;
  bool read_ = false;
};

// The entries of a feed, in order; what breaks off is a problem behind the last one.
class FeedEntries : public DocumentSource {
 public:
  FeedEntries(LineReader lines, Limits limits, const Decoder* decoder)
      : lines_(std::move(lines)), limits_(limits), decoder_(decoder) {}

  bool Next(RawDocument& out) override {
    if (!std::exchange(read_, true)) {
      RawDocument file;
      ReadWhole(lines_, limits_, file);
      if (file.problem.empty()) Parse(file);
      problem_ = std::move(file.problem);
    }
    out.part = true;
    out.line = next_ + 1;
    if (next_ < feed_.entries.size()) {
      Take(feed_.entries[next_++], out);
      return true;
    }
    out.problem = std::exchange(problem_, {});
    return !out.problem.empty();
  }
  size_t position() const override { return lines_.position(); }

 private:
  void Parse(RawDocument& file) {
    try {
      std::string text = std::move(file.bytes);
      if (decoder_ != nullptr) text = decoder_->Decode(text, "", false).text;
      if (IsSitemap(text))
        throw DocumentError("a sitemap: it holds addresses of articles, and no articles");
      feed_ = ReadFeed(text);
      file.problem = feed_.problem;
    } catch (const DocumentError& e) {
      file.problem = e.what();
    }
  }

  void Take(FeedEntry& entry, RawDocument& out) const {
    out.format = Format::kHtml;
    out.bytes = std::move(entry.html);
    out.meta.id = entry.id.empty() ? entry.url : std::move(entry.id);
    out.meta.url = std::move(entry.url);
    out.meta.title = std::move(entry.title);
    out.meta.published = std::move(entry.published);
    out.meta.source = entry.source.empty() ? feed_.title : std::move(entry.source);
    out.meta.authors = std::move(entry.authors);
    out.meta.charset = "utf-8";
  }

  LineReader lines_;
  Limits limits_;
  const Decoder* decoder_;
  bool read_ = false;
  Feed feed_;
  size_t next_ = 0;
  std::string problem_;
};

// What the first bytes say, where the name says nothing else.
InputFormat Sniff(LineReader& lines, std::optional<InputFormat> by_name) {
  const std::string_view head = lines.Peek();
  if (!by_name && head.starts_with("WARC/")) return InputFormat::kWarc;
  if (!by_name && head.starts_with("filedesc://")) return InputFormat::kArc;
  const bool lines_of_json = by_name == InputFormat::kJsonLines;
  constexpr size_t kHead = 1024;
  if (lines_of_json && head.substr(0, kHead).find("//jsonfeed.org/version/") != head.npos)
    return InputFormat::kFeed;
  return by_name.value_or(InputFormat::kText);
}

std::unique_ptr<DocumentSource> OpenSource(const std::string& path, Limits limits,
                                           const Decoder* decoder, const PageTables* pages) {
  const auto joined = [&](std::unique_ptr<DocumentSource> source) {
    return decoder != nullptr && pages != nullptr
               ? JoinPages(std::move(source), *decoder, *pages, limits)
               : std::move(source);
  };
  LineReader lines(path);
  switch (Sniff(lines, FormatOf(path))) {
    case InputFormat::kJsonLines:
      return std::make_unique<JsonLines>(std::move(lines), limits);
    case InputFormat::kTable:
      return joined(ReadTableRows(std::move(lines), limits));
    case InputFormat::kFeed:
      return std::make_unique<FeedEntries>(std::move(lines), limits, decoder);
    case InputFormat::kWarc:
      return joined(ReadWarc(std::move(lines), limits));
    case InputFormat::kArc:
      return joined(ReadArc(std::move(lines), limits));
    case InputFormat::kHtml:
      return std::make_unique<WholeFile>(std::move(lines), Format::kHtml, limits);
    case InputFormat::kText:
      break;
  }
  return std::make_unique<WholeFile>(std::move(lines), Format::kText, limits);
}

// The path, if there is such a file, else what it matches as a pattern of the shell.
std::vector<std::string> Matches(const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return {path};
  glob_t found{};
  std::vector<std::string> out;
  if (path.find_first_of("*?[") != path.npos &&
      glob(path.c_str(), GLOB_NOSORT, nullptr, &found) == 0)
    out.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  if (out.empty()) Fail(path, "no such file or directory");
  std::sort(out.begin(), out.end());
  return out;
}

// All input files below the folder, sorted bytewise.
std::vector<std::string> FilesBelow(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator walk(folder, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    const std::string name = walk->path().string();
    std::error_code unreadable;
    if (IsInput(name) && walk->is_regular_file(unreadable)) found.push_back(name);
  }
  if (error) Fail(folder, "cannot be listed: " + error.message());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

DocumentReader::DocumentReader(const std::string& path, Limits limits, const Decoder* decoder,
                               const PageTables* pages)
    : path_(path), source_(OpenSource(path, limits, decoder, pages)) {}

DocumentReader::~DocumentReader() = default;
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;

size_t DocumentReader::position() const { return source_->position(); }

bool DocumentReader::Next(RawDocument& out) {
  out = {};
  const bool any = source_->Next(out);
  out.path = path_;
  return any;
}

std::vector<std::string> ExpandPaths(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (path == "-") {
      files.push_back(path);
      continue;
    }
    for (const std::string& match : Matches(path)) {
      std::error_code error;
      if (!std::filesystem::is_directory(match, error)) {
        files.push_back(match);
      } else {
        const std::vector<std::string> found = FilesBelow(match);
        files.insert(files.end(), found.begin(), found.end());
      }
    }
  }
  return files;
}

}  // namespace kaoju
