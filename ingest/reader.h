// The raw documents of one input, whatever its format.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ingest/raw_document.h"

namespace kaoju {

class Decoder;
class PageTables;

// Reads one input from start to end. Everything that fails throws IoError naming the path and the
// reason.
class DocumentReader {
 public:
  // "-" is standard input, read as JSON Lines. By its name, less .gz, .zst or .br, a file is JSON
  // Lines (.jsonl .ndjson .json), HTML (.html .htm .xhtml), a table (.csv .tsv), a feed (.rss .atom
  // .rdf .xml, and .json that names jsonfeed.org), a web archive (.warc .arc, also by its first
  // bytes), or else text. `decoder` is for feeds that are not in UTF-8; without one they are read
  // as UTF-8. With `pages`, too, pages of one article in an archive or a table are one document
  // (page_chain.h). Both must outlive it. Throws if it cannot be opened, or is a directory.
  explicit DocumentReader(const std::string& path, Limits limits = {},
                          const Decoder* decoder = nullptr, const PageTables* pages = nullptr);
  ~DocumentReader();
  DocumentReader(DocumentReader&&) noexcept;
  DocumentReader& operator=(DocumentReader&&) noexcept;

  // The next document; false iff there is none. Blank lines are none.
  bool Next(RawDocument& out);

  // Bytes of the input (compressed ones, if it is) read so far: for a progress bar.
  size_t position() const;

 private:
  std::string path_;
  std::unique_ptr<DocumentSource> source_;
};

// The input files under `paths`: a file as it is, a directory as all files below it, sorted
// bytewise, whose names say one of the formats above; what does not exist and holds *, ? or [ as
// all that the shell's pattern matches. "-" stays. Throws IoError where there is nothing.
std::vector<std::string> ExpandPaths(const std::vector<std::string>& paths);

}  // namespace kaoju
