// The raw documents of one input: lines of JSON Lines, or a whole text or HTML file; plain or
// gzipped.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace kaoju {

class LineReader;

// One document as bytes, not yet looked at.
struct RawDocument {
  enum class Format { kJsonLine, kText, kHtml };
  Format format = Format::kText;
  std::string path;     // as given; "-" is standard input
  size_t line = 0;      // from 1; 1 for a file that is one document
  std::string bytes;    // without the line end, and for a line without a byte order mark
  std::string problem;  // why there are no bytes, such as "line is longer than 33554432 bytes";
                        // empty iff all is well
};

struct Limits {
  size_t document_bytes =
      size_t{32} << 20;  // a longer line or file is skipped, and never held in memory as a whole
};

// Reads one input from start to end. Everything that fails throws IoError naming the path and the
// reason.
class DocumentReader {
 public:
  // "-" is standard input, read as JSON Lines. By its name, less .gz, a file is JSON Lines (.jsonl
  // .ndjson .json), HTML
  // (.html .htm) or else text. Throws if it cannot be opened, or is a directory.
  explicit DocumentReader(const std::string& path, Limits limits = {});
  ~DocumentReader();
  DocumentReader(DocumentReader&&) noexcept;
  DocumentReader& operator=(DocumentReader&&) noexcept;

  // The next document; false iff there is none. Blank lines are none.
  bool Next(RawDocument& out);

  // Bytes of the input (compressed ones, if it is) read so far: for a progress bar.
  size_t position() const;

 private:
  bool NextLine(RawDocument& out);
  bool WholeFile(RawDocument& out);

  std::string path_;
  Limits limits_;
  RawDocument::Format format_;
  std::unique_ptr<LineReader> lines_;
  bool read_ = false;  // the file that is one document
};

// The input files under `paths`: a file as it is, a directory as all files below it, sorted
// bytewise, that end in .txt .html .htm .jsonl .ndjson or one of these and .gz. "-" stays. Throws
// IoError for a path that does not exist.
std::vector<std::string> ExpandPaths(const std::vector<std::string>& paths);

}  // namespace kaoju
